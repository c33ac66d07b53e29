r"""The cross-correlogram: when does one neuron fire, seen from the spikes of another?

Both trains are counted in bins of width $\Delta$. At the lag $\ell$, in bins, stand the pairs in which $b$
fires $\ell$ bins after $a$:

$$ C(\ell) = \sum_k n_a(k)\, n_b(k + \ell) $$

Two Poisson trains that know nothing of each other have, on average, as many as their rates allow,
$r_a r_b\, \Delta\, (T - |\ell| \Delta)$, and Poisson fluctuations around it.

A peak need not mean that one neuron drives the other: a stimulus that moves both makes one too. Two
corrections ask how much of it would be there anyway. The *shift predictor* pairs trials of $a$ with the next
trial of $b$, which saw the same stimulus at another time. *Jitter* moves each spike of $b$ at random within a
window: what is slower than the window stays, what is faster is lost.

Source: D. H. Perkel, G. L. Gerstein and G. P. Moore (1967), Biophysical Journal 7, 419–440; A. Amarasingham,
M. T. Harrison, N. G. Hatsopoulos and S. Geman (2012), Journal of Neurophysiology 107, 517–531.
"""

from typing import NamedTuple

import numpy as np

from snnlab.checks import positive, whole
from snnlab.checks_of_spikes import be_spikes
from snnlab.compiling import kernel
from snnlab.random import generator
from snnlab.spikes import Spikes
from snnlab.work_and_memory import afford, turns

__all__ = ["Crosscorrelogram", "cross_correlogram", "jitter_predictor", "shift_predictor"]


class Crosscorrelogram(NamedTuple):
    """Pairs of spikes at each lag.

    Examples
    --------
    >>> Crosscorrelogram(np.array([-2.0, 0.0, 2.0]), np.array([0.0, 3.0, 1.0]), 0.5).expected
    0.5
    """

    lag: np.ndarray
    """Time of the spike of b minus that of a, middle of the bin, ms, shape (lags,)."""
    pairs: np.ndarray
    """How many pairs, shape (lags,); a mean over surrogates if it is a predictor."""
    expected: np.ndarray | float
    """How many two independent Poisson trains of the same rates would have, shape (lags,)."""


def cross_correlogram(a: Spikes, b: Spikes, bin_width: float, max_lag: float) -> Crosscorrelogram:
    """Count the pairs of spikes of two neurons at each lag.

    Parameters
    ----------
    a, b
        One train each; or one unit for each trial, as many in both: unit k of `a` is paired with unit k of
        `b`, and the pairs of all trials are added.
    bin_width : float
        Width of a bin, ms; an unfinished bin at the end is left out.
    max_lag : float
        The last lag on both sides, ms, in whole bins.

    Examples
    --------
    >>> a, b = Spikes([10.5, 30.5], duration=50), Spikes([12.5, 32.5], duration=50)
    >>> found = cross_correlogram(a, b, bin_width=1, max_lag=3)
    >>> print(found.lag[found.pairs == 2])
    [2.]
    """
    counts_a, counts_b, lags, bin_width = _counted(a, b, bin_width, max_lag)
    return _correlogram(counts_a, counts_b, lags, bin_width)


def shift_predictor(a: Spikes, b: Spikes, bin_width: float, max_lag: float) -> Crosscorrelogram:
    """The cross-correlogram of each trial of `a` with the next trial of `b`: what the stimulus alone makes.

    Parameters
    ----------
    a, b, bin_width, max_lag
        As for `cross_correlogram`, with two trials or more; after the last trial comes the first.

    Examples
    --------
    >>> a = Spikes([10.5, 30.5], units=[0, 1], n_units=2, duration=50)
    >>> print(cross_correlogram(a, a, 1, 1).pairs, shift_predictor(a, a, 1, 1).pairs)
    [0. 2. 0.] [0. 0. 0.]
    """
    counts_a, counts_b, lags, bin_width = _counted(a, b, bin_width, max_lag)
    if a.n_units < 2:
        raise ValueError(f"a must have one unit for each of two trials or more, got {a.n_units}")
    return _correlogram(counts_a, counts_b, lags, bin_width, shift=1)


def jitter_predictor(
    a: Spikes,
    b: Spikes,
    bin_width: float,
    max_lag: float,
    window: float,
    *,
    rng: np.random.Generator,
    surrogates: int = 100,
) -> tuple[Crosscorrelogram, np.ndarray]:
    """The mean cross-correlogram after each spike of `b` was moved at random within its window.

    Time is cut into windows, and a spike stays in its own: the counts in the windows, and so everything that
    changes more slowly, are kept.

    Parameters
    ----------
    a, b, bin_width, max_lag
        As for `cross_correlogram`.
    window : float
        Width of a window, ms.
    rng : numpy.random.Generator
        Where the random numbers come from.
    surrogates : int
        How often the spikes are moved; at least 2.

    Returns
    -------
    predictor : Crosscorrelogram
    spread : array of shape (lags,)
        Standard deviation of the pairs over the surrogates.

    Examples
    --------
    >>> a = Spikes(np.arange(10.5, 1000.0, 20.0), duration=1000)
    >>> found, spread = jitter_predictor(a, a, 1, 5, window=20, rng=np.random.default_rng(1))
    >>> bool(cross_correlogram(a, a, 1, 5).pairs[5] > found.pairs[5] + 10 * spread[5])
    True
    """
    counts_a, _, lags, bin_width = _counted(a, b, bin_width, max_lag)
    window, surrogates = positive("window", window), whole("surrogates", surrogates, least=2)
    rng = generator(rng)
    start = np.floor(b.times / window) * window
    room = np.minimum(window, b.duration - start)
    drawn = []
    afford("surrogates", numbers=2.0 * surrogates * lags.size)
    for _ in turns("surrogates", surrogates):
        moved = np.minimum(start + room * rng.random(start.size), np.nextafter(b.duration, 0.0))
        counts_b = _full(Spikes(moved, b.units, n_units=b.n_units, duration=b.duration), bin_width)
        drawn.append(_correlogram(counts_a, counts_b, lags, bin_width))
    pairs = np.array([one.pairs for one in drawn])
    return drawn[0]._replace(pairs=pairs.mean(axis=0)), pairs.std(axis=0, ddof=1)


def _counted(
    a: Spikes, b: Spikes, bin_width: float, max_lag: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray, float]:
    """Counts of both in full bins, the lags in bins, and the width of a bin."""
    for name, spikes in (("a", a), ("b", b)):
        be_spikes(name, spikes)
    if (a.n_units, a.duration) != (b.n_units, b.duration):
        raise ValueError(
            f"b must have the units and the duration of a ({a.n_units}, {a.duration:g} ms), "
            f"got {b.n_units}, {b.duration:g} ms"
        )
    bin_width, max_lag = positive("bin_width", bin_width), positive("max_lag", max_lag)
    last, full = round(max_lag / bin_width), int(a.duration / bin_width + 1e-9)
    if last < 1 or abs(last * bin_width - max_lag) > 1e-9 * max_lag:
        raise ValueError(f"max_lag must be a multiple of bin_width ({bin_width:g} ms), got {max_lag:g}")
    if last >= full:
        raise ValueError(f"max_lag must be below the duration ({a.duration:g} ms), got {max_lag:g}")
    return _full(a, bin_width), _full(b, bin_width), np.arange(-last, last + 1), bin_width


def _full(spikes: Spikes, bin_width: float) -> np.ndarray:
    """Counts in full bins, shape (bins, units)."""
    return spikes.counts(bin_width)[: int(spikes.duration / bin_width + 1e-9)].astype(np.float64)


def _correlogram(
    counts_a: np.ndarray, counts_b: np.ndarray, lags: np.ndarray, bin_width: float, shift: int = 0
) -> Crosscorrelogram:
    pairs, expected = np.empty((2, lags.size))
    count_pairs(pairs, counts_a, counts_b, shift)
    expect_pairs(expected, counts_a, counts_b)
    return Crosscorrelogram(lags * bin_width, pairs, expected)


@kernel
def count_pairs(pairs, counts_a, counts_b, shift):
    """Pairs of trial k of a with trial k + `shift` of b at each lag; counts have the shape (bins, trials)."""
    pairs[:] = 0.0
    bins, trials = counts_a.shape
    last = pairs.size // 2
    for at in range(bins):
        for k in range(trials):
            if counts_a[at, k] > 0:  # most bins are empty
                other = (k + shift) % trials
                for j in range(max(last - at, 0), min(pairs.size, bins + last - at)):
                    pairs[j] += counts_a[at, k] * counts_b[at + j - last, other]


@kernel
def expect_pairs(expected, counts_a, counts_b):
    """How many pairs independent Poisson trains of as many spikes have at each lag."""
    bins, trials = counts_a.shape
    last, share = expected.size // 2, 0.0
    for k in range(trials):
        n_a, n_b = 0.0, 0.0
        for at in range(bins):
            n_a += counts_a[at, k]
            n_b += counts_b[at, k]
        share += n_a * n_b / bins
    for j in range(expected.size):
        expected[j] = share * (1.0 - abs(j - last) / bins)
