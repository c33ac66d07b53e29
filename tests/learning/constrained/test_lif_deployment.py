"""Networks on spiking neurons say on average what they were trained to say."""

import numpy as np
import pytest

from snnlab.learning.constrained.lif_deployment import deploy_on_lif, rectified_as_lif
from snnlab.learning.constrained.rate_training import AMPLITUDE, run_soft
from snnlab.learning.constrained.soft_lif import SoftLIF, soft_lif_rate
from snnlab.learning.constrained.spiking_layer import filtered_rates
from snnlab.learning.conversion.layers import Layers

HARD = SoftLIF(gamma=0.0)


def test_the_first_hidden_layer_fires_at_the_rates_of_the_curve():
    """Two outputs are compared at every moment; here they hear one neuron and a constant."""
    one = Layers((np.array([[1.0]]), np.array([[1.0], [0.0]])), (np.zeros(1), np.array([0.0, 0.3])))
    run = deploy_on_lif(one, [[2.0]], 1000)
    rate = soft_lif_rate(2.0, HARD)
    assert run.spikes == pytest.approx(rate, abs=1.0)
    filtered, _ = filtered_rates(np.full((1000, 1), 2.0))
    np.testing.assert_array_equal(run.named[:, 0], (AMPLITUDE * filtered[:, 0] < 0.3).astype(int))


def test_with_slow_synapses_the_answers_are_those_of_the_rates():
    rng = np.random.default_rng(1)
    layers = Layers(
        (rng.normal(0, 1.0, (20, 6)), rng.normal(0, 0.5, (15, 20)), rng.normal(0, 1.0, (3, 15))),
        (np.ones(20), np.ones(15), np.zeros(3)),
    )
    x = rng.random((60, 6))
    expected = run_soft(layers, x, HARD)[-1]
    sure = np.ptp(np.sort(expected, axis=1)[:, -2:], axis=1) > 0.1
    slow = deploy_on_lif(layers, x, 1500, tau_s=200.0).named[-1]
    fast = deploy_on_lif(layers, x, 1500, tau_s=1.0).named[-1]
    named = expected.argmax(axis=1)
    assert sure.sum() > 20 and np.mean(slow[sure] == named[sure]) > 0.95
    assert np.mean(fast == named) < np.mean(slow == named)  # the control: an instant without memory


def test_images_are_run_apart():
    rng = np.random.default_rng(2)
    layers = Layers((rng.normal(0, 2, (9, 4)), rng.normal(0, 1, (3, 9))), (np.ones(9), np.zeros(3)))
    x = rng.random((53, 4))  # more than are simulated side by side
    together = deploy_on_lif(layers, x, 30)
    alone = [deploy_on_lif(layers, x[k : k + 1], 30) for k in (0, 51, 52)]
    for k, one in zip((0, 51, 52), alone, strict=True):
        np.testing.assert_array_equal(together.named[:, k], one.named[:, 0])
    assert together.spikes > 0


def test_a_rectified_network_keeps_its_zero_and_its_scale():
    one = Layers((np.array([[1.0]]), np.array([[3.0]])), (np.array([-0.5]), np.array([0.1])))
    x = np.full((50, 1), 1.5)  # an activation of 1, which is the scale
    made = rectified_as_lif(one, x, highest=150.0)
    rates, out = run_soft(made, [[0.5], [1.5]], HARD)
    np.testing.assert_allclose(rates.ravel(), [0.0, 150.0], atol=1e-9)
    np.testing.assert_allclose(out.ravel(), [0.1, 3.1])
    assert made.weights[1][0, 0] == pytest.approx(3.0 / (150.0 * AMPLITUDE))


def test_bad_input_names_argument_rule_and_value():
    one = Layers((np.ones((1, 1)), np.ones((1, 1))), (np.ones(1), np.zeros(1)))
    with pytest.raises(ValueError, match="x must have 1 columns, one an input, got 2"):
        deploy_on_lif(one, np.ones((1, 2)))
    with pytest.raises(ValueError, match="highest must be above 0 and below 250 Hz, got 300"):
        rectified_as_lif(one, np.ones((1, 1)), 300.0)
