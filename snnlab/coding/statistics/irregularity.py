r"""How irregular a spike train is: four numbers from its intervals.

With intervals $I_1, I_2, \dots, I_n$ of mean $\bar I$:

$$ CV = \frac{1}{\bar I} \sqrt{\frac{1}{n} \sum_k (I_k - \bar I)^2} $$

$$ CV_2 = \frac{1}{n - 1} \sum_k \frac{2\,|I_{k+1} - I_k|}{I_{k+1} + I_k} \qquad
LV = \frac{3}{n - 1} \sum_k \left( \frac{I_{k+1} - I_k}{I_{k+1} + I_k} \right)^2 $$

$$ LvR = \frac{3}{n - 1} \sum_k \left( 1 - \frac{4 I_k I_{k+1}}{(I_k + I_{k+1})^2} \right)
\left( 1 + \frac{4 R}{I_k + I_{k+1}} \right) $$

All are 0 for a clock; $CV$, $CV_2$ and $LV$ are 1 for a Poisson train on average. $CV$ compares each
interval with the mean of all, so a rate that drifts makes it grow. The others compare neighbours, and
hardly notice. $LvR$ also takes out a refractory time $R$.

The variance in $CV$ is divided by $n$, not $n - 1$.

Source: G. R. Holt et al. (1996), Journal of Neurophysiology 75, 1806–1814 (CV2); S. Shinomoto et al.
(2003), Neural Computation 15, 2823–2842 (LV); S. Shinomoto et al. (2009), PLoS Computational Biology 5,
e1000433 (LvR).
"""

import math

import numpy as np

from snnlab.checks import non_negative
from snnlab.checks_of_spikes import be_spikes
from snnlab.compiling import kernel
from snnlab.spikes import Spikes

__all__ = ["cv", "cv2", "intervals", "lv", "lvr"]


def intervals(spikes: Spikes) -> list[np.ndarray]:
    """The intervals between the spikes of each unit.

    Parameters
    ----------
    spikes
        Trains of one or more units.

    Returns
    -------
    list of arrays
        For each unit its intervals in ms, one fewer than its spikes, or none.

    Examples
    --------
    >>> intervals(Spikes([10.0, 15.0, 40.0], duration=50))
    [array([ 5., 25.])]
    """
    return [np.diff(train) for train in _checked(spikes)]


def cv(spikes: Spikes) -> np.ndarray:
    """The coefficient of variation of the intervals of each unit.

    Parameters
    ----------
    spikes
        Trains of one or more units.

    Returns
    -------
    array of shape (n_units,)
        NaN for a unit with fewer than two spikes, or all of them at one time.

    Examples
    --------
    >>> print(np.round(cv(Spikes([10.0, 15.0, 40.0], duration=50)), 3))
    [0.667]
    """
    spikes = _checked(spikes)
    values = np.empty(spikes.n_units)
    _cv(spikes.times, spikes.units, values, *np.empty((3, spikes.n_units)))
    return values


def cv2(spikes: Spikes) -> np.ndarray:
    """The local coefficient of variation CV2 of the intervals of each unit.

    Parameters
    ----------
    spikes
        Trains of one or more units.

    Returns
    -------
    array of shape (n_units,)
        NaN for a unit with fewer than three spikes.

    Examples
    --------
    >>> print(np.round(cv2(Spikes([10.0, 15.0, 40.0], duration=50)), 3))
    [1.333]
    """
    return _local(spikes, 0.0)[0]


def lv(spikes: Spikes) -> np.ndarray:
    """The local variation LV of the intervals of each unit.

    Parameters
    ----------
    spikes
        Trains of one or more units.

    Returns
    -------
    array of shape (n_units,)
        NaN for a unit with fewer than three spikes.

    Examples
    --------
    >>> print(np.round(lv(Spikes([10.0, 15.0, 40.0], duration=50)), 3))
    [1.333]
    """
    return _local(spikes, 0.0)[1]  # LvR without a refractory time


def lvr(spikes: Spikes, t_ref: float = 5.0) -> np.ndarray:
    """The local variation LvR of the intervals of each unit, with the refractory time taken out.

    Parameters
    ----------
    spikes
        Trains of one or more units.
    t_ref : float
        The refractory time R, ms.

    Returns
    -------
    array of shape (n_units,)
        NaN for a unit with fewer than three spikes.

    Examples
    --------
    >>> print(np.round(lvr(Spikes([10.0, 15.0, 40.0], duration=50)), 3))
    [2.222]
    """
    return _local(spikes, non_negative("t_ref", t_ref))[1]


def _checked(spikes: Spikes) -> Spikes:
    be_spikes("spikes", spikes)
    return spikes


def _local(spikes: Spikes, t_ref: float) -> np.ndarray:
    spikes = _checked(spikes)
    values = np.empty((2, spikes.n_units))
    _local_mean(spikes.times, spikes.units, values, *np.empty((3, spikes.n_units)), t_ref)
    return values


@kernel
def _cv(times, units, values, last, n, mean):
    """CV of each unit in one pass (Welford 1962: no difference of large numbers); n counts intervals."""
    last[:], n[:], mean[:], values[:] = -1.0, 0.0, 0.0, 0.0
    for s in range(times.size):
        k = units[s]
        if last[k] >= 0.0:
            interval = times[s] - last[k]
            n[k] += 1.0
            off = interval - mean[k]
            mean[k] += off / n[k]
            values[k] += off * (interval - mean[k])
        last[k] = times[s]
    for k in range(values.size):
        values[k] = math.sqrt(values[k] / n[k]) / mean[k] if n[k] > 0.0 else math.nan


@kernel
def _cv2_step(a, b):
    """What two neighbouring intervals add to CV2."""
    return 2.0 * abs(b - a) / (a + b) if a != b else 0.0  # two of length 0 are equal


@kernel
def _lvr_step(a, b, t_ref):
    """What two neighbouring intervals add to LvR."""
    if a == b:  # both may be 0
        return 0.0
    return 3.0 * ((a - b) / (a + b)) ** 2 * (1.0 + 4.0 * t_ref / (a + b))


@kernel
def _local_mean(times, units, values, last, before, n, t_ref):
    """CV2 and LvR of each unit in one pass, rows 0 and 1 of `values`; `before` is the interval before."""
    last[:], before[:], n[:], values[:] = -1.0, -1.0, 0.0, 0.0
    for s in range(times.size):
        k = units[s]
        if last[k] >= 0.0:
            interval = times[s] - last[k]
            if before[k] >= 0.0:
                values[0, k] += _cv2_step(before[k], interval)
                values[1, k] += _lvr_step(before[k], interval, t_ref)
                n[k] += 1.0
            before[k] = interval
        last[k] = times[s]
    for k in range(n.size):
        for which in range(2):
            values[which, k] = values[which, k] / n[k] if n[k] > 0.0 else math.nan


@kernel
def count_interval(counts, interval, width, share):
    """Add `share` to the bin into which an interval falls, if there is one."""
    b = int(interval / width)
    if b < counts.size:
        counts[b] += share
