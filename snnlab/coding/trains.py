"""What every generator of spike trains does around its kernel."""

import math
from collections.abc import Callable

import numpy as np

from snnlab.checks import affordable
from snnlab.compiling import kernel
from snnlab.spikes import Spikes

__all__ = ["draw_trains", "insert", "room_for"]

_CROWD = 64  # spikes in one stretch of time, above which sorting by insertion would take long


def draw_trains(run: Callable, expected: float, n_units: int, duration: float) -> Spikes:
    """The trains that `run(times, units)` writes into two buffers, one train after the other.

    `run` returns the number of spikes, even beyond the room given, and writes the same ones each time;
    `expected` says about how many there will be in all.
    """
    affordable(expected)
    room = room_for(expected)
    while True:
        times, units = np.empty(room), np.empty(room, np.int32)
        count = run(times, units)
        if count <= room:
            break
        room = count
    times, units = times[:count], units[:count]
    by_time, whose = np.empty(count), np.empty(count, np.int64)
    # spikes that are spread over the time are sorted ten times as fast by the stretch of time they are in
    if count and _sort(times, units, duration, np.zeros(count + 2, np.int32), by_time, whose):
        return Spikes._sorted(by_time, whose, n_units, duration)
    return Spikes(times, units, n_units=n_units, duration=duration)


def room_for(expected: float) -> int:
    """How many spikes to have room for where `expected` are: more is possible, but hardly ever happens."""
    return int(expected + 5.0 * math.sqrt(expected) + 10.0)


@kernel
def _sort(times, units, duration, start, by_time, whose):
    """Sort spikes by time, and by unit where times are equal; they come unit by unit.

    Each spike goes to its stretch of time (`start.size` of them), then to its place in it. Returns False, and
    sorts nothing, if there is a crowd in one stretch.
    """
    scale = (start.size - 1) / duration
    for s in range(times.size):
        start[int(times[s] * scale)] += 1
    total = 0
    for b in range(start.size):
        if start[b] > _CROWD:
            return False
        start[b], total = total, total + start[b]
    for s in range(times.size):
        b = int(times[s] * scale)
        by_time[start[b]], whose[start[b]] = times[s], units[s]
        start[b] += 1
    for s in range(1, times.size):
        time, unit, at = by_time[s], whose[s], s
        while at > 0 and by_time[at - 1] > time:
            by_time[at], whose[at] = by_time[at - 1], whose[at - 1]
            at -= 1
        by_time[at], whose[at] = time, unit
    return True


@kernel
def insert(times, n, time):
    """Put a time where it belongs among the first `n`, which are in order."""
    while n > 0 and times[n - 1] > time:
        times[n] = times[n - 1]
        n -= 1
    times[n] = time
