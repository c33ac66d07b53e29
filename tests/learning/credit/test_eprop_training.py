"""Training by e-prop: what the three kinds of feedback do to themselves, and that each of them learns."""

from itertools import repeat

import numpy as np
import pytest
from learning.gradients.recurrent_small import arrays, small

from snnlab.learning.credit.eprop_gradient import Eprop, eprop_gradient
from snnlab.learning.credit.eprop_traces import EPROP_SURROGATE
from snnlab.learning.credit.eprop_training import adapting, random_readout_feedback, train_eprop
from snnlab.learning.gradients.adam import Adam
from snnlab.learning.gradients.recurrent_training import train_recurrent


def trained(steps, feedback=None, decay=None, **more):
    patterns, network = small()
    return train_eprop(network, repeat(patterns), steps, feedback, decay=decay, progress=False, **more)


def drawn(seed=3):
    return random_readout_feedback(small()[1], rng=np.random.default_rng(seed))


def test_a_step_is_one_of_adam_down_what_eprop_takes_for_the_gradient():
    """Adam's first step is the rate in the direction of each slope's sign."""
    patterns, network = small()
    for feedback in (None, drawn()):
        found = eprop_gradient(network, patterns, feedback=feedback)
        learnt = trained(1, feedback, adam=Adam(rate=0.01)).training.network
        slopes = found.w_in, found.w_out, found.w_rec
        for before, after, slope in zip(arrays(network), arrays(learnt), slopes, strict=True):
            assert slope.any()
            assert after - before == pytest.approx(-0.01 * np.sign(slope), abs=1e-4)


def left(kind, seed):
    """Which share of the loss is left after 160 steps; of kind "none" the readout learns alone."""
    patterns, network = small(seed)
    random = random_readout_feedback(network, rng=np.random.default_rng([seed, 3]))
    feedback = {"symmetric": None, "none": 0.0 * random}.get(kind, random)
    decay = 0.01 if kind == "adaptive" else None
    found = train_eprop(network, repeat(patterns), 160, feedback, decay=decay, progress=False).training
    assert found.finished
    return found.loss[-5:].mean() / found.loss[:5].mean()


def test_the_loss_goes_down_with_every_feedback_and_further_than_by_the_readout_alone():
    """Ten seeds, means and twice their standard errors; in one of them the network is silent."""
    kinds = ("none", "symmetric", "random", "adaptive")
    alone, *others = (np.array([left(kind, seed) for seed in range(1, 11)]) for kind in kinds)
    for found in others:
        better = alone - found
        assert found.mean() < 0.8, found
        assert better.mean() > 2 * better.std(ddof=1) / np.sqrt(10), better


def test_symmetric_feedback_is_the_readout_and_random_feedback_stays():
    start = drawn()
    assert trained(3).feedback is None
    np.testing.assert_array_equal(trained(3, start).feedback, start)
    np.testing.assert_array_equal(start, drawn())


@pytest.mark.parametrize("decay", [0.1, 0.0])
def test_adaptive_feedback_meets_the_readout_as_fast_as_both_decay(decay):
    """Without decay it follows the readout's steps, and stays as far away as it was."""
    _, network = small()
    start = drawn()
    found = trained(20, start, decay)
    apart, at_first = found.feedback - found.training.network.w_out.T, start - network.w_out.T
    assert np.abs(found.feedback - start).max() > 0.01
    assert apart == pytest.approx((1 - decay) ** 20 * at_first, rel=1e-9, abs=1e-12)


def test_the_hook_alone_does_what_adaptive_training_does():
    patterns, network = small()
    way = Eprop(drawn())
    hook = adapting(way.feedback, network.w_out, 0.05)
    found = train_recurrent(
        network, repeat(patterns), 4, EPROP_SURROGATE, way=way, after_step=hook, progress=False
    )
    right = trained(4, drawn(), 0.05)
    np.testing.assert_array_equal(way.feedback, right.feedback)
    np.testing.assert_array_equal(found.network.w_out, right.training.network.w_out)


def test_a_training_goes_on_from_its_memory():
    once, half = trained(6, drawn(), 0.05), trained(3, drawn(), 0.05)
    patterns, _ = small()
    rest = train_eprop(
        half.training.network,
        repeat(patterns),
        3,
        half.feedback,
        decay=0.05,
        memory=half.training.memory,
        progress=False,
    )
    assert rest.training.loss == pytest.approx(once.training.loss[3:], rel=1e-12, abs=0)
    assert rest.feedback == pytest.approx(once.feedback, rel=1e-12, abs=0)


def test_it_stops_when_told():
    assert trained(9, stop=lambda step: step.number == 2).training.loss.size == 2


def test_feedback_is_drawn_as_the_readout_is():
    wide = small()[1]._replace(w_out=np.zeros((400, 4)))
    feedback = random_readout_feedback(wide, rng=np.random.default_rng(1))
    assert feedback.shape == (4, 400) and feedback.std() == pytest.approx(0.5, rel=0.1)


def test_bad_arguments_are_named():
    patterns, network = small()
    for arguments, message in (
        ((drawn().T,), r"feedback must have shape \(4, 2\), that of w_out transposed, got \(2, 4\)"),
        ((drawn(), 1.5), "decay must be between 0 and 1, got 1.5"),
        ((None, 0.1), "decay must be left out where feedback is symmetric, got 0.1"),
    ):
        with pytest.raises(ValueError, match=message):
            trained(2, *arguments)
    with pytest.raises(TypeError, match="way must be a function, got str"):
        train_recurrent(network, repeat(patterns), 2, way="eprop", progress=False)
