"""Spike trains of animals with what they heard or where they looked, one loader a data set, offline.

Origin and licence of every file stand in ``LICENSES.md`` beside them.
"""

from pathlib import Path
from typing import NamedTuple

import numpy as np

from snnlab.checks import whole
from snnlab.spikes import Spikes

__all__ = ["Response", "load_grasshopper", "load_head_direction"]

_FOLDER = Path(__file__).parent


class Response(NamedTuple):
    """Spikes, and the stimulus that was there all the while.

    Examples
    --------
    >>> spikes, stimulus, dt, name, licence = load_grasshopper(1)
    >>> stimulus.size * dt == spikes.duration
    True
    """

    spikes: Spikes
    """The trains of one or more neurons."""
    stimulus: np.ndarray
    """Its value in each step, shape (steps,)."""
    dt: float
    """Length of a step of the stimulus, ms."""
    name: str
    """What was recorded."""
    licence: str
    """Under which licence, and by whom."""


def load_grasshopper(recording: int = 1) -> Response:
    """An auditory receptor of a grasshopper, *Locusta migratoria*: 10 s of spikes and what it heard.

    A tone of the frequency it prefers, whose loudness is random noise (A. Rokem et al. 2006, Journal of
    Neurophysiology 95, 2541–2552). It heard each noise once. The stimulus is the envelope of the sound.

    Parameters
    ----------
    recording : int
        1 or 2: the same cell, with noise up to 200 Hz and up to 800 Hz.

    Returns
    -------
    Response
        One unit; the stimulus in steps of 0.5 ms. BSD licence, NIPY Developers (nitime).

    Raises
    ------
    ValueError, TypeError
        If there is no such recording.

    Examples
    --------
    >>> load_grasshopper().spikes
    Spikes(929 spikes of 1 unit in 10000 ms, 92.9 Hz a unit)
    """
    recording = whole("recording", recording, least=1)
    if recording > 2:
        raise ValueError(f"recording must be 1 or 2, got {recording}")
    with np.load(_FOLDER / "grasshopper.npz") as file:
        times, stimulus = (
            file[f"spikes_us_{recording}"] / 1000.0,
            file[f"stim_{recording}"].astype(np.float64),
        )
        dt = float(file["stim_dt_ms"])
    spikes = Spikes(times, n_units=1, duration=stimulus.size * dt)
    return Response(
        spikes, stimulus, dt, "an auditory receptor of a grasshopper", "BSD, NIPY Developers (nitime)"
    )


def load_head_direction() -> Response:
    """15 neurons of a mouse that runs about, and the direction of its head: almost 9 minutes.

    Seven are head-direction cells of the thalamus, eight are cells of the hippocampus.

    Returns
    -------
    Response
        15 units, those of the thalamus first; the stimulus is the angle of the head, from 0 to 2π, in
        steps of 24.9986 ms, as long as the spikes to a step. MIT licence, pynapple authors.

    Examples
    --------
    >>> mouse = load_head_direction()
    >>> mouse.spikes.n_units, mouse.spikes.n_spikes
    (15, 44618)
    """
    with np.load(_FOLDER / "head_direction.npz") as file:
        times, units = file["spike_t_100us"] / 10.0, file["unit"]
        angle, dt = file["angle_rad_x1e4"] * 1e-4, 1000.0 * float(file["angle_dt_s"])
        duration = 1000.0 * float(file["duration_s"])
    spikes = Spikes(times, units, n_units=15, duration=max(duration, float(times.max())))
    return Response(spikes, angle, dt, "neurons of a mouse that looks around", "MIT, pynapple authors")
