"""The true gradient."""

import numpy as np
import pytest
from learning.credit.small_networks import drawn
from learning.differences import agrees_with_differences

from snnlab.learning.credit.backpropagation import backpropagate, output_jacobians
from snnlab.learning.credit.rate_network import activities, batch_loss


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


def test_nothing_is_blamed_where_nothing_is_wrong():
    network, x, _ = drawn()
    told = backpropagate(network, x, activities(network, x)[-1])
    assert all((g == 0).all() for g in told.gradient)
