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
