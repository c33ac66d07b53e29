"""What the rules for prescribed spikes share: valid trains, weights, and times at which to look."""

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import as_real, finite_array, non_negative
from snnlab.checks_of_spikes import be_spikes
from snnlab.spikes import Spikes

__all__ = ["SAME", "check_times", "check_weights", "checked_trains"]

SAME = 1e-6  # ms; two spikes as close as that count as simultaneous


def checked_trains(name: str, spikes: Spikes, delay: float = 0.0) -> list[np.ndarray]:
    """One sorted train for each unit, `delay` ms later."""
    be_spikes(name, spikes)
    delay = non_negative("delay", delay)
    trains = spikes.to_trains()
    for unit, train in enumerate(trains):
        twice = np.diff(train) <= SAME
        if twice.any():
            raise ValueError(
                f"{name}[{unit}] must not fire twice at one time, got {train[np.argmax(twice)]:g} ms twice"
            )
    return [train + delay for train in trains]


def check_weights(w: ArrayLike, n_post: int, n_pre: int, w_max: float) -> np.ndarray:
    """A new array (n_post, n_pre) of weights from 0 to `w_max`."""
    shape = f"({n_post}, {n_pre}), or be one number"
    w = finite_array("w", w, (0, 2), shape)
    if w.ndim and w.shape != (n_post, n_pre):
        raise ValueError(f"w must have shape {shape}, got {w.shape}")
    outside = (w < 0.0) | (w > w_max)
    if outside.any():
        raise ValueError(f"w must be from 0 to w_max ({w_max:g}), got {float(w[outside][0]):g}")
    return np.array(np.broadcast_to(w, (n_post, n_pre)))


def check_times(at: ArrayLike) -> np.ndarray:
    """Sorted times at which to look."""
    at = finite_array("at", at, (1,), "(times,)")
    if (np.diff(at) < 0.0).any():
        k = int(np.argmax(np.diff(at) < 0.0))
        raise ValueError(f"at must be sorted, got {as_real('at', at[k]):g} before {at[k + 1]:g}")
    return at
