"""Learning through given feedback, step by step."""

import numpy as np
import pytest
from learning.credit.small_networks import drawn, taught

from snnlab.learning.credit.alignment_course import STEPS, alignment_course
from snnlab.learning.credit.angles import angle
from snnlab.learning.credit.backpropagation import backpropagate
from snnlab.learning.credit.feedback_alignment import (
    feedback_alignment,
    mixed_feedback,
    random_feedback,
    true_feedback,
)
from snnlab.learning.credit.rate_network import RateNetwork, activities, batch_loss, stepped


@pytest.mark.parametrize("linear", [False, True])
def test_each_step_is_that_of_the_readable_twin(linear):
    network, x, target = drawn(linear=linear)
    b = random_feedback(network, rng=np.random.default_rng(1))
    seen = alignment_course(network, x, target, b, rate=0.1)
    for step in range(STEPS + 1):
        told, true = (
            feedback_alignment(network, x, target, b).gradient,
            backpropagate(network, x, target).gradient,
        )
        assert seen.angle[step] == pytest.approx(angle(told[:-1], true[:-1]), rel=1e-8)
        assert seen.loss[step] == pytest.approx(batch_loss(activities(network, x)[-1], target), rel=1e-8)
        network = stepped(network, told, 0.1)
    assert (seen.first, seen.last) == (seen.angle[0], seen.angle[-1])
    assert seen.left == seen.loss[-1] / seen.loss[0]


def test_the_more_is_scrambled_the_further_it_begins_from_the_gradient():
    """Ten seeds, means: 0 with the transposes, near 90 degrees with feedback that knows nothing."""
    firsts = []
    for seed in range(1, 11):
        network, x, target = taught(seed, sizes=(30, 20, 10), samples=10, linear=True, scale=0.3)
        other = random_feedback(network, scale=0.3, rng=np.random.default_rng([seed, 2]))
        mixed = [mixed_feedback(true_feedback(network), other, share) for share in (0.0, 1 / 3, 2 / 3, 1.0)]
        firsts.append([alignment_course(network, x, target, b, rate=0.0).first for b in mixed])
    means = np.mean(firsts, axis=0)
    assert means[0] < 1e-5
    np.testing.assert_allclose(means, [0, 30, 60, 90], atol=6)


def test_weights_that_do_not_learn_stay_where_they_are():
    network, x, target = drawn()
    seen = alignment_course(network, x, target, true_feedback(network), rate=0.0)
    assert np.ptp(seen.loss) == 0 and seen.left == 1


def test_bad_input_is_named():
    network, x, target = drawn()
    with pytest.raises(ValueError, match="feedback must be 2 matrices, got 1"):
        alignment_course(network, x, target, [np.ones((6, 5))])
    with pytest.raises(ValueError, match="network must have a hidden layer, got one matrix of weights"):
        alignment_course(RateNetwork((np.ones((3, 4)),)), x, target, [])


def test_a_loss_that_runs_away_is_named():
    network, x, target = drawn(linear=True)
    with pytest.raises(ValueError, match="rate must be small enough for the loss to stay finite, got 1000"):
        alignment_course(network, x, target, true_feedback(network), rate=1000.0)
