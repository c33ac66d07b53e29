"""The optimal width of a kernel: the sums written out, two spikes by hand, the error of a known rate."""

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.coding import optimal_width, rescaled_spikes, smoothing_error


def some(n, units, duration, seed):
    rng = np.random.default_rng(seed)
    return Spikes(rng.uniform(0, duration, n), rng.integers(units, size=n), n_units=units, duration=duration)


@pytest.mark.parametrize("width", [2.0, 9.0, 60.0])
def test_the_cost_is_that_of_the_integral_and_the_sum_over_pairs(width):
    """∫ (Σ k)² as a sum over a fine grid that reaches beyond the ends; no distance is rounded."""
    free = some(40, 3, 300.0, 5)
    times = np.rint(free.times / width * 20) * width / 20
    spikes = Spikes(np.minimum(times, 300.0), free.units, n_units=3, duration=300)
    grid = np.arange(-8 * width, 300 + 8 * width, width / 50)

    def gaussian(x):
        return np.exp(-0.5 * (x / width) ** 2) / (np.sqrt(2 * np.pi) * width)

    rate = gaussian(grid[:, None] - spikes.times).sum(axis=1)
    pairs = gaussian(spikes.times[:, None] - spikes.times)
    np.fill_diagonal(pairs, 0.0)
    expected = (np.sum(rate**2) * width / 50 - 2 * pairs.sum()) * 1e6 / (9 * 300.0)
    assert optimal_width(spikes, [width]).cost[0] == pytest.approx(expected, rel=1e-9, abs=0)


def test_two_spikes_are_smoothed_as_by_hand():
    """With x = d²/4w² the cost is that of 1 + exp(−x) − 2 √2 exp(−2x), over w; its derivative is sought."""
    from scipy.optimize import minimize_scalar

    def by_hand(w):
        near = np.exp(-((20.0 / w) ** 2) / 4)
        return (1 + near - 2 * np.sqrt(2) * near**2) / w

    best = minimize_scalar(by_hand, bounds=(5.0, 60.0), method="bounded").x
    widths = np.linspace(5.0, 60.0, 2000)
    found = optimal_width(Spikes([400.0, 420.0], duration=1000), widths)
    assert found.width == pytest.approx(best, abs=0.1)


def mean_cost(rate, n, runs, widths, seed):
    """The cost averaged over experiments, and its standard error."""
    spikes = rescaled_spikes(rate, 1.0, n * runs, rng=np.random.default_rng(seed))
    costs = np.array([optimal_width(spikes[n * k : n * (k + 1)], widths).cost for k in range(runs)])
    return costs.mean(axis=0), costs.std(axis=0, ddof=1) / np.sqrt(runs)


def test_the_cost_is_the_mean_square_error_but_for_the_mean_of_the_squared_rate():
    """On average over 300 experiments, for a rate that has died away before the recording ends."""
    rate = 90 * np.exp(-0.5 * ((np.arange(0.5, 1000) - 500) / 40) ** 2)
    widths = [5.0, 15.0, 45.0]
    found, error = mean_cost(rate, 20, 300, widths, seed=8)
    expected = np.array([smoothing_error(rate, 1.0, width, 20).total ** 2 for width in widths])
    assert np.all(np.abs(found + (rate**2).mean() - expected) < 4.5 * error)


def test_a_constant_rate_has_the_cost_of_the_closed_form():
    """C = −r² + r / (2 √π w n) + r² (w / T) 2 (√2 − 1) / √π: the last term is what leaks out at the ends."""
    r, n, long = 0.04, 10, 2000.0
    widths = np.array([5.0, 50.0, 150.0])
    found, error = mean_cost(np.full(2000, 40.0), n, 300, widths, seed=9)
    noise = r / (2 * np.sqrt(np.pi) * widths * n)
    leak = r**2 * widths / long * 2 * (np.sqrt(2) - 1) / np.sqrt(np.pi)
    assert np.all(np.abs(found - 1e6 * (noise + leak - r**2)) < 4.5 * error)


def test_more_repetitions_allow_a_narrower_kernel_and_the_default_finds_it():
    rate = 40 + 30 * np.sin(2 * np.pi * np.arange(2000) / 100)
    trials = rescaled_spikes(rate, 1.0, 400, rng=np.random.default_rng(3))
    few, many = optimal_width(trials[:10]), optimal_width(trials)
    assert many.width < few.width
    assert few.widths.size == 100 and few.widths[[0, -1]] == pytest.approx([1.0, 2000.0])
    true = [smoothing_error(rate, 1.0, width, 400).total for width in many.widths]
    assert smoothing_error(rate, 1.0, many.width, 400).total < 1.05 * min(true)


def test_bad_input():
    spikes = some(10, 1, 100.0, 1)
    with pytest.raises(ValueError, match="spikes must have two spikes or more, got 1"):
        optimal_width(Spikes([1.0], duration=10))
    with pytest.raises(ValueError, match="widths must be positive"):
        optimal_width(spikes, [1.0, 0.0])
    with pytest.raises(ValueError, match="widths must be positive"):
        optimal_width(spikes, [])
    with pytest.raises(ValueError, match=r"widths must be at least .* ms for this duration, got 1e-06"):
        optimal_width(spikes, [1e-6])
