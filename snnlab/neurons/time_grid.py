"""What simulations on a grid of time steps have in common: checked currents, steps, spikes from buffers."""

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, non_negative, positive
from snnlab.spikes import Spikes
from snnlab.work_and_memory import afford

__all__ = ["currents_and_step", "grid_spikes", "whole_steps"]


def currents_and_step(i: ArrayLike, dt: float) -> tuple[np.ndarray, float]:
    """`i` as a valid array of shape (steps, n), and a valid `dt`."""
    current, dt = finite_array("i", i, (1, 2), "(steps,) or (steps, n)"), positive("dt", dt)
    non_negative("dt times the number of steps", dt * len(current))
    return current if current.ndim == 2 else current[:, None], dt


def whole_steps(duration: float, dt: float) -> int:
    """How many steps there are, if there is memory for them."""
    steps = non_negative("duration / dt", non_negative("duration", duration) / positive("dt", dt))
    if steps > 1e9:
        raise ValueError(f"duration / dt must be at most 1e9 steps, got {steps:g}")
    afford("duration / dt", numbers=steps)
    return round(steps)


def grid_spikes(
    times: np.ndarray, units: np.ndarray, count: int, shape: tuple[int, ...], dt: float
) -> Spikes:
    """The first `count` spikes of a kernel's buffers, for currents of `shape` (steps, n)."""
    steps, n = shape
    return Spikes._sorted(times[:count].copy(), units[:count].copy(), n, steps * dt)
