"""The van Rossum distance against its limits and its definition."""

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.coding import van_rossum_distance


def some(n, seed, duration=200.0):
    times = np.sort(np.random.default_rng(seed).uniform(0, duration, n))
    return Spikes(times, duration=duration)


def test_van_rossum_between_counting_and_coincidence():
    """D → √(n_a + n_b) for a short τ, |n_a − n_b| for a long one; one spike more is 1."""
    a, b = some(7, 1), some(4, 2)
    assert van_rossum_distance(a, b, 1e-4) == pytest.approx(np.sqrt(11), rel=1e-9, abs=0)
    assert van_rossum_distance(a, b, 1e9) == pytest.approx(3, rel=1e-4)
    assert van_rossum_distance(Spikes([3.0], duration=9), Spikes([], duration=9), 2.0) == 1


def test_van_rossum_is_the_area_between_the_curves():
    a, b, tau, dt = some(6, 3), some(5, 4), 8.0, 0.002
    t = np.arange(0, 400, dt) + dt / 2

    def blurred(train):
        return sum(np.where(t >= s, np.exp(-(t - s) / tau), 0.0) for s in train.times)

    area = 2 / tau * np.sum((blurred(a) - blurred(b)) ** 2) * dt
    assert van_rossum_distance(a, b, tau) == pytest.approx(np.sqrt(area), rel=1e-3)
