"""The network that all theories share."""

import numpy as np
import pytest
from learning.credit.small_networks import drawn

from snnlab.learning.credit.backpropagation import backpropagate
from snnlab.learning.credit.rate_network import (
    RateNetwork,
    activities,
    activity,
    batch_loss,
    checked_network,
    initial_network,
    potential,
    slope,
    stepped,
)

GOOD = RateNetwork((np.ones((3, 2)), np.ones((1, 3))))


def test_a_layer_is_what_its_equation_says():
    w, v = np.array([[0.5, -1.0], [2.0, 0.0]]), np.array([[1.0, -3.0]])
    x = np.array([[0.3, 0.2]])
    first = np.tanh([0.15 - 0.2, 0.6])
    _, hidden, out = activities(RateNetwork((w, v)), x)
    np.testing.assert_allclose(hidden[0], first, rtol=1e-15)
    assert out.item() == pytest.approx(first[0] - 3 * first[1], rel=1e-15, abs=0)
    assert activities(RateNetwork((w, v), linear=True), x)[-1].item() == pytest.approx(-0.05 - 1.8)


@pytest.mark.parametrize("linear", [False, True])
def test_the_slope_is_that_of_the_activity(linear):
    u = np.linspace(-2, 2, 9)
    found = slope(activity(u, linear), linear)
    differences = (activity(u + 1e-6, linear) - activity(u - 1e-6, linear)) / 2e-6
    np.testing.assert_allclose(found, differences, rtol=1e-8)


@pytest.mark.parametrize("linear", [False, True])
def test_the_potential_is_known_by_the_activity(linear):
    u = np.linspace(-2, 2, 9)
    np.testing.assert_allclose(potential(activity(u, linear), linear), u, rtol=1e-13)


def test_a_step_may_forget_besides():
    network = RateNetwork((np.array([[2.0]]),))
    assert stepped(network, [np.array([[3.0]])], 0.5, decay=0.25).weights[0].item() == 0.0
    with pytest.raises(ValueError, match=r"decay must be between 0 and 1, got 1\.5"):
        stepped(network, [np.array([[3.0]])], 0.5, decay=1.5)


def test_a_gradient_has_the_shapes_of_the_weights():
    with pytest.raises(ValueError, match=r"gradient\[1\] must have shape \(1, 3\), got \(1, 1\)"):
        stepped(GOOD, [np.ones((3, 2)), np.ones((1, 1))], 0.1)


def test_potentials_are_about_as_wide_in_layers_of_any_size():
    """Weights of standard deviation 1/√n: a sum over n inputs of variance 1 has variance 1."""
    rng = np.random.default_rng(1)
    for inputs in (10, 1000):
        w = initial_network((inputs, 400), rng=rng).weights[0]
        assert np.var(rng.normal(size=(400, inputs)) @ w.T) == pytest.approx(1.0, rel=0.1)


def test_a_small_step_against_the_gradient_lowers_the_loss_by_its_square():
    network, x, target = drawn()
    gradient = backpropagate(network, x, target).gradient
    before, rate = batch_loss(activities(network, x)[-1], target), 1e-6
    after = batch_loss(activities(stepped(network, gradient, rate), x)[-1], target)
    assert (before - after) / rate == pytest.approx(sum(np.sum(g**2) for g in gradient), rel=1e-4)


@pytest.mark.parametrize(
    ("network", "said"),
    [
        (RateNetwork(()), "weights must be at least one matrix, got none"),
        (RateNetwork((np.ones(3),)), r"weights\[0\] must have shape \(post, pre\), got \(3,\)"),
        (RateNetwork((np.ones((3, 2)), np.ones((1, 2)))), r"weights\[1\] must have 3 columns, .* got 2"),
        (RateNetwork((np.array([[np.nan]]),)), r"weights\[0\] must be finite, got nan"),
    ],
)
def test_layers_that_do_not_fit_are_named(network, said):
    with pytest.raises(ValueError, match=said):
        checked_network(network)


@pytest.mark.parametrize(
    ("x", "target", "said"),
    [
        (np.ones((4, 3)), np.ones((4, 1)), r"x must have shape \(samples, 2\) with a sample at least"),
        (np.ones((0, 2)), np.ones((0, 1)), r"x must have shape .* got \(0, 2\)"),
        (np.ones((4, 2)), np.ones((3, 1)), r"target must have shape \(4, 1\), got \(3, 1\)"),
    ],
)
def test_a_batch_that_does_not_fit_is_named(x, target, said):
    with pytest.raises(ValueError, match=said):
        backpropagate(GOOD, x, target)


def test_a_network_is_a_network():
    with pytest.raises(TypeError, match="network must be a RateNetwork, got list"):
        checked_network([np.ones((1, 1))])
    with pytest.raises(TypeError, match="linear must be True or False, got 'tanh'"):
        checked_network(GOOD._replace(linear="tanh"))
    with pytest.raises(ValueError, match="sizes must be at least two, inputs and outputs, got 1"):
        initial_network((3,), rng=np.random.default_rng(1))
