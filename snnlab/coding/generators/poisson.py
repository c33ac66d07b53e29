r"""Homogeneous Poisson spike trains.

Each spike comes independently of all others, with a constant rate $r$:

$$ P(\text{1 spike during } \delta t) = r\,\delta t + O(\delta t^2) $$

So the interval to the next spike is exponential, and a uniform number $u$ gives one: $-\ln(1 - u) / r$.

Source: D. Heeger (2000), Poisson model of spike generation, handout, Stanford University.
"""

import math

import numpy as np

from snnlab.checks import non_negative, whole
from snnlab.coding.trains import draw_trains
from snnlab.compiling import kernel
from snnlab.random import seed_from, uniforms
from snnlab.spikes import Spikes

__all__ = ["poisson_spikes"]

BLOCK = 32  # random numbers made at a time


def poisson_spikes(rate: float, duration: float, n_units: int = 1, *, rng: np.random.Generator) -> Spikes:
    """Draw homogeneous Poisson spike trains.

    Parameters
    ----------
    rate : float
        Expected spikes a second, Hz.
    duration : float
        Length of every train, ms.
    n_units : int
        Number of independent trains.
    rng
        The source of chance, for example ``np.random.default_rng(1)``. One number is drawn from it.

    Returns
    -------
    Spikes
        Train k does not depend on how many trains there are.

    Raises
    ------
    ValueError
        If more than 100 million spikes are expected.

    Examples
    --------
    >>> poisson_spikes(20, 10_000, 5, rng=np.random.default_rng(1)).n_units
    5
    """
    rate, duration = non_negative("rate", rate), non_negative("duration", duration)
    n_units, seed = whole("n_units", n_units), seed_from(rng)
    return draw_trains(
        lambda times, units: run(times, units, np.empty(BLOCK), n_units, rate / 1000.0, duration, seed),
        rate / 1000.0 * duration * n_units,
        n_units,
        duration,
    )


@kernel
def step(rate, u):
    """The interval before the next spike, from a uniform number `u`; `rate` in spikes a ms."""
    return -math.log(1.0 - u) / rate  # 1 - u has no rounding error: u is a multiple of 2⁻⁵³


@kernel
def run(times, units, intervals, n_units, rate, duration, seed):
    """One train after the other; returns the number of spikes, even beyond the room given.

    The intervals are made a block at a time, in loops in which no spike waits for the one before it: a
    processor then works on several at once.
    """
    count = 0
    if rate > 0.0:
        for k in range(n_units):
            t, drawn = 0.0, 0
            while t < duration:
                uniforms(intervals, seed, np.uint64(k), np.uint64(drawn))
                drawn += intervals.size
                for n in range(intervals.size):
                    intervals[n] = step(rate, intervals[n])
                for interval in intervals:
                    t += interval
                    if t >= duration:
                        break
                    if count < times.size:
                        times[count] = t
                        units[count] = k
                    count += 1
    return count
