r"""Phase: when in the cycle of an oscillation a spike comes.

$$ \varphi = 2\pi\, \frac{t - t_0}{T} \bmod 2\pi, \qquad
R = \left| \frac{1}{n} \sum_f e^{i \varphi_f} \right| $$

The *vector strength* $R$ is 1 if all spikes come at one phase. Of $n$ phases without any preference it is not
0 but about $1/\sqrt n$; the *Rayleigh test* says how likely such a value, or a larger one, is by chance:

$$ p \approx e^{-n R^2} $$

Source: N. I. Fisher (1993), Statistical Analysis of Circular Data, section 4.3.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import affordable, as_real, positive, whole
from snnlab.checks_of_spikes import be_spikes
from snnlab.coding.pairs import one_train
from snnlab.coding.values import shares, value_range
from snnlab.compiling import kernel
from snnlab.spikes import Spikes

__all__ = ["PhaseLocking", "decode_phases", "encode_phases", "phase_locking", "spike_phases"]


class PhaseLocking(NamedTuple):
    """How the spikes of one unit keep to an oscillation.

    Examples
    --------
    >>> PhaseLocking(0.5, 1.57, 3.3e-9, 78).n
    78
    """

    strength: float
    """Vector strength R, from 0 to 1; NaN without spikes."""
    phase: float
    """Mean phase, radians from 0 to 2π; NaN without spikes."""
    p: float
    """Probability of such a strength by chance, by the Rayleigh test; NaN without spikes."""
    n: int
    """How many spikes."""


def spike_phases(spikes: Spikes, period: float, start: float = 0.0) -> np.ndarray:
    """The phase of every spike.

    Parameters
    ----------
    spikes
        Trains of one or more units.
    period : float
        T of the oscillation, ms.
    start : float
        t₀, a moment of phase 0, ms.

    Returns
    -------
    array of shape (n_spikes,)
        Radians, from 0 to below 2π, in the order of ``spikes.times``.

    Examples
    --------
    >>> print(np.degrees(spike_phases(Spikes([25.0, 130.0], duration=200), period=100)).round(9))
    [ 90. 108.]
    """
    be_spikes("spikes", spikes)
    turns = (spikes.times - as_real("start", start)) / positive("period", period)
    return 2.0 * np.pi * (turns % 1.0 % 1.0)  # the remainder of a tiny negative number is rounded up to 1


def phase_locking(spikes: Spikes, period: float, start: float = 0.0) -> PhaseLocking:
    """Vector strength, mean phase and Rayleigh test of one unit.

    Parameters
    ----------
    spikes : Spikes of one unit
    period, start : float
        As for `spike_phases`, ms.

    Examples
    --------
    >>> locked = phase_locking(Spikes([20.0, 120.0, 220.0, 330.0], duration=400), period=100)
    >>> print(f"{locked.strength:.2f} {np.degrees(locked.phase):.0f} {locked.p:.3f}")
    0.96 81 0.012
    """
    times, start, period = one_train("spikes", spikes), as_real("start", start), positive("period", period)
    strength, turn = locking(times, times.size, period, start)
    p = chance_of_strength(strength, times.size) if times.size else float("nan")
    return PhaseLocking(strength, 2.0 * np.pi * turn, p, times.size)


def encode_phases(
    values: ArrayLike, period: float, cycles: int = 1, low: float = 0.0, high: float = 1.0
) -> Spikes:
    """One spike a cycle for each value, the earlier the larger it is.

    Parameters
    ----------
    values : array of shape (n,)
        From `low` to `high`.
    period : float
        T, ms.
    cycles : int
        How many cycles, all alike.
    low, high : float
        The values whose spikes come at the end and at the start of the cycle.

    Returns
    -------
    Spikes
        n units. A spike of the value `low` would fall on the next cycle; it comes just before its end.

    Examples
    --------
    >>> encode_phases([0.25, 1.0], period=100).times
    array([ 0., 75.])
    """
    share, period = 1.0 - shares(values, low, high), positive("period", period)
    cycles = whole("cycles", cycles, least=1)
    affordable(float(cycles) * share.size)
    share = np.minimum(share, 1.0 - 2.0**-40)
    times = period * (np.arange(cycles)[:, None] + share)
    units = np.tile(np.arange(share.size), cycles)
    return Spikes(times.ravel(), units, n_units=share.size, duration=period * cycles)


def decode_phases(spikes: Spikes, period: float, low: float = 0.0, high: float = 1.0) -> np.ndarray:
    """The value behind the mean phase of each unit.

    Parameters
    ----------
    spikes
        From `encode_phases`, perhaps with jitter.
    period, low, high : float
        As they were when the spikes were made; the period in ms.

    Returns
    -------
    array of shape (n_units,)
        NaN for a silent unit. Near both ends of the cycle jitter carries a spike into the next one, and the
        value jumps from one end of the range to the other.

    Examples
    --------
    >>> print(decode_phases(encode_phases([0.25, 0.9], period=100, cycles=3), period=100).round(9))
    [0.25 0.9 ]
    """
    phases = spike_phases(spikes, period)
    low, high = value_range(low, high)
    votes = np.zeros(spikes.n_units, complex)
    np.add.at(votes, spikes.units, np.exp(1j * phases))
    share = np.where(votes != 0, np.angle(votes) / (2.0 * np.pi) % 1.0, np.nan)
    return high - (high - low) * share


@kernel
def locking(times, n, period, start):
    """Vector strength and mean phase, in turns from 0 to 1, of the first `n` spikes; NaN for none."""
    if n == 0:
        return math.nan, math.nan
    x, y = 0.0, 0.0
    for s in range(n):
        angle = 2.0 * math.pi * (times[s] - start) / period
        x += math.cos(angle)
        y += math.sin(angle)
    turn = math.atan2(y, x) / (2.0 * math.pi)
    return min(math.sqrt(x * x + y * y) / n, 1.0), turn - math.floor(turn)


@kernel
def chance_of_strength(strength, n):
    """How likely `n` phases without preference come to this strength."""
    # with Greenwood and Durand's correction, exact enough from n = 10 on
    z = n * strength**2
    tail = math.exp(-z) * (
        1.0
        + (2.0 * z - z**2) / (4.0 * n)
        - (24.0 * z - 132.0 * z**2 + 76.0 * z**3 - 9.0 * z**4) / (288.0 * n**2)
    )
    return min(max(tail, 0.0), 1.0)
