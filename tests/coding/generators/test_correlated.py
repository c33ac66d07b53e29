"""Groups of trains with a given correlation."""

import numpy as np
import pytest
from coding.distances import ks_bound, ks_distance

from snnlab.coding import correlated_spikes


def rng():
    return np.random.default_rng(15)


@pytest.mark.parametrize("correlation", [0.0, 0.1, 0.6, 1.0])
@pytest.mark.parametrize("window", [5.0, 100.0])
def test_counts_have_the_correlation(correlation, window):
    """In narrow and in wide windows, every pair, within 4.5 standard errors (1 − c²) / √n."""
    counts = correlated_spikes(30.0, correlation, 4e5, 4, rng=rng()).counts(window)
    found = np.corrcoef(counts.T)[np.triu_indices(4, 1)]
    # the fourth moments of Poisson counts make the error larger than for normal ones: this is a bound
    error = np.sqrt((1 - correlation**2) ** 2 + 1 / counts.mean()) / np.sqrt(len(counts))
    assert found == pytest.approx(np.full(6, correlation), abs=4.5 * error if correlation < 1 else 1e-12)


def test_each_unit_is_a_poisson_train_of_the_rate():
    for train in correlated_spikes(30.0, 0.3, 4e5, 3, rng=rng()):
        intervals = np.diff(train)
        assert ks_distance(intervals, lambda x: 1 - np.exp(-0.03 * x)) < ks_bound(intervals.size)
        assert abs(train.size - 12_000) < 4.5 * np.sqrt(12_000)


def test_nothing_gives_nothing():
    assert correlated_spikes(0.0, 0.5, 100.0, 3, rng=rng()).n_spikes == 0


def test_bad_input_is_named():
    with pytest.raises(ValueError, match=r"correlation must be between 0 and 1, got 1\.5"):
        correlated_spikes(10.0, 1.5, 100.0, 3, rng=rng())
    with pytest.raises(ValueError, match="rate must be zero or positive"):
        correlated_spikes(-10.0, 0.5, 100.0, 3, rng=rng())
    with pytest.raises(ValueError, match="the number of spikes must be at most"):
        correlated_spikes(10.0, 1e-9, 100_000.0, 3, rng=rng())
