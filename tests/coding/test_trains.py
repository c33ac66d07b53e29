"""Trains that come one after the other are sorted by time, as `Spikes` sorts them."""

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.coding.trains import draw_trains

RNG = np.random.default_rng(3)
EVEN = RNG.uniform(0, 100, (20, 50))
CROWDS = {
    "spread": EVEN,
    "on a grid": np.round(EVEN),
    "all at the end": np.full((20, 3), 100.0),
    "a crowd": 50 + 1e-9 * EVEN,
    "one": np.array([[7.0]]),
    "none": np.empty((3, 0)),
}


@pytest.mark.parametrize("trains", CROWDS.values(), ids=CROWDS)
@pytest.mark.parametrize("expected", [0.0, 1000.0])
def test_the_order_is_that_of_spikes(trains, expected):
    trains = np.sort(trains, axis=1)
    every, owners = trains.ravel(), np.repeat(np.arange(len(trains)), trains.shape[1])

    def run(times, units):
        fits = min(times.size, every.size)
        times[:fits], units[:fits] = every[:fits], owners[:fits]
        return every.size

    drawn = draw_trains(run, expected, len(trains), 100.0)
    assert drawn == Spikes(every, owners, n_units=len(trains), duration=100.0)
    assert drawn.times.dtype == np.float64 and drawn.units.dtype == np.int64
