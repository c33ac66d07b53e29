"""Two weights that learn alike and forget."""

import numpy as np
import pytest
from learning.credit.small_networks import taught

from snnlab.learning.credit.angles import angle
from snnlab.learning.credit.backpropagation import backpropagate
from snnlab.learning.credit.feedback_alignment import feedback_alignment, random_feedback, true_feedback
from snnlab.learning.credit.kolen_pollack import learnt_both_ways
from snnlab.learning.credit.rate_network import activities, batch_loss


def learnt(seed, decay, steps=150):
    """Network and feedback before and after, and the angles of the hidden layers' updates to the gradient."""
    network, x, target = taught(seed)
    feedback = random_feedback(network, rng=np.random.default_rng([seed, 2]))
    states, angles = [], []
    for step in range(steps + 1):
        told = feedback_alignment(network, x, target, feedback).gradient
        if step in (0, steps):
            angles.append(angle(told[:-1], backpropagate(network, x, target).gradient[:-1]))
            states.append((network, feedback))
        network, feedback = learnt_both_ways(network, feedback, told, rate=0.05, decay=decay)
    return states, angles, batch_loss(activities(network, x)[-1], target)


@pytest.mark.equation("feedback-that-learns")
@pytest.mark.parametrize(("decay", "steps"), [(0.0, 100), (0.01, 100), (0.2, 30)])
def test_the_difference_decays_as_a_power_and_nothing_else_moves_it(decay, steps):
    """Without decay too: it stays as it was, so that decay is what brings the two together."""
    (before, after), _, _ = learnt(1, decay, steps)
    apart = [
        [b - w for b, w in zip(feedback, true_feedback(network), strict=True)]
        for network, feedback in (before, after)
    ]
    for first, last in zip(*apart, strict=True):
        np.testing.assert_allclose(last, (1 - decay) ** steps * first, rtol=1e-9, atol=1e-13)
    assert any(np.abs(b - a).max() > 0.01 for a, b in zip(before[1], after[1], strict=True))


def test_the_angle_goes_to_zero():
    """Ten seeds; the control is the same without decay."""
    with_it, without = (np.array([learnt(seed, decay)[1] for seed in range(1, 11)]) for decay in (0.05, 0.0))
    assert (with_it[:, 0] > 60).all() and (with_it[:, 1] < 0.2).all(), with_it
    assert (without[:, 1] > 5).all(), without


def test_a_decay_has_a_range():
    network, _, _ = taught(1)
    b = random_feedback(network, rng=np.random.default_rng(1))
    with pytest.raises(ValueError, match="decay must be between 0 and 1, got 2"):
        learnt_both_ways(network, b, network.weights, decay=2)
