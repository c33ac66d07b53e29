"""Random feedback, and what the weights make of it."""

import numpy as np
import pytest
from learning.credit.small_networks import drawn, taught

from snnlab import spread
from snnlab.course import load_table
from snnlab.learning.credit.angles import angle, relative_distance
from snnlab.learning.credit.backpropagation import backpropagate
from snnlab.learning.credit.feedback_alignment import (
    direct_feedback_alignment,
    feedback_alignment,
    mixed_feedback,
    random_feedback,
    true_feedback,
)
from snnlab.learning.credit.rate_network import activities, batch_loss, stepped

RULES = {False: feedback_alignment, True: direct_feedback_alignment}


@pytest.mark.equation("fixed-feedback")
@pytest.mark.parametrize("linear", [False, True])
def test_through_the_transposes_it_is_the_gradient(linear):
    network, x, target = drawn(linear=linear)
    told = feedback_alignment(network, x, target, true_feedback(network)).gradient
    assert relative_distance(told, backpropagate(network, x, target).gradient) < 1e-15


def test_direct_feedback_is_the_same_where_there_is_one_hidden_layer():
    network, x, target = drawn(sizes=(4, 6, 3))
    b = random_feedback(network, rng=np.random.default_rng(1))
    one, other = (rule(network, x, target, b).gradient for rule in RULES.values())
    assert relative_distance(one, other) < 1e-15


def test_direct_feedback_through_the_jacobian_of_a_linear_network_is_the_gradient():
    network, x, target = drawn(linear=True)
    _, w, v = network.weights
    told = direct_feedback_alignment(network, x, target, [(v @ w).T, v.T]).gradient
    assert relative_distance(told, backpropagate(network, x, target).gradient) < 1e-14


def learnt(seed, sizes, *, linear=True, scale=0.1, direct=False, anew=False, steps=100, rate=0.05):
    """Angles of the hidden layers to their gradient and the losses, before and after learning.

    A linear map is learnt from 100 samples, as by Lillicrap and others: weights that begin far smaller than
    the feedback. The output layer is left out of the angle, since it is told the truth anyway.
    """
    network, x, target = taught(seed, sizes=sizes, linear=linear, scale=scale)
    rng = np.random.default_rng([seed, 2])
    feedback, angles, losses = random_feedback(network, direct=direct, rng=rng), [], []
    for step in range(steps + 1):
        if anew:
            feedback = random_feedback(network, direct=direct, rng=rng)
        told = RULES[direct](network, x, target, feedback).gradient
        if step in (0, steps):
            true = backpropagate(network, x, target).gradient
            angles.append(angle(told[:-1], true[:-1]))
            losses.append(batch_loss(activities(network, x)[-1], target))
        network = stepped(network, told, rate)
    return *angles, losses[1] / losses[0]


def ten(sizes, **more):
    """Ten seeds: first and last angle, and what is left of the loss."""
    return map(spread, np.transpose([learnt(seed, sizes, **more) for seed in range(1, 11)]))


@pytest.mark.parametrize("linear", [True, False])
def test_the_angle_falls_below_sixty_degrees_while_the_loss_falls(linear):
    first, last, loss = ten((30, 20, 10), linear=linear)
    assert first.mean == pytest.approx(90, abs=4 * first.sd / np.sqrt(10)), first
    assert last.high < 60, last
    assert loss.high < 0.1, loss


def test_with_feedback_drawn_anew_for_each_step_it_stays_and_more_of_the_loss_is_left():
    """The control: the same number of steps, and nothing to grow towards."""
    _, _, with_it = ten((30, 20, 10))
    _, last, loss = ten((30, 20, 10), anew=True)
    assert last.mean == pytest.approx(90, abs=4 * last.sd / np.sqrt(10)), last
    assert loss.low > 5 * with_it.high, (loss, with_it)


@pytest.mark.parametrize("direct", [False, True])
def test_through_two_hidden_layers_it_falls_too(direct):
    first, last, loss = ten((30, 20, 20, 10), direct=direct)
    assert last.high < first.low - 5, (first, last)
    assert loss.high < 0.3, loss


def test_weights_that_begin_as_large_as_the_feedback_hardly_turn_to_it_in_a_hundred_small_steps():
    """The loss falls as well, and the hidden layer is told little better than at random."""
    _, last, loss = ten((30, 20, 10), linear=False, scale=1.0)
    assert last.mean > 70, last
    assert loss.high < 0.3, loss


def test_on_the_digits_they_turn_to_it_in_more_and_longer_steps():
    """The table, over its ten seeds: from near 90 degrees to about 60."""
    table = load_table("credit_digits")
    first, last = (table[name][table["kind"] == "feedback"] for name in ("first", "last"))
    assert first.size == 10 and 80 < first.mean() < 100
    assert last.mean() == pytest.approx(60, abs=5)


def test_scrambled_feedback_goes_from_the_gradient_to_anywhere():
    """B is turned away by share x 90 degrees, since the two are equally large and unrelated."""
    network, _, _ = drawn(sizes=(200, 200, 200), scale=1.0)
    true, other = true_feedback(network), random_feedback(network, rng=np.random.default_rng(1))
    for share in (0.0, 1 / 3, 0.5, 1.0):
        mixed = mixed_feedback(true, other, share)
        assert angle(mixed, true) == pytest.approx(90 * share, abs=2)
        assert mixed[0].std() == pytest.approx(true[0].std(), rel=0.02)


def test_feedback_that_does_not_fit_is_named():
    network, x, target = drawn()
    with pytest.raises(ValueError, match="feedback must be 2 matrices, got 1"):
        feedback_alignment(network, x, target, [np.ones((6, 5))])
    with pytest.raises(ValueError, match=r"feedback\[1\] must have shape \(5, 3\), got \(3, 5\)"):
        feedback_alignment(network, x, target, [np.ones((6, 5)), np.ones((3, 5))])
    with pytest.raises(ValueError, match=r"share must be between 0 and 1, got 2"):
        mixed_feedback([np.ones((1, 1))], [np.ones((1, 1))], 2)
