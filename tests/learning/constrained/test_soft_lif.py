"""The soft curve becomes the hard one, and its slope is its derivative."""

import math

import numpy as np
import pytest

from snnlab.learning.constrained.soft_lif import SoftLIF, soft_lif_rate, soft_lif_slope
from snnlab.neurons import LIF, lif_rate

HARD = LIF(tau_m=20.0, r_m=1.0, v_rest=0.0, v_reset=0.0, v_th=1.0, t_ref=4.0)
CURRENTS = np.array([-3.0, 0.0, 0.5, 0.9, 0.99, 1.01, 1.1, 1.5, 2.0, 10.0])


def test_the_hard_curve_is_that_of_the_lif_neuron():
    j = np.r_[CURRENTS, 1.0]
    np.testing.assert_allclose(soft_lif_rate(j, SoftLIF(gamma=0.0)), lif_rate(j, HARD), rtol=1e-13)


@pytest.mark.equation("soft-lif")
def test_the_soft_curve_is_its_equation():
    for gamma in (0.01, 0.03, 0.3):
        rho = gamma * np.logaddexp(0.0, (CURRENTS[1:] - 1.0) / gamma)  # at −3 it would underflow for 0.003
        expected = 1000.0 / (4.0 + 20.0 * np.log1p(1.0 / rho))
        np.testing.assert_allclose(soft_lif_rate(CURRENTS[1:], SoftLIF(gamma=gamma)), expected, rtol=1e-12)


def test_in_the_limit_of_small_gamma_it_is_the_hard_one_at_every_current():
    """Above the threshold at once, below it as γ / (τ |x|): ten times less for each tenth of γ."""
    hard = soft_lif_rate(CURRENTS, SoftLIF(gamma=0.0))
    gammas = [1e-2, 1e-3, 1e-4, 1e-5]
    off = np.array([np.abs(soft_lif_rate(CURRENTS, SoftLIF(gamma=g)) - hard) for g in gammas])
    assert (np.diff(off, axis=0) < 1e-12).all() and off[-1].max() < 0.06  # but for rounding
    below = CURRENTS < 0.95
    np.testing.assert_allclose(off[2, below] / off[3, below], 10.0, rtol=0.02)


@pytest.mark.parametrize("gamma", [0.003, 0.03, 0.3])
def test_far_below_the_threshold_nothing_underflows(gamma):
    x = np.array([-1.0, -10.0, -1e3, -1e6])
    expected = 1000.0 / (4.0 + 20.0 * (-x / gamma - math.log(gamma)))
    far = -x / gamma > 30
    neuron = SoftLIF(gamma=gamma)
    np.testing.assert_allclose(soft_lif_rate(1.0 + x, neuron)[far], expected[far], rtol=1e-12)
    assert (soft_lif_slope(1.0 + x, neuron) > 0).all()
    seam = 1.0 + gamma * (-40.0 + np.array([-1e-9, 1e-9]))
    assert np.ptp(soft_lif_rate(seam, neuron)) < 1e-9 * soft_lif_rate(seam, neuron)[0]
    assert np.ptp(soft_lif_slope(seam, neuron)) < 1e-9 * soft_lif_slope(seam, neuron)[0]


@pytest.mark.equation("soft-lif-slope")
@pytest.mark.parametrize("gamma", [0.0, 0.01, 0.03, 0.3])
def test_the_slope_is_the_derivative(gamma):
    neuron, step = SoftLIF(gamma=gamma), 1e-6
    j = np.r_[np.linspace(-2.0, 0.99, 40), np.linspace(1.01, 4.0, 40)]
    difference = (soft_lif_rate(j + step, neuron) - soft_lif_rate(j - step, neuron)) / (2 * step)
    np.testing.assert_allclose(soft_lif_slope(j, neuron), difference, rtol=2e-5, atol=1e-8)


def test_only_the_hard_slope_is_without_bound():
    near = 1.0 + np.array([1e-3, 1e-6, 1e-9])
    hard = soft_lif_slope(near, SoftLIF(gamma=0.0))
    assert (np.diff(hard) > 0).all() and hard[-1] > 1e6
    soft = soft_lif_slope(np.linspace(0.0, 3.0, 3001), SoftLIF(gamma=0.03))
    assert soft.max() < 200.0


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"neuron": SoftLIF(gamma=-1.0)}, "gamma must be zero or positive, and finite, got -1"),
        ({"neuron": SoftLIF(tau_m=0.0)}, "tau_m must be positive and finite, got 0"),
        ({"j": [math.nan]}, "j must be finite"),
    ],
)
def test_bad_input_names_argument_rule_and_value(wrong, sentence):
    for function in (soft_lif_rate, soft_lif_slope):
        with pytest.raises(ValueError) as failure:
            function(**({"j": 1.0} | wrong))
        assert str(failure.value).startswith(sentence)
