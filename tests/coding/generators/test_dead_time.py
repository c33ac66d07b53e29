"""A Poisson process with a dead time against its theory."""

import numpy as np
import pytest
from coding.distances import ks_bound, ks_distance

from snnlab.coding import autocorrelogram, cv, dead_time_spikes, fano_in_time

RATE, DEAD = 50.0, 5.0  # Hz, ms
FREE = RATE / (1000 - RATE * DEAD)  # λ, spikes a ms


def rng():
    return np.random.default_rng(12)


@pytest.fixture(scope="module")
def train():
    return dead_time_spikes(RATE, DEAD, 1e6, rng=rng())


def test_intervals_are_a_dead_time_and_an_exponential_wait(train):
    intervals = np.diff(train.times)
    assert intervals.min() >= DEAD
    assert ks_distance(intervals, lambda x: 1 - np.exp(-FREE * (x - DEAD))) < ks_bound(intervals.size)


def test_the_rate_is_the_one_asked_for(train):
    error = 1000 * np.sqrt(1e6 / 1000 * RATE) * (1 - RATE * DEAD / 1000) / 1e6
    assert abs(train.rates[0] - RATE) < 4.5 * error


@pytest.mark.equation("dead-time-cv")
def test_cv_and_fano_factor(train):
    """CV = 1 − r τ, and Fano tends to its square; a Poisson train is far outside both bounds."""
    expected = 1 - RATE * DEAD / 1000
    assert abs(cv(train)[0] - expected) < 4 / np.sqrt(train.n_spikes)
    windows = 1e6 / 1000
    assert abs(fano_in_time(train, 1000.0)[0] - expected**2) < 4 * expected**2 * np.sqrt(2 / windows) + 0.01


def test_the_autocorrelogram_has_a_hole_as_long_as_the_dead_time(train):
    found = autocorrelogram(train, 1.0, 200.0)
    assert not found.pairs[:5].any()
    assert found.pairs[5, 0] > 0
    late = found.lag > 100  # far from the spike the rate is the mean again
    error = np.sqrt(1000 * RATE / train.n_spikes)
    assert np.mean(np.abs(found.rate[late, 0] - RATE) < 2 * error) > 0.9


def test_the_wait_for_the_first_spike_is_that_of_a_stationary_train():
    """With probability r τ evenly spread over the dead time, else as long as an interval."""
    first = np.array([t[0] for t in dead_time_spikes(RATE, DEAD, 2000.0, 10_000, rng=rng())])

    def cdf(x):
        rate = RATE / 1000
        return np.where(x < DEAD, rate * x, 1 - (1 - rate * DEAD) * np.exp(-FREE * np.maximum(x - DEAD, 0)))

    assert ks_distance(first, cdf) < ks_bound(first.size)


def test_without_a_dead_time_it_is_the_poisson_process():
    intervals = np.diff(dead_time_spikes(RATE, 0.0, 4e5, rng=rng()).times)
    assert ks_distance(intervals, lambda x: 1 - np.exp(-RATE / 1000 * x)) < ks_bound(intervals.size)


def test_nothing_gives_nothing():
    assert dead_time_spikes(0.0, 5.0, 1000.0, 2, rng=rng()).n_spikes == 0


def test_a_long_dead_time_is_refused():
    with pytest.raises(ValueError, match=r"dead_time must be below the mean interval \(20 ms\), got 20"):
        dead_time_spikes(50.0, 20.0, 1000.0, rng=rng())
    with pytest.raises(ValueError, match="dead_time must be zero or positive, and finite, got -1"):
        dead_time_spikes(50.0, -1.0, 1000.0, rng=rng())
