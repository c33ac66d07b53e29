r"""The LIF neuron whose inputs are spikes without duration: each makes the potential jump.

$$ \tau_m \frac{dv}{dt} = -(v - v_{rest}) + R\, i + \tau_m \sum_j w_j \sum_f \delta(t - t_j^{(f)}) $$

So an input spike of unit $j$ adds $w_j$ to $v$. If that takes $v$ beyond the threshold, the neuron fires at
the time of the jump. What arrives while the neuron is held at $v_{reset}$ is lost, as NEST's
``iaf_psc_delta`` has it by default.

Source: W. Gerstner and W. M. Kistler (2002), Spiking Neuron Models, section 4.1.
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import positive
from snnlab.compiling import kernel
from snnlab.neurons.models.lif import LIF, LIFRun, State, check_lif
from snnlab.neurons.models.lif import step as lif_step
from snnlab.neurons.refractory import fired_or_held, refractory_steps
from snnlab.neurons.spike_inputs import arrivals
from snnlab.neurons.states import later, started
from snnlab.spikes import Spikes

__all__ = ["simulate_lif_delta"]


def simulate_lif_delta(
    inputs: Spikes,
    w: ArrayLike,
    neuron: LIF = LIF(),
    *,
    delay: float = 0.0,
    i: ArrayLike | None = None,
    dt: float = 0.1,
    start: State | None = None,
) -> LIFRun:
    """Simulate one LIF neuron whose potential jumps with every input spike.

    Exact for a current that is constant within each step, but for the spikes that the current brings about:
    each is dated to the end of its step. Spikes that a jump brings about are on time.

    Parameters
    ----------
    inputs
        The trains that arrive; their duration, in whole steps, is that of the simulation.
    w : array of shape (n_units,)
        By how much a spike of each unit raises the potential, mV. Negative: inhibition.
    neuron
        The numbers of the neuron; it starts at rest.
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
    >>> run = simulate_lif_delta(Spikes([10.0, 15.0], duration=50), [8.0])
    >>> print(f"{run.v.max():.2f} mV, spikes at {run.spikes.times} ms")
    -50.77 mV, spikes at [] ms
    >>> simulate_lif_delta(Spikes([10.0, 12.0], duration=50), [8.0]).spikes.times
    array([12.])
    """
    neuron, dt = check_lif(neuron), positive("dt", dt)
    jump, i = arrivals(inputs, w, delay, i, dt)
    v, times = np.empty(i.size), np.empty(i.size + 1)
    state = started(start, State(min(neuron.v_rest, neuron.v_th), -1))
    count, state = run(i, jump, v, times, state, *neuron, dt)
    spikes = Spikes._sorted(times[:count].copy(), np.zeros(count, np.int64), 1, i.size * dt)
    found = LIFRun(v, spikes)
    found.state = state
    return found


@kernel
def step(v, i, jump, decay, v_rest, r_m):
    """The membrane potential one step later, with the jump at its end."""
    return lif_step(v, i, decay, v_rest, r_m) + jump


@kernel
def run(i, jump, v, times, state, tau_m, r_m, v_rest, v_reset, v_th, t_ref, dt):
    """One neuron through all steps; ``jump[t]`` is added to the potential at the start of step t."""
    decay = math.exp(-dt / tau_m)
    hold = refractory_steps(t_ref, dt)
    moved = state.v + jump[0]
    now, free, fired = fired_or_held(-1, state.v, moved, moved > v_th, state.free, v_reset, hold)
    count = 0
    if fired:
        times[0] = 0.0
        count = 1
    for t in range(i.size):
        moved = step(now, i[t], jump[t + 1], decay, v_rest, r_m)
        now, free, fired = fired_or_held(t, now, moved, moved > v_th, free, v_reset, hold)
        if fired:
            times[count] = (t + 1) * dt
            count += 1
        v[t] = now
    return count, State(now, later(free, i.size))
