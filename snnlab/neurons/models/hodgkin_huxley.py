r"""The Hodgkin–Huxley membrane: an action potential made of two channels that open and close.

Sodium flows in, potassium flows out, a leak pulls the membrane potential $v$ towards rest:

$$ C \frac{dv}{dt} = i - g_{Na}\, m^3 h\, (v - E_{Na}) - g_K\, n^4\, (v - E_K) - g_L\, (v - E_L) $$

Each gate $x$ of $m$, $h$, $n$ opens at the rate $\alpha_x$ and closes at the rate $\beta_x$. At a temperature
$T$ (in °C) both are $\phi = 3^{(T - 6.3)/10}$ times as fast:

$$ \frac{dx}{dt} = \phi\, [\alpha_x(v)\, (1 - x) - \beta_x(v)\, x] $$

The rates per ms, with $s(y) = y / (1 - e^{-y})$, which is 1 at $y = 0$:

$$ \alpha_m = s(\tfrac{v + 40}{10}), \quad \alpha_h = 0.07\, e^{-(v + 65)/20}, \quad
\alpha_n = 0.1\, s(\tfrac{v + 55}{10}) $$

$$ \beta_m = 4\, e^{-(v + 65)/18}, \quad \beta_h = 1 / (1 + e^{-(v + 35)/10}), \quad
\beta_n = 0.125\, e^{-(v + 65)/80} $$

The model has no threshold, no reset and no refractory time: what resembles them comes out of the equations.
A spike is an upward crossing of 0 mV, dated to the end of its step; that level is our choice. The signs are
today's: inside minus outside, a positive current lifts $v$. The steps are those of the classical Runge–Kutta
method, of order 4 in the time step.

Source: A. L. Hodgkin and A. F. Huxley (1952), Journal of Physiology 117, 500–544 (squid axon, equations 3, 7,
8, 12, 13, 15, 16, 20, 21, 23, 24 and table 3), with $v$ counted from −65 mV at rest and turned round.
"""

import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import NonNegative, Positive, as_real, checked, finite_array
from snnlab.compiling import kernel
from snnlab.neurons.arguments import arguments, arguments_of_each
from snnlab.neurons.differing import alike, in_order
from snnlab.neurons.states import started
from snnlab.spikes import Spikes

__all__ = [
    "HHGates",
    "HHRun",
    "HodgkinHuxley",
    "hh_gates",
    "hh_rest",
    "simulate_hodgkin_huxley",
]

_LEVEL = 0.0  # mV: an upward crossing is a spike


class HodgkinHuxley(NamedTuple):
    """The numbers of a patch of membrane, all for 1 cm²: those of the squid's giant axon.

    Examples
    --------
    >>> HodgkinHuxley(g_na=0.0).g_na  # as under tetrodotoxin, which blocks sodium channels
    0.0
    """

    c_m: Positive = 1.0
    """Capacitance, µF/cm²."""
    g_na: NonNegative = 120.0
    """Conductance of all sodium channels open, mS/cm²."""
    g_k: NonNegative = 36.0
    """Conductance of all potassium channels open, mS/cm²."""
    g_l: Positive = 0.3
    """Conductance of the leak, mS/cm²."""
    e_na: float = 50.0
    """Potential at which no net sodium flows (reversal potential), mV."""
    e_k: float = -77.0
    """The same for potassium, mV."""
    e_l: float = -54.387
    """The same for the leak, mV."""
    temperature: float = 6.3
    """°C. Ten degrees more make the gates three times as fast."""


class State(NamedTuple):
    """What goes on from one step to the next, of one membrane or, in arrays, of each."""

    v: Any
    """Membrane potential, mV."""
    m: Any
    """Activation of sodium."""
    h: Any
    """Inactivation of sodium."""
    n: Any
    """Activation of potassium."""


class _Run(NamedTuple):
    v: np.ndarray
    m: np.ndarray
    h: np.ndarray
    n: np.ndarray
    spikes: Spikes


class HHRun(_Run):
    """What a simulation returns; arrays have the shape of the current, values are at the end of each step.

    It is unpacked into `v`, `m`, `h`, `n` and `spikes`, and has the `state` beside them.

    Attributes
    ----------
    v : array
        Membrane potential, mV.
    m : array
        Activation of sodium, from 0 (closed) to 1.
    h : array
        Inactivation of sodium: 1 if no channel is inactivated.
    n : array
        Activation of potassium.
    spikes : Spikes
        Upward crossings of 0 mV.
    state : State
        How the run ended: ``start=run.state`` goes on from there.

    Examples
    --------
    >>> run = simulate_hodgkin_huxley(np.zeros(2))
    >>> print(np.round(run.h, 3))
    [0.596 0.596]
    """

    state: Any


class HHGates(NamedTuple):
    """Where the gates tend to at a held potential, and how fast.

    Examples
    --------
    >>> print(f"{hh_gates(-65.0).tau_h:.1f} ms")
    8.5 ms
    """

    m: np.ndarray
    """Where m tends to, from 0 to 1."""
    h: np.ndarray
    """Where h tends to, from 0 to 1."""
    n: np.ndarray
    """Where n tends to, from 0 to 1."""
    tau_m: np.ndarray
    """Time constant of m, ms; not that of a membrane."""
    tau_h: np.ndarray
    """Time constant of h, ms."""
    tau_n: np.ndarray
    """Time constant of n, ms."""


def simulate_hodgkin_huxley(
    i: ArrayLike,
    neuron: HodgkinHuxley = HodgkinHuxley(),
    dt: float = 0.01,
    v_start: float | None = None,
    *,
    start: State | None = None,
) -> HHRun:
    """Simulate Hodgkin–Huxley membranes.

    Parameters
    ----------
    i : array of shape (steps,) or (steps, n)
        Current density in µA/cm² for one neuron, or one column for each of n. Positive lifts the potential.
    neuron
        The numbers of the membrane; each may be an array of shape (n,), one number for each neuron.
    dt : float
        Time step, ms. Up to 0.05 is safe at 6.3 °C, less in the warmth.
    v_start : float, optional
        Potential at which the membrane was held for long before time 0, mV: the gates start where they are
        then. If left out, the potential of rest.
    start : State, optional
        The ``state`` of an earlier run with the same `dt`: go on from there, in place of `v_start`.

    Returns
    -------
    HHRun
        `v` (mV), `m`, `h`, `n` and `spikes`.

    Raises
    ------
    ValueError
        If the numbers grow without bound because `dt` is too long.

    Examples
    --------
    >>> run = simulate_hodgkin_huxley(np.full(10_000, 10.0))
    >>> run.spikes
    Spikes(7 spikes of 1 unit in 100 ms, 70.0 Hz a unit)
    >>> print(f"{run.v.max():.0f} mV")
    40 mV

    Two that differ:

    >>> pair = simulate_hodgkin_huxley(np.full((10_000, 2), 10.0), HodgkinHuxley(g_na=np.array([120.0, 0.0])))
    >>> np.bincount(pair.spikes.units, minlength=2).tolist()
    [7, 0]
    """
    different = not alike(neuron)
    given = arguments_of_each if different else arguments
    current, neuron, dt, rest = given(i, neuron, dt, v_start, check_hodgkin_huxley, _begin)
    shape, (steps, size) = np.shape(i), current.shape
    held = np.array([held_at(v) for v in np.atleast_1d(rest)])
    state = started(start, State(*(np.full(size, values) for values in held.T)), v_start)
    v, m, h, n = (np.empty((steps, size)) for _ in range(4))
    times, units = np.empty(size * (steps // 2 + 1)), np.empty(size * (steps // 2 + 1), np.int64)
    if different:
        count = run_each(current, v, m, h, n, times, units, state, neuron, dt)
    else:
        count = run(current, v, m, h, n, times, units, state, *neuron, dt)
    if not np.isfinite(v[-1:]).all():
        raise ValueError(f"dt must be short enough for this current and this membrane, got {dt:g}")
    spikes = Spikes._sorted(*in_order(times, units, count), size, steps * dt)
    found = HHRun(v.reshape(shape), m.reshape(shape), h.reshape(shape), n.reshape(shape), spikes)
    found.state = state
    return found


def _begin(neuron: HodgkinHuxley, v_start: float | None, _: float) -> float:
    """The potential at which the membrane was held before time 0."""
    return hh_rest(neuron) if v_start is None else as_real("v_start", v_start)


def hh_gates(v: ArrayLike, temperature: float = 6.3) -> HHGates:
    """Steady states and time constants of the gates at a held potential.

    Parameters
    ----------
    v : float or array of any shape
        Potential, mV.
    temperature : float
        °C.

    Returns
    -------
    HHGates
        Arrays of the shape of `v`; NaN where a rate is beyond all numbers, thousands of mV away.

    Examples
    --------
    >>> gates = hh_gates([-65.0, 0.0])
    >>> print(np.round(gates.m, 2), np.round(gates.h, 2), np.round(gates.n, 2))
    [0.05 0.97] [0.6 0. ] [0.32 0.91]
    """
    v = finite_array("v", v, tuple(range(33)), "any")
    phi = _speed(as_real("temperature", temperature))
    a = np.array([_opening_and_closing(x) for x in v.ravel()]).reshape(*v.shape, 6)
    opening, closing = a[..., :3], a[..., 3:]
    steady, tau = opening / (opening + closing), 1.0 / (phi * (opening + closing))
    return HHGates(*np.moveaxis(steady, -1, 0), *np.moveaxis(tau, -1, 0))


def hh_rest(neuron: HodgkinHuxley = HodgkinHuxley()) -> float:
    """The potential at which a membrane without a current stays.

    Parameters
    ----------
    neuron
        The numbers of the membrane.

    Returns
    -------
    float
        mV, where the currents of all channels, with their gates in the steady state, cancel.

    Examples
    --------
    >>> print(f"{hh_rest():.2f} mV")
    -65.00 mV
    """
    neuron = check_hodgkin_huxley(neuron)
    # at the lowest reversal potential no current flows out, at the highest none flows in
    low, high = min(neuron.e_na, neuron.e_k, neuron.e_l), max(neuron.e_na, neuron.e_k, neuron.e_l)
    while low < (middle := (low + high) / 2) < high:
        if _steady_current(middle, *neuron) < 0:
            low = middle
        else:
            high = middle
    return high


def check_hodgkin_huxley(neuron: HodgkinHuxley) -> HodgkinHuxley:
    """`neuron` with every number a valid float."""
    return checked("neuron", neuron, HodgkinHuxley)


@kernel
def _ramp(y):
    """The ramp y / (1 − exp(−y)): about y where y is large, 1 at y = 0, where the fraction itself is 0/0."""
    return 1.0 if y == 0.0 else y / -math.expm1(-y)


@kernel
def _opening_and_closing(v):
    """The rates at which m, h and n open, then those at which they close, per ms at 6.3 °C."""
    return (
        _ramp((v + 40.0) / 10.0),
        0.07 * math.exp(-(v + 65.0) / 20.0),
        0.1 * _ramp((v + 55.0) / 10.0),
        4.0 * math.exp(-(v + 65.0) / 18.0),
        1.0 / (1.0 + math.exp(-(v + 35.0) / 10.0)),
        0.125 * math.exp(-(v + 65.0) / 80.0),
    )


@kernel
def held_at(v):
    """The state of a membrane that has been held at `v` for long."""
    a_m, a_h, a_n, b_m, b_h, b_n = _opening_and_closing(v)
    return State(v, a_m / (a_m + b_m), a_h / (a_h + b_h), a_n / (a_n + b_n))


@kernel
def _speed(temperature):
    """How much faster the gates are than at 6.3 °C."""
    return 3.0 ** ((temperature - 6.3) / 10.0)


@kernel
def _steady_current(v, c_m, g_na, g_k, g_l, e_na, e_k, e_l, temperature):
    """The current that flows out when the membrane has been held at `v` for long."""
    _, m, h, n = held_at(v)
    return g_na * m**3 * h * (v - e_na) + g_k * n**4 * (v - e_k) + g_l * (v - e_l)


@kernel
def step(v, m, h, n, i, dt, c_m, g_na, g_k, g_l, e_na, e_k, e_l, phi):
    """The state one step later: a weighted mean of four slopes, each along the last one."""
    v_slope, m_slope, h_slope, n_slope = 0.0, 0.0, 0.0, 0.0
    v_sum, m_sum, h_sum, n_sum = 0.0, 0.0, 0.0, 0.0
    for far, weight in ((0.0, 1 / 6), (0.5, 1 / 3), (0.5, 1 / 3), (1.0, 1 / 6)):
        u = v + far * dt * v_slope
        mm = m + far * dt * m_slope
        hh = h + far * dt * h_slope
        nn = n + far * dt * n_slope
        a_m, a_h, a_n, b_m, b_h, b_n = _opening_and_closing(u)
        sodium = g_na * mm**3 * hh * (u - e_na)
        potassium = g_k * nn**4 * (u - e_k)
        v_slope = (i - sodium - potassium - g_l * (u - e_l)) / c_m
        m_slope = phi * (a_m * (1.0 - mm) - b_m * mm)
        h_slope = phi * (a_h * (1.0 - hh) - b_h * hh)
        n_slope = phi * (a_n * (1.0 - nn) - b_n * nn)
        v_sum += weight * v_slope
        m_sum += weight * m_slope
        h_sum += weight * h_slope
        n_sum += weight * n_slope
    return v + dt * v_sum, m + dt * m_sum, h + dt * h_sum, n + dt * n_sum


@kernel
def run(i, v, m, h, n, times, units, state, c_m, g_na, g_k, g_l, e_na, e_k, e_l, temperature, dt):
    """Neuron after neuron through all steps, with a state that moves on; returns the number of spikes."""
    phi = _speed(temperature)
    count = 0
    for k in range(i.shape[1]):
        now, gate_m, gate_h, gate_n = state.v[k], state.m[k], state.h[k], state.n[k]
        for t in range(i.shape[0]):
            before = now
            now, gate_m, gate_h, gate_n = step(
                now, gate_m, gate_h, gate_n, i[t, k], dt, c_m, g_na, g_k, g_l, e_na, e_k, e_l, phi
            )
            if before <= _LEVEL < now:
                times[count] = (t + 1) * dt
                units[count] = k
                count += 1
            v[t, k], m[t, k], h[t, k], n[t, k] = now, gate_m, gate_h, gate_n
        state.v[k], state.m[k], state.h[k], state.n[k] = now, gate_m, gate_h, gate_n
    return count


@kernel
def run_each(i, v, m, h, n, times, units, state, neurons, dt):
    """As `run` for neurons that differ, one after the other: their numbers are arrays."""
    count = 0
    for k in range(i.shape[1]):
        own = slice(k, k + 1)
        found = run(
            i[:, own], v[:, own], m[:, own], h[:, own], n[:, own], times[count:], units[count:],
            State(state.v[own], state.m[own], state.h[own], state.n[own]),
            neurons.c_m[k], neurons.g_na[k], neurons.g_k[k], neurons.g_l[k], neurons.e_na[k],
            neurons.e_k[k], neurons.e_l[k], neurons.temperature[k], dt,
        )  # fmt: skip
        units[count : count + found] = k
        count += found
    return count
