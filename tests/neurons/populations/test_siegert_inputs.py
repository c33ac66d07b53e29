"""Rates from the rates of the inputs: mean, scatter, and the formula in its other form by SciPy."""

import math

import numpy as np
import pytest

from snnlab.neurons import LIF, lif_rate, siegert_rate
from snnlab.neurons.populations.siegert_inputs import (
    free_potential,
    moments,
    siegert_rate_of_inputs,
)

scipy_special = pytest.importorskip("scipy.special")
scipy_integrate = pytest.importorskip("scipy.integrate")


def by_scipy(mean, sigma, neuron):
    """The textbook's form, whose integrand is erfcx(-x), by SciPy's quadrature."""
    low, high = ((v - mean) / (math.sqrt(2) * sigma) for v in (neuron.v_reset, neuron.v_th))
    area, _ = scipy_integrate.quad(lambda x: scipy_special.erfcx(-x), low, high, epsabs=0, epsrel=1e-11)
    return 1000 / (neuron.t_ref + neuron.tau_m * math.sqrt(math.pi) * area)


@pytest.mark.equation("free-potential")
def test_mean_and_scatter_are_those_of_the_jumps_by_hand():
    """1 mV at 800 Hz and -2 mV at 100 Hz, with 20 ms: 16 - 4 mV, and the root of 8 + 4 mV²."""
    seen = free_potential([800.0, 100.0], [[1.0, -2.0]])
    assert seen.mean[0] == pytest.approx(-65 + 12, rel=1e-12, abs=0)
    assert seen.sigma[0] == pytest.approx(math.sqrt(12), rel=1e-12, abs=0)


@pytest.mark.parametrize("neuron", [LIF(), LIF(8.0, 40.0, -60.0, -70.0, -52.0, 5.0)])
def test_the_rate_is_scipys(neuron):
    rng = np.random.default_rng(3)
    rates, w = rng.uniform(0, 60, (5, 40)), rng.normal(0.3, 1.0, (6, 40))
    mean, sigma = free_potential(rates, w, neuron)
    expected = [
        [by_scipy(m, s, neuron) for m, s in zip(*row, strict=True)] for row in zip(mean, sigma, strict=True)
    ]
    np.testing.assert_allclose(siegert_rate_of_inputs(rates, w, neuron), expected, rtol=1e-9)


def test_it_is_siegerts_rate_of_the_current_that_has_this_mean():
    rates, w = [300.0, 900.0], [[2.0, 0.5], [0.3, 0.4]]
    mean, sigma = free_potential(rates, w)
    neuron = LIF()
    for k in range(2):
        i = (mean[k] - neuron.v_rest) / neuron.r_m
        assert siegert_rate_of_inputs(rates, w)[k] == pytest.approx(
            siegert_rate(i, sigma[k]), rel=1e-12, abs=0
        )


def test_many_tiny_jumps_are_a_current():
    """σ falls with the root of the jump, and the rate goes to that without noise in first order of it."""
    i = 0.2  # nA, as a mean of 20 mV above rest
    off = []
    for jump in (1e-2, 1e-3, 1e-4):
        rate = siegert_rate_of_inputs([20.0 / (0.02 * jump)], [[jump]])[0]
        off.append(rate - lif_rate(i))
    assert off[0] / off[1] == pytest.approx(10, rel=0.05) and off[1] / off[2] == pytest.approx(10, rel=0.01)
    below = siegert_rate_of_inputs([14.0 / (0.02 * 1e-4)], [[1e-4]])[0]
    assert below == 0.0


def test_moments_of_one_size_of_jump_are_those_of_its_two_inputs():
    rate, sigma = moments(0.9, 0.3, 0.25, 20.0)
    unit = LIF(20.0, 1.0, 0.0, 0.0, 1.0, 2.0)
    seen = free_potential([750.0 * rate, 250.0 * rate], [[0.3, -0.3]], unit)
    assert seen.mean[0] == pytest.approx(0.9, rel=1e-12, abs=0) and seen.sigma[0] == pytest.approx(
        sigma, rel=1e-12, abs=0
    )


def test_a_layer_of_samples_has_a_row_for_each():
    rates, w = np.ones((3, 2)), np.ones((4, 2))
    assert siegert_rate_of_inputs(rates, w).shape == (3, 4) and siegert_rate_of_inputs(rates[0], w).shape == (
        4,
    )
    assert siegert_rate_of_inputs(np.zeros((0, 2)), w).shape == (0, 4)


@pytest.mark.parametrize(
    ("arguments", "kind", "sentence"),
    [
        (([1.0], [[1.0, 2.0]]), ValueError, "rates must be 2, one an input, got 1"),
        (([-1.0], [[1.0]]), ValueError, "rates must be zero or positive, got -1"),
        (([1.0], [1.0]), ValueError, r"w must have shape \(neurons, inputs\), got \(1,\)"),
        (([1.0], [[1.0]], 3), TypeError, "neuron must be a LIF, got int"),
    ],
)
def test_bad_input_is_named(arguments, kind, sentence):
    with pytest.raises(kind, match=sentence):
        siegert_rate_of_inputs(*arguments)
