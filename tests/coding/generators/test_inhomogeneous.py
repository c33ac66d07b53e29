"""Two generators of the same inhomogeneous process, each against the theory."""

import numpy as np
import pytest
from coding.distances import chi_square, chi_square_bound, ks_bound, ks_distance

from snnlab.coding import rescaled_spikes, thinned_spikes

BOTH = pytest.mark.parametrize("draw", [thinned_spikes, rescaled_spikes])
DT = 2.0
RATE = (
    40 * (1 + np.sin(np.arange(500) * DT / 300)) * (np.arange(500) % 250 < 200)
)  # Hz, with silent stretches


def rng():
    return np.random.default_rng(14)


@BOTH
def test_rescaled_intervals_are_exponential(draw):
    """The clock that runs at the speed of the rate sees a Poisson process of rate 1 (Brown et al.)."""
    trains = draw(RATE, DT, 1000, rng=rng())
    clock = np.concatenate([[0], np.cumsum(RATE / 1000 * DT)])
    steps = np.arange(RATE.size + 1) * DT
    # one train after the other, so that no interval is cut off
    ticks = np.concatenate([np.interp(train, steps, clock) + k * clock[-1] for k, train in enumerate(trains)])
    waits = np.diff(ticks)
    assert waits.size > 20_000
    assert ks_distance(waits, lambda x: 1 - np.exp(-x)) < ks_bound(waits.size)


@BOTH
def test_each_step_has_its_rate(draw):
    n = 4000
    counts = draw(RATE, DT, n, rng=rng()).counts(DT).sum(axis=1)
    expected = n * RATE * DT / 1000
    assert not counts[expected == 0].any()
    some = expected > 5
    assert chi_square(counts[some], expected[some]) < chi_square_bound(np.count_nonzero(some))


@BOTH
def test_counts_of_a_train_have_variance_equal_to_mean(draw):
    counts = np.array([len(train) for train in draw(RATE, DT, 10_000, rng=rng())])
    mean = RATE.sum() * DT / 1000
    assert abs(counts.mean() - mean) < 4.5 * np.sqrt(mean / 10_000)
    assert abs(counts.var() - mean) < 4.5 * np.sqrt((mean + 2 * mean**2) / 10_000)


@BOTH
def test_nothing_gives_nothing(draw):
    assert draw([], 1.0, 2, rng=rng()).n_spikes == 0
    assert draw(np.zeros(10), 1.0, 2, rng=rng()).n_spikes == 0
    assert draw([100.0], 1000.0, 0, rng=rng()).n_units == 0


@BOTH
def test_a_train_does_not_depend_on_how_many_there_are(draw):
    assert draw(RATE, DT, 20, rng=rng())[:3] == draw(RATE, DT, 3, rng=rng())


@BOTH
def test_bad_input(draw):
    with pytest.raises(ValueError, match="rate must be zero or positive, got -1"):
        draw([1.0, -1.0], 1.0, rng=rng())
    with pytest.raises(ValueError, match="the number of spikes must be at most"):
        draw([1e12], 1000.0, rng=rng())
    with pytest.raises(ValueError, match=r"rate must be finite, got nan at \[0\]"):
        draw([np.nan], 1.0, rng=rng())
