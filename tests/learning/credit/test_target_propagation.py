"""Targets that come down, and the direction of Gauss and Newton."""

import numpy as np
import pytest
from learning.credit.small_networks import drawn, order

from snnlab.course import load_table
from snnlab.learning.credit.angles import angle, layer_angles, relative_distance
from snnlab.learning.credit.backpropagation import backpropagate
from snnlab.learning.credit.feedback_alignment import random_feedback, true_feedback
from snnlab.learning.credit.rate_network import RateNetwork, activities
from snnlab.learning.credit.target_propagation import (
    difference_target_propagation,
    exact_inverses,
    gauss_newton,
    inverses_by,
    inverses_learnt,
)


def square(seed=1, linear=False, off=0.3):
    """Layers of four units, whose weights are near a rotation, so that inverses are not wild."""
    rng = np.random.default_rng(seed)
    weights = tuple(
        np.linalg.qr(rng.normal(size=(4, 4)))[0] + 0.15 * rng.normal(size=(4, 4)) for _ in range(3)
    )
    network, x = RateNetwork(weights, linear), 0.7 * rng.normal(size=(20, 4))
    return network, x, activities(network, x)[-1] + off * rng.normal(size=(20, 4))


@pytest.mark.equation("target-from-above")
def test_with_exact_inverses_it_is_gauss_and_newtons_direction_but_for_the_order_of_the_step():
    network, x, target = square()
    aim = gauss_newton(network, x, target).gradient
    steps = [4e-3, 2e-3, 1e-3, 5e-4]
    found = [
        difference_target_propagation(network, x, target, exact_inverses(network), step=s).gradient
        for s in steps
    ]
    np.testing.assert_allclose(order(steps, [relative_distance(g, aim) for g in found]), 1, atol=0.1)
    assert angle(found[-1], aim) < 1
    assert angle(found[-1], backpropagate(network, x, target).gradient) > 10


def test_in_a_linear_network_no_step_is_too_long():
    network, x, target = square(linear=True)
    told = difference_target_propagation(network, x, target, exact_inverses(network), step=1.0).gradient
    assert relative_distance(told, gauss_newton(network, x, target).gradient) < 1e-12


def test_a_layer_that_goes_to_its_target_makes_a_linear_output_right():
    network, x, target = square(linear=True)
    told = gauss_newton(network, x, target)
    _, w, v = network.weights
    moved = told.activities[1] - told.errors[0]
    np.testing.assert_allclose(moved @ w.T @ v.T, target, atol=1e-12)


def test_where_layers_only_rotate_it_is_the_gradient():
    """There the inverse is the transpose."""
    network, x, target = square(linear=True)
    network = network._replace(weights=tuple(np.linalg.qr(w)[0] for w in network.weights))
    told = difference_target_propagation(network, x, target, exact_inverses(network)).gradient
    assert max(layer_angles(told, backpropagate(network, x, target).gradient)) < 1e-5


def test_gauss_and_newton_take_the_shortest_way():
    """One output, more units: the change of least length that is enough goes along the row of D."""
    network, x, target = drawn(sizes=(4, 6, 1), linear=True)
    told = gauss_newton(network, x, target)
    v = network.weights[1]
    expected = (told.activities[-1] - target) @ (v / np.sum(v**2))
    np.testing.assert_allclose(told.errors[0], expected, rtol=1e-12)


def test_inverses_that_are_learnt_come_near():
    """Ten seeds; the controls are inverses that have not learnt, and the transposes in their place."""
    before, after, transposed, to_gradient = (np.zeros(10) for _ in range(4))
    for seed in range(10):
        network, x, target = square(seed)
        aim, true = (theory(network, x, target).gradient[:-1] for theory in (gauss_newton, backpropagate))
        rng = np.random.default_rng([seed, 1])
        v = random_feedback(network, rng=rng)
        before[seed] = angle(told_by(v, network, x, target), aim)
        for _ in range(400):
            v = inverses_learnt(network, v, x, noise=0.3, rate=0.2, rng=rng)
        after[seed] = angle(told_by(v, network, x, target), aim)
        to_gradient[seed] = angle(told_by(v, network, x, target), true)
        transposed[seed] = angle(told_by(true_feedback(network), network, x, target), aim)
    assert after.mean() < 35 < 80 < before.mean(), (after, before)
    assert after.mean() < transposed.mean(), (after, transposed)
    assert after.mean() < to_gradient.mean(), (after, to_gradient)


def told_by(feedback, network, x, target):
    """What the hidden layers are told through these approximate inverses."""
    inverses = inverses_by(network, feedback)
    return difference_target_propagation(network, x, target, inverses).gradient[:-1]


def test_on_the_digits_they_come_less_near_than_the_gradient_is():
    """The table, means over its ten seeds: the degrees of the module's docstring."""
    table = load_table("credit_digits")

    def mean(kind, column):
        return table[column][table["kind"] == kind].mean()

    assert round(mean("target", "newton")) == 48 and round(mean("target", "last")) == 52
    assert round(mean("backpropagation", "newton")) == 27


def test_what_cannot_be_inverted_is_named():
    with pytest.raises(ValueError, match=r"weights\[1\] must have an inverse, got one of shape \(5, 6\)"):
        exact_inverses(drawn()[0])
    network, x, target = square(off=30.0)
    with pytest.raises(ValueError, match="step must be so small that every target can be reached, got 1"):
        difference_target_propagation(network, x, target, exact_inverses(network), step=1.0)
    with pytest.raises(ValueError, match="inverses must be 2, one a hidden layer, got 0"):
        difference_target_propagation(network, x, target, [])
