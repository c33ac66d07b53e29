r"""The spike response model (SRM) with exponential kernels, in three forms that must not be confused.

A neuron is described by how it responds: by $\epsilon$ to a spike that arrives, by $\eta$ to its own spike,
by $\kappa$ to a current. The potential is a sum of such responses, and a spike is fired when it reaches
$\vartheta$ (`v_th`) from below. With $\hat t$ the time of its last spike, $t^{(f)}$ those of all its spikes,
and $t_j^{(f)}$ those of input $j$:

1. **Cumulative**: every own spike leaves its trace, for good.

$$ u(t) = u_{rest} + \sum_f \eta_a(t - t^{(f)}) + \sum_j \sum_f w_j\, \epsilon(t - t_j^{(f)}) $$

2. **Last spike**: only the last own spike counts, and what came in before it is cut off; of an input before
   $\hat t$ only the synaptic current that is still to come counts.

$$ u(t) = u_{rest} + \eta_b(t - \hat t) + \sum_j \sum_f w_j\, \epsilon(t - \hat t,\, t - t_j^{(f)}) $$

3. **SRM0**: only the last own spike counts, but all input does, as if there had been no spike.

$$ u(t) = u_{rest} + \eta_a(t - \hat t) + \sum_j \sum_f w_j\, \epsilon(t - t_j^{(f)}) $$

The kernels are those of a leaky membrane with exponential synapses. $\epsilon(s)$ is `exponential_psp`, and

$$ \eta_a(s) = -(\vartheta - u_{reset})\, e^{-s/\tau_m}, \qquad
\eta_b(s) = (u_{reset} - u_{rest})\, e^{-s/\tau_m} $$

$$ \epsilon(x, s) = \frac{e^{-s/\tau_s}}{1 - \tau_s/\tau_m}
\left( e^{\min(x, s)\,(1/\tau_s - 1/\tau_m)} - 1 \right), \qquad
\kappa(s) = \frac{R}{\tau_m}\, e^{-s/\tau_m} $$

Without refractory time forms 1 and 2 **are** the LIF neuron: to reset $u$ from $\vartheta$ is to subtract
$\vartheta - u_{reset}$. Form 3 is an approximation, which forgets all own spikes but one.

Absolute refractoriness, `t_ref`, is $\eta = -\infty$ for $0 < s < t_{ref}$. In forms 1 and 3 nothing else
changes: if $u$ stands above $\vartheta$ when the time is over, it came there from below, and the neuron fires
at once. In form 2 the membrane is held and starts again at $\hat t + t_{ref}$, in place of $\hat t$ above;
with that it is the LIF neuron for every `t_ref`.

Source: W. Gerstner and W. M. Kistler (2002), Spiking Neuron Models, section 4.2; the
exponential kernels are derived there, and tested here, from the LIF neuron.
"""

import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, positive
from snnlab.compiling import kernel
from snnlab.neurons.crossing import next_crossing
from snnlab.neurons.differing import alike, beside
from snnlab.neurons.models.srm_parameters import SRM, check_srm
from snnlab.neurons.spike_inputs import checked_inputs
from snnlab.neurons.states import started
from snnlab.neurons.synaptic import psp_at
from snnlab.neurons.time_grid import whole_steps
from snnlab.spikes import Spikes

__all__ = [
    "SRM",
    "SRMRun",
    "check_srm",
    "simulate_srm0",
    "simulate_srm_cumulative",
    "simulate_srm_last_spike",
]

NEAR = 1e-9
"""A potential that is so near to the threshold right after a spike, in mV, means that spikes have no end."""


class State(NamedTuple):
    """What goes on from one step to the next, in arrays with one number for each neuron."""

    r: Any
    """What own spikes have left, mV."""
    h: Any
    """The response to the input, mV."""
    y: Any
    """The synaptic current, mV: it adds ``y`` times the PSP of a spike."""
    free: Any
    """How much longer the neuron is absolutely refractory, ms."""


class _Run(NamedTuple):
    v: np.ndarray
    spikes: Spikes


class SRMRun(_Run):
    """What a simulation returns: it is unpacked into `v` and `spikes`, and has the `state` beside them.

    Attributes
    ----------
    v : array
        Potential at the end of each step, mV, shape (steps,) or (steps, n); −∞ while absolutely refractory,
        NaN from where a current beyond all bounds has made it infinite.
    spikes : Spikes
        The spikes, at their exact times.
    state : State
        How the run ended: ``start=run.state`` goes on from there. A neuron with kernels of any shape has
        none: it would be all that its kernels have still to say.

    Examples
    --------
    >>> v, spikes = simulate_srm0(Spikes([], duration=0.2), [1.0])
    >>> print(v)
    [-65. -65.]
    """

    state: Any


def simulate_srm_cumulative(
    inputs: Spikes,
    w: ArrayLike,
    neuron: SRM = SRM(),
    *,
    i: ArrayLike | None = None,
    dt: float = 0.1,
    start: State | None = None,
) -> SRMRun:
    """Simulate the cumulative form: all own spikes count. Without refractory time it is the LIF neuron.

    From event to event: crossings of the threshold are found to the last digits, and `dt` has no influence
    on them.

    Parameters
    ----------
    inputs
        The trains that arrive; their duration, in whole steps, is that of the simulation.
    w : array of shape (n_units,) or (n, n_units)
        Weight of each unit for one neuron, or for each of n, mV: the jump that the charge of one input spike
        would make if it came at once. A current that jumps by x nA has the weight x·R·τ_s/τ_m.
    neuron
        The numbers of the neuron; each may be an array of shape (n,), one number for each neuron.
    i : array of shape (steps,) or (steps, n), optional
        A current from outside, nA, constant in each step. None if left out.
    dt : float
        Length of a step of `i`, ms, and the distance of the values of `v`.
    start : State, optional
        The ``state`` of an earlier run of the same form: go on from there, in place of rest.

    Returns
    -------
    SRMRun
        `v` (mV, at the end of each step) and `spikes`.

    Examples
    --------
    >>> run = simulate_srm_cumulative(Spikes([10.0, 12.0], duration=50), [15.0])
    >>> print(f"{run.spikes.times[0]:.6f} ms")
    15.280559 ms
    """
    return _simulate((1.0, 1.0), inputs, w, neuron, i, dt, start)


def simulate_srm_last_spike(
    inputs: Spikes,
    w: ArrayLike,
    neuron: SRM = SRM(),
    *,
    i: ArrayLike | None = None,
    dt: float = 0.1,
    start: State | None = None,
) -> SRMRun:
    """Simulate the last-spike form: all before the last own spike is cut off. It is the LIF neuron.

    Parameters
    ----------
    inputs, w, neuron, i, dt, start
        As for `simulate_srm_cumulative`.

    Returns
    -------
    SRMRun
        `v` (mV, at the end of each step) and `spikes`.

    Examples
    --------
    >>> run = simulate_srm_last_spike(Spikes([10.0, 12.0], duration=50), [15.0], SRM(t_ref=2.0))
    >>> print(f"{run.spikes.times[0]:.6f} ms")
    15.280559 ms
    """
    return _simulate((0.0, 0.0), inputs, w, neuron, i, dt, start)


def simulate_srm0(
    inputs: Spikes,
    w: ArrayLike,
    neuron: SRM = SRM(),
    *,
    i: ArrayLike | None = None,
    dt: float = 0.1,
    start: State | None = None,
) -> SRMRun:
    """Simulate SRM0: only the last own spike counts, and all input. An approximation of the LIF neuron.

    Good while the neuron fires rarely. As the input grows towards twice what the threshold needs, intervals
    shrink to nothing, and there would be no end of spikes: from there on it asks for a refractory time.

    Parameters
    ----------
    inputs, w, neuron, i, dt, start
        As for `simulate_srm_cumulative`.

    Returns
    -------
    SRMRun
        `v` (mV, at the end of each step) and `spikes`.

    Raises
    ------
    ValueError
        If the spikes do not end.

    Examples
    --------
    >>> run = simulate_srm0(Spikes([], duration=2000), [1.0], i=np.full(20_000, 0.2))
    >>> print(f"{np.diff(run.spikes.times)[-1]:.3f} ms = 20 ln 3 = {20 * np.log(3):.3f} ms")
    21.972 ms = 20 ln 3 = 21.972 ms
    """
    return _simulate((0.0, 1.0), inputs, w, neuron, i, dt, start)


def _simulate(
    keep: tuple[float, float],
    inputs: Spikes,
    w: ArrayLike,
    neuron: SRM,
    i: ArrayLike | None,
    dt: float,
    start: State | None,
) -> SRMRun:
    """One form, for one neuron or for several, one after the other."""
    dt = positive("dt", dt)
    if not isinstance(neuron, SRM):
        raise TypeError(f"neuron must be an SRM, got {type(neuron).__name__}")
    given = {"w": finite_array("w", w, (1, 2), "(n_units,) or (n, n_units)")}
    if i is not None:
        given["i"] = finite_array("i", i, (1, 2), "(steps,) or (steps, n)").T
    sizes = {name: len(array) for name, array in given.items() if array.ndim == 2}
    if not alike(neuron):
        sizes |= {name: np.size(value) for name, value in neuron._asdict().items() if np.ndim(value) == 1}
    state = started(start, State(*np.zeros((4, next(iter(sizes.values()), 1)))))
    if not sizes:
        return _with(state, _simulate_one(keep, inputs, w, check_srm(neuron), i, dt, state, 0))
    if len(set(sizes.values())) > 1 or 0 in sizes.values():
        told = ", ".join(f"{name} for {size}" for name, size in sizes.items())
        raise ValueError(f"w, i and the numbers of the neuron must be for one number of neurons, got {told}")
    neurons = [
        check_srm(SRM(*(np.asarray(value)[k] if np.ndim(value) == 1 else value for value in neuron)))
        for k in range(next(iter(sizes.values())))
    ]
    runs = []
    for k, one in enumerate(neurons):
        w_k, i_k = ((a[k] if a.ndim == 2 else a) for a in (given["w"], given.get("i", np.zeros(0))))
        runs.append(_simulate_one(keep, inputs, w_k, one, None if i is None else i_k, dt, state, k))
    return _with(state, tuple(beside(results) for results in zip(*runs, strict=True)))


def _with(state: State, found: tuple) -> SRMRun:
    run = SRMRun(*found)
    run.state = state
    return run


def _simulate_one(
    keep: tuple[float, float],
    inputs: Spikes,
    w: ArrayLike,
    neuron: SRM,
    i: ArrayLike | None,
    dt: float,
    state: State,
    k: int,
) -> tuple[np.ndarray, Spikes]:
    """Neuron `k`, whose state moves on.

    `keep` says how much of its own past and of its input survives a spike, 0 or 1.
    """
    w = checked_inputs(inputs, w)
    steps = whole_steps(inputs.duration, dt)
    i = np.zeros(steps) if i is None else finite_array("i", i, (1,), "(steps,)")
    if i.size != steps:
        raise ValueError(f"i must have one value for each of the {steps} steps, got {i.size}")
    v, most = np.empty(steps), 1000 + int(100 * inputs.duration)
    arguments = inputs.times, w[inputs.units], i, v
    before = State(*(values[k] for values in state))
    count, _ = run(*arguments, np.empty(0), most, before, *keep, *neuron, dt)
    if count == most:
        raise ValueError(
            f"t_ref must be long enough to end the spikes, got {neuron.t_ref:g} (the input takes the neuron "
            f"beyond what its own spikes can take back, or beyond {most} spikes in {steps * dt:g} ms)"
        )
    times = np.empty(count)
    _, after = run(*arguments, times, most, before, *keep, *neuron, dt)
    for values, value in zip(state, after, strict=True):
        values[k] = value
    return v, Spikes(np.minimum(times, steps * dt), n_units=1, duration=steps * dt)


@kernel
def step(r, h, y, drive, decay, decay_s, psp):
    """The trace of own spikes, the response to the input and the synaptic current, a while later."""
    return decay * r, decay * h + (1.0 - decay) * drive + psp * y, decay_s * y


@kernel
def _spike(r, h, keep_r, keep_h, fall, start):
    """What a spike leaves of the trace of own spikes and of the response to the input."""
    return keep_r * r + (-fall if keep_h > 0.0 else start), keep_h * h


@kernel
def run(at, w, i, v, times, most, state, keep_r, keep_h, tau_m, tau_s, r_m, v_rest, v_reset, v_th, t_ref, dt):
    """From event to event; returns the number of spikes, even beyond the room given, and the state then.

    It stops at `most` spikes.
    """
    r, h, y = state.r, state.h, state.y
    t, free = 0.0, state.free
    arrived = 0
    count = 0
    for k in range(i.size):
        drive = r_m * i[k]
        end = (k + 1) * dt
        while t < end or (arrived < at.size and at[arrived] <= t):
            until = end
            if arrived < at.size and at[arrived] < until:
                until = max(at[arrived], t)
            wait = math.inf
            if t < free:
                until = min(until, free)
            else:
                wait = next_crossing(
                    v_rest + r + h, v_rest + drive, y, 0.0, v_th, until - t, tau_m, tau_s, tau_s
                )
            fires = wait <= until - t
            passed = wait if fires else until - t
            decay_s = math.exp(-passed / tau_s)
            if t < free and keep_h == 0.0:
                y = decay_s * y  # the membrane is held
            else:
                psp = psp_at(passed, tau_m, tau_s)
                r, h, y = step(r, h, y, drive, math.exp(-passed / tau_m), decay_s, psp)
            if fires:
                r, h = _spike(r, h, keep_r, keep_h, v_th - v_reset, v_reset - v_rest)
                t += wait
                free = t + t_ref
                if count < times.size:
                    times[count] = t
                count += 1
                if count == most or (t_ref == 0.0 and v_rest + r + h > v_th - NEAR):
                    return most, state
            else:
                t = until
            if arrived < at.size and at[arrived] <= t:
                y += w[arrived]
                arrived += 1
        v[k] = v_rest + r + h if t >= free else -math.inf
    return count, State(r, h, y, np.maximum(free - t, 0.0))
