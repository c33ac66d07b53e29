"""The kernels of the shared network against what they are written after."""

import numpy as np
import pytest
from learning.credit.small_networks import drawn

from snnlab.learning.credit.angles import angle
from snnlab.learning.credit.backpropagation import backpropagate
from snnlab.learning.credit.feedback_alignment import feedback_alignment, random_feedback, true_feedback
from snnlab.learning.credit.padded_layers import forward, matrices_angle, padded, send_back, update_angle

SIZE = 6


def assigned(network, x, target, feedback):
    """Activities and errors of one sample, by the kernels."""
    h, errors = np.zeros((4, SIZE)), np.zeros((3, SIZE))
    h[0, : x.size] = x
    wanted = np.pad(target, (0, SIZE - target.size))
    forward(padded(network.weights, SIZE), h, network.linear)
    send_back(padded(feedback, SIZE), h, wanted, errors, network.linear)
    return h, errors


@pytest.mark.parametrize("linear", [False, True])
def test_the_kernels_are_their_twins(linear):
    network, x, target = drawn(linear=linear, samples=1)
    b = random_feedback(network, rng=np.random.default_rng(1))
    h, errors = assigned(network, x[0], target[0], b)
    told = feedback_alignment(network, x, target, b)
    for found, expected in zip((*h, *errors), (*told.activities, *told.errors), strict=True):
        np.testing.assert_allclose(found, np.pad(expected[0], (0, SIZE - expected.size)), rtol=1e-12)
    true_h, true_errors = assigned(network, x[0], target[0], true_feedback(network))
    true = backpropagate(network, x, target).gradient
    found = update_angle(errors, h, true_errors, true_h)
    assert found == pytest.approx(angle(told.gradient, true), rel=1e-10, abs=0)
    found = matrices_angle(padded(told.gradient, SIZE), padded(true, SIZE))
    assert found == pytest.approx(angle(told.gradient, true), rel=1e-10, abs=0)


def test_an_update_of_nothing_has_no_angle():
    assert np.isnan(update_angle(np.zeros((1, 2)), np.ones((2, 2)), np.ones((1, 2)), np.ones((2, 2))))
    assert np.isnan(matrices_angle(np.zeros((1, 2, 2)), np.ones((1, 2, 2))))
