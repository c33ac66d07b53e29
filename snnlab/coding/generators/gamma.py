r"""Gamma spike trains: from as irregular as Poisson, or more so, to as regular as a clock.

Intervals are independent and have the density

$$ p(I) = \frac{(k r)^k}{\Gamma(k)}\, I^{k - 1} e^{-k r I} $$

with mean $1/r$ and coefficient of variation $1/\sqrt{k}$. A shape $k = 1$ is the Poisson process. For a
whole $k$ only every $k$-th spike of a Poisson process is kept. Counts over a long time have the Fano factor
$1/k$.

A train is looked at from a moment that has nothing to do with its spikes (it is *stationary*). That moment
is more likely to fall into a long interval: the interval around it has the shape $k + 1$, and the moment is
anywhere in it.

Source: D. R. Cox (1962), Renewal Theory, chapters 2 and 5; the random numbers: G. Marsaglia and W. W. Tsang
(2000), ACM Transactions on Mathematical Software 26, 363–372.
"""

import math

import numpy as np

from snnlab.checks import non_negative, positive, whole
from snnlab.coding.trains import draw_trains
from snnlab.compiling import kernel
from snnlab.random import seed_from, uniform
from snnlab.spikes import Spikes

__all__ = ["gamma_spikes"]


def gamma_spikes(
    rate: float, shape: float, duration: float, n_units: int = 1, *, rng: np.random.Generator
) -> Spikes:
    """Draw spike trains whose intervals have a gamma distribution.

    Parameters
    ----------
    rate : float
        Expected spikes a second, Hz.
    shape : float
        k: 1 for Poisson trains, large for regular ones, below 1 for bursts.
    duration : float
        Length of every train, ms.
    n_units : int
        Number of independent trains.
    rng
        The source of chance, for example ``np.random.default_rng(1)``. One number is drawn from it.

    Returns
    -------
    Spikes
        Stationary: the expected rate is the same at all times, also at the start.

    Raises
    ------
    ValueError
        If more than 100 million spikes are expected.

    Examples
    --------
    >>> intervals = np.diff(gamma_spikes(20, 100.0, 100_000, rng=np.random.default_rng(1)).times)
    >>> print(f"{intervals.std() / intervals.mean():.2f}")
    0.10
    """
    rate, shape = non_negative("rate", rate), positive("shape", shape)
    duration, n_units, seed = non_negative("duration", duration), whole("n_units", n_units), seed_from(rng)
    return draw_trains(
        lambda times, units: run(times, units, n_units, rate / 1000.0, shape, duration, seed),
        rate / 1000.0 * duration * n_units,
        n_units,
        duration,
    )


@kernel
def _normal(seed, stream, nth):
    """A normal random number from the uniform ones `nth` and `nth` + 1 (Box and Muller)."""
    radius = math.sqrt(-2.0 * math.log1p(-uniform(seed, stream, nth)))
    return radius * math.cos(2.0 * math.pi * uniform(seed, stream, nth + np.uint64(1)))


@kernel
def _gamma(shape, seed, stream, nth):
    """A gamma random number of mean `shape`, and which uniform number is the next one to use."""
    factor = 1.0
    if shape < 1.0:  # a shape above 1, made smaller by a power of a uniform number
        factor = (1.0 - uniform(seed, stream, nth)) ** (1.0 / shape)
        nth, shape = nth + np.uint64(1), shape + 1.0
    d = shape - 1.0 / 3.0
    while True:
        x = _normal(seed, stream, nth)
        accept = 1.0 - uniform(seed, stream, nth + np.uint64(2))
        nth += np.uint64(3)
        v = (1.0 + x / math.sqrt(9.0 * d)) ** 3
        if v > 0.0 and math.log(accept) < 0.5 * x * x + d - d * v + d * math.log(v):
            return d * v * factor, nth


@kernel
def run(times, units, n_units, rate, shape, duration, seed):
    """One train after the other; returns the number of spikes, even beyond the room given."""
    count = 0
    if rate > 0.0:
        scale = 1.0 / (rate * shape)
        for k in range(n_units):
            stream = np.uint64(k)
            around, nth = _gamma(shape + 1.0, seed, stream, np.uint64(1))
            t = around * scale * uniform(seed, stream, np.uint64(0))
            while t < duration:
                if count < times.size:
                    times[count] = t
                    units[count] = k
                count += 1
                interval, nth = _gamma(shape, seed, stream, nth)
                t += interval * scale
    return count
