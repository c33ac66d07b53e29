r"""Is the model right? Rescale time, and its spikes must come like those of a Poisson process.

Measure time by the spikes that the model expects. A right model then has intervals that are exponential with
mean 1, each independent of the one before, and $z = 1 - e^{-\text{interval}}$ is uniform from 0 to 1.

In bins this fails even for a right model: an interval can end only with a bin, and none is
shorter than one. The correction takes each bin as a stretch in which the hazard $q = -\ln(1 - p)$ was
constant, and draws where in its last bin an interval ended:

$$ \xi = \sum_{k=1}^{L-1} q_k + \delta, \qquad
\delta = -\ln\left(1 - r \left(1 - e^{-q_L}\right)\right) $$

with $L$ bins from the spike to the next, and $r$ uniform from 0 to 1.

How far the $z$ are from uniform is the largest distance $D$ between their distribution and the straight line
(Kolmogorov and Smirnov). Whether they are independent is the correlation of each with the next; where they
are, this times $\sqrt{n}$ is normally distributed.

Source: E. N. Brown, R. Barbieri, V. Ventura, R. E. Kass and L. M. Frank (2002), Neural Computation 14,
325–346; R. Haslinger, G. Pipa and E. Brown (2010), Neural Computation 22, 2477–2506; probability of D:
M. A. Stephens (1970), Journal of the Royal Statistical Society B 32, 115–122.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array
from snnlab.probability.links import EXPONENTIAL, Link, counts_of, expected_counts, link_code
from snnlab.random import generator

__all__ = ["Rescaling", "rescale_time", "rescale_time_naively"]


class Rescaling(NamedTuple):
    """Intervals in the time of a model, and what speaks against it.

    Examples
    --------
    >>> Rescaling(np.array([0.2, 0.9]), 0.4, 0.8, 0.0, 1.0).p_distance > 0.05
    True
    """

    z: np.ndarray
    """One for each interval; uniform from 0 to 1 if the model is right, shape (intervals,)."""
    distance: float
    """The largest distance of their distribution from the straight line."""
    p_distance: float
    """Probability of a distance as large, were the model right and not fitted to these spikes; if it was, too
    large."""
    correlation: float
    """Of each z with the next."""
    p_correlation: float
    """Probability of a correlation as large, were they independent."""


def rescale_time(
    u: ArrayLike,
    y: ArrayLike,
    link: Link = "logistic",
    starts: ArrayLike = (0,),
    *,
    rng: np.random.Generator,
) -> Rescaling:
    """Intervals in the time of the model, corrected for bins.

    An interval that a trial's end cuts off is left out. The longer it is the likelier is that, so in trials
    of a few spikes each the z lean towards 0 even if the model is right.

    Parameters
    ----------
    u : array of shape (bins,)
        Potential of each bin.
    y : array of shape (bins,)
        What it held. Of a bin with several spikes it is asked only whether it holds any.
    link
        What makes a probability of the potential; of a fit, ``fit.link``. The default is right for logistic
        fits only.
    starts : array of shape (trials,)
        Bins in which a trial begins, or what follows a gap, such as ``starts`` of `Design`.
    rng
        Draws where in its last bin an interval ended: another seed gives another p, so look at several.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> u = np.full(5000, -1.0)
    >>> y = rng.random(5000) < 1 / (1 + np.exp(1.0))  # a coin in wide bins, and the model knows it
    >>> found, naive = rescale_time(u, y, rng=rng), rescale_time_naively(u, y)
    >>> print(f"corrected {found.distance:.3f}, naive {naive.distance:.3f}")
    corrected 0.016, naive 0.236
    """
    p, ends = _probabilities(u, y, link)
    trial = np.searchsorted(starts_of(starts, p.size), ends, side="right")
    hazard = -np.log1p(-np.minimum(p, 1.0 - 2.0**-53))
    r = generator(rng).random(ends.size)
    whole_bins = np.concatenate([[0.0], np.cumsum(hazard)])
    part = -np.log1p(-r * p[ends])
    # from the bin after a spike up to the bin of the next, and a part of that
    intervals = (whole_bins[ends[1:]] - whole_bins[ends[:-1] + 1]) + part[1:]
    return _judged(intervals, trial[1:] == trial[:-1])


def rescale_time_naively(u: ArrayLike, y: ArrayLike, link: Link = "logistic") -> Rescaling:
    """As if there were no bins, z = 1 − exp(−Σ p) over those after a spike up to that of the next.

    A right model fails this.

    Parameters
    ----------
    u, y, link
        As for `rescale_time`.

    Examples
    --------
    >>> print(rescale_time_naively(np.full(6, np.log(0.5)), [1, 0, 1, 0, 0, 1], "exponential").z.round(3))
    [0.632 0.777]
    """
    p, ends = _probabilities(u, y, link)
    if link_code(link) == EXPONENTIAL:
        p = expected_counts(u, link)
    before = np.cumsum(p)
    intervals = np.diff(before[ends])
    return _judged(intervals, np.ones(intervals.size, bool))


def starts_of(starts: ArrayLike, bins: int) -> np.ndarray:
    """The bins in which trials begin, if they can be that: the first is 0, each is above the one before."""
    found = finite_array("starts", starts, (1,), "(trials,)")
    if found.size == 0 or found[0] != 0 or (np.diff(found) <= 0).any() or found[-1] >= max(bins, 1):
        raise ValueError(
            f"starts must begin with 0 and grow, below the number of bins ({bins}), got {found.tolist()}"
        )
    if (found != np.rint(found)).any():
        raise ValueError(f"starts must be whole bins, got {found[found != np.rint(found)][0]:g}")
    return found.astype(np.int64)


def kolmogorov_probability(distance: float, n: int) -> float:
    """Probability that `n` uniform numbers are as far from the straight line, or farther."""
    scaled = distance * (math.sqrt(n) + 0.12 + 0.11 / math.sqrt(n))
    if scaled < 0.3:  # the sum below would need many terms, and the answer is 1 to five digits
        return 1.0
    terms = ((-1) ** (k - 1) * math.exp(-2 * (k * scaled) ** 2) for k in range(1, 101))
    return min(1.0, max(0.0, 2 * sum(terms)))


def _probabilities(u: ArrayLike, y: ArrayLike, link: Link) -> tuple[np.ndarray, np.ndarray]:
    """The probability of a spike or more in each bin, and the bins that hold any."""
    code, u = link_code(link), finite_array("u", u, (1,), "(bins,)")
    y = counts_of(y, code)
    if y.size != u.size:
        raise ValueError(f"y must have one value for each bin of u ({u.size}), got {y.size}")
    ends = np.flatnonzero(y > 0)
    if ends.size < 3:
        raise ValueError(f"y must hold spikes in three bins or more, got {ends.size}")
    # any spike at all: the exponential link's Poisson count is above 0 with the other link's probability
    return expected_counts(u, "complementary_log_log" if code == EXPONENTIAL else link), ends


def _judged(intervals: np.ndarray, whole: np.ndarray) -> Rescaling:
    """What speaks against intervals, of which those that lie within one trial are `whole`."""
    every = -np.expm1(-intervals)
    z = every[whole]
    n = z.size
    if n < 2:
        raise ValueError(f"y must hold two intervals within trials or more, got {n}")
    steps = np.arange(n + 1) / n
    ordered = np.sort(z)
    distance = float(max((steps[1:] - ordered).max(), (ordered - steps[:-1]).max()))
    pairs = whole[:-1] & whole[1:]  # neighbours of one trial
    a, b = every[:-1][pairs], every[1:][pairs]
    a, b = a - a.mean() if a.size else a, b - b.mean() if b.size else b
    size = math.sqrt((a @ a) * (b @ b))
    correlation = float(a @ b / size) if size > 0 else float("nan")
    chance = math.erfc(abs(correlation) * math.sqrt(a.size) / math.sqrt(2.0))
    return Rescaling(z, distance, kolmogorov_probability(distance, n), correlation, chance)
