r"""Do two neurons fire together? Two numbers that are fair in different ways.

*Count correlation*: both trains are counted in bins, and the counts correlated.

$$ \rho = \frac{\mathrm{Cov}(n_a, n_b)}{\sqrt{\mathrm{Var}(n_a)\, \mathrm{Var}(n_b)}} $$

It depends on the width of the bin, and for narrow bins on the rates.

*Spike time tiling coefficient*: $P_a$ is the share of spikes of $a$ within $\pm\Delta$ of a spike of $b$,
$T_b$ the share of time within $\pm\Delta$ of a spike of $b$: what chance would give.

$$ \mathrm{STTC} = \frac{1}{2} \left( \frac{P_a - T_b}{1 - P_a T_b} + \frac{P_b - T_a}{1 - P_b T_a} \right) $$

It does not depend on the rates. It is 1 for equal trains and about 0 for independent ones.

Source: C. S. Cutts and S. J. Eglen (2014), Journal of Neuroscience 34, 14288–14303.
"""

import numpy as np

from snnlab.checks import positive
from snnlab.checks_of_spikes import be_spikes
from snnlab.coding.pairs import two_trains
from snnlab.spikes import Spikes

__all__ = ["count_correlation", "sttc"]


def count_correlation(spikes: Spikes, bin_width: float) -> np.ndarray:
    """The correlation of the counts of each pair of units.

    Parameters
    ----------
    spikes
        Trains of two or more units.
    bin_width : float
        Width of a bin, ms; an unfinished bin at the end is left out.

    Returns
    -------
    array of shape (n_units, n_units)
        From −1 to 1; NaN where the count of a unit never changes.

    Raises
    ------
    ValueError
        If not even two bins fit.

    Examples
    --------
    >>> a = Spikes([1.0, 12.0, 31.0], duration=40)
    >>> print(count_correlation(Spikes.stack([a, a]), bin_width=10))
    [[1. 1.]
     [1. 1.]]
    """
    be_spikes("spikes", spikes)
    bin_width = positive("bin_width", bin_width)
    bins = int(spikes.duration / bin_width + 1e-9)
    if bins < 2:
        raise ValueError(
            f"bin_width must fit twice into the duration ({spikes.duration:g} ms), got {bin_width:g}"
        )
    counts = spikes.counts(bin_width)[:bins].astype(np.float64)
    off = counts - counts.mean(axis=0)
    size = np.sqrt((off**2).sum(axis=0))
    product = np.outer(size, size)
    return np.where(product > 0, off.T @ off / np.where(product > 0, product, 1.0), np.nan)


def sttc(a: Spikes, b: Spikes, window: float) -> float:
    """The spike time tiling coefficient of two trains.

    Parameters
    ----------
    a, b : Spikes of one unit
        The trains, looked at for the same time.
    window : float
        Δ, ms.

    Returns
    -------
    float
        From −1 to 1; NaN if a train has no spike.

    Examples
    --------
    >>> a = Spikes([10.0, 50.0], duration=100)
    >>> sttc(a, a, window=2.0)
    1.0
    """
    one, two, duration = two_trains(a, b)
    window = positive("window", window)
    if one.size == 0 or two.size == 0:
        return float("nan")
    halves = (
        _half(_share_near(x, y, window), _tiled(y, window, duration)) for x, y in ((one, two), (two, one))
    )
    return sum(halves) / 2.0


def _half(near: float, tiled: float) -> float:
    return (near - tiled) / (1.0 - near * tiled) if near * tiled < 1.0 else 1.0


def _share_near(train: np.ndarray, other: np.ndarray, window: float) -> float:
    """The share of spikes that have one of the other train within the window."""
    edges = np.concatenate([[-np.inf], other, [np.inf]])
    at = np.searchsorted(other, train)
    return float(np.mean((train - edges[at] <= window) | (edges[at + 1] - train <= window)))


def _tiled(train: np.ndarray, window: float, duration: float) -> float:
    """The share of the time that is within the window of a spike."""
    start, stop = np.maximum(train - window, 0.0), np.minimum(train + window, duration)
    seen = np.concatenate([[0.0], np.maximum.accumulate(stop)[:-1]])  # what earlier spikes cover already
    return float(np.sum(np.maximum(stop - np.maximum(start, seen), 0.0)) / duration)
