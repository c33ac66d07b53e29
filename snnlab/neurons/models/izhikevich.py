r"""Izhikevich's neuron: two equations whose four numbers give most firing patterns of the cortex.

The membrane potential $v$ (mV) and a recovery variable $u$ follow, with the time in ms,

$$ \frac{dv}{dt} = 0.04\, v^2 + 5\, v + 140 - u + i(t), \qquad \frac{du}{dt} = a\,(b\, v - u) $$

When $v$ reaches the peak of 30 mV the neuron has fired: $v$ is set to $c$ and $u$ grows by $d$. The peak is
no threshold: by then the spike has long been decided. There is no refractory time; $u$ does its work.

The equations are fitted, not derived: $u$ and $i$ are in mV/ms, no resistance turns $i$ into a current in nA.
Without $u$ it is the quadratic neuron: with $x = 0.04\,(v + 62.5)$

$$ \frac{dx}{dt} = x^2 + 0.04\,(i - u) - 0.65 $$

**Integration.** The fourth-order method of Runge and Kutta. A spike is dated to the end of its step, so spike
times come late, by an error of the order of the step. The figures of 2003 and 2004 were made with Euler's
method at 0.1 to 0.5 ms, the network of 2003 with two half steps for $v$ in each step of 1 ms, both with the
new $v$ in the equation of $u$. At such steps the scheme is a part of the model: a neuron fires at other
times, and near the onset of firing at another rate, than the equations say. (NEST calls the choice
`consistent_integration`.)

Source: E. M. Izhikevich (2003), IEEE Transactions on Neural Networks 14, 1569–1572.
"""

import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import as_real, checked, ordered
from snnlab.compiling import kernel
from snnlab.neurons.arguments import arguments, arguments_of_each
from snnlab.neurons.differing import alike, in_order
from snnlab.neurons.states import started
from snnlab.neurons.time_grid import grid_spikes
from snnlab.spikes import Spikes
from snnlab.work_and_memory import afford

__all__ = [
    "FIRING_TYPES",
    "Izhikevich",
    "IzhikevichRun",
    "izhikevich_rest",
    "simulate_izhikevich",
]


class Izhikevich(NamedTuple):
    """The numbers of Izhikevich's neuron; those of a regular spiking cell if left out.

    Examples
    --------
    >>> FIRING_TYPES["CH"]
    Izhikevich(a=0.02, b=0.2, c=-50.0, d=2.0, v_peak=30.0)
    """

    a: float = 0.02
    """How fast the recovery variable follows, 1/ms. (Below zero it runs away instead.)"""
    b: float = 0.2
    """How much of it belongs to each mV, 1/ms."""
    c: float = -65.0
    """Potential after a spike, mV."""
    d: float = 8.0
    """By how much the recovery variable grows with a spike, mV/ms."""
    v_peak: float = 30.0
    """Where the upswing is cut off, mV."""


FIRING_TYPES = {
    "RS": Izhikevich(a=0.02, b=0.2, c=-65.0, d=8.0),  # regular spiking
    "IB": Izhikevich(a=0.02, b=0.2, c=-55.0, d=4.0),  # intrinsically bursting
    "CH": Izhikevich(a=0.02, b=0.2, c=-50.0, d=2.0),  # chattering
    "FS": Izhikevich(a=0.1, b=0.2, c=-65.0, d=2.0),  # fast spiking
    "LTS": Izhikevich(a=0.02, b=0.25, c=-65.0, d=2.0),  # low-threshold spiking
    "TC": Izhikevich(a=0.02, b=0.25, c=-65.0, d=0.05),  # thalamo-cortical
    "RZ": Izhikevich(a=0.1, b=0.26, c=-65.0, d=2.0),  # resonator
}
"""The firing types of Izhikevich (2003), figure 2, with the numbers of his script for it."""


class State(NamedTuple):
    """What goes on from one step to the next, in arrays with one number for each neuron."""

    v: np.ndarray
    """Membrane potential, mV."""
    u: np.ndarray
    """Recovery variable, mV/ms."""


class _Run(NamedTuple):
    v: np.ndarray
    u: np.ndarray
    spikes: Spikes


class IzhikevichRun(_Run):
    """What a simulation returns: it is unpacked into `v`, `u` and `spikes`, and has the `state` beside them.

    Attributes
    ----------
    v : array
        Membrane potential at the end of each step, mV, same shape as the current.
    u : array
        Recovery variable at the end of each step, mV/ms, same shape as the current.
    spikes : Spikes
        A spike is dated to the end of the step in which the peak was reached.
    state : State
        How the run ended: ``start=run.state`` goes on from there.

    Examples
    --------
    >>> v, u, spikes = simulate_izhikevich(np.full(3, 10.0))
    >>> print(np.round(v, 2))
    [-69.03 -68.11 -67.22]
    """

    state: Any


def check_izhikevich(neuron: Izhikevich) -> Izhikevich:
    """`neuron` with every number a valid float, and `c` below `v_peak`."""
    return ordered(checked("neuron", neuron, Izhikevich), "c", "below", "v_peak", "mV")


def simulate_izhikevich(
    i: ArrayLike,
    neuron: Izhikevich = Izhikevich(),
    dt: float = 0.1,
    v_start: float | None = None,
    *,
    start: State | None = None,
) -> IzhikevichRun:
    """Simulate Izhikevich's neurons on a grid of time steps.

    Parameters
    ----------
    i : array of shape (steps,) or (steps, n)
        Input in mV/ms for one neuron, or one column for each of n.
    neuron
        The numbers of the neuron; each may be an array of shape (n,), one number for each neuron.
    dt : float
        Time step, ms.
    v_start : float, optional
        Potential at time 0, mV; the recovery variable starts at ``b * v_start``. `izhikevich_rest` if left
        out.
    start : State, optional
        The ``state`` of an earlier run with the same `dt`: go on from there, in place of `v_start`.

    Returns
    -------
    IzhikevichRun
        `v` (mV), `u` (mV/ms), both of the shape of `i`, at the end of each step, and `spikes`.

    Raises
    ------
    ValueError
        If the step is too long for how far `v` falls.

    Examples
    --------
    >>> run = simulate_izhikevich(np.full(5000, 10.0), FIRING_TYPES["CH"])
    >>> print(np.round(np.diff(run.spikes.times)[:5], 1))
    [1.4 1.5 1.7 1.9 2.2]

    Two that differ:

    >>> pair = simulate_izhikevich(np.full((5000, 2), 10.0), Izhikevich(d=np.array([2.0, 8.0])))
    >>> np.bincount(pair.spikes.units, minlength=2).tolist()
    [29, 12]
    """
    different = not alike(neuron)
    given = arguments_of_each if different else arguments
    current, neuron, dt, rest = given(i, neuron, dt, v_start, check_izhikevich, begin)
    n = current.shape[1]
    state = started(start, State(np.full(n, rest), np.full(n, neuron.b * rest)), v_start)
    before = State(state.v.copy(), state.u.copy())
    afford("i", numbers=6.0 * current.size)  # v, u, times and units; and two to look for instability
    v, u = np.empty(current.shape), np.empty(current.shape)
    times, units = np.empty(current.size), np.empty(current.size, np.int64)
    if different:
        count = run_each(current, v, u, times, units, state, neuron, dt)
        times, units = in_order(times, units, count)
    else:
        count = run(current, v, u, times, units, state, *neuron, dt)
    _refuse_instability(current, u, before, neuron, dt)
    spikes = grid_spikes(times, units, count, current.shape, dt)
    found = IzhikevichRun(v.reshape(np.shape(i)), u.reshape(np.shape(i)), spikes)
    found.state = state
    return found


def begin(neuron: Izhikevich, v_start: float | None, _: float) -> float:
    """Where the potential starts, if it may start there."""
    rest = izhikevich_rest(neuron) if v_start is None else as_real("v_start", v_start)
    if rest >= neuron.v_peak:
        raise ValueError(f"v_start must be below v_peak ({neuron.v_peak:g} mV), got {rest:g}")
    return rest


def izhikevich_rest(neuron: Izhikevich = Izhikevich()) -> float:
    r"""The potential at which the neuron rests without input, in mV.

    $$ v = \frac{b - 5 - \sqrt{(5 - b)^2 - 22.4}}{0.08} $$

    Parameters
    ----------
    neuron
        The numbers of the neuron.

    Returns
    -------
    float
        A neuron that cannot rest (`b` from 0.268 to 9.732, where the root is of a negative number) gets the
        bottom of its parabola: −62.5 mV, or the reset where that is not below `v_peak`.

    Examples
    --------
    >>> print(f"{izhikevich_rest():.1f} mV, {izhikevich_rest(FIRING_TYPES['TC']):.1f} mV")
    -70.0 mV, -64.4 mV
    """
    neuron = check_izhikevich(neuron)
    return lower_root(neuron.b, neuron.c, neuron.v_peak)


def _refuse_instability(
    current: np.ndarray, u: np.ndarray, start: State, neuron: Izhikevich, dt: float
) -> None:
    """Far below −62.5 mV the parabola is steep, and a step that is too long overshoots from there."""
    before = np.concatenate((start.u[None, :], u))[:-1]
    against = (before - current).max(axis=0, initial=0.0)  # v falls to where the parabola balances this
    falls = np.minimum(np.minimum(start.v, neuron.c), -62.5 - 5.0 * np.sqrt(16.25 + against))
    lowest = float(falls.min(initial=-62.5))
    steepest = float((np.abs(0.08 * falls + 5.0) + np.abs(neuron.a)).max(initial=0.0))
    if not (math.isfinite(steepest) and np.isfinite(u[-1:]).all()):
        raise ValueError("i and the numbers of the neuron must be smaller: v or u left the range of numbers")
    if steepest * dt > 2.0:
        raise ValueError(
            f"dt must be at most {2.0 / steepest:.2g} ms, as v may fall to {lowest:.4g} mV, got {dt:g}"
        )


@kernel
def lower_root(b, c, v_peak):
    """The lower root of the parabola minus ``b * v``."""
    root = (5.0 - b) * (5.0 - b) - 4.0 * 0.04 * 140.0
    rest = (b - 5.0 - math.sqrt(root)) / 0.08 if root >= 0.0 else -62.5
    return rest if rest < v_peak else c


@kernel
def step(v, u, i, a, b, v_peak, dt):
    """Both variables one step later, by the Runge–Kutta method: four slopes and their weighted mean."""
    sum_v, sum_u = 0.0, 0.0
    slope_v, slope_u = 0.0, 0.0
    for ahead, weight in ((0.0, 1.0), (0.5, 2.0), (0.5, 2.0), (1.0, 1.0)):
        x = min(v + ahead * dt * slope_v, v_peak)  # beyond the peak the parabola would run away
        y = u + ahead * dt * slope_u
        slope_v = 0.04 * x * x + 5.0 * x + 140.0 - y + i
        slope_u = a * (b * x - y)
        sum_v += weight * slope_v
        sum_u += weight * slope_u
    return v + dt / 6.0 * sum_v, u + dt / 6.0 * sum_u


@kernel
def run(i, v, u, times, units, state, a, b, c, d, v_peak, dt):
    """All columns of `i` side by side; returns the number of spikes, at most one a step and neuron."""
    steps, n = i.shape
    count = 0
    for t in range(steps):
        for k in range(n):
            v_now = v[t - 1, k] if t > 0 else state.v[k]
            u_now = u[t - 1, k] if t > 0 else state.u[k]
            v_now, u_now = step(v_now, u_now, i[t, k], a, b, v_peak, dt)
            if v_now >= v_peak:
                v_now = c
                u_now += d
                times[count] = (t + 1) * dt
                units[count] = k
                count += 1
            v[t, k], u[t, k] = v_now, u_now
    for k in range(n if steps > 0 else 0):
        state.v[k], state.u[k] = v[steps - 1, k], u[steps - 1, k]
    return count


@kernel
def run_each(i, v, u, times, units, state, neurons, dt):
    """As `run` for neurons that differ, one after the other: their numbers are arrays."""
    count = 0
    for k in range(i.shape[1]):
        own = slice(k, k + 1)
        found = run(
            i[:, own], v[:, own], u[:, own], times[count:], units[count:],
            State(state.v[own], state.u[own]),
            neurons.a[k], neurons.b[k], neurons.c[k], neurons.d[k], neurons.v_peak[k], dt,
        )  # fmt: skip
        units[count : count + found] = k
        count += found
    return count
