r"""How much of a signal another one tells, frequency by frequency.

The spectra are averages over segments of the recordings, each weighted by a Hann window:

$$ S_{xy}(f) = \left\langle X(f)^* \, Y(f) \right\rangle, \qquad
\gamma^2(f) = \frac{|S_{xy}|^2}{S_{xx}\, S_{yy}} $$

The coherence $\gamma^2$ is 1 where $y$ is a filtered copy of $x$, and 0 where it knows nothing of it. With a
Gaussian signal, it bounds from below what the spikes tell about it:

$$ R = -\int_0^\infty \log_2\left(1 - \gamma^2(f)\right) df $$

From $K$ independent segments, a coherence of 0 comes out as $1/K$ on average. Hann segments that overlap by
half are nearly independent: $K$ of them count for $\frac{18}{19} K$, about 95 % of their number.

Source: F. Rieke, D. Warland, R. R. de Ruyter van Steveninck and W. Bialek (1997), Spikes, appendix A;
P. D. Welch (1967), IEEE Transactions on Audio and Electroacoustics 15, 70–73, for the overlap.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, positive
from snnlab.kernel_arguments import numbers

__all__ = ["Coherence", "coherence", "information_rate"]


class Coherence(NamedTuple):
    """The coherence of two signals and what it is made of.

    Examples
    --------
    >>> found = coherence([0.0, 1.0, 0.0, -1.0] * 16, [1.0, 0.0, -1.0, 0.0] * 16, dt=1, segment=8)
    >>> print(found.frequency)
    [  0. 125. 250. 375. 500.]
    """

    frequency: np.ndarray
    """Hz, shape (frequencies,)."""
    coherence: np.ndarray
    """From 0 to 1, shape (frequencies,); NaN where one of the signals has no power."""
    transfer: np.ndarray
    """S_xy / S_xx, complex: the filter that makes the best guess of y from x, shape (frequencies,);
    NaN where `coherence` is."""
    segments: int
    """How many segments were averaged."""


def coherence(x: ArrayLike, y: ArrayLike, dt: float, segment: int) -> Coherence:
    """The coherence of two signals.

    Parameters
    ----------
    x, y : array of shape (steps,)
        The signals; the mean of each segment is taken away.
    dt : float
        Length of a step, ms.
    segment : int
        Steps in a segment, which overlaps the next one by half; at least 4. The frequencies are
        1 / (segment dt) apart. Two segments must fit: from one alone the coherence is 1 everywhere.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> x, noise = rng.normal(size=(2, 100_000))
    >>> found = coherence(x, x + noise, dt=1, segment=200)
    >>> print(f"{found.coherence[1:-1].mean():.2f}")
    0.50
    """
    x, y = (finite_array(name, v, (1,), "(steps,)") for name, v in (("x", x), ("y", y)))
    dt = positive("dt", dt)
    if x.size != y.size:
        raise ValueError(f"y must have as many steps as x ({x.size}), got {y.size}")
    if isinstance(segment, bool) or not isinstance(segment, int | np.integer):
        raise TypeError(f"segment must be a whole number, got {segment!r}")
    hop = int(segment) // 2
    if segment < 4 or segment + hop > x.size:
        raise ValueError(
            f"segment must be at least 4, and short enough for two of them in {x.size} steps, got {segment}"
        )
    window = np.hanning(segment + 1)[:-1]
    of_x, of_y = (
        np.fft.rfft(window * (cut - cut.mean(axis=1, keepdims=True)))
        for cut in (np.lib.stride_tricks.sliding_window_view(v, segment)[::hop] for v in (x, y))
    )
    xx, yy = ((np.abs(f) ** 2).mean(axis=0) for f in (of_x, of_y))
    xy = (of_x.conj() * of_y).mean(axis=0)
    tiny = 1e-24 * segment * (window @ window)  # rounding errors of a signal that is constant
    known = (xx > tiny * max((x**2).mean(), 1e-300)) & (yy > tiny * max((y**2).mean(), 1e-300))
    safe = np.where(known, xx, 1.0), np.where(known, yy, 1.0)
    return Coherence(
        np.fft.rfftfreq(segment, dt / 1000.0),
        np.where(known, np.abs(xy) ** 2 / (safe[0] * safe[1]), np.nan),
        np.where(known, xy / safe[0], np.nan),
        of_x.shape[0],
    )


def information_rate(frequency: ArrayLike, coherence: ArrayLike) -> float:
    """What the spikes tell about a Gaussian signal at least, from their coherence with it.

    Parameters
    ----------
    frequency : array of shape (frequencies,)
        Equally spaced, Hz.
    coherence : array of shape (frequencies,)
        Below 1; NaN counts as 0.

    Returns
    -------
    float
        Bits a second.

    Examples
    --------
    A band of 100 Hz at which half of the power is told:

    >>> print(f"{information_rate(np.arange(0.5, 100.0), np.full(100, 0.5)):.1f}")
    100.0
    """
    frequency = finite_array("frequency", frequency, (1,), "(frequencies,)")
    told = finite_array("coherence", np.nan_to_num(numbers("coherence", coherence)), (1,), "(frequencies,)")
    if frequency.size < 2 or frequency.size != told.size:
        raise ValueError(
            "coherence must have one value for each of two frequencies or more, "
            f"got {told.size} for {frequency.size}"
        )
    if (told < 0).any() or (told >= 1).any():
        raise ValueError(f"coherence must be at least 0 and below 1, got {told.min():g} to {told.max():g}")
    return float(-np.log2(1.0 - told).sum() * (frequency[1] - frequency[0]))
