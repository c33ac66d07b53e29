"""A current-clamp recording: what was injected, what the cell did."""

import math
from collections.abc import Mapping
from typing import Annotated, Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.array_rules import Floats
from snnlab.checks import Positive, as_real, checked, finite_array, whole
from snnlab.compiling import kernel
from snnlab.foreign_arrays import as_array
from snnlab.spikes import Spikes

__all__ = ["Membrane", "Recording", "detect_spikes", "measure_fi", "measure_membrane"]

LEVEL = -10.0  # mV, which only spikes reach


def _stretch(name: str, ends: ArrayLike) -> tuple[float, float]:
    given = as_array(name, ends)
    start, stop = finite_array(name, given, (1,), "(2,)") if given.size == 2 else (1.0, 0.0)
    if not 0 <= start < stop:
        raise ValueError(f"{name} must be start and end of the step, 0 <= start < end, got {ends!r:.60}")
    return float(start), float(stop)


class Recording(NamedTuple):
    """Current and membrane potential of one cell in several sweeps, time first.

    Examples
    --------
    >>> v = np.full((5, 2), -65.0)
    >>> cell = Recording(v, np.zeros_like(v), dt=0.5, step=(1.0, 2.0), name="silent", licence="none")
    >>> print(cell.t, cell.step_current)
    [0.  0.5 1.  1.5 2. ] [0. 0.]
    """

    v: Annotated[np.ndarray, Floats("(steps, sweeps)")]
    """Membrane potential, mV, shape (steps, sweeps)."""
    i: Annotated[np.ndarray, Floats("(steps, sweeps)")]
    """Injected current, nA, shape (steps, sweeps)."""
    dt: Positive
    """Time between samples, ms."""
    step: Annotated[tuple[float, float], _stretch]
    """Start and end of the step of current out of rest, ms."""
    name: str
    """What was recorded, for titles."""
    licence: str
    """Under which licence the recording may be passed on."""
    notes: Mapping[str, Any] = {}
    """What else its file says: of the cell, the animal, the day."""

    @property
    def t(self) -> np.ndarray:
        """Time of each sample, ms, shape (steps,)."""
        return np.arange(self.v.shape[0]) * self.dt

    @property
    def step_current(self) -> np.ndarray:
        """Median current during the step, nA, shape (sweeps,)."""
        return np.median(check_recording(self).i[self._part(*self.step)], axis=0)

    def _part(self, start: float, stop: float) -> slice:
        duration = self.v.shape[0] * self.dt
        start, stop = as_real("start", start), as_real("stop", stop)
        if not 0 <= start < stop <= duration + 1e-9:
            raise ValueError(
                f"start and stop must satisfy 0 <= start < stop <= {duration:g} ms, got {start:g}, {stop:g}"
            )
        part = slice(round(start / self.dt), round(stop / self.dt))
        if part.start == part.stop:
            raise ValueError(f"start and stop must have a sample between them, got {start:g}, {stop:g}")
        return part


_CELL, _ELECTRODE = 1.0, 50.0  # mV that no whole recording stays within, nA that no electrode passes


def check_recording(recording: Recording) -> Recording:
    """`recording` with every field valid, and in units in which it can be of a cell.

    Parameters
    ----------
    recording
        What to check.

    Raises
    ------
    ValueError, TypeError
        If a value is not finite, shapes do not fit, or the numbers must be in other units.

    Examples
    --------
    >>> v = np.full((5, 2), -0.065)
    >>> check_recording(Recording(v, np.zeros_like(v), 0.5, (1.0, 2.0), name="in volts", licence="none"))
    Traceback (most recent call last):
    ...
    ValueError: v must be in mV, got potentials from -0.065 to -0.065: volts?
    """
    recording = checked("recording", recording, Recording)
    v, i = recording.v, recording.i
    if not v.size:
        raise ValueError(f"v must hold one sample at least, got shape {v.shape}")
    if v.shape[1] > v.shape[0]:
        raise ValueError(f"v must have shape (steps, sweeps), time first, got {v.shape}: transposed?")
    low, high = v.min(), v.max()
    if max(abs(low), abs(high)) < _CELL and low < -0.01:
        raise ValueError(f"v must be in mV, got potentials from {low:g} to {high:g}: volts?")
    if np.abs(i).max() > _ELECTRODE:
        raise ValueError(f"i must be in nA, got up to {np.abs(i).max():g}: pA?")
    for edge in recording.step:
        as_real("step / dt", edge / recording.dt)
    return recording


class Membrane(NamedTuple):
    """What a negative step of current tells about a cell.

    Examples
    --------
    >>> Membrane(v_rest=-65.0, r_m=100.0, tau_m=20.0).r_m
    100.0
    """

    v_rest: float
    """Potential without current, mV: that before the step, less what the current there does."""
    r_m: float
    """Change of the potential divided by the current, MΩ."""
    tau_m: float
    """Time in which 63 % of the change has happened, ms."""


def detect_spikes(recording: Recording, level: float = LEVEL) -> Spikes:
    """Find the spikes of a recording: upward crossings of `level`.

    Parameters
    ----------
    recording
        The recording; each sweep becomes one unit.
    level : float
        A potential that only spikes reach, mV.

    Returns
    -------
    Spikes
        Times by linear interpolation between samples, ms.

    Raises
    ------
    ValueError, TypeError
        If `level` is not a finite number.

    Examples
    --------
    >>> from snnlab.data import load_patch_fast_spiking
    >>> cell = load_patch_fast_spiking()
    >>> spikes = detect_spikes(cell)
    >>> spikes[12:13].between(*cell.step).n_spikes
    54
    """
    level, recording = as_real("level", level), check_recording(recording)
    v = np.ascontiguousarray(recording.v)
    most = int(np.count_nonzero(v >= level))
    times, sweeps = np.empty(most), np.empty(most, np.int64)
    count = crossings(v, level, recording.dt, times, sweeps)
    return Spikes(times[:count], sweeps[:count], n_units=v.shape[1], duration=v.shape[0] * recording.dt)


def measure_fi(recording: Recording, level: float = LEVEL) -> tuple[np.ndarray, np.ndarray]:
    """The f–I curve of a recording: current of the step, and spikes a second during it.

    Parameters
    ----------
    recording
        The recording.
    level : float
        As in `detect_spikes`, mV.

    Returns
    -------
    current, rate : arrays of shape (sweeps,)
        In nA, sorted, and Hz.

    Raises
    ------
    ValueError, TypeError
        If `level` is not a finite number.

    Examples
    --------
    >>> from snnlab.data import load_patch_fast_spiking
    >>> current, rate = measure_fi(load_patch_fast_spiking())
    >>> print(f"{current[12]:.3f} nA: {rate[12]:.0f} Hz")
    0.200 nA: 108 Hz
    """
    recording = check_recording(recording)
    spikes = detect_spikes(recording, level).between(*recording.step)
    order = np.argsort(recording.step_current, kind="stable")
    return recording.step_current[order], spikes.rates[order]


def measure_membrane(recording: Recording, sweep: int = 0) -> Membrane:
    """Resting potential, resistance and time constant from the step of one sweep.

    A passive membrane answers a step with an exponential. A living one is not quite passive: its resistance
    and its time constant depend on how far it is pushed. Say which sweep was used.

    Parameters
    ----------
    recording
        The recording.
    sweep : int
        Which sweep.

    Raises
    ------
    IndexError
        If there is no such sweep.
    ValueError
        If the cell fires during the step, or the current does not change.

    Examples
    --------
    >>> from snnlab.data import load_patch_fast_spiking
    >>> m = measure_membrane(load_patch_fast_spiking())
    >>> print(f"{m.v_rest:.1f} mV, {m.r_m:.0f} MΩ, {m.tau_m:.1f} ms")
    -57.4 mV, 429 MΩ, 10.4 ms
    """
    recording = check_recording(recording)
    if not -recording.v.shape[1] <= whole("sweep", sweep, -(2**62), 2**62) < recording.v.shape[1]:
        raise IndexError(f"sweep must be from 0 to {recording.v.shape[1] - 1}, got {sweep}")
    start, stop = recording.step
    v = recording.v[recording._part(start, stop), sweep]
    if v.max() > LEVEL:
        raise ValueError(
            f"sweep must be one in which the cell does not fire during the step, got {sweep}; "
            "where there is none, estimate_membrane says what the others show"
        )
    begin, end = recording._part(0.0, start).stop, recording._part(start, stop).stop
    v, i = (np.ascontiguousarray(x[:, sweep]) for x in (recording.v, recording.i))
    found, work = np.empty(4), np.empty(v.size)
    membrane_of(v, i, begin, end, recording.dt, work, found)
    if abs(found[3]) < 1e-6:
        raise ValueError(f"sweep must be one in which the current changes, got {sweep}")
    return Membrane(*map(float, found[:3]))


@kernel
def crossings(v, level, dt, times, sweeps):
    """Write times and sweeps of the upward crossings of `level`; how many there are.

    They come in the order of time, as far as there is room.

    Examples
    --------
    >>> times, sweeps = np.empty(2), np.empty(2, np.int64)
    >>> crossings(np.array([[-60.0], [20.0], [-60.0]]), -10.0, 0.5, times, sweeps)
    1
    >>> print(times[0])
    0.3125
    """
    count = 0
    for k in range(v.shape[0] - 1):
        for sweep in range(v.shape[1]):
            below, above = v[k, sweep], v[k + 1, sweep]
            if below < level and above >= level:
                if count < times.size:
                    times[count] = (k + (level - below) / (above - below)) * dt
                    sweeps[count] = sweep
                count += 1
    return count


@kernel
def membrane_of(v, i, begin, end, dt, work, found):
    """Rest, resistance and time constant from a step of current, and how far the current went.

    `begin` and `end` are the first sample of the step and the one after its last. `work` has room for a
    sweep, `found` for the four numbers.

    Examples
    --------
    >>> t = np.arange(1000) * 0.1
    >>> v, i, found = -65.0 - 5.0 * (1 - np.exp(-t / 8.0)), np.full(1100, -0.05), np.empty(4)
    >>> i[:100] = 0.0
    >>> membrane_of(np.r_[np.full(100, -65.0), v], i, 100, 1100, 0.1, np.empty(1100), found)
    >>> print(", ".join(f"{x:.2f}" for x in found))
    -65.00, 99.97, 8.00, -0.05
    """
    i_before, v_before = median_of(i[:begin], work), median_of(v[:begin], work)
    change, settled = median_of(i[begin:end], work) - i_before, 0.0
    half = begin + (end - begin) // 2
    for k in range(half, end):
        settled += v[k]
    settled /= end - half
    tau_m = 0.0
    for k in range(begin, end):
        if (v[k] - v_before) / (settled - v_before) > 1.0 - math.exp(-1.0):
            tau_m = (k - begin) * dt
            break
    r_m = (settled - v_before) / change
    found[0], found[1], found[2], found[3] = v_before - r_m * i_before, r_m, tau_m, change


@kernel
def median_of(x, work):
    """The median of `x`; a part of `work` as long as `x` loses what it held."""
    n, middle = x.size, x.size // 2
    for k in range(n):
        work[k] = x[k]
    low, high = 0, n - 1
    while low < high:  # until what belongs to the middle stands there, with what is less before it
        pivot, left, right = work[(low + high) // 2], low, high
        while left <= right:
            while work[left] < pivot:
                left += 1
            while work[right] > pivot:
                right -= 1
            if left <= right:
                work[left], work[right] = work[right], work[left]
                left, right = left + 1, right - 1
        if middle <= right:
            high = right
        elif middle >= left:
            low = left
        else:
            break
    if n % 2:
        return work[middle]
    below = work[0]
    for k in range(1, middle):
        below = max(below, work[k])
    return (below + work[middle]) / 2
