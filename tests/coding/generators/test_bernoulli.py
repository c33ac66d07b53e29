"""A coin in every bin against the geometric law."""

import numpy as np
import pytest
from coding.distances import chi_square, chi_square_bound

from snnlab.coding import bernoulli_spikes, cv, fano_in_time


def rng():
    return np.random.default_rng(11)


@pytest.mark.equation("geometric-interval")
@pytest.mark.parametrize(("rate", "dt"), [(20.0, 1.0), (100.0, 2.0), (300.0, 3.0)])
def test_intervals_are_geometric(rate, dt):
    """χ² over interval lengths that are expected at least 20 times, the rest in one class."""
    p = rate * dt / 1000
    bins = np.rint(np.diff(bernoulli_spikes(rate, 2e6 * dt, dt=dt, rng=rng()).times) / dt).astype(int)
    law = p * (1 - p) ** np.arange(2000)  # of 1, 2, … bins
    last = np.flatnonzero(law * bins.size >= 20)[-1] + 1
    expected = bins.size * np.append(law[:last], (1 - p) ** last)
    counts = np.append(np.bincount(bins, minlength=last + 1)[1 : last + 1], np.sum(bins > last))
    assert counts.sum() == bins.size > 30_000
    assert chi_square(counts, expected) < chi_square_bound(last)


@pytest.mark.equation("bernoulli-cv")
@pytest.mark.parametrize(("rate", "dt"), [(20.0, 1.0), (100.0, 5.0)])
def test_cv_and_fano_factor_are_those_of_finite_bins(rate, dt):
    """CV = √(1 − r δt), Fano = 1 − r δt; the values of the Poisson process lie outside the bounds."""
    spikes = bernoulli_spikes(rate, 4e6, dt=dt, rng=rng())
    p, n = rate * dt / 1000, spikes.n_spikes
    error_cv = 4 / np.sqrt(n)
    assert abs(cv(spikes)[0] - np.sqrt(1 - p)) < error_cv
    windows = 4e6 / 100
    error_fano = 4 * np.sqrt(2 / windows)
    assert abs(fano_in_time(spikes, 100.0)[0] - (1 - p)) < error_fano
    if dt == 5.0:
        assert 1 - np.sqrt(1 - p) > 2 * error_cv and p > 2 * error_fano


def test_a_spike_in_every_bin_and_none_at_all():
    assert np.array_equal(bernoulli_spikes(1000.0, 10.0, dt=1.0, rng=rng()).times, np.arange(10.0))
    assert bernoulli_spikes(0.0, 1000.0, 3, rng=rng()).n_spikes == 0
    assert bernoulli_spikes(500.0, 0.5, rng=rng()).n_spikes == 0  # no bin fits


def test_every_bin_is_used_and_none_beyond_the_end():
    counts = bernoulli_spikes(500.0, 10.7, 4000, rng=rng()).counts(1.0)
    assert counts.max() == 1 and not counts[10:].any()
    assert np.all(np.abs(counts[:10].sum(axis=1) - 2000) < 4.5 * np.sqrt(1000))


def test_a_train_does_not_depend_on_how_many_there_are():
    few, many = bernoulli_spikes(30.0, 1000.0, 3, rng=rng()), bernoulli_spikes(30.0, 1000.0, 50, rng=rng())
    assert many[:3] == few


@pytest.mark.parametrize(
    ("arguments", "kind", "sentence"),
    [
        ({"rate": 1001.0}, ValueError, r"rate must be at most one spike a bin \(1000 Hz\), got 1001"),
        ({"dt": 0}, ValueError, "dt must be positive and finite, got 0"),
        ({"duration": 1e20}, ValueError, "the number of spikes must be at most"),
        ({"rng": None}, TypeError, "rng must be a numpy.random.Generator"),
    ],
)
def test_bad_input(arguments, kind, sentence):
    with pytest.raises(kind, match=sentence):
        bernoulli_spikes(**{"rate": 10, "duration": 100, "rng": rng(), **arguments})
