r"""The LIF neuron with exponential synapses, from event to event: spike times have no error of a grid.

The equations are those of `snnlab.neurons.models.lif_synaptic`. Between two events, that is arrivals of
spikes, steps of the current from outside and ends of refractory times, the potential is a constant and a sum
of exponentials, one more than there are synaptic time constants. It has one extremum at most for each of
these, so no crossing can be missed.

Source: R. Brette (2007), Neural Computation 19, 2604–2609, for the idea.
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array
from snnlab.compiling import kernel
from snnlab.neurons.crossing import next_crossing, potential_after
from snnlab.neurons.models.lif import LIF, check_lif
from snnlab.neurons.spike_inputs import checked_inputs, two_time_constants
from snnlab.spikes import Spikes

__all__ = ["simulate_lif_synaptic_exact"]

MOST = 1_000_000


def simulate_lif_synaptic_exact(
    inputs: Spikes,
    w: ArrayLike,
    neuron: LIF = LIF(),
    *,
    tau_s: float = 5.0,
    tau_in: float | None = None,
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
    tau_in : float, optional
        Time constant of inhibition, that is of the units with negative weight, ms. If left out, `tau_s`.
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
    neuron, taus = check_lif(neuron), two_time_constants(tau_s, tau_in)
    w = checked_inputs(inputs, w)
    i = finite_array("i", i, (1,), "(pieces,)")
    if neuron.v_rest >= neuron.v_th:
        raise ValueError(f"v_rest must be below v_th ({neuron.v_th:g} mV), got {neuron.v_rest:g}")
    if i.size == 0:
        raise ValueError("i must have at least one piece, got shape (0,)")
    weights = w[inputs.units]
    apart = (weights < 0.0) & (tau_in is not None)
    arguments = inputs.times, weights, apart, i, inputs.duration / i.size
    count = run(*arguments, np.empty(0), *neuron, *taus)
    if count == MOST:
        raise ValueError(f"t_ref must be long enough for less than {MOST} spikes, got {neuron.t_ref:g}")
    times = np.empty(count)
    run(*arguments, times, *neuron, *taus)
    return Spikes(times, n_units=1, duration=inputs.duration)


@kernel
def run(at, w, apart, i, piece, times, tau_m, r_m, v_rest, v_reset, v_th, t_ref, tau_s, tau_in):
    """From event to event; returns the number of spikes, even beyond the room given in `times`.

    What comes `apart` decays with `tau_in`.
    """
    v, y, y_in = v_rest, 0.0, 0.0  # y: a synaptic current times R, scaled so that it adds y ε(s)
    scale, scale_in = r_m * tau_s / tau_m, r_m * tau_in / tau_m
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
                wait = next_crossing(v, v_inf, y, y_in, v_th, until - t, tau_m, tau_s, tau_in)
            if wait <= until - t:
                v = v_reset
                y *= math.exp(-wait / tau_s)
                y_in *= math.exp(-wait / tau_in)
                t += wait
                free = t + t_ref
                if count < times.size:
                    times[count] = min(t, end)
                count += 1
                if count == MOST:  # the friendly function says so
                    return count
            else:
                if t >= free:
                    v = potential_after(v, v_inf, y, y_in, until - t, tau_m, tau_s, tau_in)
                y *= math.exp(-(until - t) / tau_s)
                y_in *= math.exp(-(until - t) / tau_in)
                t = until
            if arrived < at.size and t >= at[arrived]:
                if apart[arrived]:
                    y_in += scale_in * w[arrived]
                else:
                    y += scale * w[arrived]
                arrived += 1
    return count
