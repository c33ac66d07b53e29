"""Shared spikes and shared rhythms: the correlogram in closed form, and as the library counts it."""

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.coding import cross_correlogram, jitter_predictor, shift_predictor
from snnlab.coding.generators.shared_spikes import BIN, DURATION, LAG, PERIOD, WINDOW, shared_spikes

RATE, TRIALS, SEED = 20.0, 200, np.uint64(1)


@pytest.mark.equation("shared-spikes")
@pytest.mark.parametrize(("shared", "jitter"), [(20.0, 0.0), (20.0, 3.0)])
def test_shared_spikes_make_a_peak_in_closed_form(shared, jitter):
    found = shared_spikes(shared, jitter, rng=SEED)
    rate, c = RATE / 1000, shared / 100
    if jitter == 0:
        bell = (found.lag == 0) / BIN
    else:  # two spikes in bins of their own: the bell, seen through a triangle
        fine = np.linspace(-BIN, BIN, 401)
        weight = (1 - np.abs(fine) / BIN) / BIN
        density = np.exp(-((found.lag[:, None] + fine) ** 2) / (4 * jitter**2)) / np.sqrt(
            4 * np.pi * jitter**2
        )
        bell = (density * weight).sum(axis=1) * (fine[1] - fine[0])
    expected = 1 + c / rate * bell
    chance = rate**2 * BIN * DURATION * TRIALS
    # pairs scatter as Poisson numbers do, and the number of shared spikes too
    error = np.sqrt(expected / chance) * np.sqrt(1 + 4 * rate * BIN) + (expected - 1) * np.sqrt(4 / found.n)
    assert np.all(np.abs(found.pairs - expected) < 4.5 * error)
    assert abs(found.rate_a - RATE) < 4.5 * np.sqrt(RATE / (TRIALS * DURATION / 1000))
    assert abs(found.rate_b - RATE) < 4.5 * np.sqrt(RATE / (TRIALS * DURATION / 1000))


def test_a_common_swing_makes_a_wide_peak_and_drift_hides_it_from_the_shift_predictor():
    """Rates r (1 + m cos) have C = 1 + m²/2 cos; with a drift over a whole period trials know nothing."""
    locked = shared_spikes(0.0, swing=100.0, rng=SEED)
    wave = 1 + 0.5 * np.cos(2 * np.pi * locked.lag / PERIOD)
    error = np.sqrt(1.5 / ((RATE / 1000) ** 2 * BIN * DURATION * TRIALS))
    assert np.abs(locked.pairs - wave).max() < 4.5 * error
    assert np.abs(locked.shifted - wave).max() < 4.5 * error
    drifting = shared_spikes(0.0, swing=100.0, drift=200.0, rng=SEED)
    assert np.abs(drifting.shifted - 1).mean() < 2 * error < np.abs(drifting.pairs - 1).mean()
    assert drifting.by_jitter == pytest.approx(drifting.peak, abs=0.25) and drifting.by_jitter > 1.3


def test_the_correlogram_and_its_predictors_are_those_of_the_package():
    found = shared_spikes(10.0, 2.0, 50.0, 60.0, rng=SEED)
    a = Spikes(found.a_times, found.a_units, n_units=TRIALS, duration=DURATION)
    b = Spikes(found.b_times, found.b_units, n_units=TRIALS, duration=DURATION)
    here = cross_correlogram(a, b, BIN, LAG)
    assert found.lag == pytest.approx(here.lag) and found.pairs == pytest.approx(here.pairs / here.expected)
    shifted = shift_predictor(a, b, BIN, LAG)
    assert found.shifted == pytest.approx(shifted.pairs / here.expected)
    moved, spread = jitter_predictor(a, b, BIN, LAG, WINDOW, rng=np.random.default_rng(1), surrogates=20)
    off = found.jittered - moved.pairs / here.expected
    assert np.abs(off).max() < 5 * (spread / here.expected).max() / np.sqrt(20)
    rows = {(time, row) for time, row in zip(found.rows_times, found.rows_units, strict=True)}
    assert rows == {
        (time, 2 * trial + which)
        for which, train in enumerate((a, b))
        for time, trial in zip(train.times, train.units, strict=True)
        if trial < 8 and time < 400
    }


def test_the_average_over_a_window_is_the_limit_of_many_surrogates():
    """Each spike of b counts in the ten bins of its window alike."""
    found = shared_spikes(30.0, trials=3, rng=SEED)
    a, b = (
        Spikes(times, units, n_units=3, duration=DURATION).counts(BIN)
        for times, units in ((found.a_times, found.a_units), (found.b_times, found.b_units))
    )
    flat = np.repeat(b.reshape(50, 10, 3).mean(axis=1), 10, axis=0)
    expected = [
        np.sum(a[max(-j, 0) : 500 - max(j, 0)] * flat[max(j, 0) : 500 + min(j, 0)]) for j in range(-40, 41)
    ]
    np.testing.assert_allclose(found.jittered * found.expected, expected)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"shared": 101.0}, "shared must be at most 100 %, got 101"),
        ({"jitter": -1.0}, "jitter must be zero or positive, and finite, got -1"),
        ({"trials": 1}, "trials must be at least 2, got 1"),
        ({"rate": 0.0}, "rate must be positive and finite, got 0"),
    ],
)
def test_bad_input_names_argument_rule_and_value(wrong, sentence):
    with pytest.raises(ValueError) as failure:
        shared_spikes(**({"shared": 20.0, "rng": SEED} | wrong))
    assert str(failure.value) == sentence
