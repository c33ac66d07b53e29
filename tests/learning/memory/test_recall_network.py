"""The network of store and recall: of what it is made, how its error is counted, and how far it reaches."""

import numpy as np
import pytest

from snnlab.learning.credit.eprop_gradient import Eprop
from snnlab.learning.credit.eprop_traces import EPROP_SURROGATE
from snnlab.learning.credit.eprop_training import train_eprop
from snnlab.learning.gradients.adam import Adam
from snnlab.learning.gradients.recurrent_gradient import run_recurrent
from snnlab.learning.memory.recall_network import (
    Lesson,
    error_after,
    learn_recall,
    memory_span,
    recall_error,
    recall_network,
    with_tau_a,
)
from snnlab.learning.memory.store_recall import RecallInputs, one_recall, random_recalls, recall_samples

FEW = RecallInputs(per_group=5, interval=80.0)


def small(beta_a=1.7):
    return recall_network(600.0, beta_a, n=6, inputs=FEW, rng=np.random.default_rng(1))


def test_the_control_differs_in_adaptation_alone():
    lsnn, control = small(), small(0.0)
    np.testing.assert_array_equal(lsnn.w_in, control.w_in)
    np.testing.assert_array_equal(lsnn.recurrent.w, control.recurrent.w)
    np.testing.assert_array_equal(lsnn.cell.beta_a > 0, [False] * 3 + [True] * 3)
    assert not control.cell.beta_a.any()
    for name in ("alpha", "beta", "gain", "threshold", "refractory", "reset"):
        np.testing.assert_array_equal(getattr(lsnn.cell, name), getattr(control.cell, name))
    assert lsnn.cell.rho[3] == pytest.approx(np.exp(-4.0 / 600.0))


def test_with_another_time_constant_a_spike_raises_a_threshold_by_as_much():
    network = small()
    longer = with_tau_a(network, 1800.0)
    before, after = network.cell, longer.cell
    np.testing.assert_allclose(after.rho, np.exp(-4.0 / 1800.0))
    np.testing.assert_allclose(after.beta_a * (1 - after.rho), before.beta_a * (1 - before.rho), rtol=1e-12)
    assert not after.beta_a[:3].any()  # who did not adapt does not now
    np.testing.assert_array_equal(longer.w_in, network.w_in)
    assert with_tau_a(longer, 600.0).cell.beta_a == pytest.approx(before.beta_a, rel=1e-12, abs=0)


def test_what_does_not_adapt_remembers_as_long_with_any_time_constant():
    control, trials = small(0.0), random_recalls(12, rng=np.random.default_rng(2))
    errors = [
        recall_error(some, trials, inputs=FEW, rng=np.random.default_rng(3))
        for some in (control, with_tau_a(control, 60.0))
    ]
    assert errors[0] == errors[1]


def test_the_error_is_that_of_the_mean_readout_of_the_interval():
    network, trials = small(), random_recalls(12, rng=np.random.default_rng(2))
    error = recall_error(network, trials, inputs=FEW, rng=np.random.default_rng(3))
    samples, _ = recall_samples(trials, FEW, 4.0, rng=np.random.default_rng(3))
    wrong = []
    for k, wanted in enumerate(trials.wanted):
        y = run_recurrent(network, samples, k).y[1:].reshape(12, 20, 2).mean(axis=1)
        wrong.extend(y[wanted >= 0].argmax(axis=1) != wanted[wanted >= 0])
    assert len(wrong) > 6 and error == pytest.approx(np.mean(wrong))


def test_errors_by_delay_are_those_of_trials_with_one_recall():
    network = small()
    found = error_after(network, [1, 4], 30, inputs=FEW, rng=np.random.default_rng(5))
    rng = np.random.default_rng(5)
    expected = [recall_error(network, one_recall(30, k, rng=rng), inputs=FEW, rng=rng) for k in (1, 4)]
    assert found.tolist() == expected


def learnt(*lessons):
    return learn_recall(small(), lessons, inputs=FEW, rng=np.random.default_rng(1), progress=False)


def test_training_goes_down():
    found = learnt(Lesson(16, steps=30, enough=0.0))
    assert found.loss[-10:].mean() < found.loss[:5].mean() and found.finished


def test_lessons_follow_one_another_as_one_training():
    half = Lesson(4, 6, 2.0, 1.0, steps=3, enough=0.0)
    twice, once = learnt(half, half), learnt(half._replace(steps=6))
    np.testing.assert_array_equal(twice.loss, once.loss)
    np.testing.assert_array_equal(twice.network.w_in, once.network.w_in)
    assert twice.memory.step == 6


def test_pace_is_a_factor_of_the_learning_rate():
    half = Lesson(4, steps=3, enough=0.0)
    slow, rng = learnt(half._replace(pace=0.25)), np.random.default_rng(1)
    same = learn_recall(small(), [half], inputs=FEW, rate=0.0025, rng=rng, progress=False)
    np.testing.assert_array_equal(slow.network.w_in, same.network.w_in)
    assert (slow.network.w_in != learnt(half).network.w_in).any()


def test_a_way_a_surrogate_and_a_hook_are_those_of_the_training():
    lesson, seen = Lesson(4, steps=2, enough=0.0), []
    how = {"surrogate": EPROP_SURROGATE, "way": Eprop(), "after_step": lambda step: seen.append(step.number)}
    rng = np.random.default_rng(1)
    found = learn_recall(small(), [lesson, lesson], inputs=FEW, rng=rng, progress=False, **how)
    rng = np.random.default_rng(1)
    batches = [recall_samples(random_recalls(4, rng=rng), FEW, 4.0, rng=rng) for _ in range(4)]
    right = train_eprop(small(), batches, 4, adam=Adam(rate=0.01), progress=False).training
    assert seen == [1, 2, 3, 4]
    np.testing.assert_array_equal(found.network.w_in, right.network.w_in)
    assert (found.network.w_in != learnt(lesson, lesson).network.w_in).any()


def test_a_lesson_ends_when_five_batches_are_good_enough():
    always, never = Lesson(4, steps=8, enough=1.1), Lesson(4, steps=8, enough=0.0)
    assert (learnt(always).loss.size, learnt(never).loss.size) == (5, 8)
    both = learnt(always, never)
    assert both.loss.size == 13 and both.finished


def test_a_span_ends_where_the_error_first_reaches_the_level():
    assert memory_span([1, 2, 4], [0.0, 0.3, 0.0]) == pytest.approx(1 + 0.1 / 0.3)
    assert memory_span([2, 3], [0.4, 0.5]) == pytest.approx(0.5)
    assert memory_span([2, 3], [0.0, 0.05]) == 3
    assert memory_span([2, 3, 5], [0.0, 0.05, 0.25], 0.25) == 5


def test_bad_arguments_are_named():
    rng = np.random.default_rng(1)
    for call, message in (
        (lambda: recall_network(n=5, rng=rng), "n must be even, half of it for each kind, got 5"),
        (lambda: recall_network(tau_a=-1.0, rng=rng), "tau_a must be positive"),
        (lambda: with_tau_a(small(), 0.0), "tau_a must be positive"),
        (lambda: learn_recall(small(), [], rng=rng), "lessons must be at least one, got none"),
        (lambda: memory_span([1, 2], [0.1]), "errors must be as many as delays"),
        (lambda: memory_span([1, 2], [0.0, 5.0]), "errors must be fractions from 0 to 1, got 5"),
        (lambda: memory_span([1, 2], [-0.1, 0.5]), "errors must be fractions from 0 to 1, got -0.1"),
        (lambda: memory_span([2, 1], [0.1, 0.2]), "delays must rise from above 0"),
        (lambda: memory_span([1], [0.1], 0.0), "level must be above 0"),
        (lambda: error_after(small(), 3, rng=rng), r"delays must have shape \(n,\)"),
        (lambda: error_after(small(), [0], inputs=FEW, rng=rng), "delay must be at least 1"),
    ):
        with pytest.raises(ValueError, match=message):
            call()
