"""The shape of recorded spikes: where each takes off, how high it goes, how long it lasts."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import as_real, finite_array, positive, steps_in
from snnlab.data.recording import Recording, check_recording

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
    sweep: np.ndarray
    """The sweep of each, shape (spikes,); spikes stand in the order of sweeps, and of time within one."""


def measure_shapes(
    v: Recording | ArrayLike,
    dt: float | None = None,
    level: float = -10.0,
    before: float = 2.0,
    after: float = 4.0,
) -> SpikeShapes:
    """Cut the spikes out of a membrane potential and measure them.

    Parameters
    ----------
    v : Recording, or array of shape (steps,)
        The recording, with all its sweeps; or a membrane potential, mV.
    dt : float, optional
        Time between the values of an array, ms. A recording has its own.
    level : float
        A spike is an upward crossing of this potential, mV.
    before, after : float
        How much is kept on either side of the crossing, ms. Spikes closer to an end are left out.

    Examples
    --------
    >>> from snnlab.data import load_patch_fast_spiking
    >>> shapes = measure_shapes(load_patch_fast_spiking())
    >>> height = shapes.height[shapes.sweep == 12]
    >>> print(f"{height.size} spikes, {height[0]:.0f} mV the first and {height[-1]:.0f} mV the last")
    91 spikes, 71 mV the first and 54 mV the last

    How deep a cell falls after a spike:

    >>> low = shapes.v[shapes.t > 0].min(axis=0)
    >>> print(f"to {low.min():.0f} mV at the lowest, {np.median(low):.0f} mV mostly")
    to -66 mV at the lowest, -54 mV mostly
    """
    if isinstance(v, Recording):
        if dt is not None:
            raise ValueError(f"dt must be left out beside a recording, which has its own, got {dt}")
        v = check_recording(v)
        sweeps, dt = list(v.v.T), v.dt
    else:
        if dt is None:
            raise ValueError("dt must be given in ms beside an array")
        sweeps = [finite_array("v", v, (1,), "(steps,)")]
    dt, level = positive("dt", dt), as_real("level", level)
    back, on = (steps_in(name, positive(name, x), dt) for name, x in (("before", before), ("after", after)))
    cut = [_cut(sweep, back, on, level) for sweep in sweeps]
    pieces = np.concatenate(cut)
    numbers = np.array([_measure(piece, back, dt) for piece in pieces]).reshape(-1, 3)
    sweep = np.repeat(np.arange(len(cut)), [len(found) for found in cut])
    onset, height, width = numbers.T
    return SpikeShapes(np.arange(-back, on + 1) * dt, pieces.T, onset, height, width, sweep)


def _cut(v: np.ndarray, back: int, on: int, level: float) -> np.ndarray:
    """The spikes of a sweep, shape (spikes, samples), with so many samples before and after the crossing."""
    crossed = np.flatnonzero((v[:-1] < level) & (v[1:] >= level)) + 1
    crossed = crossed[(crossed >= back) & (crossed + on < v.size)]
    return v[crossed[:, None] + np.arange(-back, on + 1)]


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
