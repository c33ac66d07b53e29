r"""The LIF neuron with escape noise: it may fire below the threshold, and may be late above it.

The membrane is that of the LIF neuron. The threshold is soft: at every potential the neuron fires with a
rate, the *hazard*, that grows by the factor $e$ with every $\Delta$ mV,

$$ \rho(v) = \rho_0\, e^{(v - v_{th})/\Delta} $$

so that the probability of a spike in a step of $\Delta t$ at the end of which the potential is $v$ is

$$ p = 1 - e^{-\rho(v)\, \Delta t} $$

The probability that no spike has come by the time $t$, the *survivor function*, is that of no spike in any
step:

$$ S(t) = e^{-\int_0^t \rho(v(s))\, ds} $$

With $\Delta \to 0$ the hazard is nothing below the threshold and without bound above it: the LIF neuron.

Source: W. Gerstner and W. M. Kistler (2002), Spiking Neuron Models, section 5.3; the exponential hazard and
its step: R. Jolivet, A. Rauch, H.-R. Lüscher and W. Gerstner (2006), Journal of Computational Neuroscience
21, 35–49.
"""

import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import NonNegative, Positive, checked, finite_array, ordered
from snnlab.compiling import kernel
from snnlab.neurons.arguments import arguments
from snnlab.neurons.differing import alike, simulate_each
from snnlab.neurons.models.lif import LIFRun
from snnlab.neurons.models.lif import step as lif_step
from snnlab.neurons.refractory import fired_or_held, refractory_steps
from snnlab.neurons.states import later, started
from snnlab.random import seed_from, uniform
from snnlab.spikes import Spikes

__all__ = ["EscapeLIF", "escape_rate", "simulate_escape_lif"]

_MOST = 700.0  # e to this power is still a number; any hazard as large fires at once


class EscapeLIF(NamedTuple):
    """The numbers of a LIF neuron with escape noise.

    Examples
    --------
    >>> EscapeLIF(delta=4.0).rho_0
    100.0
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
    """Threshold, mV: the potential at which the hazard is `rho_0`."""
    t_ref: NonNegative = 2.0
    """Absolute refractory time, ms."""
    rho_0: Positive = 100.0
    """Hazard at the threshold, Hz."""
    delta: Positive = 2.0
    """Softness of the threshold, mV: the smaller, the less is left to chance."""


class State(NamedTuple):
    """What goes on from one step to the next, of one neuron or, in arrays, of each."""

    v: Any
    """Membrane potential, mV."""
    free: Any
    """The first step in which the neuron may move again."""
    seed: Any
    """Where its random numbers come from."""
    drawn: Any
    """How many of them there were, one a step."""


def check_escape_lif(neuron: EscapeLIF) -> EscapeLIF:
    """`neuron` with every number a valid float, and `v_reset` below `v_th`."""
    return ordered(checked("neuron", neuron, EscapeLIF), "v_reset", "below", "v_th", "mV")


def escape_rate(v: ArrayLike, neuron: EscapeLIF = EscapeLIF()) -> np.ndarray:
    """The hazard: the rate with which a neuron at this potential fires.

    Parameters
    ----------
    v : float or array of any shape
        Membrane potential, mV.
    neuron
        The numbers of the neuron.

    Returns
    -------
    array of the shape of `v`
        Hz; below about 1e304 in any case.

    Examples
    --------
    >>> print(np.round(escape_rate([-52.0, -50.0, -48.0]), 1))
    [ 36.8 100.  271.8]
    """
    v, neuron = finite_array("v", v, tuple(range(33)), "any"), check_escape_lif(neuron)
    return neuron.rho_0 * np.exp(np.minimum((v - neuron.v_th) / neuron.delta, _MOST))


def simulate_escape_lif(
    i: ArrayLike,
    neuron: EscapeLIF = EscapeLIF(),
    dt: float = 0.1,
    v_start: float | None = None,
    *,
    start: State | None = None,
    rng: np.random.Generator,
) -> LIFRun:
    """Simulate LIF neurons with escape noise on a grid of time steps.

    The potential between spikes is exact for a current that is constant within each step. The hazard is that
    at the end of the step, for the whole step: choose `dt` so small that it hardly changes within one.

    Parameters
    ----------
    i : array of shape (steps,) or (steps, n)
        Current in nA for one neuron, or one column for each of n; columns draw different random numbers, so
        equal columns are repetitions of one experiment.
    neuron
        The numbers of the neuron; each may be an array of shape (n,), one number for each neuron.
    dt : float
        Time step, ms. The refractory time is rounded to whole steps, at least one unless it is 0.
    v_start : float, optional
        Potential at time 0, mV. If left out, `v_rest`, or `v_th` where that is lower.
    start : State, optional
        The ``state`` of an earlier run with the same `dt`: go on from there, in place of `v_start`.
    rng
        Where the seed comes from; the kernel draws from the generator of `snnlab.random`. A `start` brings
        its own chance, and nothing is drawn.

    Returns
    -------
    LIFRun
        `v` (mV, shape of `i`, at the end of each step) and `spikes`.

    Examples
    --------
    >>> run = simulate_escape_lif(np.full((10_000, 20), 0.14), rng=np.random.default_rng(1))
    >>> print(run.spikes)  # a current that leaves a LIF neuron silent for ever
    Spikes(315 spikes of 20 units in 1000 ms, 15.8 Hz a unit)
    """
    if not alike(neuron):

        def one(i: np.ndarray, neuron: EscapeLIF, start: State | None) -> LIFRun:
            return simulate_escape_lif(i, neuron, dt, v_start, start=start, rng=rng)

        return simulate_each(one, i, neuron, check_escape_lif, start)
    current, neuron, dt, rest = arguments(i, neuron, dt, v_start, check_escape_lif)
    steps, n = current.shape
    seed = np.full(n, seed_from(rng) if start is None else 0, np.uint64)
    at_rest = State(np.full(n, rest), np.zeros(n, np.int64), seed, np.zeros(n, np.int64))
    state = started(start, at_rest, v_start)
    most = math.ceil(steps / (refractory_steps(neuron.t_ref, dt) + 1))  # a spike and its refractory steps
    v, times = np.empty((n, steps)), np.empty((n, most))
    counts = []
    for k in range(n):
        before = State(*(values[k] for values in state))
        count, after = run(
            np.ascontiguousarray(current[:, k]), v[k], times[k], before, *neuron, dt, np.uint64(k)
        )
        state.v[k], state.free[k], state.drawn[k] = after.v, after.free, after.drawn
        counts.append(count)
    units = np.repeat(np.arange(n), counts)
    found = np.concatenate([times[k, :count] for k, count in enumerate(counts)] or [np.empty(0)])
    spikes = Spikes(found, units, n_units=n, duration=steps * dt)
    seen = LIFRun(np.ascontiguousarray(v.T).reshape(np.shape(i)), spikes)
    seen.state = state
    return seen


@kernel
def step(v, i, decay, v_rest, r_m, v_th, delta, escapes):
    """The potential one step later, and the probability of a spike; `escapes`: rho_0 times the step."""
    v = lif_step(v, i, decay, v_rest, r_m)
    return v, -math.expm1(-escapes * math.exp(min((v - v_th) / delta, 700.0)))


@kernel
def run(i, v, times, state, tau_m, r_m, v_rest, v_reset, v_th, t_ref, rho_0, delta, dt, stream):
    """One neuron through all steps, each with the next random number of its stream.

    Returns the number of spikes and the state at the end.
    """
    decay = math.exp(-dt / tau_m)
    hold = refractory_steps(t_ref, dt)
    now, free = state.v, state.free
    count = 0
    for t in range(i.size):
        moved, p = step(now, i[t], decay, v_rest, r_m, v_th, delta, rho_0 / 1000.0 * dt)
        escapes = t >= free and uniform(state.seed, stream, np.uint64(state.drawn + t)) < p
        now, free, fired = fired_or_held(t, now, moved, escapes, free, v_reset, hold)
        if fired:
            times[count] = (t + 1) * dt
            count += 1
        v[t] = now
    return count, State(now, later(free, i.size), state.seed, state.drawn + i.size)
