r"""The burst code: a value says how many spikes come in a row, and how fast.

A value that lies at the share $p$ of its range, from 0 to 1, makes a burst of $n$ spikes at intervals of $d$:

$$ n = \lceil p\, n_{max} \rceil, \qquad d = d_{max} - p\,(d_{max} - d_{min}) $$

The number alone tells $p$ to within $1 / (2 n_{max})$ and does not care about jitter. The interval tells the
rest, from two spikes on.

Source: W. Guo, M. E. Fouda, A. M. Eltawil and K. N. Salama (2021), Frontiers in Neuroscience 15, 638474,
with intervals in whole steps.
"""

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import affordable, positive, whole
from snnlab.checks_of_spikes import be_spikes
from snnlab.coding.codes.first_spike import _first
from snnlab.coding.values import countable, shares, value_range
from snnlab.spikes import Spikes

__all__ = ["decode_bursts", "encode_bursts"]


def encode_bursts(
    values: ArrayLike,
    duration: float,
    n_max: int = 5,
    d_min: float = 2.0,
    d_max: float = 6.0,
    low: float = 0.0,
    high: float = 1.0,
) -> Spikes:
    """A burst for each value, from time 0 on, the longer and the faster the larger it is.

    Parameters
    ----------
    values : array of shape (n,)
        From `low` to `high`. The value `low` is silent.
    duration : float
        How long we listen, ms; longer than every burst.
    n_max : int
        Spikes of the longest burst.
    d_min, d_max : float
        Intervals between the spikes of the values `high` and `low`, ms.
    low, high : float
        The ends of the range.

    Returns
    -------
    Spikes
        n units.

    Examples
    --------
    >>> print(encode_bursts([0.1, 0.5], duration=40, n_max=4, d_min=2, d_max=6).to_trains())
    [array([0.]), array([0., 4.])]
    """
    share, duration = shares(values, low, high), positive("duration", duration)
    n_max, d_min, d_max = _burst(n_max, d_min, d_max)
    number = np.ceil(share * n_max - 1e-12).astype(np.int64)
    interval = d_max - share * (d_max - d_min)
    with np.errstate(over="ignore"):
        length = float(np.max((number - 1) * interval, initial=0.0))
    if length >= duration:
        raise ValueError(f"duration must be longer than the longest burst ({length:g} ms), got {duration:g}")
    affordable(number.sum(dtype=np.float64))
    unit = np.repeat(np.arange(share.size), number)
    nth = np.arange(unit.size) - np.repeat(np.cumsum(number) - number, number)
    return Spikes(nth * interval[unit], unit, n_units=share.size, duration=duration)


def decode_bursts(
    spikes: Spikes,
    n_max: int = 5,
    d_min: float = 2.0,
    d_max: float = 6.0,
    low: float = 0.0,
    high: float = 1.0,
) -> np.ndarray:
    """The value behind the burst of each unit.

    Parameters
    ----------
    spikes
        From `encode_bursts`, perhaps with jitter.
    n_max, d_min, d_max, low, high
        As they were when the spikes were made; the intervals in ms.

    Returns
    -------
    array of shape (n_units,)
        The mean interval says where in the range, the number between which bounds; of a single spike the
        middle of these bounds is taken. NaN for a silent unit.

    Examples
    --------
    >>> spikes = encode_bursts([0.0, 0.1, 0.7, 1.0], duration=40)
    >>> print(decode_bursts(spikes).round(9))
    [0.  0.1 0.7 1. ]
    """
    n_max, d_min, d_max = _burst(n_max, d_min, d_max)
    low, high = value_range(low, high)
    be_spikes("spikes", spikes)
    count = np.bincount(spikes.units, minlength=spikes.n_units)
    first, last = _first(spikes), np.full(spikes.n_units, np.nan)
    last[spikes.units] = spikes.times  # times are sorted: the latest is written last
    interval = (last - first) / np.maximum(count - 1, 1)
    number = np.minimum(count, n_max)
    top, bottom = number / n_max, np.maximum(number - 1, 0) / n_max
    share = (top + bottom) / 2.0
    if d_min < d_max:
        told = np.clip((d_max - interval) / (d_max - d_min), bottom, top)
        share = np.where(count > 1, told, share)
    return low + (high - low) * share


def _burst(n_max: int, d_min: float, d_max: float) -> tuple[int, float, float]:
    n_max, d_min, d_max = whole("n_max", n_max, least=1), positive("d_min", d_min), positive("d_max", d_max)
    if d_min > d_max:
        raise ValueError(f"d_max must be at least d_min ({d_min:g} ms), got {d_max:g}")
    countable("n_max", n_max)
    return n_max, d_min, d_max
