"""What chapter 5 says of random spikes beyond one module: bins against waits, and a rate that changes."""

import math

import numpy as np
import pytest
from coding.distances import chi_square, chi_square_bound

from snnlab import Spikes
from snnlab.coding import cv, fano_in_time, fano_over_trials, poisson_spikes, thinned_spikes


def rng(seed=21):
    return np.random.default_rng(seed)


@pytest.mark.equation("interval-cv")
def test_cv_is_the_standard_deviation_over_the_mean():
    times = np.array([0.0, 10.0, 24.0, 60.0])  # intervals 10, 14, 36: mean 20, variance 392/3
    assert cv(Spikes(times, duration=70.0))[0] == pytest.approx(math.sqrt(392 / 3) / 20, rel=1e-14, abs=0)


@pytest.mark.equation("poisson-bin")
@pytest.mark.parametrize(("rate", "dt"), [(20.0, 1.0), (100.0, 1.0)])
def test_a_bin_holds_a_spike_with_probability_r_dt(rate, dt):
    """To first order: what a Poisson process has in a bin differs from r δt by half its square."""
    bins = 1_000_000
    counts = poisson_spikes(rate, bins * dt, rng=rng()).counts(dt).ravel()
    p = rate * dt / 1000
    filled, two = np.mean(counts > 0), np.mean(counts > 1)
    assert abs(filled - (p - p**2 / 2)) < 4.5 * math.sqrt(p / bins) + p**3 / 6
    assert abs(two - p**2 / 2) < 4.5 * math.sqrt(p**2 / 2 / bins) + p**3 / 3


@pytest.mark.equation("poisson-count")
@pytest.mark.parametrize("mean", [0.5, 4.0, 12.0])
def test_counts_follow_the_poisson_law(mean):
    """χ² over counts that are expected at least 20 times, the rest in one class."""
    trials = 20_000
    counts = np.array([t.size for t in poisson_spikes(1000 * mean / 500.0, 500.0, trials, rng=rng())])
    law = np.array([math.exp(-mean) * mean**n / math.factorial(n) for n in range(60)])
    kept = np.flatnonzero(law * trials >= 20)
    expected = trials * np.append(law[kept], 1 - law[kept].sum())
    observed = np.array([np.sum(counts == n) for n in kept] + [np.sum(~np.isin(counts, kept))])
    assert chi_square(observed, expected) < chi_square_bound(kept.size)
    other = np.array([math.exp(-1.1 * mean) * (1.1 * mean) ** n / math.factorial(n) for n in kept])
    wrong = trials * np.append(other, 1 - other.sum())  # ten per cent more spikes are noticed
    assert chi_square(observed, wrong) > chi_square_bound(kept.size)


@pytest.mark.equation("fano-modulated")
@pytest.mark.parametrize(("swing", "window"), [(0.5, 50.0), (0.5, 250.0), (0.8, 100.0)])
def test_a_rate_that_changes_from_trial_to_trial_adds_its_own_variance(swing, window):
    """r is r0 (1 + m cos φ) with a new φ in each trial: F = 1 + r0 T m²/2; within 4.5 standard errors."""
    trials, mean = 40_000, 40.0 * window / 1000
    phases = rng().uniform(0, 2 * np.pi, trials)
    expected = mean * (1 + swing * np.cos(phases))
    fano = 1 + mean * swing**2 / 2
    units = np.repeat(np.arange(trials), rng(5).poisson(expected))
    counted = fano_over_trials(Spikes(np.zeros(units.size), units=units, n_units=trials, duration=window))
    counts = np.bincount(units, minlength=trials)
    error = np.std((counts - mean) ** 2) / mean / math.sqrt(trials)
    assert abs(counted - fano) < 4.5 * error
    assert counted - 1 > 4.5 * error  # and it is not that of a constant rate


@pytest.mark.parametrize("window", [20.0, 100.0, 400.0])
def test_a_rate_that_changes_in_time_does_the_same_to_a_train(window):
    """A cosine of period P: F = 1 + r0 T (m sinc)²/2 with sinc = sin(πT/P)/(πT/P)."""
    period, swing, rate = 997.0, 0.6, 40.0
    seconds = 4000
    t = np.arange(0.0, seconds * 1000.0, 1.0) + 0.5
    train = thinned_spikes(rate * (1 + swing * np.cos(2 * np.pi * t / period)), 1.0, rng=rng())
    x = math.pi * window / period
    fano = 1 + rate * window / 1000 * (swing * math.sin(x) / x) ** 2 / 2
    counts = train.counts(window)[:-1, 0]
    error = np.std((counts - counts.mean()) ** 2) / counts.mean() / math.sqrt(counts.size)
    assert abs(fano_in_time(train, window)[0] - fano) < 4.5 * error


@pytest.mark.parametrize("cut", [np.less, np.less_equal])
def test_below_or_up_to_r_dt_makes_no_difference(cut):
    """A random number of 53 bits is exactly r δt once in 10¹⁶ throws."""
    x = rng().random(1_000_000)
    assert np.array_equal(cut(x, 0.02), np.less(x, 0.02))
