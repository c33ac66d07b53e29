"""The shape of recorded spikes: where each takes off, how high it goes, how long it lasts."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import as_real, finite_array, positive

__all__ = ["SpikeShapes", "measure_shapes"]

_STEEP = 20.0  # mV/ms: slower than this the potential has not taken off yet


class SpikeShapes(NamedTuple):
    """Spikes cut out and laid over one another, and three numbers of each.

    Examples
    --------
    >>> shapes = measure_shapes([-65, -65, -65, 35, -65, -65, -65], dt=0.5, before=1.0, after=1.0)
    >>> print(shapes.t, shapes.v[:, 0])
    [-1.  -0.5  0.   0.5  1. ] [-65. -65.  35. -65. -65.]
    """

    t: np.ndarray
    """Time from the sample at which the level was crossed, ms, shape (samples,)."""
    v: np.ndarray
    """Membrane potential, mV, shape (samples, spikes)."""
    onset: np.ndarray
    """Potential at which each spike takes off, mV: from there on it rises by 20 mV/ms or more."""
    height: np.ndarray
    """From there to the peak, mV."""
    width: np.ndarray
    """How long each is above the middle of the two, ms."""


def measure_shapes(
    v: ArrayLike, dt: float, level: float = -10.0, before: float = 2.0, after: float = 4.0
) -> SpikeShapes:
    """Cut the spikes out of a membrane potential and measure them.

    Parameters
    ----------
    v : array of shape (steps,)
        Membrane potential, mV.
    dt : float
        Time between its values, ms.
    level : float
        A spike is an upward crossing of this potential, mV.
    before, after : float
        How much is kept on either side of the crossing, ms. Spikes closer to an end are left out.

    Examples
    --------
    >>> from snnlab.data import load_patch_fast_spiking
    >>> cell = load_patch_fast_spiking()
    >>> height = measure_shapes(cell.v[1400:6600, 12], cell.dt).height
    >>> print(f"{height.size} spikes, {height[0]:.0f} mV the first and {height[-1]:.0f} mV the last")
    54 spikes, 71 mV the first and 52 mV the last
    """
    v = finite_array("v", v, (1,), "(steps,)")
    dt, level = positive("dt", dt), as_real("level", level)
    back, on = round(positive("before", before) / dt), round(positive("after", after) / dt)
    crossed = np.flatnonzero((v[:-1] < level) & (v[1:] >= level)) + 1
    crossed = crossed[(crossed >= back) & (crossed + on < v.size)]
    pieces = v[crossed[:, None] + np.arange(-back, on + 1)]
    numbers = np.array([_measure(piece, back, dt) for piece in pieces]).reshape(-1, 3)
    return SpikeShapes(np.arange(-back, on + 1) * dt, pieces.T, *numbers.T)


def _measure(v: np.ndarray, crossed: int, dt: float) -> tuple[float, float, float]:
    """Onset (mV), height (mV) and width (ms) of the spike that crosses the level at sample `crossed`."""
    start = crossed
    while start > 0 and v[start] - v[start - 1] >= _STEEP * dt:
        start -= 1
    top = crossed
    while top + 1 < v.size and v[top + 1] > v[top]:
        top += 1
    middle = (v[start] + v[top]) / 2
    rise, fall = top, top
    while rise > 0 and v[rise - 1] >= middle:
        rise -= 1
    while fall + 1 < v.size and v[fall + 1] >= middle:
        fall += 1
    width = (fall - rise) * dt
    if rise > 0:  # the part of a sample between the middle and the first sample above it, and after the last
        width += dt * (v[rise] - middle) / (v[rise] - v[rise - 1])
    if fall + 1 < v.size:
        width += dt * (v[fall] - middle) / (v[fall] - v[fall + 1])
    return float(v[start]), float(v[top] - v[start]), float(width)
