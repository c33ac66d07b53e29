r"""Time to first spike: one spike a neuron says it all, by coming early or late.

A leaky integrator under a constant drive $x$ reaches its threshold $\theta$ after

$$ t = \tau \ln \frac{x}{x - \theta}, \qquad x = \frac{\theta}{1 - e^{-t/\tau}} $$

so a strong input comes first, and an input at or below the threshold never. The second formula reads the
input from the time. *Rank order* keeps less: who came first, who second, and no time at all.

Source: S. Thorpe, A. Delorme and R. Van Rullen (2001), Neural Networks 14, 715–725.
"""

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, positive
from snnlab.checks_of_spikes import be_spikes
from snnlab.spikes import Spikes

__all__ = ["decode_first_spikes", "encode_first_spikes", "rank_order"]


def encode_first_spikes(values: ArrayLike, tau: float, threshold: float, duration: float) -> Spikes:
    """One spike for each value above the threshold, the earlier the larger it is.

    Parameters
    ----------
    values : array of shape (n,)
        The drive of each neuron, in the unit of the threshold.
    tau : float
        Time constant of the integrator, ms.
    threshold : float
        θ, above 0.
    duration : float
        How long we listen, ms. A spike that would come later is lost.

    Returns
    -------
    Spikes
        n units with one spike or none.

    Examples
    --------
    >>> spikes = encode_first_spikes([0.1, 0.4, 1.0], tau=20, threshold=0.2, duration=50)
    >>> print(spikes.units, spikes.times.round(2))
    [2 1] [ 4.46 13.86]
    """
    drive = finite_array("values", values, (1,), "(n,)")
    tau, threshold = positive("tau", tau), positive("threshold", threshold)
    duration = positive("duration", duration)
    units = np.flatnonzero(drive > threshold)
    times = -tau * np.log1p(-threshold / drive[units])
    heard = times < duration
    return Spikes(times[heard], units[heard], n_units=drive.size, duration=duration)


def decode_first_spikes(spikes: Spikes, tau: float, threshold: float) -> np.ndarray:
    """The drive of each neuron, from its first spike.

    Parameters
    ----------
    spikes
        Trains of one or more units; what comes after the first spike does not count.
    tau, threshold : float
        As they were when the spikes were made; tau in ms.

    Returns
    -------
    array of shape (n_units,)
        ∞ for a spike at time 0; NaN for a silent neuron, of which only a bound is known.

    Examples
    --------
    >>> spikes = encode_first_spikes([0.1, 0.4, 1.0], tau=20, threshold=0.2, duration=50)
    >>> print(decode_first_spikes(spikes, tau=20, threshold=0.2).round(12))
    [nan 0.4 1. ]
    """
    tau, threshold = positive("tau", tau), positive("threshold", threshold)
    with np.errstate(divide="ignore"):
        return threshold / -np.expm1(-_first(spikes) / tau)


def rank_order(spikes: Spikes) -> np.ndarray:
    """Who fires first, who second, and so on.

    Parameters
    ----------
    spikes
        Trains of one or more units.

    Returns
    -------
    array of shape (n_units,)
        0 for the neuron that fires first; neurons that fire together share the mean of their ranks; NaN for a
        silent one.

    Raises
    ------
    TypeError
        If `spikes` is not Spikes.

    Examples
    --------
    >>> print(rank_order(Spikes([5.0, 2.0, 5.0, 9.0], units=[0, 1, 3, 1], n_units=4, duration=10)))
    [1.5 0.  nan 1.5]
    """
    first = _first(spikes)
    fired = np.isfinite(first)
    _, group, size = np.unique(first[fired], return_inverse=True, return_counts=True)
    rank = np.full(first.size, np.nan)
    rank[fired] = (np.cumsum(size) - (size + 1) / 2.0)[group]
    return rank


def _first(spikes: Spikes) -> np.ndarray:
    """The first spike time of each unit, NaN for none."""
    be_spikes("spikes", spikes)
    first = np.full(spikes.n_units, np.nan)
    first[spikes.units[::-1]] = spikes.times[::-1]  # times are sorted: the earliest is written last
    return first
