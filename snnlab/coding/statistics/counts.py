r"""How much the number of spikes varies: the Fano factor, and the time over which one counts.

With counts $n$ in windows of the same length:

$$ F = \frac{\mathrm{Var}(n)}{\langle n \rangle} $$

It is 1 for a Poisson train whatever the window, 0 for a clock when the window holds a whole number of
intervals, and for a renewal train it tends to the square of the coefficient of variation as the window
grows. Slow changes of the rate make it grow with the window: *the* Fano factor of a neuron does not exist
without the window.

The variance is divided by the number of counts, not by one less.

Source: P. Dayan and L. F. Abbott (2001), Theoretical Neuroscience, section 1.4; D. R. Cox (1962), Renewal
Theory, chapter 4.
"""

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, positive
from snnlab.checks_of_spikes import be_spikes
from snnlab.spikes import Spikes

__all__ = ["fano_curve", "fano_in_time", "fano_over_trials"]


def fano_over_trials(trials: Spikes) -> float:
    """The Fano factor of the number of spikes in repetitions of one experiment.

    Parameters
    ----------
    trials
        Each unit is one repetition; spikes are counted over the whole duration.

    Returns
    -------
    float
        NaN without a spike.

    Raises
    ------
    TypeError
        If `trials` is no `Spikes`.

    Examples
    --------
    >>> fano_over_trials(Spikes([1.0, 2.0, 3.0, 4.0], units=[0, 0, 0, 1], duration=10))
    0.5
    """
    be_spikes("trials", trials)
    return float(_fano(np.bincount(trials.units, minlength=trials.n_units)[:, None])[0])


def fano_in_time(spikes: Spikes, window: float) -> np.ndarray:
    """The Fano factor of the counts of each unit in windows side by side.

    Parameters
    ----------
    spikes
        Trains of one or more units.
    window : float
        Length of a window, ms; an unfinished window at the end is left out.

    Returns
    -------
    array of shape (n_units,)
        NaN for a unit without a spike.

    Raises
    ------
    ValueError
        If not even two windows fit.

    Examples
    --------
    >>> print(fano_in_time(Spikes([1.0, 2.0, 3.0, 14.0], duration=20), window=10))
    [0.5]
    """
    be_spikes("spikes", spikes)
    window = positive("window", window)
    whole = int(spikes.duration / window + 1e-9)
    if whole < 2:
        raise ValueError(f"window must fit twice into the duration ({spikes.duration:g} ms), got {window:g}")
    return _fano(spikes.counts(window)[:whole])


def fano_curve(spikes: Spikes, windows: ArrayLike) -> np.ndarray:
    """The Fano factor of each unit for a whole range of counting windows.

    Parameters
    ----------
    spikes
        Trains of one or more units.
    windows : array of shape (n,)
        Lengths of windows, ms.

    Returns
    -------
    array of shape (n, n_units)
        NaN for a unit without a spike.

    Raises
    ------
    ValueError, TypeError
        As `fano_in_time`.

    Examples
    --------
    >>> clock = Spikes(np.arange(5.0, 1000.0, 10.0), duration=1000)
    >>> print(np.round(fano_curve(clock, [10, 15, 100]).ravel(), 2))
    [0.   0.17 0.  ]
    """
    found = [fano_in_time(spikes, w) for w in finite_array("windows", windows, (1,), "(n,)")]
    if not found:
        raise ValueError("windows must be one at least, got none")
    return np.stack(found)


def _fano(counts: np.ndarray) -> np.ndarray:
    """Variance over mean along the first axis; NaN where nothing was counted."""
    mean = counts.mean(axis=0)
    return np.where(mean > 0, counts.var(axis=0) / np.where(mean > 0, mean, 1.0), np.nan)
