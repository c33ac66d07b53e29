r"""The theta neuron: the quadratic integrate-and-fire neuron on a circle.

With $v = \tan(\theta/2)$ the QIF neuron, whose $v$ runs to infinity, becomes an angle that goes round:

$$ \tau \frac{d\theta}{dt} = (1 - \cos\theta) + (1 + \cos\theta)\, i(t) $$

The neuron fires when $\theta$ passes $\pi$, where $v$ is infinite; $\theta$ is set back by $2\pi$, which is
the same place on the circle. So there is no jump: nothing is reset and there is no refractory time. Under a
constant input its rate is $\sqrt{i}/(\pi\tau)$, `qif_rate`.

**Integration.** The fourth-order method of Runge and Kutta. As nothing jumps, it keeps its order through the
spikes; a spike is dated to the end of its step, but that makes nothing late that follows.

Source: G. B. Ermentrout and N. Kopell (1986), SIAM Journal on Applied Mathematics 46, 233–253.
"""

import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import as_real
from snnlab.compiling import kernel
from snnlab.neurons.arguments import arguments, arguments_of_each
from snnlab.neurons.differing import alike, in_order
from snnlab.neurons.models.quadratic import QIF, check_qif
from snnlab.neurons.states import started
from snnlab.neurons.time_grid import grid_spikes
from snnlab.spikes import Spikes
from snnlab.work_and_memory import afford

__all__ = ["ThetaRun", "simulate_theta"]


class State(NamedTuple):
    """What goes on from one step to the next, in arrays with one number for each neuron."""

    theta: np.ndarray
    """Angle, from −π to π."""


class _Run(NamedTuple):
    theta: np.ndarray
    spikes: Spikes


class ThetaRun(_Run):
    """What a simulation returns: it is unpacked into `theta` and `spikes`, and has the `state` beside them.

    Attributes
    ----------
    theta : array
        Angle at the end of each step, from −π to π, same shape as the current.
    spikes : Spikes
        A spike is dated to the end of the step in which π was passed.
    state : State
        How the run ended: ``start=run.state`` goes on from there.

    Examples
    --------
    >>> theta, spikes = simulate_theta(np.full(2, 1.0))
    >>> print(np.round(theta, 4))
    [0.02 0.04]
    """

    state: Any


def simulate_theta(
    i: ArrayLike,
    neuron: QIF = QIF(),
    dt: float = 0.1,
    theta_start: float | None = None,
    *,
    start: State | None = None,
) -> ThetaRun:
    """Simulate theta neurons on a grid of time steps.

    Parameters
    ----------
    i : array of shape (steps,) or (steps, n)
        Input, a pure number, for one neuron, or one column for each of n.
    neuron
        Its time constant, which may be an array of shape (n,), one for each neuron.
    dt : float
        Time step, ms; short enough that the angle turns by at most half a circle in it.
    theta_start : float, optional
        Angle at time 0, from −π to π; 0 if left out.
    start : State, optional
        The ``state`` of an earlier run with the same `dt`: go on from there, in place of `theta_start`.

    Returns
    -------
    ThetaRun
        `theta` (of the shape of `i`, at the end of each step) and `spikes`.

    Raises
    ------
    ValueError
        If `dt` is too long for so strong an input.

    Examples
    --------
    >>> simulate_theta(np.full(10_000, 1.0)).spikes
    Spikes(32 spikes of 1 unit in 1000 ms, 32.0 Hz a unit)

    Two that differ:

    >>> pair = simulate_theta(np.full((10_000, 2), 1.0), QIF(tau_m=np.array([10.0, 20.0])))
    >>> np.bincount(pair.spikes.units, minlength=2).tolist()
    [32, 16]
    """
    different = not alike(neuron)
    given = arguments_of_each if different else arguments
    current, neuron, dt, rest = given(i, neuron, dt, theta_start, check_qif, _begin)
    state = started(start, State(np.full(current.shape[1], rest)), theta_start, "theta_start")
    strongest = np.maximum(1.0, np.abs(current).max(axis=0, initial=0.0))
    with np.errstate(over="ignore"):  # infinitely fast is too fast
        fastest = float(np.max(2.0 * strongest / neuron.tau_m, initial=0.0))  # of dθ/dt, 1/ms
    if not fastest * dt <= 2.0:
        raise ValueError(f"dt must be at most {2.0 / fastest:.3g} ms for so strong an input, got {dt:g}")
    afford("i", numbers=3.0 * current.size)
    theta, times = np.empty(current.shape), np.empty(current.size)
    units = np.empty(current.size, np.int64)
    if different:
        count = run_each(current, theta, times, units, state, neuron, dt)
        times, units = in_order(times, units, count)
    else:
        count = run(current, theta, times, units, state, *neuron, dt)
    spikes = grid_spikes(times, units, count, current.shape, dt)
    found = ThetaRun(theta.reshape(np.shape(i)), spikes)
    found.state = state
    return found


def _begin(_: QIF, theta_start: float | None, __: float) -> float:
    """The angle at time 0."""
    start = 0.0 if theta_start is None else as_real("theta_start", theta_start)
    if not -math.pi <= start <= math.pi:
        raise ValueError(f"theta_start must be between -pi and pi, got {start:g}")
    return start


@kernel
def step(theta, i, x):
    """The angle a step of `x`, in units of τ, later, by the Runge–Kutta method: the mean of four slopes."""
    total, slope = 0.0, 0.0
    for ahead, weight in ((0.0, 1.0), (0.5, 2.0), (0.5, 2.0), (1.0, 1.0)):
        c = math.cos(theta + ahead * x * slope)
        slope = 1.0 - c + (1.0 + c) * i
        total += weight * slope
    return theta + x / 6.0 * total


@kernel
def run(i, theta, times, units, state, tau_m, dt):
    """All columns of `i` side by side; returns the number of spikes, at most one a step and neuron."""
    steps, n = i.shape
    count = 0
    for t in range(steps):
        for k in range(n):
            now = step(theta[t - 1, k] if t > 0 else state.theta[k], i[t, k], dt / tau_m)
            if now > math.pi:
                now -= 2.0 * math.pi
                times[count] = (t + 1) * dt
                units[count] = k
                count += 1
            theta[t, k] = now
    for k in range(n if steps > 0 else 0):
        state.theta[k] = theta[steps - 1, k]
    return count


@kernel
def run_each(i, theta, times, units, state, neurons, dt):
    """As `run` for neurons that differ, one after the other: their numbers are arrays."""
    count = 0
    for k in range(i.shape[1]):
        own = slice(k, k + 1)
        found = run(
            i[:, own], theta[:, own], times[count:], units[count:], State(state.theta[own]),
            neurons.tau_m[k], dt,
        )  # fmt: skip
        units[count : count + found] = k
        count += found
    return count
