r"""The LIF neuron whose threshold adapts: every spike raises it, and it sinks back slowly.

The membrane is that of the LIF neuron. Beside it stands a second, slower variable $a$, the height of the
threshold above $v_{th}$:

$$ \tau_m \frac{dv}{dt} = -(v - v_{rest}) + R\, i(t), \qquad \tau_a \frac{da}{dt} = -a $$

The neuron fires when $v$ rises above $\theta = v_{th} + a$. Then $v$ is set to $v_{reset}$ and stays there
for $t_{ref}$, and $a$ jumps up by $\beta$:

$$ v \to v_{reset}, \qquad a \to a + \beta $$

$a$ sinks all the time, while the neuron is refractory too. With $\beta = 0$ this is the LIF neuron. Both
equations are linear and do not touch each other between spikes, so a step of constant current is exact.

Under a constant current the intervals stretch until a spike adds what one interval takes away. Then
$a = \beta / (e^{T/\tau_a} - 1)$ at the end of each interval, and the steady interval $T$ solves

$$ v_\infty + (v_{reset} - v_\infty)\, e^{-(T - t_{ref})/\tau_m}
= v_{th} + \frac{\beta}{e^{T/\tau_a} - 1}, \qquad v_\infty = v_{rest} + R\, i $$

Source: G. Bellec, D. Salaj, A. Subramoney, R. Legenstein and W. Maass (2018), Long short-term memory and
learning-to-learn in networks of spiking neurons, NeurIPS 31, section 2. With $\rho = e^{-\Delta t/\tau_a}$
and $z$ the spikes, their threshold is

$$ B = b^0 + \beta_{2018}\, b, \qquad b(t + \Delta t) = \rho\, b(t) + (1 - \rho)\, z(t) $$

So $b^0$ is our $v_{th}$, $\beta_{2018}\, b$ is our $a$, and our $\beta$ is $\beta_{2018}\, (1 - \rho)/\rho$.
Their neuron is not reset to a value: each spike subtracts the threshold from $v$.
"""

import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import NonNegative, Positive, checked, finite_array
from snnlab.compiling import kernel
from snnlab.neurons.arguments import arguments, arguments_of_each
from snnlab.neurons.differing import alike, in_order
from snnlab.neurons.models.lif import step as lif_step
from snnlab.neurons.refractory import fired_or_held, refractory_steps
from snnlab.neurons.states import later, started
from snnlab.spikes import Spikes

__all__ = [
    "AdaptiveLIF",
    "AdaptiveLIFRun",
    "adaptive_lif_rate",
    "simulate_adaptive_lif",
]


class AdaptiveLIF(NamedTuple):
    """The numbers of a LIF neuron with an adaptive threshold.

    Examples
    --------
    >>> AdaptiveLIF(beta=0.0).tau_a
    200.0
    """

    tau_m: Positive = 20.0
    """Membrane time constant, ms."""
    r_m: Positive = 100.0
    """Membrane resistance, MΩ."""
    v_rest: float = -65.0
    """Resting potential, mV."""
    v_reset: float = -65.0
    """Potential after a spike, mV."""
    v_th: float = -50.0
    """Threshold of a neuron that has not fired for long, mV."""
    t_ref: NonNegative = 2.0
    """Absolute refractory time, ms."""
    beta: NonNegative = 2.0
    """How far each spike raises the threshold, mV."""
    tau_a: Positive = 200.0
    """Time constant with which the threshold sinks back, ms."""


class State(NamedTuple):
    """What goes on from one step to the next, in arrays with one number for each neuron."""

    v: np.ndarray
    """Membrane potential, mV."""
    a: np.ndarray
    """Height of the threshold above `v_th`, mV."""
    free: np.ndarray
    """The first step in which the neuron may move again."""


class _Run(NamedTuple):
    v: np.ndarray
    a: np.ndarray
    spikes: Spikes


class AdaptiveLIFRun(_Run):
    """What a simulation returns; each value is that at the end of its step.

    It is unpacked into `v`, `a` and `spikes`, and has the `state` beside them.

    Attributes
    ----------
    v : array
        Membrane potential, mV, same shape as the current.
    a : array
        Height of the threshold above `v_th`, mV, same shape; in the step of a spike already the raised one.
    spikes : Spikes
        A spike is dated to the end of the step in which the threshold was crossed.
    state : State
        How the run ended: ``start=run.state`` goes on from there.

    Examples
    --------
    >>> v, a, spikes = simulate_adaptive_lif(np.full(200, 0.3))
    >>> print(np.round(a[137:141], 3))
    [0.    2.    1.999 1.998]
    """

    state: Any


def check_adaptive_lif(neuron: AdaptiveLIF) -> AdaptiveLIF:
    """`neuron` with every number a valid float, and `v_reset` below the threshold after a first spike."""
    valid = checked("neuron", neuron, AdaptiveLIF)
    raised = valid.v_th + valid.beta
    if valid.v_reset >= raised:
        raise ValueError(f"v_reset must be below v_th + beta ({raised:g} mV), got {valid.v_reset:g}")
    return valid


def simulate_adaptive_lif(
    i: ArrayLike,
    neuron: AdaptiveLIF = AdaptiveLIF(),
    dt: float = 0.1,
    v_start: float | None = None,
    *,
    start: State | None = None,
) -> AdaptiveLIFRun:
    """Simulate LIF neurons with an adaptive threshold on a grid of time steps.

    Exact for a current that is constant within each step, but for the spikes: each is dated to the end of its
    step, so what follows is late by less than a step (`simulate_adaptive_lif_exact` has no grid).

    Parameters
    ----------
    i : array of shape (steps,) or (steps, n)
        Current in nA for one neuron, or one column for each of n.
    neuron
        The numbers of the neuron; each may be an array of shape (n,), one number for each neuron.
    dt : float
        Time step, ms. The refractory time is rounded to whole steps, at least one unless it is 0.
    v_start : float, optional
        Potential at time 0, mV. If left out, `v_rest`, or `v_th` where that is lower.
    start : State, optional
        The ``state`` of an earlier run with the same `dt`: go on from there, in place of `v_start`.

    Returns
    -------
    AdaptiveLIFRun
        `v` and `a` (mV, shape of `i`, at the end of each step) and `spikes`.

    Examples
    --------
    >>> run = simulate_adaptive_lif(np.full(5000, 0.3))
    >>> print(np.round(np.diff(run.spikes.times)[:9], 1))
    [18.5 21.1 23.7 26.1 28.3 30.3 31.9 33.2 34.3]

    Two that differ:

    >>> pair = simulate_adaptive_lif(np.full((5000, 2), 0.3), AdaptiveLIF(beta=np.array([0.0, 2.0])))
    >>> np.bincount(pair.spikes.units, minlength=2).tolist()
    [31, 16]
    """
    different = not alike(neuron)
    given = arguments_of_each if different else arguments
    current, neuron, dt, rest = given(i, neuron, dt, v_start, check_adaptive_lif)
    steps, n = current.shape
    state = started(start, State(np.full(n, rest), np.zeros(n), np.zeros(n, np.int64)), v_start)
    v, a = np.empty((steps, n)), np.empty((steps, n))
    # a spike and its refractory steps, n times
    shortest = neuron.t_ref if not different else float(np.min(neuron.t_ref))
    most = n * math.ceil(steps / (refractory_steps(shortest, dt) + 1))
    times, units = np.empty(most), np.empty(most, np.int64)
    if different:
        count = run_each(current, v, a, times, units, state, neuron, dt)
        times, units = in_order(times, units, count)
    else:
        count = run(current, v, a, times, units, state, *neuron, dt)
    spikes = Spikes._sorted(times[:count].copy(), units[:count].copy(), n, steps * dt)
    shape = np.shape(i)
    found = AdaptiveLIFRun(v.reshape(shape), a.reshape(shape), spikes)
    found.state = state
    return found


def adaptive_lif_rate(i: ArrayLike, neuron: AdaptiveLIF = AdaptiveLIF()) -> np.ndarray:
    """Firing rate under a constant current, once the threshold has settled.

    The steady interval T solves the equation at the top of this module; it is found by halving. The first
    interval is shorter.

    Parameters
    ----------
    i : float or array of any shape
        Current in nA.
    neuron
        The numbers of the neuron.

    Returns
    -------
    array of the shape of `i`
        Rate in Hz; 0 where a resting neuron stays silent.

    Examples
    --------
    >>> print(np.round(adaptive_lif_rate([0.1, 0.3, 0.6]), 1))
    [ 0.  27.  51.8]
    """
    current = finite_array("i", i, tuple(range(33)), "any")
    neuron = check_adaptive_lif(neuron)
    rates = np.empty(current.shape)
    rates_at(current.ravel(), rates.ravel(), *neuron)
    return rates


@kernel
def step(v, a, i, decay, decay_a, v_rest, r_m):
    """Membrane potential and height of the threshold above v_th, one step later."""
    return lif_step(v, i, decay, v_rest, r_m), decay_a * a


@kernel
def run(i, v, a, times, units, state, tau_m, r_m, v_rest, v_reset, v_th, t_ref, beta, tau_a, dt):
    """All columns of `i` side by side, with a state that moves on; returns the number of spikes."""
    steps, n = i.shape
    decay, decay_a = math.exp(-dt / tau_m), math.exp(-dt / tau_a)
    hold = refractory_steps(t_ref, dt)
    free = state.free
    count = 0
    for t in range(steps):
        for k in range(n):
            now = v[t - 1, k] if t > 0 else state.v[k]
            height = a[t - 1, k] if t > 0 else state.a[k]
            moved, height = step(now, height, i[t, k], decay, decay_a, v_rest, r_m)
            crosses = moved > v_th + height
            now, free[k], fired = fired_or_held(t, now, moved, crosses, free[k], v_reset, hold)
            if fired:
                height += beta
                times[count] = (t + 1) * dt
                units[count] = k
                count += 1
            v[t, k], a[t, k] = now, height
    for k in range(n if steps > 0 else 0):
        state.v[k], state.a[k], free[k] = v[steps - 1, k], a[steps - 1, k], later(free[k], steps)
    return count


@kernel
def run_each(i, v, a, times, units, state, neurons, dt):
    """As `run` for neurons that differ, one after the other: their numbers are arrays."""
    count = 0
    for k in range(neurons.tau_m.size):
        own = slice(k, k + 1)
        found = run(
            i[:, own], v[:, own], a[:, own], times[count:], units[count:],
            State(state.v[own], state.a[own], state.free[own]), neurons.tau_m[k], neurons.r_m[k],
            neurons.v_rest[k], neurons.v_reset[k], neurons.v_th[k], neurons.t_ref[k], neurons.beta[k],
            neurons.tau_a[k], dt,
        )  # fmt: skip
        units[count : count + found] = k
        count += found
    return count


@kernel
def _excess(t, v_inf, tau_m, v_reset, v_th, t_ref, beta, tau_a):
    """How far v would be above the threshold after an interval `t`, had all intervals been that long."""
    v = v_inf + (v_reset - v_inf) * math.exp(-(t - t_ref) / tau_m)
    return v - v_th - (beta / math.expm1(t / tau_a) if beta > 0.0 else 0.0)


@kernel
def rate_at(i, tau_m, r_m, v_rest, v_reset, v_th, t_ref, beta, tau_a):
    """The steady rate under a constant current, Hz."""
    v_inf = v_rest + r_m * i
    if v_inf <= v_th:
        return 0.0
    low = t_ref
    high = t_ref + tau_m
    while _excess(high, v_inf, tau_m, v_reset, v_th, t_ref, beta, tau_a) <= 0.0 and high < 1e15:
        low, high = high, 2.0 * high
    for _ in range(200):  # until the two are neighbours; `low` may be the answer itself, at t_ref
        middle = 0.5 * (low + high)
        if not low < middle < high:
            break
        if _excess(middle, v_inf, tau_m, v_reset, v_th, t_ref, beta, tau_a) > 0.0:
            high = middle
        else:
            low = middle
    return 1000.0 / high


@kernel
def rates_at(i, rates, tau_m, r_m, v_rest, v_reset, v_th, t_ref, beta, tau_a):
    """`rate_at` for each current."""
    for k in range(i.size):
        rates[k] = rate_at(i[k], tau_m, r_m, v_rest, v_reset, v_th, t_ref, beta, tau_a)
