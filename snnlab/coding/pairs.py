"""What every measure on two spike trains checks."""

import numpy as np

from snnlab.checks_of_spikes import be_spikes
from snnlab.spikes import Spikes

__all__ = ["one_train", "two_trains"]


def one_train(name: str, spikes: Spikes) -> np.ndarray:
    """The times of the only unit of `spikes`."""
    be_spikes(name, spikes)
    if spikes.n_units != 1:
        raise ValueError(f"{name} must have one unit, got {spikes.n_units}")
    return spikes.times


def two_trains(a: Spikes, b: Spikes) -> tuple[np.ndarray, np.ndarray, float]:
    """The times of the two trains `a` and `b`, and how long both were looked at."""
    times = one_train("a", a), one_train("b", b)
    if a.duration != b.duration:
        raise ValueError(f"b must have the duration of a ({a.duration:g} ms), got {b.duration:g}")
    return *times, a.duration
