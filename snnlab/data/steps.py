"""Steps of current cut out of a recording, each with the spikes that it caused."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from snnlab.checks import entries, finite_array, wholes
from snnlab.data.recording import Recording, check_recording, detect_spikes
from snnlab.spikes import Spikes

__all__ = ["Steps", "cut_steps"]


class Steps(NamedTuple):
    """Steps of current and their spikes, as `snnlab.neurons.fit_adaptive` takes them.

    Examples
    --------
    >>> Steps(np.array([0.1]), Spikes([20.0], duration=500), np.array([0.0]), np.array([8])).current
    array([0.1])
    """

    current: np.ndarray
    """Current of each step, nA, shape (n,)."""
    spikes: Spikes
    """The spikes: the unit is the step, times count from its onset."""
    before: np.ndarray
    """Current just before the onset, nA, shape (n,)."""
    sweep: np.ndarray
    """The sweep of each step, shape (n,)."""


def cut_steps(
    recording: Recording,
    sweeps: Sequence[int],
    steps: Sequence[tuple[float, float]] | None = None,
    level: float = -10.0,
) -> Steps:
    """Cut steps of current out of a recording, sweep after sweep.

    Parameters
    ----------
    recording
        The recording.
    sweeps : sequence of int
        Which sweeps, counted from 0.
    steps : sequence of (start, stop), optional
        When the steps begin and end, ms, all of one length. If left out, the step out of rest.
    level : float
        As in `detect_spikes`, mV.

    Raises
    ------
    ValueError
        If the steps have not all one length, or one is not within the recording.
    IndexError
        If there is no such sweep.

    Examples
    --------
    >>> from snnlab.data import load_patch_adapting
    >>> cut = cut_steps(load_patch_adapting(), [16], [(146.9, 646.9), (1646.9, 2146.9)])
    >>> print(cut.current, cut.before, cut.spikes.counts(500.0).ravel())
    [0.3 0.3] [ 0.  -0.1] [9 9]
    """
    recording = check_recording(recording)
    spikes = detect_spikes(recording, level)
    if steps is not None and not hasattr(steps, "__array__"):
        steps = entries("steps", steps, "pairs of times")
    pairs = finite_array("steps", [recording.step] if steps is None else steps, (2,), "(steps, 2)", "ms")
    if pairs.shape[1] != 2:
        raise ValueError(f"steps must be pairs of times, got shape {pairs.shape}")
    parts = [recording._part(start, stop) for start, stop in pairs]
    samples = {part.stop - part.start for part in parts}
    if len(samples) != 1:
        raise ValueError(f"steps must all have one length, got {len(samples)} different ones")
    n_sweeps = recording.v.shape[1]
    current: list[float] = []
    before, of_sweep, times, units = [], [], [], []
    for sweep in wholes("sweeps", sweeps):
        if sweep >= n_sweeps:
            raise IndexError(f"sweeps must be from 0 to {n_sweeps - 1}, got {sweep}")
        for part in parts:
            onset = part.start * recording.dt
            train = spikes[sweep]
            inside = train[(train > onset) & (train < part.stop * recording.dt)] - onset
            times.append(inside)
            units.append(np.full(inside.size, len(current)))
            current.append(np.median(recording.i[part, sweep]))
            before.append(recording.i[max(part.start - 1, 0), sweep])
            of_sweep.append(sweep)
    if not current:
        raise ValueError("sweeps must name one sweep at least")
    duration = samples.pop() * recording.dt
    cut = Spikes(np.concatenate(times), np.concatenate(units), n_units=len(current), duration=duration)
    return Steps(np.array(current), cut, np.array(before), np.array(of_sweep))
