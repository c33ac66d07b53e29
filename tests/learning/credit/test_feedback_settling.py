"""A network with feedback, how it settles, and the gradient of what it settles to."""

import numpy as np
import pytest
from learning.credit.small_networks import drawn
from learning.differences import agrees_with_differences

from snnlab.learning.credit.feedback_settling import settle, settled_energy, settled_gradient
from snnlab.learning.credit.rate_network import RateNetwork, activities, batch_loss


@pytest.mark.parametrize("gamma", [1.0, 0.3])
def test_at_rest_every_unit_answers_what_it_hears(gamma):
    network, x, target = drawn(scale=0.6)
    h = settle(network, x, target, 0.5, gamma)
    for layer in (1, 2):
        u = h[layer - 1] @ network.weights[layer - 1].T + gamma * h[layer + 1] @ network.weights[layer]
        np.testing.assert_allclose(h[layer], np.tanh(u), atol=1e-13)
    np.testing.assert_allclose(1.5 * h[3], h[2] @ network.weights[2].T + 0.5 * target, atol=1e-13)
    np.testing.assert_array_equal(settle(network, x, target, np.inf, gamma)[3], target)


@pytest.mark.parametrize("gamma", [1.0, 0.3])
def test_a_state_at_rest_has_the_least_energy_around_it(gamma):
    """Central differences of the energy with respect to every activity, and 200 states near by."""
    network, x, target = drawn(scale=0.6, samples=1)
    h = settle(network, x, target, 0.5, gamma)

    def energy():
        return settled_energy(network, h, target, 0.5, gamma).item()

    agrees_with_differences(h[1:], [np.zeros_like(layer) for layer in h[1:]], energy)
    least, rng = energy(), np.random.default_rng(1)
    for _ in range(200):
        near = [x, *(layer + 0.02 * rng.normal(size=layer.shape) for layer in h[1:])]
        if all((np.abs(layer) < 1).all() for layer in near[1:-1]):
            assert settled_energy(network, near, target, 0.5, gamma).item() > least


def test_without_feedback_it_is_the_network_alone():
    network, x, target = drawn()
    for found, alone in zip(settle(network, x, target, gamma=0.0), activities(network, x), strict=True):
        np.testing.assert_allclose(found, alone, atol=1e-14)


@pytest.mark.parametrize("linear", [False, True])
@pytest.mark.parametrize("gamma", [1.0, 0.3])
def test_the_gradient_is_that_of_the_free_state(gamma, linear):
    network, x, target = drawn(scale=0.4, samples=3, linear=linear)

    def loss():
        return batch_loss(settle(network, x, target, gamma=gamma)[-1], target)

    told = settled_gradient(network, x, target, gamma=gamma)
    agrees_with_differences(network.weights, told.gradient, loss)


def test_weights_that_do_not_let_it_settle_are_named():
    network = RateNetwork((np.ones((1, 1)), np.array([[3.0]])), linear=True)
    with pytest.raises(ValueError, match=r"weights must be small enough .* got some of size 3"):
        settled_gradient(network, [[1.0]], [[1.0]])


@pytest.mark.parametrize(("gamma", "said"), [(0.0, "above 0"), (1.5, "between 0 and 1")])
def test_feedback_has_a_range(gamma, said):
    network, x, target = drawn()
    with pytest.raises(ValueError, match=f"gamma must be {said}"):
        settled_gradient(network, x, target, gamma=gamma)
