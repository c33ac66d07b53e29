r"""The LIF neuron with exponential synapses, from event to event: spike times have no error of a grid.

The equations are those of `snnlab.neurons.lif_synaptic`. Between two events, that is arrivals of spikes,
steps of the current from outside and ends of refractory times, the potential is a sum of two exponentials
and a constant. It has one extremum at most, so no crossing can be missed.

Source: R. Brette (2007), Neural Computation 19, 2604–2609, for the idea.
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, positive
from snnlab.compiling import kernel
from snnlab.neurons._crossing import _after, _crossing
from snnlab.neurons.lif import LIF, check_lif
from snnlab.neurons.spike_inputs import checked_inputs
from snnlab.spikes import Spikes

__all__ = ["simulate_lif_synaptic_exact"]

MOST = 1_000_000


def simulate_lif_synaptic_exact(
    inputs: Spikes,
    w: ArrayLike,
    neuron: LIF = LIF(),
    *,
    tau_s: float = 5.0,
    i: ArrayLike = (0.0,),
) -> Spikes:
    """Simulate one LIF neuron that receives spike trains through exponential synapses, from event to event.

    Parameters
    ----------
    inputs
        The trains that arrive; their duration is that of the simulation.
    w : array of shape (n_units,)
        By how much a spike of each unit raises the synaptic current, nA. Negative: inhibition.
    neuron
        The numbers of the neuron; it starts at rest. The refractory time is kept exactly.
    tau_s : float
        Time constant of the synaptic current, ms.
    i : array of shape (pieces,)
        A current from outside, nA: pieces of equal length that fill the duration.

    Raises
    ------
    ValueError
        If there are more than a million spikes.

    Examples
    --------
    >>> spikes = simulate_lif_synaptic_exact(Spikes([10.0], duration=100), [1.5], tau_s=5.0)
    >>> print(f"{spikes.times[0]:.6f} ms")
    12.826252 ms
    """
    neuron, tau_s = check_lif(neuron), positive("tau_s", tau_s)
    w = checked_inputs(inputs, w)
    i = finite_array("i", i, (1,), "(pieces,)")
    if neuron.v_rest >= neuron.v_th:
        raise ValueError(f"v_rest must be below v_th ({neuron.v_th:g} mV), got {neuron.v_rest:g}")
    if i.size == 0:
        raise ValueError("i must have at least one piece, got shape (0,)")
    arguments = inputs.times, w[inputs.units], i, inputs.duration / i.size
    count = run(*arguments, np.empty(0), *neuron, tau_s)
    if count == MOST:
        raise ValueError(f"t_ref must be long enough for less than {MOST} spikes, got {neuron.t_ref:g}")
    times = np.empty(count)
    run(*arguments, times, *neuron, tau_s)
    return Spikes(times, n_units=1, duration=inputs.duration)


@kernel
def run(at, w, i, piece, times, tau_m, r_m, v_rest, v_reset, v_th, t_ref, tau_s):
    """From event to event; returns the number of spikes, even beyond the room given in `times`."""
    v, y = v_rest, 0.0  # y is the synaptic current times R, scaled so that it adds y ε(s)
    scale = r_m * tau_s / tau_m
    t, free = 0.0, 0.0
    arrived = 0
    count = 0
    for p in range(i.size):
        v_inf = v_rest + r_m * i[p]
        end = (p + 1) * piece
        while t < end:
            until = end
            if arrived < at.size and at[arrived] < until:
                until = max(at[arrived], t)
            if t < free:
                until = min(until, free)
                wait = math.inf
            else:
                wait = _crossing(v, v_inf, y, v_th, until - t, tau_m, tau_s)
            if wait <= until - t:
                v = v_reset
                y *= math.exp(-wait / tau_s)
                t += wait
                free = t + t_ref
                if count < times.size:
                    times[count] = min(t, end)
                count += 1
                if count == MOST:  # the friendly function says so
                    return count
            else:
                if t >= free:
                    v = _after(v, v_inf, y, until - t, tau_m, tau_s)
                y *= math.exp(-(until - t) / tau_s)
                t = until
            if arrived < at.size and t >= at[arrived]:
                y += scale * w[arrived]
                arrived += 1
    return count
