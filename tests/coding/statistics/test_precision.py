"""How many intervals a reader needs."""

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.coding import gamma_spikes, interval_error, poisson_spikes


@pytest.mark.equation("rate-interval-error")
@pytest.mark.parametrize("n", [1, 4, 16])
@pytest.mark.parametrize("shape", [1.0, 9.0])
def test_the_error_falls_with_the_square_root_of_the_number_of_intervals(n, shape):
    spikes = gamma_spikes(50.0, shape, 1e6, rng=np.random.default_rng(5))
    blocks = spikes.n_spikes // n
    assert interval_error(spikes, n)[0] == pytest.approx(1 / np.sqrt(shape * n), rel=6 / np.sqrt(blocks))


@pytest.mark.parametrize("n", [8, 16, 64])
def test_the_rate_is_further_off_than_the_mean_interval(n):
    """One over the mean of n exponential intervals, against the moments of the inverse gamma distribution."""
    spikes = poisson_spikes(50.0, 4e6, rng=np.random.default_rng(8))
    rate = n / np.diff(spikes.times[::n])  # spikes a ms
    off = np.sqrt(np.mean((rate / 0.05 - 1) ** 2))
    assert off == pytest.approx(np.sqrt((n + 2) / ((n - 1) * (n - 2))), rel=0.05)
    assert off > interval_error(spikes, n)[0]


def test_the_error_of_a_rate_from_one_or_two_intervals_is_infinite():
    """The sum of its squares is a matter of the few shortest intervals, however many there are."""
    spikes = poisson_spikes(50.0, 4e6, rng=np.random.default_rng(9))
    for n, few in ((1, 0.5), (2, 0.05)):
        squares = np.sort(np.diff(spikes.times[::n]) ** -2.0)
        assert squares[-10:].sum() > few * squares.sum()
    squares = np.sort(np.diff(spikes.times[::64]) ** -2.0)
    assert squares[-10:].sum() < 0.02 * squares.sum()


def test_two_spikes_of_a_clock_tell_its_rate():
    clock = Spikes(np.arange(5.0, 1000.0, 10.0), duration=1000)
    assert interval_error(clock, 1) == pytest.approx(0, abs=1e-12)
    assert interval_error(poisson_spikes(100.0, 1e5, rng=np.random.default_rng(6)), 1) == pytest.approx(
        1, abs=0.1
    )


def test_too_few_spikes_and_bad_input():
    spikes = Spikes([1.0, 2.0, 4.0], duration=10)
    assert not np.isnan(interval_error(spikes, 1)[0]) and np.isnan(interval_error(spikes, 2)[0])
    with pytest.raises(ValueError, match="n must be at least 1, got 0"):
        interval_error(spikes, 0)
