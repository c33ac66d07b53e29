"""Predictive coding, and when it is the gradient."""

import numpy as np
import pytest
from learning.credit.small_networks import drawn, order
from nightly import credit_digits

from snnlab.learning.credit.angles import angle, layer_angles, relative_distance
from snnlab.learning.credit.backpropagation import backpropagate
from snnlab.learning.credit.predictive_coding import (
    explained_error,
    fixed_prediction,
    learn_on_arrival,
    predictive_coding,
)
from snnlab.learning.credit.rate_network import RateNetwork

AT_REST = {"steps": 1000, "rate": 0.1}


def test_a_weak_pull_gives_the_gradient_with_an_error_of_one_over_the_variance():
    network, x, target = drawn()
    true = backpropagate(network, x, target).gradient
    variances = [64.0, 256.0, 1024.0, 4096.0]
    found = [predictive_coding(network, x, target, variance=v, **AT_REST).gradient for v in variances]
    misses = [relative_distance(g, true) for g in found]
    np.testing.assert_allclose(order(variances, misses), -1, atol=0.1)
    assert angle(found[-1], true) < 0.1 < 5 < angle(predictive_coding(network, x, target).gradient, true)


def test_with_a_firm_hand_it_is_another_direction_however_small_the_error():
    """The claim that it becomes the gradient when predictions come near the targets, refuted.

    What it misses by goes to what the formula misses by, which does not depend on the size of the error.
    """
    misses = []
    for off in (1e-1, 1e-2, 1e-3, 1e-4):
        network, x, target = drawn(off=off)
        told = predictive_coding(network, x, target, **AT_REST).gradient
        misses.append(relative_distance(told, backpropagate(network, x, target).gradient))
    formula = explained_error(network, x, target).gradient
    limit = relative_distance(formula, backpropagate(network, x, target).gradient)
    np.testing.assert_allclose(np.abs(np.array(misses) - limit), 0, atol=0.1)
    assert misses[-1] == pytest.approx(limit, rel=1e-3) and limit > 0.3


@pytest.mark.equation("explained-error")
@pytest.mark.parametrize("variance", [1.0, 8.0])
def test_what_it_computes_for_small_errors_is_the_explained_error(variance):
    """What it misses, as a share of itself, falls with the error, a tenth for a tenth."""
    offs, misses = [1e-2, 1e-3, 1e-4], []
    for off in offs:
        network, x, target = drawn(off=off)
        told = predictive_coding(network, x, target, variance=variance, **AT_REST).gradient
        formula = explained_error(network, x, target, variance=variance).gradient
        misses.append(relative_distance(told, formula))
    np.testing.assert_allclose(order(offs, misses), 1, atol=0.05)
    assert misses[-1] < 1e-3


@pytest.mark.equation("prediction-errors")
def test_in_a_linear_network_without_a_hidden_layer_in_between_all_is_known():
    """One hidden unit: x rests at w x0 + v (t - v x) / Σ, so ε is the error over Σ + v²."""
    network, x, target = drawn(sizes=(1, 1, 1), samples=3, linear=True)
    w, v = (m.item() for m in network.weights)
    left = (v * w * x - target) / (2.0 + v * v)
    told = predictive_coding(network, x, target, variance=2.0, **AT_REST)
    np.testing.assert_allclose(told.errors[1], 2.0 * left, rtol=1e-10)
    np.testing.assert_allclose(told.errors[0], 2.0 * v * left, rtol=1e-10)
    rests_at = w * x - v * left
    assert told.gradient[1].item() == pytest.approx(np.mean(2.0 * left * rests_at), rel=1e-10, abs=0)


@pytest.mark.parametrize("linear", [False, True])
@pytest.mark.parametrize(("steps", "rate"), [(3, 1.0), (1000, 0.1)])
def test_fixed_predictions_give_the_gradient(linear, steps, rate):
    network, x, target = drawn(linear=linear)
    told = fixed_prediction(network, x, target, steps=steps, rate=rate).gradient
    assert relative_distance(told, backpropagate(network, x, target).gradient) < 1e-12


def test_before_the_error_has_come_down_fixed_predictions_blame_nobody_below():
    network, x, target = drawn()
    told = fixed_prediction(network, x, target, steps=1, rate=1.0).gradient
    np.testing.assert_allclose(
        layer_angles(told, backpropagate(network, x, target).gradient)[1:], 0, atol=1e-5
    )
    assert (told[0] == 0).all()


@pytest.mark.parametrize("linear", [False, True])
@pytest.mark.parametrize("sizes", [(4, 3), (4, 6, 3), (4, 6, 5, 7, 3)])
def test_learning_on_arrival_is_the_gradient(sizes, linear):
    network, x, target = drawn(sizes=sizes, linear=linear)
    told = learn_on_arrival(network, x, target)
    true = backpropagate(network, x, target)
    assert relative_distance(told.gradient, true.gradient) < 1e-14
    assert relative_distance(told.errors, true.errors) < 1e-14


def test_learning_at_rest_instead_of_on_arrival_is_not():
    """The control: the same units and steps of length 1, where all learn after the last."""
    network, x, target = drawn(scale=0.5)
    late = predictive_coding(network, x, target, steps=2, rate=1.0, at_rest=None).gradient
    assert relative_distance(late, backpropagate(network, x, target).gradient) > 0.05


def test_units_that_are_not_at_rest_are_named():
    """Too few steps; and a step so long that a unit of tanh jumps for ever, without growing."""
    said = "steps must be enough, and rate small enough, for units to come to rest, got"
    with pytest.raises(ValueError, match=rf"{said} 5, 0\.1"):
        predictive_coding(*drawn(), steps=5)
    network, x, target = RateNetwork((np.array([[1.0]]), np.array([[3.0]]))), [[0.5]], [[1.0]]
    with pytest.raises(ValueError, match=f"{said} 2000, 1"):
        predictive_coding(network, x, target, steps=2000, rate=1.0)
    assert predictive_coding(network, x, target, steps=2000, rate=0.1).errors[0].shape == (1, 1)


@pytest.mark.nightly
@pytest.mark.parametrize("kind", ["predictive", "nudged"])
def test_at_the_end_of_a_row_of_the_table_units_are_at_rest(kind):
    """Ten times as many steps tell the hidden layers the same, within a hundredth."""
    network, _ = credit_digits.learnt(1, kind)[-1]
    x, t = (part[: credit_digits.SEEN] for part in credit_digits.images()[:2])
    moves = credit_digits.PLAIN[kind]
    told, later = (
        moves(network, x, t, steps=more * moves.keywords["steps"]).gradient[:-1] for more in (1, 10)
    )
    assert relative_distance(told, later) < 0.01


def test_units_that_run_away_are_named():
    network, x, target = drawn(linear=True, scale=3.0)
    with pytest.raises(ValueError, match="rate must be small enough for units to come to rest, got 1"):
        predictive_coding(network, x, target, rate=1.0, steps=2000)
    with pytest.raises(ValueError, match="at_rest must be positive"):
        predictive_coding(network, x, target, at_rest=0)
    with pytest.raises(ValueError, match=r"rate must be at most 1, got 1\.5"):
        fixed_prediction(network, x, target, rate=1.5)
