"""Gamma trains against the gamma distribution."""

import math

import numpy as np
import pytest
from coding.distances import ks_bound, ks_distance

from snnlab.coding import cv, fano_in_time, gamma_spikes

RATE = 50.0  # Hz


def rng():
    return np.random.default_rng(13)


def erlang_cdf(x, shape):
    """Of whole shape and mean `shape`: at least `shape` events of a Poisson process of rate 1."""
    return 1 - np.exp(-x) * sum(x**k / math.factorial(k) for k in range(shape))


@pytest.mark.parametrize("shape", [1, 2, 9])
def test_intervals_of_whole_shape(shape):
    intervals = np.diff(gamma_spikes(RATE, shape, 4e5, rng=rng()).times)
    scaled = intervals * RATE / 1000 * shape
    assert ks_distance(scaled, lambda x: erlang_cdf(x, shape)) < ks_bound(intervals.size)


@pytest.mark.parametrize("shape", [0.3, 0.5, 1.7, 100.0])
def test_moments_of_any_shape(shape):
    """Mean, variance and third central moment (1, 1/k, 2/k²), each within 4.5 standard errors."""
    x = np.diff(gamma_spikes(RATE, shape, 4e5, rng=rng()).times) * RATE / 1000
    off = x - 1
    for power, expected in ((1, 0), (2, 1 / shape), (3, 2 / shape**2)):
        sample = off**power
        assert abs(sample.mean() - expected) < 4.5 * sample.std() / np.sqrt(x.size)


def test_half_a_normal_squared_has_shape_one_half():
    """A gamma number of shape ½ is half the square of a normal one: its distribution is erf(√x)."""
    x = np.diff(gamma_spikes(RATE, 0.5, 4e5, rng=rng()).times) * RATE / 1000 * 0.5
    assert ks_distance(x, lambda x: np.array([math.erf(math.sqrt(v)) for v in x])) < ks_bound(x.size)


@pytest.mark.parametrize("shape", [0.5, 4.0, 25.0])
def test_cv_and_fano_factor(shape):
    spikes = gamma_spikes(RATE, shape, 1e6, rng=rng())
    assert cv(spikes)[0] == pytest.approx(1 / np.sqrt(shape), rel=4 / np.sqrt(spikes.n_spikes) * 2)
    fano = fano_in_time(spikes, 2000.0)[0]  # (k² − 1) / (6 k² r T) more than its limit, small here
    assert fano == pytest.approx(1 / shape, abs=4 * np.sqrt(2 / 500) / shape + 0.005)


@pytest.mark.parametrize("shape", [0.5, 16.0])
def test_a_train_is_stationary_from_the_start(shape):
    """Also a nearly regular one: the expected number of spikes is the same in all bins."""
    n, expected = 20_000, 20_000 * RATE * 5 / 1000
    counts = gamma_spikes(RATE, shape, 60.0, n, rng=rng()).counts(5.0)
    scatter = np.sqrt(n * counts.var(axis=1))
    assert np.all(np.abs(counts.sum(axis=1) - expected) < 4.5 * scatter)


def test_nothing_gives_nothing():
    assert gamma_spikes(0.0, 2.0, 1000.0, 3, rng=rng()).n_spikes == 0


def test_a_shape_of_zero_is_refused():
    with pytest.raises(ValueError, match="shape must be positive and finite, got 0"):
        gamma_spikes(50.0, 0, 1000.0, rng=rng())
