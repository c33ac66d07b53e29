"""Bias and noise of a smoothed rate."""

import numpy as np
import pytest

from snnlab.coding import rescaled_spikes, smooth_rate, smoothing_error

TIME = np.arange(0.5, 600)
TRUE = 40 + 30 * np.sin(2 * np.pi * TIME / 100)


@pytest.mark.equation("rate-smoothing")
@pytest.mark.parametrize("width", [2.0, 8.0, 30.0])
def test_bias_and_noise_are_those_of_many_repetitions_of_the_experiment(width):
    """200 experiments of 25 repetitions: their mean is off by the bias, their scatter is the noise."""
    n, runs = 25, 200
    spikes = rescaled_spikes(TRUE, 1.0, n * runs, rng=np.random.default_rng(62))
    rates = np.stack([smooth_rate(spikes[n * k : n * (k + 1)], width).rate for k in range(runs)])
    expected = smoothing_error(TRUE, 1.0, width, n)
    scatter = rates.var(axis=0, ddof=1).mean()
    independent = TIME.size / (4 * width)  # about so many values of a smoothed curve
    assert scatter == pytest.approx(expected.noise**2, rel=4.5 * np.sqrt(2 / (runs * independent)))
    bias = ((rates.mean(axis=0) - TRUE) ** 2).mean() - scatter / runs
    assert bias == pytest.approx(
        expected.bias**2,
        abs=4.5 * (scatter / runs + 2 * expected.bias * np.sqrt(scatter / runs / independent)),
    )
    total = ((rates - TRUE) ** 2).mean()
    assert total == pytest.approx(expected.total**2, rel=0.05)


@pytest.mark.equation("rate-smoothing")
def test_noise_of_a_constant_rate_is_that_of_the_closed_form():
    """s² = r / (2 √π σ n), far from the ends; no bias."""
    width, n, rate = 10.0, 20, 50.0
    error = smoothing_error(np.full(20_000, rate), 0.5, width, n)
    assert error.bias == pytest.approx(0, abs=1e-9)
    assert error.noise == pytest.approx(np.sqrt(rate / (2 * np.sqrt(np.pi) * width / 1000 * n)), rel=2e-3)


def test_bias_of_a_sine_is_that_of_the_closed_form():
    """A Gaussian leaves exp(−(2πσ/T)²/2) of a sine of period T."""
    width, period = 10.0, 80.0
    time = np.arange(0.25, 8000, 0.5)
    error = smoothing_error(40 + 30 * np.sin(2 * np.pi * time / period), 0.5, width, 1)
    lost = 30 * (1 - np.exp(-0.5 * (2 * np.pi * width / period) ** 2))
    assert error.bias == pytest.approx(lost / np.sqrt(2), rel=0.01)


def test_the_squares_add_up_and_repetitions_help_the_noise_alone():
    one, four = smoothing_error(TRUE, 1.0, 5.0, 1), smoothing_error(TRUE, 1.0, 5.0, 4)
    assert one.total**2 == pytest.approx(one.bias**2 + one.noise**2)
    assert four.bias == one.bias and four.noise == pytest.approx(one.noise / 2)


def test_bad_input():
    with pytest.raises(ValueError, match="rate must be zero or positive in one step or more, got -1"):
        smoothing_error([1.0, -1.0], 1.0, 1.0, 1)
    with pytest.raises(ValueError, match="rate must be zero or positive in one step or more"):
        smoothing_error([], 1.0, 1.0, 1)
    with pytest.raises(ValueError, match="n must be at least 1, got 0"):
        smoothing_error(TRUE, 1.0, 1.0, 0)
