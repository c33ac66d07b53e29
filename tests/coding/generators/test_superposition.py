"""Poisson trains drawn in the order of time: each must be what it is alone."""

import numpy as np
import pytest

from snnlab.coding import population_spikes
from snnlab.coding.generators import superposition as module
from snnlab.random import uniform_pair


def rng():
    return np.random.default_rng(42)


def test_intervals_of_each_train_are_exponential():
    """Kolmogorov–Smirnov distance below its 0.1 % point, 1.95 / √n, for rates that differ."""
    rates = np.array([5.0, 20.0, 40.0])
    for rate, train in zip(rates, population_spikes(rates, 1e6, rng=rng()), strict=True):
        intervals = np.sort(np.diff(train))
        n = intervals.size
        cdf = 1 - np.exp(-intervals * rate / 1000)
        distance = np.max(np.maximum(cdf - np.arange(n) / n, np.arange(1, n + 1) / n - cdf))
        assert n > 4000
        assert distance < 1.95 / np.sqrt(n)


def test_counts_have_the_mean_and_the_variance_of_the_theory():
    n, mean = 20_000, 5.0
    counts = np.bincount(population_spikes(np.full(n, 10.0), 500.0, rng=rng()).units, minlength=n)
    assert abs(counts.mean() - mean) < 4.5 * np.sqrt(mean / n)
    assert abs(counts.var() - mean) < 4.5 * np.sqrt((mean + 2 * mean**2) / n)


def test_trains_are_independent_of_each_other():
    counts = population_spikes([10.0, 10.0], 1e6, rng=rng()).counts(100.0)
    assert abs(np.corrcoef(counts.T)[0, 1]) < 4.5 / np.sqrt(counts.shape[0])


def test_owners_are_those_of_a_search_through_all_shares():
    """A plain twin: rates over six powers of ten, silent trains among them, over several blocks."""
    rates = np.concatenate([[0.0, 0.0], 10 ** rng().uniform(-4, 2, 40), [0.0]])
    spikes = population_spikes(rates, 2000.0, rng=rng())
    seed = rng().integers(0, 2**64, dtype=np.uint64)
    ends, total, t = np.cumsum(rates) / rates.sum(), rates.sum() / 1000, 0.0
    assert spikes.n_spikes > 4 * module.BLOCK
    for n in range(spikes.n_spikes + 1):
        wait, mark = uniform_pair(seed, np.uint64(0), np.uint64(n))
        t -= np.log(1 - wait) / total
        if n < spikes.n_spikes:
            assert abs(t - spikes.times[n]) < 1e-9
            assert spikes.units[n] == np.searchsorted(ends, mark, side="right")
    assert t >= 2000.0
    assert not set(spikes.units) & {0, 1, 42}


def test_more_spikes_than_room_are_not_lost(monkeypatch):
    whole = population_spikes([30.0, 10.0], 1000.0, rng=rng())
    monkeypatch.setattr(module, "room_for", lambda expected: 3)
    assert population_spikes([30.0, 10.0], 1000.0, rng=rng()) == whole


@pytest.mark.parametrize(
    ("rates", "duration"), [([0.0, 0.0], 1000), ([20.0, 5.0], 0), ([], 1000), ([1e-320], 1)]
)
def test_nothing_gives_nothing(rates, duration):
    spikes = population_spikes(rates, duration, rng=rng())
    assert (spikes.n_spikes, spikes.n_units, spikes.duration) == (0, len(rates), duration)


@pytest.mark.parametrize(
    ("arguments", "kind", "sentence"),
    [
        ({"rates": [1.0, -1.0]}, ValueError, r"rates must be zero or positive, got -1 at \[1\]"),
        ({"rates": [1.0, np.nan]}, ValueError, r"rates must be finite, got nan at \[1\]"),
        ({"rates": 20.0}, ValueError, r"rates must have shape \(n_units,\), got \(\)"),
        ({"rates": "many"}, TypeError, "rates must be an array of numbers"),
        ({"rates": [1e308, 1e308]}, ValueError, "the number of spikes .* got about inf"),
        ({"rates": [1e12]}, ValueError, r"the number of spikes must be at most 1e\+08"),
        ({"duration": -1}, ValueError, "duration must be zero or positive, and finite, got -1"),
        ({"rng": 1}, TypeError, "rng must be a numpy.random.Generator"),
    ],
)
def test_bad_input_names_argument_rule_and_value(arguments, kind, sentence):
    with pytest.raises(kind, match=sentence):
        population_spikes(**{"rates": [10.0], "duration": 100, "rng": rng(), **arguments})
