"""What every generator of spike trains does around its kernel."""

import math
from collections.abc import Callable

import numpy as np

from snnlab._checks import affordable
from snnlab.spikes import Spikes

__all__ = ["draw_trains"]


def draw_trains(run: Callable, expected: float, n_units: int, duration: float) -> Spikes:
    """The trains that `run(times, units)` writes into two buffers.

    `run` returns the number of spikes, even beyond the room given, and writes the same ones each time;
    `expected` says about how many there will be in all.
    """
    affordable(expected)
    room = int(expected + 5.0 * math.sqrt(expected) + 10.0)  # more is possible, but hardly ever happens
    while True:
        times, units = np.empty(room), np.empty(room, np.int32)
        count = run(times, units)
        if count <= room:
            return Spikes(times[:count], units[:count], n_units=n_units, duration=duration)
        room = count
