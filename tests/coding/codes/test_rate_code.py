"""The rate code: how often, how wrong, and how slowly that gets better."""

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.coding import decode_rates, encode_rates

N, R_MAX, X = 2000, 100.0, 0.4
TIMES = np.array([100.0, 200.0, 400.0, 800.0, 1600.0])


@pytest.fixture(scope="module")
def errors():
    """Root-mean-square errors of N neurons that tell the same value, for each time."""
    rng = np.random.default_rng(1)
    read = [decode_rates(encode_rates(np.full(N, X), R_MAX, t, rng=rng), R_MAX) for t in TIMES]
    return np.array([np.sqrt(np.mean((found - X) ** 2)) for found in read])


def spread(times):
    """Standard error of the logarithm of such an error: that of a variance of Poisson counts, over 2."""
    return np.sqrt((2.0 + 1.0 / (R_MAX * X * times / 1000.0)) / N) / 2.0


def test_the_error_is_that_of_a_count(errors):
    expected = np.sqrt(X / (R_MAX * TIMES / 1000.0))
    assert np.all(np.abs(np.log(errors / expected)) < 4 * spread(TIMES))


def test_four_times_the_time_halves_the_error(errors):
    """The slope over both logarithms is −1/2, within four standard errors of the fit."""
    along = np.log(TIMES) - np.log(TIMES).mean()
    slope = along @ np.log(errors) / (along @ along)
    uncertain = np.sqrt((along**2) @ spread(TIMES) ** 2) / (along @ along)
    assert uncertain < 0.02 and abs(slope + 0.5) < 4 * uncertain


def test_the_ends_of_the_range():
    spikes = encode_rates([-2.0, 3.0], 50.0, 20_000.0, low=-2.0, high=3.0, rng=np.random.default_rng(2))
    assert spikes[0].size == 0 and abs(spikes[1].size - 1000) < 4 * np.sqrt(1000)
    found = decode_rates(spikes, 50.0, low=-2.0, high=3.0)
    assert found[0] == -2.0 and found[1] == pytest.approx(-2.0 + 5.0 * spikes[1].size / 1000.0)


def test_nothing_to_tell_and_no_time_to_tell_it():
    assert encode_rates([], 50.0, 100.0, rng=np.random.default_rng(1)).n_units == 0
    assert np.isnan(decode_rates(Spikes([], n_units=2, duration=0), 50.0)).all()


def test_bad_input_is_named():
    rng = np.random.default_rng(1)
    with pytest.raises(ValueError, match=r"values must lie from 0 to 1, got 0 to 1\.5"):
        encode_rates([0.0, 1.5], 50.0, 100.0, rng=rng)
    with pytest.raises(ValueError, match=r"values must be finite, got nan at \[1\]"):
        encode_rates([0.0, np.nan], 50.0, 100.0, rng=rng)
    with pytest.raises(ValueError, match="r_max must be positive and finite, got 0"):
        encode_rates([0.5], 0, 100.0, rng=rng)
    with pytest.raises(ValueError, match="the number of spikes must be at most 1e"):
        encode_rates([0.5], 1e9, 1e9, rng=rng)
    with pytest.raises(ValueError, match="high - low must be finite"):
        decode_rates(Spikes([1.0], duration=2), 50.0, low=-1e308, high=1e308)
    with pytest.raises(TypeError, match="spikes must be Spikes, got list"):
        decode_rates([1.0], 50.0)
