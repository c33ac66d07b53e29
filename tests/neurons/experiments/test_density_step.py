"""The rise of a rate under noise: its curve is that of the simulation, and its lesson holds."""

import numpy as np
import pytest

from snnlab.neurons import LIF, simulate_lif_density
from snnlab.neurons.experiments.density_step import density_step

NOISES = (1.0, 2.0, 4.0, 8.0)  # mV


@pytest.mark.parametrize("sigma", NOISES)
@pytest.mark.parametrize("gathered", [False, True])
def test_the_curve_is_that_of_the_simulation(sigma, gathered):
    found = density_step(sigma, gathered=gathered)
    if gathered:
        rate = simulate_lif_density(np.full(2000, found.strongest / 1000), sigma, gathered=True).rate
    else:
        i = np.repeat([found.weakest / 1000, found.strongest / 1000], [500, 2000])
        rate = simulate_lif_density(i, sigma).rate
        assert rate[:500] == pytest.approx(14.0, abs=0.02)
    assert found.activity[500:] == pytest.approx(
        rate[-2000:], abs=0.6
    )  # the grids differ by a part of a cell
    assert found.activity[:500] == pytest.approx(14.0)


@pytest.mark.parametrize("sigma", NOISES)
def test_the_rise_ends_at_36_hz_and_the_lag_is_where_the_curve_is_half_way(sigma):
    found = density_step(sigma)
    after = found.activity[500:]
    assert after[-500:].mean() == pytest.approx(36.0, abs=0.5)
    assert np.interp(found.lag, 0.1 * (np.arange(2000) + 0.5), after) == pytest.approx(25.0, abs=1.5)
    assert found.peak == after.max()
    assert found.over == pytest.approx(100 * (after.max() - 36) / 22)
    assert found.settled[-1] < 0.05 * found.settled.max()


def test_the_potentials_are_those_of_the_simulation():
    """On the same grid, under a neuron of other numbers."""
    neuron = LIF(tau_m=10.0, r_m=50.0, t_ref=3.0)
    found = density_step(3.0, 20.0, 50.0, neuron)
    i = np.repeat([found.weakest / 1000, found.strongest / 1000], [1, 30])
    for density, steps in ((found.settled, 1), (found.later, 31)):
        run = simulate_lif_density(i[:steps], 3.0, neuron)
        expected = np.interp(found.place, run.v, run.density)
        assert density[:-1] == pytest.approx(expected[:-1], abs=1e-9)  # the last is the threshold
    assert found.place[[0, -1]].tolist() == [-90.0, -50.0]


def test_noise_slows_the_rise_and_damps_the_ringing():
    """Same rates before and after: with more noise half way comes later, and the peak is lower."""
    lags, peaks = zip(*[(density_step(sigma).lag, density_step(sigma).peak) for sigma in NOISES], strict=True)
    assert (np.diff(lags) > 0.3).all() and lags[0] < 0.5 and lags[-1] > 3.0
    assert (np.diff(peaks) < 0).all() and peaks[0] > 60 and peaks[-1] == pytest.approx(36.0, abs=0.1)


def test_it_is_the_spread_of_the_potentials_that_is_quick():
    """Gathered by a jolt, the same neurons under the same noise are late; and then noise helps."""
    lags = [density_step(sigma, gathered=True).lag for sigma in NOISES]
    assert (np.diff(lags) < -2).all()
    assert all(lag - density_step(sigma).lag > 4 for lag, sigma in zip(lags, NOISES, strict=True))


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"sigma": 0.0}, "sigma must be positive and finite, got 0"),
        ({"strong": 14.0}, "strong must be above weak (14 Hz), got 14"),
        ({"strong": 600.0}, "strong must be a rate that −0.5 to 0.5 nA can bring, got 600"),
        ({"sigma": 100.0}, "weak must be a rate that −0.5 to 0.5 nA can bring, got 14"),
    ],
)
def test_bad_input_names_argument_rule_and_value(wrong, sentence):
    with pytest.raises(ValueError) as failure:
        density_step(**({"sigma": 4.0} | wrong))
    assert str(failure.value) == sentence
