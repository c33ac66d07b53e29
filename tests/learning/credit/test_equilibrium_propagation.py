"""Equilibrium propagation against the gradient of the network with feedback."""

import numpy as np
import pytest
from learning.credit.small_networks import drawn, order

from snnlab.learning.credit.angles import angle, relative_distance
from snnlab.learning.credit.backpropagation import backpropagate
from snnlab.learning.credit.equilibrium_propagation import equilibrium_propagation
from snnlab.learning.credit.feedback_settling import settled_gradient

BETAS = [0.08, 0.04, 0.02, 0.01]


@pytest.mark.equation("two-states")
@pytest.mark.parametrize(("symmetric", "expected"), [(False, 1), (True, 2)])
@pytest.mark.parametrize("gamma", [1.0, 0.3])
def test_the_bias_of_one_nudge_and_of_two(symmetric, expected, gamma):
    network, x, target = drawn(scale=0.6)
    true = settled_gradient(network, x, target, gamma=gamma).gradient
    found = [
        equilibrium_propagation(network, x, target, beta=b, symmetric=symmetric, gamma=gamma).gradient
        for b in BETAS
    ]
    misses = [relative_distance(g, true) for g in found]
    np.testing.assert_allclose(order(BETAS, misses), expected, atol=0.15 * expected)
    assert angle(found[-1], true) < 2


def test_it_is_not_the_gradient_of_the_network_without_feedback():
    """The control: the same update against what another network would have to learn."""
    network, x, target = drawn(scale=0.6)
    told = equilibrium_propagation(network, x, target, beta=1e-4, symmetric=True).gradient
    assert angle(told, settled_gradient(network, x, target).gradient) < 1e-3
    assert angle(told, backpropagate(network, x, target).gradient) > 5


def test_a_settled_network_that_is_right_learns_nothing():
    network, x, _ = drawn(scale=0.6)
    told = equilibrium_propagation(network, x, np.zeros((20, 3)))
    right = equilibrium_propagation(network, x, told.activities[-1])
    assert max(np.abs(g).max() for g in right.gradient) < 1e-10


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"beta": 0.0}, "beta must be above 0"),
        ({"beta": np.inf}, "beta must be zero or positive, and finite"),
        ({"beta": 1.0, "symmetric": True}, "beta must be below 1 to push the output away, got 1"),
    ],
)
def test_a_nudge_has_a_range(arguments, said):
    with pytest.raises(ValueError, match=said):
        equilibrium_propagation(*drawn(), **arguments)
