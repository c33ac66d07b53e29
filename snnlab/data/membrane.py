r"""Resistance and time constant of a cell that fires in every sweep, and how sure they are.

A cell that was never pushed without firing shows its membrane for a short while only: from the onset of the
current to its first spike. Until then it is nearly passive, so it follows

$$ v(t) = v_{before} + (v(0) - v_{before})\, e^{-t/\tau} + R\, x_\tau(t), \qquad
\tau \frac{dx_\tau}{dt} = -x_\tau + i(t) - i_{before} $$

where $v_{before}$ is its median before the step and $v(0)$ that of the last millisecond. The pair $R$,
$\tau$ with the smallest squared error over all sweeps is taken; for each $\tau$ the best $R$ is a quotient of
sums. A short look tells $R/\tau$ well, the slope with which $v$ sets out, and $R$ and $\tau$ each for itself
badly; and near the threshold a cell is not passive. So the estimate is made again with each sweep left out in
turn, and looking half as far, two thirds and five sixths of the way to the first spike. How far these are
apart is how sure it is. It is no confidence interval: what all sweeps have in common moves all of them. The
soft threshold of an AdEx neuron does: of ten such neurons with known numbers, each under four steps, $R$
comes out 4 % too high and $\tau$ 8 %, and no range, some 5 % wide, holds the truth.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from snnlab.checks import wholes
from snnlab.data.recording import Membrane, Recording, check_recording, detect_spikes

__all__ = ["MembraneEstimate", "estimate_membrane"]

_TAUS = np.geomspace(0.5, 500.0, 600)  # ms
_SHARES = (1 / 2, 2 / 3, 5 / 6)  # of the way to the first spike
_USUAL = 1  # which of them is the estimate
_LEAST = 5.0  # ms from onset to first spike: what is shorter shows the electrode more than the cell


class MembraneEstimate(NamedTuple):
    """What the sweeps of a cell that always fires tell about its membrane.

    Examples
    --------
    >>> found = MembraneEstimate(Membrane(-65.0, 100.0, 20.0), (90.0, 130.0), (17.0, 28.0), 5)
    >>> print(f"τ between {found.tau_m[0]:.0f} and {found.tau_m[1]:.0f} ms")
    τ between 17 and 28 ms
    """

    membrane: Membrane
    """The estimate."""
    r_m: tuple[float, float]
    """Lowest and highest resistance with a sweep left out, looking less far or farther, MΩ."""
    tau_m: tuple[float, float]
    """The same of the time constant, ms."""
    sweeps: int
    """How many sweeps could be used."""


def estimate_membrane(
    recording: Recording, sweeps: Sequence[int] | None = None, level: float = -10.0
) -> MembraneEstimate:
    """Estimate the membrane from how sweeps set out before their first spike.

    Where a sweep is silent, `measure_membrane` measures what is estimated here.

    Parameters
    ----------
    recording
        The recording.
    sweeps : sequence of int, optional
        Which sweeps; all if left out. One is not used in which the cell fires before the step or within the
        first 5 ms of it, or the current does not change.
    level : float
        As in `detect_spikes`, mV.

    Raises
    ------
    ValueError
        If no sweep can be used, or they do not show that the potential settles.

    Examples
    --------
    >>> from snnlab.data import load_patch_b6
    >>> found = estimate_membrane(load_patch_b6())
    >>> m = found.membrane
    >>> print(f"{m.r_m:.0f} MΩ, between {found.r_m[0]:.0f} and {found.r_m[1]:.0f}")
    204 MΩ, between 190 and 223
    """
    recording = check_recording(recording)
    n_sweeps = recording.v.shape[1]
    chosen = range(n_sweeps) if sweeps is None else wholes("sweeps", sweeps)
    if any(sweep >= n_sweeps for sweep in chosen):
        raise ValueError(f"sweeps must be from 0 to {n_sweeps - 1}, got {max(chosen)}")
    spikes = detect_spikes(recording, level)
    sums, resting = [], []
    for sweep in chosen:
        found = _sums(recording, sweep, spikes[sweep])
        if found is not None:
            sums.append(found[0])
            resting.append(found[1:])
    if not sums:
        raise ValueError(
            f"recording must have a sweep silent before its step and for {_LEAST:g} ms after, got none"
        )
    everything = np.array(sums)  # (sweeps, shares, 3, taus)
    left_out = [everything] + [
        np.delete(everything, k, axis=0) for k in range(len(sums) if len(sums) > 1 else 0)
    ]
    pairs = np.array([_best(part[:, share]) for part in left_out for share in range(len(_SHARES))])
    r_m, tau_m = _best(everything[:, _USUAL])
    v_rest = float(np.median([v - r_m * i for v, i in resting]))
    low, high = pairs.min(axis=0).tolist(), pairs.max(axis=0).tolist()
    return MembraneEstimate(Membrane(v_rest, r_m, tau_m), (low[0], high[0]), (low[1], high[1]), len(sums))


def _sums(recording: Recording, sweep: int, train: np.ndarray) -> tuple[np.ndarray, float, float] | None:
    """Σx², Σxv, Σv² for each share and time constant; potential and current before. None if of no use."""
    dt = recording.dt
    start, stop = (round(edge / dt) for edge in recording.step)
    if start < 1 or (train < recording.step[0]).any():
        return None
    first = min(round(train[0] / dt), stop) if train.size else stop
    looks = [round(share * (first - start)) for share in _SHARES]
    last = max(0, start - max(1, round(1.0 / dt)))
    v_before, i_before = (float(np.median(x[:start, sweep])) for x in (recording.v, recording.i))
    i = recording.i[start : start + looks[-1], sweep] - i_before
    if (first - start) * dt < _LEAST or looks[0] < 1 or abs(np.median(i)) < 1e-6:
        return None
    v = recording.v[start : start + looks[-1], sweep] - v_before
    left = np.exp(-dt / _TAUS)
    own = np.full(_TAUS.size, np.median(recording.v[last:start, sweep]) - v_before)
    x, sums = np.zeros(_TAUS.size), np.zeros((3, _TAUS.size))
    found = np.empty((len(looks), 3, _TAUS.size))
    for k in range(v.size):
        own = left * own
        x = left * x + (1.0 - left) * i[k]  # of a membrane of 1 MΩ
        moved = v[k] - own
        sums += x * x, x * moved, moved * moved
        for share, look in enumerate(looks):
            if k + 1 == look:
                found[share] = sums
    return found, v_before, i_before


def _best(sums: np.ndarray) -> tuple[float, float]:
    """The resistance and the time constant with the smallest squared error, of the sums of some sweeps."""
    xx, xv, vv = sums.sum(axis=0)
    best = int(np.argmin(vv - xv**2 / xx))
    if best in (0, _TAUS.size - 1):
        raise ValueError(
            "recording must show how the potential settles before the first spike, "
            f"got one that fits best with a time constant of {_TAUS[best]:g} ms"
        )
    return float(xv[best] / xx[best]), float(_TAUS[best])
