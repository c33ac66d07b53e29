r"""Poisson spike trains with a dead time: after a spike nothing happens for a while.

Every interval is a dead time $\tau$ and then an exponential wait,

$$ I = \tau - \frac{\ln(1 - u)}{\lambda}, \qquad \lambda = \frac{r}{1 - r\,\tau} $$

with $\lambda$ chosen so that the rate is $r$. The train is more regular than a Poisson train: the
coefficient of variation of its intervals is $1 - r\,\tau$, and the Fano factor of the counts tends to the
square of that.

A train is looked at from a moment that has nothing to do with its spikes (it is *stationary*). With
probability $r\,\tau$ that moment falls so that the next spike is less than $\tau$ away, evenly spread;
otherwise the wait is as long as an interval.

Source: D. Heeger (2000), Poisson model of spike generation, handout, Stanford University; D. R. Cox (1962),
Renewal Theory, chapter 5.
"""

import math

import numpy as np

from snnlab.checks import non_negative, whole
from snnlab.coding.trains import draw_trains
from snnlab.compiling import kernel
from snnlab.random import seed_from, uniform
from snnlab.spikes import Spikes

__all__ = ["dead_time_spikes"]


def dead_time_spikes(
    rate: float, dead_time: float, duration: float, n_units: int = 1, *, rng: np.random.Generator
) -> Spikes:
    """Draw spike trains of a Poisson process with a dead time.

    Parameters
    ----------
    rate : float
        Expected spikes a second, Hz: the rate that comes out, dead time and all.
    dead_time : float
        The shortest possible interval, ms; shorter than the mean interval.
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
    >>> spikes = dead_time_spikes(100, 5, 10_000, rng=np.random.default_rng(1))
    >>> bool(np.diff(spikes.times).min() >= 5)
    True
    """
    rate, dead_time = non_negative("rate", rate), non_negative("dead_time", dead_time)
    duration, n_units, seed = non_negative("duration", duration), whole("n_units", n_units), seed_from(rng)
    if rate * dead_time >= 1000.0:
        raise ValueError(f"dead_time must be below the mean interval ({1000 / rate:g} ms), got {dead_time:g}")
    return draw_trains(
        lambda times, units: run(times, units, n_units, rate / 1000.0, dead_time, duration, seed),
        rate / 1000.0 * duration * n_units,
        n_units,
        duration,
    )


@kernel
def step(rate, dead_time, u):
    """An interval, from a uniform number `u`; `rate` in spikes a ms."""
    return dead_time - math.log1p(-u) * (1.0 - rate * dead_time) / rate


@kernel
def _first(rate, dead_time, u, again):
    """The wait for the first spike, from two uniform numbers."""
    if u < rate * dead_time:
        return dead_time * again
    return step(rate, dead_time, again)


@kernel
def run(times, units, n_units, rate, dead_time, duration, seed):
    """One train after the other; returns the number of spikes, even beyond the room given."""
    count = 0
    if rate > 0.0:
        for k in range(n_units):
            stream, nth = np.uint64(k), 1
            t = _first(
                rate, dead_time, uniform(seed, stream, np.uint64(0)), uniform(seed, stream, np.uint64(1))
            )
            while t < duration:
                if count < times.size:
                    times[count] = t
                    units[count] = k
                count += 1
                nth += 1
                t += step(rate, dead_time, uniform(seed, stream, np.uint64(nth)))
    return count
