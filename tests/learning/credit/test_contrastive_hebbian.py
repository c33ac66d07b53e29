"""Contrastive Hebbian learning against the gradient of the network without feedback."""

import numpy as np
import pytest
from learning.credit.small_networks import drawn, order

from snnlab.learning.credit.angles import angle, layer_angles, relative_distance
from snnlab.learning.credit.backpropagation import backpropagate
from snnlab.learning.credit.contrastive_hebbian import contrastive_hebbian

GAMMAS = [0.04, 0.02, 0.01, 0.005]


@pytest.mark.parametrize("linear", [False, True])
def test_with_weak_feedback_it_is_the_gradient_but_for_an_error_of_its_order(linear):
    network, x, target = drawn(scale=0.6, linear=linear)
    true = backpropagate(network, x, target).gradient
    found = [contrastive_hebbian(network, x, target, gamma=g).gradient for g in GAMMAS]
    np.testing.assert_allclose(order(GAMMAS, [relative_distance(g, true) for g in found]), 1, atol=0.15)
    assert (
        angle(found[-1], true) < 2 < angle(contrastive_hebbian(network, x, target, gamma=0.3).gradient, true)
    )


def test_without_its_power_of_gamma_each_layer_is_right_and_the_whole_is_turned():
    """Downhill still, but nearly all of it in the last layer."""
    network, x, target = drawn(scale=0.6)
    true = backpropagate(network, x, target).gradient
    found = contrastive_hebbian(network, x, target, gamma=1e-4).gradient
    bare = [1e-4**k * g for k, g in zip((2, 1, 0), found, strict=True)]
    assert max(layer_angles(bare, true)) < 0.1
    assert angle(found, true) < 0.1 < 20 < angle(bare, true) < 90
    assert angle(bare, [*map(np.zeros_like, true[:-1]), true[-1]]) < 0.1
