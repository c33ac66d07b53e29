"""Codes beside each other: each as wrong as it has to be, and no more."""

import numpy as np
import pytest

from snnlab.coding import compare_codes, join_windows, window_means
from snnlab.coding.codes.code_costs import compare_value_codes, reconstruction_error

SINE = np.sin(np.arange(2000) / 40)
VALUES = np.random.default_rng(2).uniform(0.0, 1.0, 2000)


@pytest.fixture(scope="module")
def told():
    return {c.code: c for c in compare_codes(SINE, 1.0, 20.0, 0.05, tick=0.01, rng=np.random.default_rng(1))}


@pytest.fixture(scope="module")
def values_told():
    found = compare_value_codes(VALUES, 20.0, most=8, tick=0.01, rng=np.random.default_rng(1))
    return {c.code: c for c in found}


def test_the_error_in_closed_form():
    """Noise of a tenth of the signal's spread, a constant shift, and whoever says the mean."""
    assert reconstruction_error(SINE, 1.1 * (SINE - SINE.mean()) + SINE.mean()) == pytest.approx(0.1)
    assert reconstruction_error(SINE, SINE + 0.3) == pytest.approx(0.3 / SINE.std())
    assert reconstruction_error(SINE, np.full(2000, SINE.mean())) == pytest.approx(1.0)
    assert reconstruction_error(1e308 * SINE, 1e308 * SINE) == 0
    assert np.isnan(reconstruction_error([2.0, 2.0], [1.0, 3.0]))


@pytest.mark.parametrize("code", ["latency", "phase", "population"])
def test_codes_in_time_lose_what_windows_lose(told, code):
    """With a fine clock only the windows cost something; what the clock costs is bounded by its tick."""
    windows = join_windows(window_means(SINE, 1.0, 20.0), 1.0, 20.0, SINE.size)
    assert np.abs(told[code].estimate - windows).max() < 0.01
    assert told[code].spikes.n_spikes == (100 if code != "population" else told[code].spikes.n_spikes)


def test_level_crossings_are_off_by_less_than_the_threshold(told):
    """0.05 of a range of 2, and a clock that dates a crossing up to half a tick wrong."""
    assert np.abs(told["level crossing"].estimate - SINE).max() < 0.05 * np.ptp(SINE) + 0.01
    assert told["level crossing"].spikes.n_units == 2


def test_the_rate_code_is_as_wrong_as_poisson_counts_are(values_told):
    """Of a value x come 8 x spikes, ± their root: x / 8 is the mean square error."""
    expected = np.sqrt(VALUES.mean() / 8.0) / VALUES.std()
    assert values_told["rate"].error == pytest.approx(expected, rel=4 / np.sqrt(2 * VALUES.size))
    assert values_told["rate"].spikes.n_spikes == pytest.approx(8 * VALUES.sum(), abs=4 * np.sqrt(8000))


def test_bounds_of_the_other_codes_of_values(values_told):
    """A tick of 0.01 ms in a window of 20 ms: how far it moves the value that each code says."""
    off = {code: np.abs(cost.estimate - VALUES).max() for code, cost in values_told.items()}
    assert off["phase"] < 0.01 / 20 and off["latency"] < 0.01 / 10 * 5 and off["population"] < 0.005
    assert off["burst"] <= 0.5 / 8 + 1e-9
    assert [values_told[code].spikes.n_spikes for code in ("latency", "phase")] == [2000, 2000]


def test_spikes_are_counted_and_dated_to_the_clock(told):
    for cost in told.values():
        assert cost.spikes_per_second == pytest.approx(cost.spikes.n_spikes / 2.0)
        ticks = cost.spikes.times / 0.01 - 0.5
        assert ticks == pytest.approx(np.rint(ticks), abs=1e-6)
        assert cost.error == reconstruction_error(SINE, cost.estimate)


def test_bad_input_is_named():
    rng = np.random.default_rng(1)
    for signal, window, tick, sentence in (
        ([1.0, 1.0], 1.0, 0.1, "signal must change, got a constant one, or none"),
        ([], 1.0, 0.1, "signal must change, got a constant one, or none"),
        (SINE, 20.0, 0.3, r"window must be a multiple of tick \(0\.3 ms\), got 20"),
        (SINE, 20.5, 0.1, r"window must be a multiple of dt \(1 ms\), got 20\.5"),
        ([-1e308, 1e308], 1.0, 0.1, "high - low must be finite"),
    ):
        with pytest.raises(ValueError, match=sentence):
            compare_codes(signal, 1.0, window, 0.1, tick=tick, rng=rng)
    with pytest.raises(ValueError, match=r"estimate must have as many values as signal \(2, at least 1\)"):
        reconstruction_error([1.0, 2.0], [1.0])
