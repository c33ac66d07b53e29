r"""Poisson spike trains whose rate changes in time, made in two ways.

*Thinning*: spikes are drawn at the highest rate $r_{max}$, and a spike at time $t$ is kept with probability

$$ \frac{r(t)}{r_{max}} $$

*Time rescaling*: a clock that runs at the speed $r(t)$ makes the process a homogeneous one of rate 1. The
next spike after $t$ comes where

$$ \int_t^{t'} r(s)\, ds = -\ln(1 - u) $$

Both draw from the same law. Rescaling uses one random number a spike; thinning needs no integral.

Source: P. A. W. Lewis and G. S. Shedler (1979), Naval Research Logistics Quarterly 26, 403–413; E. N. Brown
et al. (2002), Neural Computation 14, 325–346.
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, positive, whole
from snnlab.coding.trains import draw_trains
from snnlab.compiling import kernel
from snnlab.random import seed_from, uniform
from snnlab.spikes import Spikes

__all__ = ["rescaled_spikes", "thinned_spikes"]


def thinned_spikes(rate: ArrayLike, dt: float, n_units: int = 1, *, rng: np.random.Generator) -> Spikes:
    """Draw inhomogeneous Poisson trains by thinning.

    Parameters
    ----------
    rate : array of shape (steps,)
        Expected spikes a second, Hz, the same for all trains; constant within a step.
    dt : float
        Length of a step, ms.
    n_units : int
        Number of independent trains.
    rng
        The source of chance, for example ``np.random.default_rng(1)``. One number is drawn from it.

    Returns
    -------
    Spikes
        Trains over all steps.

    Raises
    ------
    ValueError
        If more than 100 million spikes have to be drawn.

    Examples
    --------
    >>> spikes = thinned_spikes([0, 200, 0], dt=1000, rng=np.random.default_rng(1))
    >>> print(spikes.counts(1000).ravel() > 0)
    [False  True False]
    """
    rate, dt, n_units, duration, seed = _checked(rate, dt, n_units, rng)
    most = rate.max(initial=0.0)
    return draw_trains(
        lambda times, units: _thin(times, units, n_units, rate, most, dt, seed),
        most * duration * n_units,
        n_units,
        duration,
    )


def rescaled_spikes(rate: ArrayLike, dt: float, n_units: int = 1, *, rng: np.random.Generator) -> Spikes:
    """Draw inhomogeneous Poisson trains by time rescaling.

    Parameters
    ----------
    rate : array of shape (steps,)
        Expected spikes a second, Hz, the same for all trains; constant within a step.
    dt : float
        Length of a step, ms.
    n_units : int
        Number of independent trains.
    rng
        The source of chance, for example ``np.random.default_rng(1)``. One number is drawn from it.

    Returns
    -------
    Spikes
        Trains over all steps.

    Raises
    ------
    ValueError
        If more than 100 million spikes are expected.

    Examples
    --------
    >>> spikes = rescaled_spikes([0, 200, 0], dt=1000, rng=np.random.default_rng(1))
    >>> print(spikes.counts(1000).ravel() > 0)
    [False  True False]
    """
    rate, dt, n_units, duration, seed = _checked(rate, dt, n_units, rng)
    return draw_trains(
        lambda times, units: rescale(times, units, n_units, rate, dt, seed),
        rate.sum() * dt * n_units,
        n_units,
        duration,
    )


def _checked(
    rate: ArrayLike, dt: float, n_units: int, rng: np.random.Generator
) -> tuple[np.ndarray, float, int, float, np.uint64]:
    """Valid arguments; the rate in spikes a ms, the duration, the seed."""
    rate, dt = finite_array("rate", rate, (1,), "(steps,)"), positive("dt", dt)
    if (rate < 0).any():
        raise ValueError(f"rate must be zero or positive, got {rate.min():g}")
    return rate / 1000.0, dt, whole("n_units", n_units), rate.size * dt, seed_from(rng)


@kernel
def _thin(times, units, n_units, rate, most, dt, seed):
    """One train after the other; returns the number of spikes, even beyond the room given."""
    duration = rate.size * dt
    count = 0
    if most > 0.0:
        for k in range(n_units):
            stream, nth, t = np.uint64(k), 0, 0.0
            while True:
                t -= math.log1p(-uniform(seed, stream, np.uint64(nth))) / most
                if t >= duration:
                    break
                step = min(int(t / dt), rate.size - 1)
                if uniform(seed, stream, np.uint64(nth + 1)) * most < rate[step]:
                    if count < times.size:
                        times[count] = t
                        units[count] = k
                    count += 1
                nth += 2
    return count


@kernel
def rescale(times, units, n_units, rate, dt, seed):
    """One train after the other; returns the number of spikes, even beyond the room given."""
    count = 0
    for k in range(n_units):
        stream, nth = np.uint64(k), 0
        left = -math.log1p(-uniform(seed, stream, np.uint64(nth)))  # of the clock, until the next spike
        for step in range(rate.size):
            ahead = rate[step] * dt  # of the clock, until the end of the step
            while left < ahead:
                ahead -= left
                if count < times.size:
                    times[count] = (step + 1) * dt - ahead / rate[step]
                    units[count] = k
                count += 1
                nth += 1
                left = -math.log1p(-uniform(seed, stream, np.uint64(nth)))
            left -= ahead
    return count
