"""The panels of random spikes against what theory says of them."""

import numpy as np
import pytest
from coding.distances import chi_square, chi_square_bound
from snnlab_widgets import dead_time_panel, noisy_lif_panel

from snnlab import Spikes
from snnlab.coding import cv
from snnlab.coding.statistics.dead_time_statistics import INTERVAL_BIN, SPIKES, STRETCH


@pytest.mark.parametrize(("rate", "pause"), [(40.0, 0.0), (40.0, 5.0), (80.0, 6.0)])
def test_a_pause_makes_intervals_and_counts_regular(rate, pause):
    """CV 1 − rτ and Fano tending to its square; the intervals by χ² against their law."""
    found = dead_time_panel(rate=rate, dead_time=pause, window=400.0, engine="kernel").result
    expected = 1 - rate * pause / 1000
    assert found.theory == pytest.approx(expected, abs=1e-12)
    assert abs(found.cv - expected) < 4.5 / np.sqrt(SPIKES)
    windows = SPIKES / rate * 1000 / 400
    # of a renewal train in a finite window, D. R. Cox (1962), section 4.5: the next term in 1/rT
    fano = expected**2 + (1 / 6 + expected**4 / 2 - 2 * expected**3 / 3) / (rate * 0.4)
    assert abs(found.fano - fano) < 4.5 * fano * np.sqrt(2.2 / windows)
    assert abs(found.measured - rate) < 4.5 * rate * expected / np.sqrt(SPIKES)
    law = SPIKES / 100 * found.law
    kept = law > 20
    classes = np.append(law[kept], SPIKES - law[kept].sum())
    seen = SPIKES / 100 * found.intervals
    observed = np.append(seen[kept], SPIKES - seen[kept].sum())
    assert chi_square(observed, classes) < chi_square_bound(kept.sum())


@pytest.mark.parametrize(("swing", "window"), [(50.0, 100.0), (80.0, 400.0)])
def test_a_swing_adds_the_variance_of_the_rate(swing, window):
    """Between two levels that last L each, F = 1 + rT m² (1 − 2T/3L)."""
    rate = 40.0
    panel = dead_time_panel(rate=rate, swing=swing, window=window, engine="kernel")
    fano = 1 + rate * window / 1000 * (swing / 100) ** 2 * (1 - 2 * window / (3 * STRETCH))
    windows = SPIKES / rate * 1000 / window
    assert abs(panel.result.fano - fano) < 4.5 * fano * np.sqrt(3 / windows)


def test_a_constant_rate_does_not_depend_on_the_window_and_a_pause_does():
    poisson = dead_time_panel(engine="kernel").result
    assert np.all(np.abs(poisson.fano_curve - 1) < 4.5 * np.sqrt(3 * poisson.windows * 40 / 1000 / SPIKES))
    pause = dead_time_panel(dead_time=5.0, engine="kernel").result
    assert pause.fano_curve[0] > pause.fano_curve[5] > 0.6
    both = dead_time_panel(rate=80.0, dead_time=4.0, swing=30.0, engine="kernel").result
    assert both.fano_curve[0] < 0.7 and both.fano_curve[-1] > 2  # regular in short windows, not in long ones


def test_the_curve_passes_through_the_point():
    panel = dead_time_panel(dead_time=3.0, swing=20.0, window=150.0, engine="kernel")
    found = panel.result
    assert found.fano == found.fano_curve[np.flatnonzero(found.windows == 150.0)[0]]
    assert found.windows[-1] == 400.0 and INTERVAL_BIN * found.intervals.size == 100.0


def test_the_noisy_neuron_counts_and_measures_its_own_spikes():
    found = noisy_lif_panel(mean=0.095, sigma=8.0, engine="kernel").result
    spikes = Spikes(found.times, duration=20_000)
    assert found.n == spikes.n_spikes and found.rate == pytest.approx(spikes.rates[0])
    assert found.cv == pytest.approx(cv(spikes)[0], rel=1e-9, abs=0)
    gaps = np.diff(spikes.times)
    assert np.array_equal(found.intervals, np.histogram(gaps, np.arange(0, 201, 5))[0])
    assert found.law.sum() == pytest.approx(gaps.size * (1 - np.exp(-200 / gaps.mean())))
    assert np.all(found.goal == -55.5) and np.all(found.threshold == -50)


def test_the_same_rate_by_the_mean_and_by_chance():
    """About 20 Hz both times; by chance the intervals are four times as irregular at least."""
    regular, chance = (
        noisy_lif_panel(engine="kernel", **v).result for v in ({}, {"mean": 0.095, "sigma": 8})
    )
    assert abs(regular.rate - chance.rate) < 4.5 * chance.rate * chance.cv / np.sqrt(chance.n)
    assert chance.cv > 4 * regular.cv


def test_silence_has_no_cv():
    panel = noisy_lif_panel(mean=0.1, sigma=0.0, engine="kernel")
    assert panel.result.n == 0 and np.isnan(panel.result.cv)
    assert str(panel) == "i = 0.100 nA, σ = 0.0 mV: 0 spikes, 0.0 Hz"
