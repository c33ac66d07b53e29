r"""The leaky integrate-and-fire neuron (LIF).

The membrane potential $v$ is driven by a current $i$ through a resistance $R$ and leaks with a time
constant $\tau_m$:

$$ \tau_m \frac{dv}{dt} = -(v - v_{rest}) + R\, i(t) $$

When $v$ crosses $v_{th}$ from below the neuron fires, $v$ is set to $v_{reset}$ and stays there for
$t_{ref}$.

For a current that is constant over a step the equation has an exact solution, so the step has no error:

$$ v(t + \Delta t) = e^{-\Delta t/\tau_m}\, v(t) + (1 - e^{-\Delta t/\tau_m})\, (v_{rest} + R\, i) $$

Source: W. Gerstner and W. M. Kistler (2002), Spiking Neuron Models, section 4.1; the exact step:
S. Rotter and M. Diesmann (1999), Biological Cybernetics 81, 381–402.
"""

import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import affordable, finite_array
from snnlab.compiling import kernel
from snnlab.neurons.arguments import arguments, arguments_of_each
from snnlab.neurons.differing import alike, in_order
from snnlab.neurons.models.lif_parameters import LIF, check_lif
from snnlab.neurons.refractory import fired_or_held, refractory_steps
from snnlab.neurons.states import later, started
from snnlab.spikes import Spikes

__all__ = [
    "LIF",
    "LIFRun",
    "check_lif",
    "lif_latency",
    "lif_rate",
    "lif_rheobase",
    "simulate_lif",
    "simulate_lif_exact",
]


class State(NamedTuple):
    """What goes on from one step to the next, of one neuron or, in arrays, of each."""

    v: Any
    """Membrane potential, mV."""
    free: Any
    """The first step in which the neuron may move again."""


class _Run(NamedTuple):
    v: np.ndarray
    spikes: Spikes


class LIFRun(_Run):
    """What a simulation returns: it is unpacked into `v` and `spikes`, and has the `state` beside them.

    Attributes
    ----------
    v : array
        Membrane potential at the end of each step, mV, same shape as the current.
    spikes : Spikes
        A spike is dated to the end of the step in which the threshold was crossed.
    state : State
        How the run ended: ``start=run.state`` goes on from there.

    Examples
    --------
    >>> v, spikes = simulate_lif([0.0, 0.0])
    >>> print(v)
    [-65. -65.]
    """

    state: Any


def simulate_lif(
    i: ArrayLike,
    neuron: LIF = LIF(),
    dt: float = 0.1,
    v_start: float | None = None,
    *,
    start: State | None = None,
) -> LIFRun:
    """Simulate LIF neurons on a grid of time steps.

    Exact for a current that is constant within each step, but for the spikes: each is dated to the end of its
    step, so what follows is late by less than a step (`simulate_lif_exact` has no grid).

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
    LIFRun
        `v` (mV, shape of `i`, at the end of each step) and `spikes`.

    Examples
    --------
    >>> run = simulate_lif(np.full(10_000, 0.3))
    >>> run.spikes
    Spikes(63 spikes of 1 unit in 1000 ms, 63.0 Hz a unit)
    >>> print(f"{run.spikes.times[0]:.1f} ms")
    13.9 ms
    >>> simulate_lif(np.full(10_000, 0.3), start=run.state).spikes.n_spikes  # another second
    62

    Two that differ:

    >>> pair = simulate_lif(np.full((10_000, 2), 0.3), LIF(v_th=np.array([-50.0, -45.0])))
    >>> np.bincount(pair.spikes.units, minlength=2).tolist()
    [63, 41]
    """
    different = not alike(neuron)
    given = arguments_of_each if different else arguments
    current, neuron, dt, rest = given(i, neuron, dt, v_start, check_lif)
    steps, n = current.shape
    state = started(start, State(np.full(n, rest), np.zeros(n, np.int64)), v_start)
    v = np.empty((steps, n))
    # a spike and its refractory steps, n times
    shortest = neuron.t_ref if not different else float(np.min(neuron.t_ref))
    most = n * math.ceil(steps / (refractory_steps(shortest, dt) + 1))
    times = np.empty(most)
    if n == 1 and not different:
        one = State(state.v[0], state.free[0])
        count, (state.v[0], state.free[0]) = run_one(current[:, 0], v[:, 0], times, one, *neuron, dt)
        units = np.zeros(count, np.int64)
    elif different:
        units = np.empty(most, np.int64)
        count = run_each(current, v, times, units, state, neuron, dt)
        times, units = in_order(times, units, count)
    else:
        units = np.empty(most, np.int64)
        count = run(current, v, times, units, state, *neuron, dt)
        units = units[:count].copy()
    found = LIFRun(v.reshape(np.shape(i)), Spikes._sorted(times[:count].copy(), units, n, steps * dt))
    found.state = state
    return found


def simulate_lif_exact(
    i: ArrayLike, neuron: LIF = LIF(), dt: float = 0.1, v_start: float | None = None
) -> Spikes:
    r"""Simulate LIF neurons from spike to spike: spike times have no error of the grid.

    Within a piece of constant current the threshold is crossed after

    $$ \Delta t = \tau_m \ln \frac{v_\infty - v}{v_\infty - v_{th}}, \qquad v_\infty = v_{rest} + R\, i $$

    Parameters
    ----------
    i : array of shape (pieces,) or (pieces, n)
        Current in nA, constant for `dt` in each piece.
    neuron
        The numbers of the neuron; the refractory time is kept exactly.
    dt : float
        Length of a piece, ms: as long as the current allows.
    v_start : float, optional
        Potential at time 0, mV. If left out, `v_rest`, or `v_th` where that is lower.

    Raises
    ------
    ValueError
        If there could be more than 100 million spikes.

    Examples
    --------
    >>> spikes = simulate_lif_exact([0.3], dt=1000)
    >>> print(f"{spikes.times[0]:.6f} ms = 20 ln 2 = {20 * np.log(2):.6f} ms")
    13.862944 ms = 20 ln 2 = 13.862944 ms
    """
    current, neuron, dt, v_start = arguments(i, neuron, dt, v_start, check_lif)
    pieces, n = current.shape
    rates = lif_rate(current, neuron)  # of the spikes within a piece, after one that may come at once
    most = affordable(np.count_nonzero(rates) + rates.sum() * dt / 1000.0)
    room = n + int(most * 1.000001)  # rounding adds less than that
    times, units = np.empty(room), np.empty(room, np.int32)
    count = run_exact(current, times, units, v_start, *neuron, dt)
    times, units = in_order(times, units, count)
    if count and not times[-1] <= pieces * dt:  # NaN comes last, where a current overflows: refused
        return Spikes(times, units, n_units=n, duration=pieces * dt)
    return Spikes._sorted(times, units.astype(np.int64), n, pieces * dt)


def lif_rheobase(neuron: LIF = LIF()) -> float:
    """The constant current above which the neuron fires, in nA.

    Parameters
    ----------
    neuron
        The numbers of the neuron.

    Returns
    -------
    float
        (v_th − v_rest) / r_m. At exactly this current the neuron is still silent.

    Examples
    --------
    >>> print(f"{lif_rheobase():.2f} nA")
    0.15 nA
    """
    neuron = check_lif(neuron)
    return (neuron.v_th - neuron.v_rest) / neuron.r_m


def lif_rate(i: ArrayLike, neuron: LIF = LIF()) -> np.ndarray:
    r"""Firing rate under a constant current, in closed form (the f–I curve).

    $$ f = \left[ t_{ref} + \tau_m \ln
    \frac{v_{rest} + R\, i - v_{reset}}{v_{rest} + R\, i - v_{th}} \right]^{-1} $$

    above the rheobase, and 0 up to it.

    Parameters
    ----------
    i : float or array of any shape
        Current in nA.
    neuron
        The numbers of the neuron.

    Returns
    -------
    array of the shape of `i`
        Rate in Hz.

    Examples
    --------
    >>> print(np.round(lif_rate([0.1, 0.3, 0.6]), 1))
    [  0.  63. 129.]
    """
    current, neuron = _currents(i), check_lif(neuron)
    rates = np.empty(current.shape)
    rates_at(current.ravel(), rates.ravel(), *neuron)
    return rates


def lif_latency(i: ArrayLike, neuron: LIF = LIF()) -> np.ndarray:
    r"""Time from the onset of a constant current to the first spike of a resting neuron.

    $$ t_1 = \tau_m \ln \frac{R\, i}{R\, i - (v_{th} - v_{rest})} $$

    Parameters
    ----------
    i : float or array of any shape
        Current in nA.
    neuron
        The numbers of the neuron.

    Returns
    -------
    array of the shape of `i`
        Latency in ms; infinite where the neuron stays silent.

    Examples
    --------
    >>> print(np.round(lif_latency([0.1, 0.3]), 3))
    [   inf 13.863]
    """
    neuron = check_lif(neuron)
    above = neuron.v_rest + neuron.r_m * _currents(i) - neuron.v_th
    fires = above > 0
    rise = max(neuron.v_th - neuron.v_rest, 0.0)  # a neuron that rests above its threshold fires at once
    return np.where(fires, neuron.tau_m * np.log1p(rise / np.where(fires, above, 1.0)), np.inf)


def _currents(i: ArrayLike) -> np.ndarray:
    return finite_array("i", i, tuple(range(33)), "any")


@kernel
def step(v, i, decay, v_rest, r_m):
    """The membrane potential one step later."""
    return decay * v + (1.0 - decay) * (v_rest + r_m * i)


@kernel
def rate_at(i, tau_m, r_m, v_rest, v_reset, v_th, t_ref):
    """The firing rate under a constant current, Hz."""
    above = v_rest + r_m * i - v_th
    if above <= 0.0:
        return 0.0
    return 1000.0 / (t_ref + tau_m * math.log1p((v_th - v_reset) / above))


@kernel
def rates_at(i, rates, tau_m, r_m, v_rest, v_reset, v_th, t_ref):
    """`rate_at` for each current."""
    for k in range(i.size):
        rates[k] = rate_at(i[k], tau_m, r_m, v_rest, v_reset, v_th, t_ref)


@kernel
def run_one(i, v, times, state, tau_m, r_m, v_rest, v_reset, v_th, t_ref, dt):
    """One neuron through all steps; returns the number of spikes and the state at the end."""
    decay = math.exp(-dt / tau_m)
    hold = refractory_steps(t_ref, dt)
    now, free = state.v, state.free
    count = 0
    for t in range(i.size):
        moved = step(now, i[t], decay, v_rest, r_m)
        now, free, fired = fired_or_held(t, now, moved, moved > v_th, free, v_reset, hold)
        if fired:
            times[count] = (t + 1) * dt
            count += 1
        v[t] = now
    return count, State(now, later(free, i.size))


@kernel
def run(i, v, times, units, state, tau_m, r_m, v_rest, v_reset, v_th, t_ref, dt):
    """As `run_one` for all columns of `i` side by side, with a state of arrays that moves on.

    A processor works on several neurons at a time.
    """
    steps, n = i.shape
    decay = math.exp(-dt / tau_m)
    hold = refractory_steps(t_ref, dt)
    free = state.free
    count = 0
    for t in range(steps):
        for k in range(n):
            now = v[t - 1, k] if t > 0 else state.v[k]
            moved = step(now, i[t, k], decay, v_rest, r_m)
            now, free[k], fired = fired_or_held(t, now, moved, moved > v_th, free[k], v_reset, hold)
            v[t, k] = now
            if fired:
                times[count] = (t + 1) * dt
                units[count] = k
                count += 1
    for k in range(n if steps > 0 else 0):
        state.v[k], free[k] = v[steps - 1, k], later(free[k], steps)
    return count


@kernel
def run_each(i, v, times, units, state, neurons, dt):
    """As `run` for neurons that differ, one after the other: their numbers are arrays."""
    count = 0
    for k in range(neurons.tau_m.size):
        found, after = run_one(
            i[:, k], v[:, k], times[count:], State(state.v[k], state.free[k]),
            neurons.tau_m[k], neurons.r_m[k], neurons.v_rest[k], neurons.v_reset[k], neurons.v_th[k],
            neurons.t_ref[k], dt,
        )  # fmt: skip
        state.v[k], state.free[k] = after.v, after.free
        units[count : count + found] = k
        count += found
    return count


@kernel
def run_exact(i, times, units, v_start, tau_m, r_m, v_rest, v_reset, v_th, t_ref, dt):
    """From spike to spike, neuron after neuron; returns the number of spikes, even beyond the room given."""
    pieces, n = i.shape
    count = 0
    for k in range(n):
        v = v_start
        t = 0.0  # now; the neuron is free to move from here
        for p in range(pieces):
            end = (p + 1) * dt
            v_inf = v_rest + r_m * i[p, k]
            while t < end:
                wait = math.inf
                if v_inf > v_th:
                    wait = tau_m * math.log1p(max(v_th - v, 0.0) / (v_inf - v_th))
                if t + wait > end:
                    v = step(v, i[p, k], math.exp(-(end - t) / tau_m), v_rest, r_m)
                    t = end
                else:
                    if count < times.size:
                        times[count] = t + wait
                        units[count] = k
                    count += 1
                    v = v_reset
                    t = t + wait + t_ref
    return count
