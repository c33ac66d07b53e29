"""Count correlation and STTC against theory and sums by hand."""

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.coding import correlated_spikes, count_correlation, poisson_spikes, sttc


def test_sttc_does_not_depend_on_the_rate_where_count_correlation_does():
    rng = np.random.default_rng(7)
    for rate in (5.0, 40.0):
        a, b = (poisson_spikes(rate, 4e5, rng=rng) for _ in range(2))
        assert abs(sttc(a, b, 5.0)) < 5 / np.sqrt(a.n_spikes)
    shared = correlated_spikes(20.0, 0.3, 1e6, 2, rng=rng)
    found = count_correlation(shared, 50.0)[0, 1]
    assert found == pytest.approx(0.3, abs=5 / np.sqrt(1e6 / 50.0))


def test_sttc_by_hand():
    """±5 ms around 20 and 50: 20 of 100 ms. One of two spikes of each is near: (1/2 − 1/5) / (1 − 1/10)."""
    a, b = Spikes([20.0, 50.0], duration=100), Spikes([22.0, 80.0], duration=100)
    assert sttc(a, b, 5.0) == pytest.approx(0.3 / 0.9)
    assert sttc(a, b, 1.0) == pytest.approx(-0.04)
    assert sttc(a, b, 100.0) == 1  # the window covers everything
