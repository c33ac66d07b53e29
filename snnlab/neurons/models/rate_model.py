r"""The rate model: a neuron, or many alike, with no spikes left in it.

What a neuron does under constant input is one number, the rate $f(i)$. A *rate model* goes there
exponentially whenever the input changes:

$$ \tau \frac{dr}{dt} = -r + f(i(t)) $$

From step to step, with $f$ constant in each, it is exact, with $d = e^{-\Delta t/\tau}$:

$$ r(t + \Delta t) = f + d\, (r(t) - f) $$

Under constant input nothing is lost. When the input changes, $\tau$ is a guess: nothing in the equation of
the membrane says that the rate of a population follows with one time constant, let alone with that of the
membrane.

Source: H. R. Wilson and J. D. Cowan (1972), Biophysical Journal 12, 1–24; W. Gerstner (2000), Neural
Computation 12, 43–89, on why it fails in a transient.
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import as_real, finite_array, non_negative, positive
from snnlab.compiling import kernel

__all__ = ["simulate_rate_model"]


def simulate_rate_model(
    target: ArrayLike, tau: float, dt: float = 0.5, r_start: float | None = None
) -> np.ndarray:
    """Follow a rate that changes.

    Parameters
    ----------
    target : array of shape (steps,)
        The stationary rate f(i) of the current in each step, Hz, from `siegert_rate` or any other f–I curve.
    tau : float
        Time constant, ms; 0 for a rate that is stationary at every moment.
    dt : float
        Time step, ms.
    r_start : float, optional
        Rate at time 0, Hz; the last rate of an earlier run goes on from there. If left out, the first of
        `target`.

    Returns
    -------
    array of shape (steps,)
        Rate at the end of each step, Hz.

    Examples
    --------
    >>> rate = simulate_rate_model(np.full(200, 40.0), tau=20.0, r_start=0.0)
    >>> print(f"{rate[39]:.1f} Hz after one time constant, {40 * (1 - np.exp(-1)):.1f} Hz by hand")
    25.3 Hz after one time constant, 25.3 Hz by hand
    """
    target = finite_array("target", target, (1,), "(steps,)")
    tau, dt = non_negative("tau", tau), positive("dt", dt)
    if target.size == 0 or target.min() < 0:
        raise ValueError(
            f"target must be zero or positive in one step or more, got {target.min(initial=0.0):g}"
        )
    start = target[0] if r_start is None else as_real("r_start", r_start)
    if start < 0:
        raise ValueError(f"r_start must be zero or positive, got {start:g}")
    rate = np.empty(target.size)
    run(target, rate, start, tau, dt)
    return rate


@kernel
def step(r, target, decay):
    """The rate one step later."""
    return target + decay * (r - target)


@kernel
def run(target, rate, start, tau, dt):
    """The rate at the end of each step."""
    decay = math.exp(-dt / tau) if tau > 0.0 else 0.0
    now = start
    for t in range(target.size):
        now = step(now, target[t], decay)
        rate[t] = now
