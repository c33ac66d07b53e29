"""The kernels of a network that settles against what they are written after."""

import numpy as np
import pytest
from learning.credit.small_networks import drawn

from snnlab.learning.credit.feedback_settling import contrast, settle, settled_gradient
from snnlab.learning.credit.padded_layers import forward, padded
from snnlab.learning.credit.settling_kernels import add_contrast, add_settled_gradient, settle_sample

SIZE, SWEEPS = 6, 2000


def settled(network, x, target, beta, gamma):
    """Activities after many sweeps, by the kernels, and what they need."""
    w, h, wanted = padded(network.weights, SIZE), np.zeros((4, SIZE)), np.zeros(SIZE)
    h[0, : x.size], wanted[: target.size] = x[0], target[0]
    forward(w, h, False)
    settle_sample(w, h, wanted, beta, gamma, SWEEPS)
    return w, h, wanted


@pytest.mark.parametrize("gamma", [1.0, 0.3])
@pytest.mark.parametrize("beta", [0.0, 0.5, np.inf])
def test_it_comes_to_rest_where_its_twin_does(beta, gamma):
    network, x, target = drawn(samples=1)
    _, h, _ = settled(network, x, target, beta, gamma)
    for found, expected in zip(h, settle(network, x, target, beta, gamma), strict=True):
        np.testing.assert_allclose(found[: expected.size], expected[0], rtol=1e-9, atol=1e-11)
        assert not found[expected.size :].any()


@pytest.mark.parametrize("gamma", [1.0, 0.3])
def test_two_states_are_compared_as_by_the_twin(gamma):
    network, x, target = drawn(samples=1)
    one, other = (settled(network, x, target, beta, gamma)[1] for beta in (0.0, 0.5))
    told = np.zeros((3, SIZE, SIZE))
    add_contrast(told, one, other, gamma, 2.0)
    states = ([h[None, :n] for h, n in zip(each, (4, 6, 5, 3), strict=True)] for each in (one, other))
    expected = contrast(network, *states, gamma, 0.5).gradient
    np.testing.assert_allclose(told, padded(expected, SIZE), rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("gamma", [1.0, 0.3])
def test_the_gradient_of_a_settled_network_is_that_of_the_linear_system(gamma):
    network, x, target = drawn(samples=1)
    w, h, wanted = settled(network, x, target, 0.0, gamma)
    gradient = np.zeros((3, SIZE, SIZE))
    add_settled_gradient(gradient, w, h, wanted, np.zeros((4, SIZE)), gamma, SWEEPS, 1.0)
    expected = padded(settled_gradient(network, x, target, gamma=gamma).gradient, SIZE)
    np.testing.assert_allclose(gradient, expected, rtol=1e-8, atol=1e-10)
