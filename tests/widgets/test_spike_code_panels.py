"""The panels of codes in time against closed forms and against the functions of the package."""

import numpy as np
import pytest
from snnlab_widgets import code_race_panel, phase_panel, synchrony_panel
from snnlab_widgets.chapters.chapter07.code_race import BIN, CURRENT
from snnlab_widgets.chapters.chapter07.phase import FIRES, ONSET, RHYTHM
from snnlab_widgets.chapters.chapter07.synchrony import BIN as LAG_BIN
from snnlab_widgets.chapters.chapter07.synchrony import DURATION, LAG, PERIOD, RATE, TRIALS, WINDOW

from snnlab import Spikes
from snnlab.coding import cross_correlogram, jitter_predictor, phase_locking, shift_predictor
from snnlab.neurons import lif_latency, lif_rate


def test_without_noise_the_first_spike_is_always_right_and_the_counter_in_turns():
    found = code_race_panel(difference=20, sigma=0, engine="kernel").result
    latency = lif_latency(np.array([1.1, 0.9]) * CURRENT)
    assert found.first_right == pytest.approx(100)
    assert found.first_time == pytest.approx(latency[0], abs=0.5)
    interval = 1000 / lif_rate(np.array([1.1, 0.9]) * CURRENT)
    spikes = np.floor((found.t[:, None] - latency) / interval) + 1
    ahead = spikes[:, 0] > spikes[:, 1]
    # the grid makes each spike late by less than a step: a bin in which the lead changes may be off by one
    settled = np.ones(ahead.size, bool)
    settled[:-1] &= ahead[:-1] == ahead[1:]
    settled[1:] &= ahead[1:] == ahead[:-1]
    early = found.t < 70  # until then the grid has not added up to a bin
    assert np.array_equal((found.count > 99)[settled & early], ahead[settled & early])
    assert found.n == pytest.approx((100 - latency[0]) / interval[0] + 1, abs=1)


def test_alike_nobody_can_know():
    found = code_race_panel(difference=0, sigma=3, neurons=5, engine="kernel").result
    for share in (found.first_right, found.order_right, found.count_right):
        assert abs(share - 50) < 4.5 * 50 / np.sqrt(400)
    assert found.t[-1] == 200 and found.t[0] == BIN


@pytest.mark.equation("phase-jitter")
@pytest.mark.parametrize("jitter", [0.0, 20.0, 40.0])
def test_jitter_weakens_the_locking_in_closed_form(jitter):
    found = phase_panel(period=RHYTHM, jitter=jitter, seconds=20, engine="kernel").result
    strength = np.exp(-2 * (np.pi * jitter / RHYTHM) ** 2)
    assert abs(found.strength - strength) < 4.5 * np.sqrt(0.5 / found.n) * (jitter > 0) + 1e-9
    cycles = 20_000 / RHYTHM
    assert abs(found.n - FIRES * cycles) < 4.5 * np.sqrt(cycles * FIRES * (1 - FIRES)) + 1
    if jitter < 30:
        turn = found.phase / 360 - ONSET / RHYTHM
        assert abs(turn - np.round(turn)) < 4.5 * jitter / RHYTHM / np.sqrt(found.n) + 1e-9


def test_phases_of_the_panel_are_those_of_the_package():
    panel = phase_panel(period=110, start=35, jitter=25, seconds=10, engine="kernel")
    found = panel.result
    assert np.all(np.diff(found.times) >= 0)
    locked = phase_locking(Spikes(found.times, duration=10_000), period=110, start=35)
    assert (found.strength, found.p) == pytest.approx((locked.strength, locked.p), abs=1e-9)
    assert found.phase == pytest.approx(np.degrees(locked.phase), abs=1e-6)
    assert found.phases.sum() == found.n == locked.n
    assert found.law.sum() == pytest.approx(found.n, rel=0.02)
    at = np.flatnonzero(found.periods == 110)[0]
    assert found.strength_curve[at] == found.strength
    assert np.flatnonzero(found.needles == found.needles.max()).size <= np.sum(found.times < 1000.5)
    assert found.wave[35] == 1 and found.wave[90] == pytest.approx(-1)


@pytest.mark.equation("shared-spikes")
@pytest.mark.parametrize(("shared", "jitter"), [(20.0, 0.0), (20.0, 3.0)])
def test_shared_spikes_make_a_peak_in_closed_form(shared, jitter):
    found = synchrony_panel(shared=shared, jitter=jitter, engine="kernel").result
    rate, c = RATE / 1000, shared / 100
    if jitter == 0:
        bell = (found.lag == 0) / LAG_BIN
    else:  # two spikes in bins of their own: the bell, seen through a triangle
        fine = np.linspace(-LAG_BIN, LAG_BIN, 401)
        weight = (1 - np.abs(fine) / LAG_BIN) / LAG_BIN
        density = np.exp(-((found.lag[:, None] + fine) ** 2) / (4 * jitter**2)) / np.sqrt(
            4 * np.pi * jitter**2
        )
        bell = (density * weight).sum(axis=1) * (fine[1] - fine[0])
    expected = 1 + c / rate * bell
    chance = rate**2 * LAG_BIN * DURATION * TRIALS
    # pairs scatter as Poisson numbers do, and the number of shared spikes too
    error = np.sqrt(expected / chance) * np.sqrt(1 + 4 * rate * LAG_BIN) + (expected - 1) * np.sqrt(
        4 / found.n
    )
    assert np.all(np.abs(found.pairs - expected) < 4.5 * error)
    assert abs(found.rate_a - RATE) < 4.5 * np.sqrt(RATE / (TRIALS * DURATION / 1000))
    assert abs(found.rate_b - RATE) < 4.5 * np.sqrt(RATE / (TRIALS * DURATION / 1000))


def test_a_common_swing_makes_a_wide_peak_and_drift_hides_it_from_the_shift_predictor():
    """Rates r (1 + m cos) have C = 1 + m²/2 cos; with a drift over a whole period trials know nothing."""
    locked = synchrony_panel(shared=0, swing=100, engine="kernel").result
    wave = 1 + 0.5 * np.cos(2 * np.pi * locked.lag / PERIOD)
    error = np.sqrt(1.5 / ((RATE / 1000) ** 2 * LAG_BIN * DURATION * TRIALS))
    assert np.abs(locked.pairs - wave).max() < 4.5 * error
    assert np.abs(locked.shifted - wave).max() < 4.5 * error
    drifting = synchrony_panel(shared=0, swing=100, drift=200, engine="kernel").result
    assert np.abs(drifting.shifted - 1).mean() < 2 * error < np.abs(drifting.pairs - 1).mean()
    assert drifting.by_jitter == pytest.approx(drifting.peak, abs=0.25) and drifting.by_jitter > 1.3


def test_the_correlogram_and_its_predictors_are_those_of_the_package():
    found = synchrony_panel(shared=10, jitter=2, swing=50, drift=60, engine="kernel").result
    a = Spikes(found.a_times, found.a_units, n_units=TRIALS, duration=DURATION)
    b = Spikes(found.b_times, found.b_units, n_units=TRIALS, duration=DURATION)
    here = cross_correlogram(a, b, LAG_BIN, LAG)
    assert found.lag == pytest.approx(here.lag) and found.pairs == pytest.approx(here.pairs / here.expected)
    shifted = shift_predictor(a, b, LAG_BIN, LAG)
    assert found.shifted == pytest.approx(shifted.pairs / here.expected)
    moved, spread = jitter_predictor(a, b, LAG_BIN, LAG, WINDOW, rng=np.random.default_rng(1), surrogates=20)
    off = found.jittered - moved.pairs / here.expected
    assert np.abs(off).max() < 5 * (spread / here.expected).max() / np.sqrt(20)
    rows = {(time, row) for time, row in zip(found.rows_times, found.rows_units, strict=True)}
    assert rows == {
        (time, 2 * trial + which)
        for which, train in enumerate((a, b))
        for time, trial in zip(train.times, train.units, strict=True)
        if trial < 8 and time < 400
    }
