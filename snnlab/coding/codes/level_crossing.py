r"""The level-crossing code: a spike when the signal has moved, and no clock at all.

The encoder remembers the level $\ell$ at which it last fired. When the signal $s$ has gone up or down by the
threshold $\Delta$ from there, one of two neurons says so:

$$ s(t) \ge \ell + \Delta:\ \text{UP}, \quad \ell \to \ell + \Delta \qquad
s(t) \le \ell - \Delta:\ \text{DOWN}, \quad \ell \to \ell - \Delta $$

A signal that rests costs nothing. Whoever counts the spikes knows the level, and the signal is never farther
from it than the threshold:

$$ \hat s(t) = s(0) + \Delta\, \left(n_{up}(t) - n_{down}(t)\right), \qquad |s(t) - \hat s(t)| < \Delta $$

It is also called *delta modulation* or *send on delta*; event cameras and artificial cochleas work so.

Source: M. Miskowicz (2006), Sensors 6, 49–63.
"""

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import affordable, as_real, finite_array, positive
from snnlab.checks_of_spikes import be_spikes
from snnlab.coding.values import countable
from snnlab.compiling import kernel
from snnlab.spikes import Spikes

__all__ = ["decode_level_crossings", "encode_level_crossings"]


def encode_level_crossings(signal: ArrayLike, dt: float, threshold: float) -> Spikes:
    """Spikes of two neurons that say when a signal has moved up and when it has moved down.

    Parameters
    ----------
    signal : array of shape (steps,)
        Its value at the times 0, `dt`, 2 `dt` …; in between it moves in a straight line.
    dt : float
        Length of a step, ms.
    threshold : float
        Δ, by how much it has to move, in the unit of the signal.

    Returns
    -------
    Spikes
        Unit 0 fires on the way up, unit 1 on the way down, when the level is crossed.

    Raises
    ------
    ValueError
        If more than 100 million spikes could come.

    Examples
    --------
    >>> spikes = encode_level_crossings([0.0, 1.0, 1.0, 0.2], dt=10, threshold=0.5)
    >>> print(spikes.times, spikes.units)
    [ 5.   10.   26.25] [0 0 1]
    """
    values, dt = finite_array("signal", signal, (1,), "(steps,)"), positive("dt", dt)
    threshold = positive("threshold", threshold)
    if values.size == 0:
        raise ValueError("signal must hold one value at least, got none")
    with np.errstate(over="ignore"):
        most = float(affordable(np.abs(np.diff(values)).sum() / threshold))
    times, units = np.empty(int(most) + values.size), np.empty(int(most) + values.size, np.int64)
    count = run(times, units, values - values[0], dt, threshold)
    return Spikes(times[:count], units[:count], n_units=2, duration=values.size * dt)


def decode_level_crossings(spikes: Spikes, dt: float, threshold: float, start: float = 0.0) -> np.ndarray:
    """The level at which the encoder stands in each step.

    Parameters
    ----------
    spikes
        From `encode_level_crossings`, perhaps with jitter.
    dt, threshold : float
        As they were when the spikes were made.
    start : float
        The signal at time 0: spikes tell its changes alone.

    Returns
    -------
    array of shape (steps,)
        At the times 0, `dt`, 2 `dt` …

    Examples
    --------
    >>> spikes = encode_level_crossings([0.0, 1.0, 1.0, 0.2], dt=10, threshold=0.5)
    >>> print(decode_level_crossings(spikes, dt=10, threshold=0.5))
    [0.  1.  1.  0.5]
    """
    be_spikes("spikes", spikes)
    if spikes.n_units != 2:
        raise ValueError(f"spikes must have two units, up and down, got {spikes.n_units}")
    dt, threshold, start = positive("dt", dt), positive("threshold", threshold), as_real("start", start)
    steps = round(countable("duration / dt", spikes.duration / dt))
    level = np.cumsum(1 - 2 * spikes.units)
    seen = np.searchsorted(spikes.times, np.arange(steps) * dt, side="right")
    return start + threshold * np.concatenate([[0], level])[seen]


@kernel
def run(times, units, signal, dt, threshold):
    """All crossings of a signal that starts at 0; returns their number."""
    level, count = 0, 0  # levels are counted, so that no error adds up
    for k in range(1, signal.size):
        before, now = signal[k - 1], signal[k]
        while count < times.size:
            way = step(now, level * threshold, threshold, threshold)
            if way == 0:
                break
            level += way
            part = (level * threshold - before) / (now - before)
            times[count] = (k - 1 + min(max(part, 0.0), 1.0)) * dt
            units[count] = 0 if way > 0 else 1
            count += 1
    return count


@kernel
def step(s, level, up, down):
    """1 if the signal is a threshold `up` above the level, −1 if it is `down` below, 0 in between."""
    if s >= level + up:
        return 1
    if s <= level - down:
        return -1
    return 0
