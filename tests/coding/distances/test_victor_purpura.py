"""The Victor–Purpura distance against all ways there are."""

import itertools

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.coding import victor_purpura_distance


def some(n, seed, duration=200.0):
    times = np.sort(np.random.default_rng(seed).uniform(0, duration, n))
    return Spikes(times, duration=duration)


@pytest.mark.parametrize("cost", [0.0, 20.0, 150.0, 1e5])
@pytest.mark.parametrize("sizes", [(0, 3), (1, 1), (3, 4), (4, 4)])
def test_victor_purpura_is_the_cheapest_of_all_ways(cost, sizes):
    """Every way keeps some spikes of each train, in order, and adds or takes away the others."""
    a, b = some(sizes[0], 5, 60.0), some(sizes[1], 6, 60.0)
    ways = []
    for kept in range(min(sizes) + 1):
        for here in itertools.combinations(a.times, kept):
            for there in itertools.combinations(b.times, kept):
                moved = np.abs(np.subtract(here, there)).sum() / 1000.0
                ways.append(sum(sizes) - 2 * kept + cost * moved)
    assert victor_purpura_distance(a, b, cost) == pytest.approx(min(ways), rel=1e-12, abs=0)
