"""Learning to learn: what its two loops do, and what they leave alone."""

import numpy as np
import pytest

from snnlab.learning.gradients.recurrent_gradient import recurrent_gradient, run_recurrent
from snnlab.learning.memory.function_learner import (
    error_by_example,
    function_learner,
    guesses,
    learn_to_learn,
)
from snnlab.learning.memory.sine_tasks import TaskInputs, random_sines, sine_samples

FEW = TaskInputs(cells=6, asking=20.0, showing=20.0)


def small(beta_a=1.7):
    return function_learner(600.0, beta_a, n=8, inputs=FEW, rng=np.random.default_rng(1))


def test_a_guess_is_what_the_readout_says_at_the_end_of_the_question():
    network, tasks = small(), random_sines(4, 3, rng=np.random.default_rng(2))
    found = guesses(network, tasks, inputs=FEW)
    samples, loss = sine_samples(tasks, FEW, network.dt)
    for k in range(4):
        y = run_recurrent(network, samples, k).y[:, 0]
        np.testing.assert_array_equal(found[k], y[[4, 12, 20]])
    errors = error_by_example(network, tasks, inputs=FEW)
    np.testing.assert_allclose(errors, ((found - tasks.wanted) ** 2).mean(axis=0), atol=0)
    assert recurrent_gradient(network, samples, loss).loss == pytest.approx(errors.mean())


def test_no_guess_knows_what_is_shown_after_it():
    """Each may depend on what was shown before, and does; not on what comes."""
    network, tasks = small(), random_sines(6, 4, rng=np.random.default_rng(2))
    before = guesses(network, tasks, inputs=FEW)
    other = tasks.shown.copy()
    other[:, 1] *= -1.0
    after = guesses(network, tasks._replace(shown=other), inputs=FEW)
    np.testing.assert_array_equal(after[:, :2], before[:, :2])
    assert (after[:, 2:] != before[:, 2:]).any()


def test_the_inner_loop_changes_no_weight():
    network = small()
    w_in, w = network.w_in.copy(), network.recurrent.w.copy()
    tasks = random_sines(4, 3, rng=np.random.default_rng(2))
    first = guesses(network, tasks, inputs=FEW)
    np.testing.assert_array_equal(network.w_in, w_in)
    np.testing.assert_array_equal(network.recurrent.w, w)
    np.testing.assert_array_equal(guesses(network, tasks, inputs=FEW), first)  # each task starts anew


def test_the_outer_loop_goes_down_on_tasks_that_are_new_in_each_step():
    training = learn_to_learn(
        small(), 40, 8, 3, inputs=FEW, rate=0.02, rng=np.random.default_rng(1), progress=False
    )
    assert training.finished and training.loss[-10:].mean() < training.loss[:5].mean()
    unseen = random_sines(30, 3, rng=np.random.default_rng(7))
    before, after = (error_by_example(net, unseen, inputs=FEW).mean() for net in (small(), training.network))
    assert after < before


def test_bad_arguments_are_named():
    rng = np.random.default_rng(1)
    for call, message in (
        (lambda: function_learner(n=5, rng=rng), "n must be even"),
        (lambda: learn_to_learn(small(), 2, 0, rng=rng), "n_tasks must be at least 1, got 0"),
        (lambda: learn_to_learn(small(), 2, 2, 0, rng=rng), "examples must be at least 1, got 0"),
        (lambda: learn_to_learn(small(), 2, rng=rng, rate=0.0), "rate must be positive"),
        (lambda: guesses(small(), random_sines(2, rng=rng)), "samples must have as many inputs"),
    ):
        with pytest.raises(ValueError, match=message):
            call()
