r"""Spike trains from a coin that is thrown in every time bin.

A bin of width $\delta t$ holds a spike with probability $p = r\,\delta t$, whatever the other bins hold:

$$ P(\text{interval of } k \text{ bins}) = p\,(1 - p)^{k - 1} $$

The interval is *geometric*, not exponential: its coefficient of variation is $\sqrt{1 - r\,\delta t}$, and
the Fano factor of the counts is $1 - r\,\delta t$. Both tend to 1, the values of a Poisson process, for
narrow bins.

The coin need not be thrown in every bin. A uniform number $u$ gives the number of empty bins before the next
spike at once, $\lfloor \ln(1 - u) / \ln(1 - p) \rfloor$.

Source: D. Heeger (2000), Poisson model of spike generation, handout, Stanford University; skipping: L.
Devroye (1986), Non-Uniform Random Variate Generation, section X.2.
"""

import math

import numpy as np

from snnlab.checks import non_negative, positive, whole
from snnlab.coding.trains import draw_trains
from snnlab.compiling import kernel
from snnlab.random import seed_from, uniform
from snnlab.spikes import Spikes

__all__ = ["bernoulli_spikes"]


def bernoulli_spikes(
    rate: float, duration: float, n_units: int = 1, *, dt: float = 1.0, rng: np.random.Generator
) -> Spikes:
    """Draw spike trains with at most one spike a bin, each bin by itself.

    Parameters
    ----------
    rate : float
        Expected spikes a second, Hz; at most one a bin.
    duration : float
        Length of every train, ms; bins that end after it are left out.
    n_units : int
        Number of independent trains.
    dt : float
        Width of a bin, ms.
    rng
        The source of chance, for example ``np.random.default_rng(1)``. One number is drawn from it.

    Returns
    -------
    Spikes
        A spike is dated to the start of its bin.

    Raises
    ------
    ValueError
        If more than 100 million spikes are expected.

    Examples
    --------
    >>> spikes = bernoulli_spikes(100, 10_000, dt=5.0, rng=np.random.default_rng(1))
    >>> bool((spikes.times % 5 == 0).all())
    True
    """
    rate, duration, dt = non_negative("rate", rate), non_negative("duration", duration), positive("dt", dt)
    n_units, seed = whole("n_units", n_units), seed_from(rng)
    p = rate / 1000.0 * dt
    if p > 1:
        raise ValueError(f"rate must be at most one spike a bin ({1000 / dt:g} Hz), got {rate:g}")
    bins = float(np.floor(non_negative("duration / dt", duration / dt) + 1e-9))
    return draw_trains(
        lambda times, units: run(times, units, n_units, p, bins, dt, seed),
        p * bins * n_units,
        n_units,
        duration,
    )


@kernel
def step(u, p):
    """How many bins stay empty before the next spike, from a uniform number `u`."""
    return np.floor(math.log1p(-u) / math.log1p(-p)) if p < 1.0 else 0.0  # may be beyond any integer


@kernel
def run(times, units, n_units, p, bins, dt, seed):
    """One train after the other; returns the number of spikes, even beyond the room given."""
    count = 0
    if p > 0.0:
        for k in range(n_units):
            nth = 0
            at = step(uniform(seed, np.uint64(k), np.uint64(nth)), p)
            while at < bins:
                if count < times.size:
                    times[count] = at * dt
                    units[count] = k
                count += 1
                nth += 1
                at += 1.0 + step(uniform(seed, np.uint64(k), np.uint64(nth)), p)
    return count
