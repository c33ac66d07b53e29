r"""Three measures on two spike trains that need no time scale: the trains set it themselves.

*ISI-distance*: at each moment both trains are inside an interval, $\nu_a$ and $\nu_b$ long.

$$ D_I = \frac{1}{T} \int_0^T \frac{|\nu_a(t) - \nu_b(t)|}{\max(\nu_a(t), \nu_b(t))}\, dt $$

*SPIKE-distance*: each spike has a distance $\Delta$ to the nearest spike of the other train. Between the
spikes before ($P$) and after ($F$) a moment, $x_P$ and $x_F$ away, it changes in proportion, and the train
with the shorter interval counts for more:

$$ S_a = \frac{\Delta_P\, x_F + \Delta_F\, x_P}{\nu_a}, \qquad
D_S = \frac{1}{T} \int_0^T \frac{S_a\, \nu_b + S_b\, \nu_a}{2\, \bar\nu^2}\, dt, \qquad
\bar\nu = \frac{\nu_a + \nu_b}{2} $$

*SPIKE-synchronisation*: the share of spikes with a partner in the other train that is nearer than half of all
four intervals around the two.

Before the first and after the last spike nobody knows the interval: it is taken to be as long as its
neighbour, or as long as what is seen of it, if that is longer.

Source: T. Kreuz et al. (2013), Journal of Neurophysiology 109, 1457–1472; T. Kreuz, M. Mulansky and
N. Bozanic (2015), Journal of Neurophysiology 113, 3432–3445.
"""

from typing import NamedTuple

import numpy as np

from snnlab.coding.pairs import two_trains
from snnlab.spikes import Spikes

__all__ = ["isi_distance", "spike_distance", "spike_synchronisation"]


def isi_distance(a: Spikes, b: Spikes) -> float:
    """The ISI-distance of two trains.

    Parameters
    ----------
    a, b : Spikes of one unit
        The trains, looked at for the same time.

    Returns
    -------
    float
        From 0 to 1; NaN if a train has no spike.

    Examples
    --------
    >>> fast = Spikes(np.arange(5.0, 100.0, 10.0), duration=100)
    >>> slow = Spikes(np.arange(10.0, 100.0, 20.0), duration=100)
    >>> isi_distance(fast, slow)
    0.5
    """
    one, two, duration = two_trains(a, b)
    if one.size == 0 or two.size == 0 or duration == 0:
        return float("nan")
    start, stop, _, nu_a, nu_b = _pieces(one, two, duration)
    return float(np.sum((stop - start) * np.abs(nu_a - nu_b) / np.maximum(nu_a, nu_b)) / duration)


def spike_distance(a: Spikes, b: Spikes) -> float:
    """The SPIKE-distance of two trains.

    Parameters
    ----------
    a, b : Spikes of one unit
        The trains, looked at for the same time.

    Returns
    -------
    float
        From 0 to 1; NaN if a train has no spike.

    Examples
    --------
    >>> a = Spikes(np.arange(5.0, 100.0, 10.0), duration=100)
    >>> spike_distance(a, a)
    0.0
    """
    one, two, duration = two_trains(a, b)
    if one.size == 0 or two.size == 0 or duration == 0:
        return float("nan")
    start, stop, middle, nu_a, nu_b = _pieces(one, two, duration)

    def at(moment: np.ndarray) -> np.ndarray:
        s_a = _difference(one, two, duration, middle, moment) / nu_a
        s_b = _difference(two, one, duration, middle, moment) / nu_b
        return 2.0 * (s_a * nu_b + s_b * nu_a) / (nu_a + nu_b) ** 2

    return float(np.sum((stop - start) * (at(start) + at(stop)) / 2.0) / duration)  # linear within each piece


def spike_synchronisation(a: Spikes, b: Spikes) -> float:
    """The share of spikes that have a partner in the other train.

    Spikes of one train at the same time count as one.

    Parameters
    ----------
    a, b : Spikes of one unit
        The trains, looked at for the same time.

    Returns
    -------
    float
        From 0 (no coincidence) to 1 (all spikes coincide); NaN if both are silent.

    Examples
    --------
    >>> a, b = Spikes([10.0, 50.0], duration=100), Spikes([11.0, 80.0], duration=100)
    >>> spike_synchronisation(a, b)
    0.5
    """
    one, two, duration = two_trains(a, b)
    if one.size + two.size == 0:
        return float("nan")
    if one.size == 0 or two.size == 0:
        return 0.0
    one, two = np.unique(one), np.unique(two)
    nearest = _nearest(one, two)
    apart = np.abs(one - two[nearest])
    window = np.minimum(_shortest_side(one, duration), _shortest_side(two, duration)[nearest]) / 2.0
    return float(2.0 * np.count_nonzero(apart < window) / (one.size + two.size))


class _Pieces(NamedTuple):
    """The pieces of time in which no spike comes."""

    start: np.ndarray
    stop: np.ndarray
    middle: np.ndarray
    nu_a: np.ndarray  # the interval of each train around the piece
    nu_b: np.ndarray


def _pieces(a: np.ndarray, b: np.ndarray, duration: float) -> _Pieces:
    borders = np.unique(np.concatenate([[0.0], a, b, [duration]]))
    start, stop = borders[:-1], borders[1:]
    middle = (start + stop) / 2.0
    return _Pieces(start, stop, middle, _interval(a, duration, middle), _interval(b, duration, middle))


def _outside(train: np.ndarray, duration: float) -> tuple[float, float]:
    """Where a spike would stand before the first one and after the last, in the train's own rhythm."""
    if train.size == 1:
        return 0.0, duration
    return min(0.0, 2 * train[0] - train[1]), max(duration, 2 * train[-1] - train[-2])


def _around(train: np.ndarray, duration: float) -> np.ndarray:
    before, after = _outside(train, duration)
    return np.concatenate([[before], train, [after]])


def _interval(train: np.ndarray, duration: float, moment: np.ndarray) -> np.ndarray:
    """The length of the interval around each moment."""
    return np.diff(_around(train, duration))[np.searchsorted(train, moment)]


def _difference(
    train: np.ndarray, other: np.ndarray, duration: float, piece: np.ndarray, moment: np.ndarray
) -> np.ndarray:
    """Δ of the spikes before and after, each weighted by how far away the other one is.

    `piece`, a moment between the same two spikes, says which two.
    """
    others = _around(other, duration)
    delta = np.abs(train - others[_nearest(train, others)])
    delta = np.concatenate([delta[:1], delta, delta[-1:]])  # beyond the ends it stays what it was
    times, before = _around(train, duration), np.searchsorted(train, piece)
    return delta[before] * (times[before + 1] - moment) + delta[before + 1] * (moment - times[before])


def _nearest(train: np.ndarray, other: np.ndarray) -> np.ndarray:
    """For each spike the index of the nearest one of the other train."""
    after = np.clip(np.searchsorted(other, train), 1, max(other.size - 1, 1))
    if other.size == 1:
        return np.zeros(train.size, np.int64)
    return np.where(train - other[after - 1] <= other[after] - train, after - 1, after)


def _shortest_side(train: np.ndarray, duration: float) -> np.ndarray:
    """For each spike the shorter interval before or after; a missing one is as long as the recording."""
    sides = np.concatenate([[duration], np.diff(train), [duration]])
    return np.minimum(sides[:-1], sides[1:])
