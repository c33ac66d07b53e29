r"""The LIF neuron whose inputs are spikes: each adds an alpha function to the synaptic current.

$$ \tau_m \frac{dv}{dt} = -(v - v_{rest}) + R\,(i_s + i), \qquad
\frac{di_s}{dt} = x - \frac{i_s}{\tau_s}, \qquad \frac{dx}{dt} = -\frac{x}{\tau_s} $$

An input spike of unit $j$ makes $x$ jump by $e\, w_j/\tau_s$, so that alone it gives the current

$$ i_s(s) = w_j\, \frac{s}{\tau_s}\, e^{1 - s/\tau_s} $$

with its peak $w_j$ after $\tau_s$. Where excitation and inhibition have a time constant each, $i_s$ is the
sum of two such currents, one for $w_j > 0$ and one for $w_j < 0$. Threshold, reset and refractory time are
those of the LIF neuron; the synaptic current goes its way while the neuron is refractory.

All the equations are linear, so a step of constant $i$ has an exact solution; its coefficients are divided
differences of exponentials and lose no digits where $\tau_s$ and $\tau_m$ agree.

Source: S. Rotter and M. Diesmann (1999), Biological Cybernetics 81, 381–402.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import positive
from snnlab.compiling import kernel
from snnlab.neurons.exponentials import exponential_difference, second_difference
from snnlab.neurons.models.lif import LIF, check_lif
from snnlab.neurons.models.lif import step as lif_step
from snnlab.neurons.models.lif_synaptic import LIFSynapticRun
from snnlab.neurons.refractory import fired_or_held, refractory_steps
from snnlab.neurons.spike_inputs import arrivals_of_both, two_time_constants
from snnlab.neurons.states import later, started
from snnlab.spikes import Spikes

__all__ = ["simulate_lif_alpha"]


class State(NamedTuple):
    """What goes on from one step to the next."""

    v: float
    """Membrane potential, mV."""
    i_s: float
    """Synaptic current, nA; without that of inhibition where it has its own time constant."""
    x: float
    """What feeds it, nA/ms."""
    i_in: float
    """Synaptic current of inhibition that has its own time constant, nA."""
    x_in: float
    """What feeds it, nA/ms."""
    free: int
    """The first step in which the neuron may move again."""


def simulate_lif_alpha(
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
    """Simulate one LIF neuron that receives spike trains through alpha synapses.

    Parameters
    ----------
    inputs
        The trains that arrive; their duration, in whole steps, is that of the simulation.
    w : array of shape (n_units,)
        The peak of the current that a spike of each unit brings, nA. Negative: inhibition.
    neuron
        The numbers of the neuron; it starts at rest.
    tau_s : float
        When the current peaks, ms.
    tau_in : float, optional
        The same for inhibition, that is for the units with negative weight, ms. If left out, `tau_s`.
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
    >>> run = simulate_lif_alpha(Spikes([10.0], duration=100), [0.2], tau_s=5.0)
    >>> print(f"{run.i_s.max():.3f} nA at {(run.i_s.argmax() + 1) * 0.1:.1f} ms")
    0.200 nA at 15.0 ms
    """
    neuron, dt, taus = check_lif(neuron), positive("dt", dt), two_time_constants(tau_s, tau_in)
    jump, jump_in, i = arrivals_of_both(inputs, w, delay, i, dt, tau_in is not None)
    v, i_s, times = np.empty(i.size), np.empty(i.size), np.empty(i.size)
    state = started(start, State(min(neuron.v_rest, neuron.v_th), 0.0, 0.0, 0.0, 0.0, 0))
    count, state = run(i, jump, jump_in, v, i_s, times, state, *neuron, *taus, dt)
    spikes = Spikes._sorted(times[:count].copy(), np.zeros(count, np.int64), 1, i.size * dt)
    found = LIFSynapticRun(v, i_s, spikes)
    found.state = state
    return found


@kernel
def transferred(tau_m, tau_s, dt):
    """How much of a synaptic current, and of what feeds it, is membrane potential (over R) after `dt`."""
    m, s = -dt / tau_m, -dt / tau_s
    return dt / tau_m * exponential_difference(m, s), dt * (dt / tau_m) * second_difference(m, s, s)


@kernel
def step(v, i_s, x, i_in, x_in, i, decay, of_s, of_x, of_in, of_x_in, v_rest, r_m):
    """The membrane potential one step later."""
    return (
        lif_step(v, i, decay, v_rest, r_m)
        + r_m * (of_s * i_s + of_x * x)
        + r_m * (of_in * i_in + of_x_in * x_in)
    )


@kernel
def run(i, jump, jump_in, v, i_s, times, state, tau_m, r_m, v_rest, v_reset, v_th, t_ref, tau_s, tau_in, dt):
    """One neuron through all steps; ``jump[t]`` is the peak of the currents that begin with step t."""
    decay, decay_s, decay_in = math.exp(-dt / tau_m), math.exp(-dt / tau_s), math.exp(-dt / tau_in)
    of_s, of_x = transferred(tau_m, tau_s, dt)
    of_in, of_x_in = transferred(tau_m, tau_in, dt)
    rise, rise_in = math.e / tau_s, math.e / tau_in
    hold = refractory_steps(t_ref, dt)
    now, free = state.v, state.free
    current, x = state.i_s, state.x + rise * jump[0]
    inhibition, x_in = state.i_in, state.x_in + rise_in * jump_in[0]
    count = 0
    for t in range(i.size):
        moved = step(now, current, x, inhibition, x_in, i[t], decay, of_s, of_x, of_in, of_x_in, v_rest, r_m)
        now, free, fired = fired_or_held(t, now, moved, moved > v_th, free, v_reset, hold)
        if fired:
            times[count] = (t + 1) * dt
            count += 1
        current = decay_s * (current + dt * x)
        x = decay_s * x + rise * jump[t + 1]
        inhibition = decay_in * (inhibition + dt * x_in)
        x_in = decay_in * x_in + rise_in * jump_in[t + 1]
        v[t], i_s[t] = now, current + inhibition
    return count, State(now, current, x, inhibition, x_in, later(free, i.size))
