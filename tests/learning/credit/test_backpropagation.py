"""The true gradient."""

import numpy as np
import pytest
from learning.credit.small_networks import drawn
from learning.differences import agrees_with_differences

from snnlab.learning.credit.backpropagation import backpropagate, outer_means, output_jacobians
from snnlab.learning.credit.rate_network import activities, batch_loss


@pytest.mark.equation("credit-gradient")
@pytest.mark.parametrize("linear", [False, True])
def test_the_gradient_is_that_of_the_loss(linear):
    network, x, target = drawn(linear=linear)
    told = backpropagate(network, x, target)
    agrees_with_differences(
        network.weights, told.gradient, lambda: batch_loss(activities(network, x)[-1], target)
    )


def test_the_jacobians_carry_the_output_error_down():
    """Backpropagation is Jᵀ times the error, which no layer by layer is needed for."""
    network, x, target = drawn()
    told = backpropagate(network, x, target)
    for j, error in zip(output_jacobians(network, told.activities), told.errors, strict=False):
        expected = np.einsum("noh,no->nh", j, told.errors[-1])
        np.testing.assert_allclose(error, expected, rtol=1e-12, atol=1e-14)


def test_layers_are_not_left_out_of_a_mean():
    h = [np.ones((5, 2)), np.ones((5, 3)), np.ones((5, 4))]
    assert [g.shape for g in outer_means(h[1:], h)] == [(3, 2), (4, 3)]
    with pytest.raises(ValueError, match="h must be 1 layers, as errors, or one more, got 3"):
        outer_means(h[1:2], h)


def test_nothing_is_blamed_where_nothing_is_wrong():
    network, x, _ = drawn()
    told = backpropagate(network, x, activities(network, x)[-1])
    assert all((g == 0).all() for g in told.gradient)
