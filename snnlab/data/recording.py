"""A current-clamp recording: what was injected, what the cell did."""

from collections.abc import Mapping
from typing import Annotated, Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.array_rules import Floats
from snnlab.checks import Positive, as_real, checked, finite_array, whole
from snnlab.foreign_arrays import as_array
from snnlab.spikes import Spikes

__all__ = ["Membrane", "Recording", "detect_spikes", "measure_fi", "measure_membrane"]


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


def detect_spikes(recording: Recording, level: float = -10.0) -> Spikes:
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
    v = recording.v
    k, sweep = np.nonzero((v[:-1] < level) & (v[1:] >= level))
    below, above = v[k, sweep], v[k + 1, sweep]
    times = (k + (level - below) / (above - below)) * recording.dt
    return Spikes(times, sweep, n_units=v.shape[1], duration=v.shape[0] * recording.dt)


def measure_fi(recording: Recording, level: float = -10.0) -> tuple[np.ndarray, np.ndarray]:
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
    if v.max() > -10.0:
        raise ValueError(
            f"sweep must be one in which the cell does not fire during the step, got {sweep}; "
            "where there is none, estimate_membrane says what the others show"
        )
    before = recording._part(0.0, start)
    i_before = float(np.median(recording.i[before, sweep]))
    change_of_current = float(recording.step_current[sweep]) - i_before
    if abs(change_of_current) < 1e-6:
        raise ValueError(f"sweep must be one in which the current changes, got {sweep}")
    v_before = float(np.median(recording.v[before, sweep]))
    settled = float(v[v.size // 2 :].mean())
    gone = (v - v_before) / (settled - v_before)
    tau_m = float(np.argmax(gone > 1.0 - np.exp(-1.0)) * recording.dt)
    r_m = (settled - v_before) / change_of_current
    return Membrane(v_before - r_m * i_before, r_m, tau_m)
