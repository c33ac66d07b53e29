r"""How wide a Gaussian should be that smooths spikes into a rate.

A narrow kernel $k_w$ leaves much noise in the rate, a wide one blurs what is quick. The mean square error of
$\hat r(t) = \frac1n \sum_i k_w(t - t_i)$ can be estimated from the spikes alone, but for the mean of $r^2$,
on which the width has no influence. With $N$ spikes at $t_i$ in $n$ repetitions of length $T$,

$$ C(w) = \frac{1}{n^2\, T} \left( \sum_{i, j} \int k_w(t - t_i)\, k_w(t - t_j)\, dt
- 2 \sum_{i \ne j} k_w(t_i - t_j) \right) $$

A spike is left out of the rate with which it is compared, or the narrowest kernel would always win. For a
Gaussian of standard deviation $w$ the sums are over the distances $d$ of all pairs:

$$ C(w) = \frac{1}{2 \sqrt\pi\, w\, n^2\, T} \left( N + \sum_{i \ne j}
\left( e^{-d_{ij}^2 / 4 w^2} - 2 \sqrt2\, e^{-d_{ij}^2 / 2 w^2} \right) \right) $$

Source: H. Shimazaki and S. Shinomoto (2010), Journal of Computational Neuroscience 29, 171–182.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, positive
from snnlab.checks_of_spikes import be_spikes
from snnlab.spikes import Spikes

__all__ = ["OptimalWidth", "optimal_width"]

_BINS = 20  # in the narrowest width: distances are rounded to a bin
_MOST_BINS = 2**26  # half a gigabyte an array
_REACH = 12.0  # widths after which both exponentials are below 1e-15


class OptimalWidth(NamedTuple):
    """The best width, and how good the others are.

    Examples
    --------
    >>> best = optimal_width(Spikes([10.0, 12.0, 60.0], duration=100), widths=[1.0, 10.0, 30.0])
    >>> print(best.width, best.cost.argmin())
    10.0 1
    """

    width: float
    """Standard deviation of the Gaussian with the least cost, ms."""
    widths: np.ndarray
    """All that were tried, ms, shape (widths,)."""
    cost: np.ndarray
    """The mean square error of each less the mean of the squared rate, Hz², shape (widths,)."""


def optimal_width(spikes: Spikes, widths: ArrayLike | None = None) -> OptimalWidth:
    """The optimal kernel width (bandwidth) with which to smooth spikes into a rate.

    Hand its `width` to `smooth_rate`. If the narrowest or the widest of `widths` is the best, an even better
    one may lie beyond. Outside of the recording the rate counts as 0, so even a constant rate of r gets a
    finite width, about √(T / (1.66 n r)).

    Parameters
    ----------
    spikes
        Repetitions of one experiment, or neurons under the same input; two spikes or more.
    widths : array of shape (widths,), optional
        Standard deviations to be tried, ms. If left out, 100 from 1 ms (or a hundredth of the duration, if
        that is less) to the duration, evenly spaced on a logarithmic axis.

    Examples
    --------
    >>> from snnlab.coding import rescaled_spikes
    >>> rate = 40 + 30 * np.sin(2 * np.pi * np.arange(1000) / 100)
    >>> trials = rescaled_spikes(rate, 1.0, 50, rng=np.random.default_rng(1))
    >>> print(f"{optimal_width(trials, [2.0, 10.0, 50.0]).width:.0f} ms for a period of 100 ms")
    10 ms for a period of 100 ms
    """
    be_spikes("spikes", spikes)
    if spikes.n_spikes < 2:
        raise ValueError(f"spikes must have two spikes or more, got {spikes.n_spikes}")
    positive("spikes.duration", spikes.duration)
    if widths is None:
        widths = np.geomspace(min(1.0, spikes.duration / 100.0), spikes.duration, 100)
    widths = finite_array("widths", widths, (1,), "(widths,)")
    if widths.size == 0:
        raise ValueError("widths must be positive, and one at least, got none")
    lag = positive("widths", widths.min()) / _BINS
    pairs = _pairs_at(spikes, lag)
    cost = np.array([_cost(spikes.n_spikes, pairs, lag, width) for width in widths])
    cost *= 1e6 / (spikes.n_units**2 * spikes.duration)
    return OptimalWidth(float(widths[cost.argmin()]), widths, cost)


def _pairs_at(spikes: Spikes, lag: float) -> np.ndarray:
    """How many pairs of two spikes are 0, 1, 2 … bins apart, each pair in both orders."""
    bins = round(spikes.duration / lag) + 1
    if bins > _MOST_BINS:
        least = spikes.duration / _MOST_BINS * _BINS
        raise ValueError(f"widths must be at least {least:g} ms for this duration, got {lag * _BINS:g}")
    counts = np.bincount(np.rint(spikes.times / lag).astype(np.int64), minlength=bins).astype(np.float64)
    size = 1 << (2 * bins - 1).bit_length()  # room enough that the ends do not meet
    wave = np.fft.rfft(counts, size)
    pairs = np.rint(np.fft.irfft(wave * wave.conj(), size)[:bins])
    pairs[1:] *= 2.0
    pairs[0] -= spikes.n_spikes  # a spike makes no pair with itself
    return pairs


def _cost(n_spikes: int, pairs: np.ndarray, lag: float, width: float) -> float:
    """C(w) n² T, in spikes²/ms."""
    reach = min(pairs.size, math.ceil(min(_REACH * width / lag, pairs.size)) + 1)
    near = np.exp(-0.25 * (np.arange(reach) * lag / width) ** 2)
    total = n_spikes + pairs[:reach] @ (near - 2.0 * math.sqrt(2.0) * near**2)
    return float(total / (2.0 * math.sqrt(math.pi) * width))
