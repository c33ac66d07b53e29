r"""A current that fluctuates: filtered noise around a mean, the Ornstein–Uhlenbeck process.

$$ \tau \frac{di}{dt} = -(i - \mu) + \sqrt{2 \tau}\, \sigma\, \xi(t) $$

with white noise $\xi$. Its mean is $\mu$, its standard deviation $\sigma$, and what it is now tells little of
what it will be after a few $\tau$: $\langle (i(t) - \mu)(i(t + s) - \mu) \rangle = \sigma^2 e^{-|s|/\tau}$.
From step to step it is exact, with $d = e^{-\Delta t/\tau}$ and normal random numbers $\xi_t$:

$$ i(t + \Delta t) = \mu + d\, (i(t) - \mu) + \sigma \sqrt{1 - d^2}\, \xi_t $$

*Frozen noise* is one such current that is kept and played again: the same `rng`, freshly made, gives it.
Noise that forgets from step to step is in `snnlab.neurons.noisy_current`.

Source: G. E. Uhlenbeck and L. S. Ornstein (1930), Physical Review 36, 823–841; the exact step:
D. T. Gillespie (1996), Physical Review E 54, 2084–2091.
"""

import math

import numpy as np

from snnlab.checks import as_real, non_negative, positive
from snnlab.compiling import kernel
from snnlab.neurons.time_grid import whole_steps
from snnlab.random import normal, seed_from
from snnlab.work_and_memory import slices

__all__ = ["fluctuating_current"]

_NS = 40.0  # of a step


def fluctuating_current(
    mean: float, std: float, tau: float, duration: float, dt: float = 0.1, *, rng: np.random.Generator
) -> np.ndarray:
    """A current that fluctuates around a mean.

    Parameters
    ----------
    mean, std : float
        Mean and standard deviation, nA.
    tau : float
        Correlation time, ms.
    duration, dt : float
        How long, and the time step, ms.
    rng
        Where the seed comes from: the same one, freshly made, gives the same current.

    Returns
    -------
    array of shape (steps,)
        Current in each step, nA.

    Examples
    --------
    >>> i = fluctuating_current(0.2, 0.05, tau=3.0, duration=10_000.0, rng=np.random.default_rng(1))
    >>> print(f"{i.mean():.2f} nA, {i.std():.2f} nA")
    0.20 nA, 0.05 nA
    """
    mean, std, tau, dt = (
        as_real("mean", mean),
        non_negative("std", std),
        positive("tau", tau),
        positive("dt", dt),
    )
    seed, i = seed_from(rng), np.empty(whole_steps(non_negative("duration", duration), dt))
    for begin, end in slices(i.size, _NS):
        go_on_fluctuating(i[:end], begin, mean, std, tau, dt, seed, np.uint64(0))
    return i


@kernel
def step(i, mean, decay, kick):
    """The current one step later."""
    return mean + decay * (i - mean) + kick


@kernel
def fill_fluctuation(i, mean, std, tau, dt, seed, stream):
    """All steps, with random number t of the stream in step t; the first has the variance of all."""
    go_on_fluctuating(i, 0, mean, std, tau, dt, seed, stream)


@kernel
def go_on_fluctuating(i, first, mean, std, tau, dt, seed, stream):
    """The steps from `first` on, where those before it are done."""
    decay = math.exp(-dt / tau)
    spread = std * math.sqrt(-math.expm1(-2.0 * dt / tau))
    for t in range(first, i.size):
        x = normal(seed, stream, np.uint64(t))
        i[t] = mean + std * x if t == 0 else step(i[t - 1], mean, decay, spread * x)
