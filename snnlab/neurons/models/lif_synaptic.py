r"""The LIF neuron whose inputs are spikes: each adds a synaptic current that decays exponentially.

$$ \tau_m \frac{dv}{dt} = -(v - v_{rest}) + R\,(i_s + i), \qquad \tau_s \frac{di_s}{dt} = -i_s $$

An input spike of unit $j$ makes $i_s$ jump by $w_j$. Where excitation and inhibition have a time constant
each, $i_s$ is the sum of two such currents, one for $w_j > 0$ and one for $w_j < 0$. Threshold, reset and
refractory time are those of the LIF neuron; the synaptic current goes on decaying while it is refractory.

The equations are linear, so a step of constant $i$ has an exact solution. A synaptic current at its start
adds to $v$ at its end

$$ R\, i_s\, \frac{\tau_s}{\tau_s - \tau_m} \left(e^{-\Delta t/\tau_s} - e^{-\Delta t/\tau_m}\right) $$

Source: S. Rotter and M. Diesmann (1999), Biological Cybernetics 81, 381–402.
"""

import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import positive
from snnlab.compiling import kernel
from snnlab.neurons.exponentials import exponential_difference
from snnlab.neurons.models.lif import LIF, check_lif
from snnlab.neurons.models.lif import step as lif_step
from snnlab.neurons.refractory import fired_or_held, refractory_steps
from snnlab.neurons.spike_inputs import arrivals_of_both, two_time_constants
from snnlab.neurons.states import later, started
from snnlab.spikes import Spikes

__all__ = ["LIFSynapticRun", "simulate_lif_synaptic"]


class State(NamedTuple):
    """What goes on from one step to the next."""

    v: float
    """Membrane potential, mV."""
    i_s: float
    """Synaptic current, nA; without that of inhibition where it has its own time constant."""
    i_in: float
    """Synaptic current of inhibition that has its own time constant, nA."""
    free: int
    """The first step in which the neuron may move again."""


class _Run(NamedTuple):
    v: np.ndarray
    i_s: np.ndarray
    spikes: Spikes


class LIFSynapticRun(_Run):
    """What a simulation returns; each value is that at the end of its step.

    It is unpacked into `v`, `i_s` and `spikes`, and has the `state` beside them.

    Attributes
    ----------
    v : array
        Membrane potential, mV, shape (steps,).
    i_s : array
        Synaptic current, nA, shape (steps,).
    spikes : Spikes
        The spikes of the neuron, dated to the end of their step.
    state : State
        How the run ended: ``start=run.state`` goes on from there.

    Examples
    --------
    >>> v, i_s, spikes = simulate_lif_synaptic(Spikes([0.0], duration=0.2), [0.5])
    >>> print(np.round(i_s, 4))
    [0.4901 0.4804]
    """

    state: Any


def simulate_lif_synaptic(
    inputs: Spikes,
    w: ArrayLike,
    neuron: LIF = LIF(),
    *,
    tau_s: float = 5.0,
    tau_in: float | None = None,
    delay: float = 0.0,
    i: ArrayLike | None = None,
    dt: float = 0.1,
    start: State | None = None,
) -> LIFSynapticRun:
    """Simulate one LIF neuron that receives spike trains through exponential synapses.

    Parameters
    ----------
    inputs
        The trains that arrive; their duration, in whole steps, is that of the simulation.
    w : array of shape (n_units,)
        By how much a spike of each unit raises the synaptic current, nA. Negative: inhibition.
    neuron
        The numbers of the neuron; it starts at rest.
    tau_s : float
        Time constant of the synaptic current, ms.
    tau_in : float, optional
        Time constant of inhibition, that is of the units with negative weight, ms. If left out, `tau_s`.
    delay : float
        From a spike to its effect, ms. Spike time and delay together are rounded to a whole step.
    i : array of shape (steps,), optional
        A current from outside, nA. None if left out.
    dt : float
        Time step, ms.
    start : State, optional
        The ``state`` of an earlier run with the same `dt`: go on from there, in place of rest.

    Examples
    --------
    >>> run = simulate_lif_synaptic(Spikes([10.0], duration=100), [0.5], tau_s=5.0)
    >>> print(f"{run.v.max():.2f} mV at {(run.v.argmax() + 1) * 0.1:.1f} ms")
    -57.13 mV at 19.2 ms
    """
    neuron, dt, taus = check_lif(neuron), positive("dt", dt), two_time_constants(tau_s, tau_in)
    jump, jump_in, i = arrivals_of_both(inputs, w, delay, i, dt, tau_in is not None)
    steps = i.size
    v, i_s = np.empty(steps), np.empty(steps)
    times = np.empty(steps)
    state = started(start, State(min(neuron.v_rest, neuron.v_th), 0.0, 0.0, 0))
    count, state = run(i, jump, jump_in, v, i_s, times, state, *neuron, *taus, dt)
    spikes = Spikes._sorted(times[:count].copy(), np.zeros(count, np.int64), 1, steps * dt)
    found = LIFSynapticRun(v, i_s, spikes)
    found.state = state
    return found


@kernel
def transferred(tau_m, tau_s, dt):
    """How much of a synaptic current (times R) has become membrane potential after `dt`."""
    return dt / tau_m * exponential_difference(-dt / tau_m, -dt / tau_s)


@kernel
def step(v, i_s, i, decay, transfer, v_rest, r_m):
    """The membrane potential one step later."""
    return lif_step(v, i, decay, v_rest, r_m) + transfer * r_m * i_s


@kernel
def run(i, jump, jump_in, v, i_s, times, state, tau_m, r_m, v_rest, v_reset, v_th, t_ref, tau_s, tau_in, dt):
    """One neuron through all steps; ``jump[t]`` is added to the synaptic current at the start of step t."""
    decay, decay_s, decay_in = math.exp(-dt / tau_m), math.exp(-dt / tau_s), math.exp(-dt / tau_in)
    transfer, transfer_in = transferred(tau_m, tau_s, dt), transferred(tau_m, tau_in, dt)
    hold = refractory_steps(t_ref, dt)
    now, free = state.v, state.free
    current, inhibition = state.i_s + jump[0], state.i_in + jump_in[0]
    count = 0
    for t in range(i.size):
        moved = step(now, current, i[t], decay, transfer, v_rest, r_m) + transfer_in * r_m * inhibition
        now, free, fired = fired_or_held(t, now, moved, moved > v_th, free, v_reset, hold)
        if fired:
            times[count] = (t + 1) * dt
            count += 1
        current = decay_s * current + jump[t + 1]
        inhibition = decay_in * inhibition + jump_in[t + 1]
        v[t], i_s[t] = now, current + inhibition
    return count, State(now, current, inhibition, later(free, i.size))
