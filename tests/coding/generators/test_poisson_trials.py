"""Trials of a Poisson process: the spikes are the library's, counts and law are what they should be."""

import numpy as np
import pytest

from snnlab.coding import poisson_spikes
from snnlab.coding.generators.poisson_trials import poisson_trials


def draw(**changes):
    return poisson_trials(**({"rate": 40.0, "trials": 20, "rng": np.random.default_rng(3)} | changes))


def test_the_spikes_are_those_of_a_poisson_process():
    seen = draw()
    spikes = poisson_spikes(40.0, 1000.0, 20, rng=np.random.default_rng(3))
    trains = [seen.times[seen.units == k] for k in range(20)]
    for train, expected in zip(trains, spikes, strict=True):
        np.testing.assert_array_equal(train, expected)
    assert seen.measured == pytest.approx(spikes.n_spikes / 20)
    np.testing.assert_allclose(seen.strip, np.histogram(seen.times, np.arange(0, 1001, 20.0))[0] * 50 / 20)
    intervals = np.concatenate([np.diff(train) for train in trains])
    np.testing.assert_array_equal(seen.intervals, np.histogram(intervals, np.arange(0, 201, 5.0))[0])


@pytest.mark.parametrize("window", [30.0, 100.0, 1000.0])
def test_the_fano_factor_is_that_of_the_counts(window):
    seen, windows = draw(window=window), int(1000 / window)
    edges = [np.arange(21) - 0.5, np.arange(windows + 1) * window]
    counts = np.histogram2d(seen.units, seen.times, edges)[0]
    assert seen.fano == pytest.approx(counts.var(ddof=1) / counts.mean())


def test_the_law_holds_all_intervals_of_a_short_trial():
    """A train of length T has r T − 1 + exp(−r T) intervals on average: its spikes but the first, if any."""
    seen = draw(duration=200.0, rate=15.0)
    assert seen.law.sum() == pytest.approx(20 * (3.0 - 1.0 + np.exp(-3.0)))


def test_silence():
    seen = draw(rate=0.0)
    assert seen.n == 0 and seen.measured == 0.0 and np.isnan(seen.fano) and not seen.law.any()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"rate": -1.0}, "rate must be zero or positive, and finite, got -1"),
        ({"trials": 1}, "trials must be at least 2, got 1"),
        ({"window": 1001.0}, "window must fit into the duration (1000 ms), got 1001"),
    ],
)
def test_bad_input_names_argument_rule_and_value(wrong, sentence):
    with pytest.raises(ValueError) as failure:
        draw(**wrong)
    assert str(failure.value) == sentence
