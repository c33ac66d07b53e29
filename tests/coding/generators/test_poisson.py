"""Homogeneous Poisson trains against their theory."""

import numpy as np
import pytest

from snnlab.coding import poisson_spikes
from snnlab.coding.generators import poisson as module  # the module, for its kernels
from snnlab.random import uniform


def rng():
    return np.random.default_rng(42)


@pytest.mark.equation("exponential-interval")
def test_intervals_are_exponential():
    """Kolmogorov–Smirnov distance below its 0.1 % point, 1.95 / √n."""
    rate = 20.0
    intervals = np.sort(np.diff(poisson_spikes(rate, 1e6, rng=rng()).times))
    n = intervals.size
    cdf = 1 - np.exp(-intervals * rate / 1000)
    distance = np.max(np.maximum(cdf - np.arange(n) / n, np.arange(1, n + 1) / n - cdf))
    assert n > 19_000
    assert distance < 1.95 / np.sqrt(n)


def test_counts_have_the_mean_and_the_variance_of_the_theory():
    """Mean and variance are r T; both within 4.5 standard errors."""
    n, mean = 20_000, 5.0
    counts = np.array([len(train) for train in poisson_spikes(10.0, 500.0, n, rng=rng())])
    assert abs(counts.mean() - mean) < 4.5 * np.sqrt(mean / n)
    standard_error_of_variance = np.sqrt((mean + 2 * mean**2) / n)
    assert abs(counts.var() - mean) < 4.5 * standard_error_of_variance


def test_the_first_spike_is_as_late_as_any_interval():
    """A generator that starts with a spike at 0, or forgets the first interval, fails here."""
    first = np.array([train[0] for train in poisson_spikes(50.0, 2000.0, 5000, rng=rng())])
    assert abs(first.mean() - 20.0) < 4.5 * 20.0 / np.sqrt(5000)


def test_trains_are_independent_of_each_other():
    counts = poisson_spikes(10.0, 1e6, 2, rng=rng()).counts(100.0)
    correlation = np.corrcoef(counts.T)[0, 1]
    assert abs(correlation) < 4.5 / np.sqrt(counts.shape[0])


def test_a_train_does_not_depend_on_how_many_there_are():
    few, many = poisson_spikes(30.0, 1000.0, 3, rng=rng()), poisson_spikes(30.0, 1000.0, 50, rng=rng())
    assert many[:3] == few


def test_the_same_seed_gives_the_same_spikes_and_the_next_draw_others():
    generator = rng()
    first, second = poisson_spikes(30.0, 1000.0, rng=generator), poisson_spikes(30.0, 1000.0, rng=generator)
    assert first == poisson_spikes(30.0, 1000.0, rng=rng())
    assert first != second


def test_blocks_of_random_numbers_are_those_drawn_one_by_one():
    """A plain twin: one number a spike, one spike after the other, over the edges of several blocks."""
    seed, rate = np.random.default_rng(42).integers(0, 2**64, dtype=np.uint64), 0.2
    for k, train in enumerate(poisson_spikes(1000 * rate, 1000.0, 2, rng=rng())):
        assert train.size > 4 * module.BLOCK
        t = 0.0
        for n in range(train.size + 1):
            t += -np.log(1 - uniform(seed, np.uint64(k), np.uint64(n))) / rate
            assert abs(t - train[n]) < 1e-9 if n < train.size else t >= 1000.0


@pytest.mark.parametrize(("rate", "duration", "n_units"), [(0, 1000, 4), (20, 0, 4), (20, 1000, 0)])
def test_nothing_gives_nothing(rate, duration, n_units):
    spikes = poisson_spikes(rate, duration, n_units, rng=rng())
    assert (spikes.n_spikes, spikes.n_units, spikes.duration) == (0, n_units, duration)


def test_more_spikes_than_room_are_not_lost():
    """The kernel counts on beyond the room it was given; the spikes within are the same."""
    times, units = np.empty(10), np.empty(10, np.int32)
    seed = np.uint64(1)
    count = module.run(times, units, np.empty(module.BLOCK), 1, 0.05, 1000.0, seed)
    assert count > 10
    room, units = np.empty(count), np.empty(count, np.int32)
    assert module.run(room, units, np.empty(module.BLOCK), 1, 0.05, 1000.0, seed) == count
    assert np.array_equal(room[:10], times)


@pytest.mark.parametrize(
    ("arguments", "kind", "sentence"),
    [
        ({"rate": -1}, ValueError, "rate must be zero or positive, and finite, got -1"),
        ({"rate": np.inf}, ValueError, "rate must be zero or positive, and finite, got inf"),
        ({"duration": np.nan}, ValueError, "duration must be zero or positive, and finite, got nan"),
        ({"n_units": -2}, ValueError, "n_units must be at least 0, got -2"),
        ({"rate": 1e12}, ValueError, r"the number of spikes must be at most 1e\+08, got about 1e\+11"),
        ({"rate": 1e300, "duration": 1e300}, ValueError, "the number of spikes .* got about inf"),
        ({"n_units": 1.5}, TypeError, "n_units must be a whole number, got 1.5"),
        ({"rng": 1}, TypeError, "rng must be a numpy.random.Generator"),
    ],
)
def test_bad_input_names_argument_rule_and_value(arguments, kind, sentence):
    with pytest.raises(kind, match=sentence):
        poisson_spikes(**{"rate": 10, "duration": 100, "n_units": 1, "rng": rng(), **arguments})
