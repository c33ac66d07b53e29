"""The panel of noise and speed: its picture is that of the package, and its lesson holds."""

import numpy as np
import pytest
from snnlab_widgets import noise_step_panel

from snnlab.neurons import simulate_lif_density

NOISES = (1.0, 2.0, 4.0, 8.0)  # mV


def seen(sigma, alike=0.0):
    return noise_step_panel(sigma=sigma, alike=alike, engine="kernel").result


@pytest.mark.parametrize("sigma", NOISES)
@pytest.mark.parametrize("alike", [0.0, 1.0])
def test_the_curve_is_that_of_the_package(sigma, alike):
    found = seen(sigma, alike)
    if alike:
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
    found = seen(sigma)
    after = found.activity[500:]
    assert after[-500:].mean() == pytest.approx(36.0, abs=0.5)
    assert np.interp(found.lag, 0.1 * (np.arange(2000) + 0.5), after) == pytest.approx(25.0, abs=1.5)
    assert found.peak == after.max()
    assert found.over == pytest.approx(100 * (after.max() - 36) / 22)
    assert found.settled[-1] < 0.05 * found.settled.max()


def test_noise_slows_the_rise_and_damps_the_ringing():
    """Same rates before and after: with more noise half way comes later, and the peak is lower."""
    lags, peaks = zip(*[(seen(sigma).lag, seen(sigma).peak) for sigma in NOISES], strict=True)
    assert (np.diff(lags) > 0.3).all() and lags[0] < 0.5 and lags[-1] > 3.0
    assert (np.diff(peaks) < 0).all() and peaks[0] > 60 and peaks[-1] == pytest.approx(36.0, abs=0.1)


def test_it_is_the_spread_of_the_potentials_that_is_quick():
    """Gathered by a jolt, the same neurons under the same noise are late; and then noise helps."""
    lags = [seen(sigma, alike=1.0).lag for sigma in NOISES]
    assert (np.diff(lags) < -2).all()
    assert all(lag - seen(sigma).lag > 4 for lag, sigma in zip(lags, NOISES, strict=True))
