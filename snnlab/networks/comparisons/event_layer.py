r"""A layer of LIF neurons computed from input spike to input spike, without a clock.

Inputs make the potentials jump, so a neuron can cross its threshold at an input spike only. Between two of
them, $\Delta$ apart, every potential decays by the same factor. The layer is brought to the next input spike
in one exact step,

$$ v_k - v_{rest} \leftarrow (v_k - v_{rest})\, e^{-\Delta / \tau_m} + w_{kj}, \qquad
v_k > v_{th}: \quad v_k \leftarrow v_{reset} $$

A neuron that has fired is held at its reset for the refractory time, and what arrives then is lost. Its reset
is its rest: so a neuron that is held needs no other decay than the others, and one exponential an input spike
is enough for all of them. Nothing is rounded to steps; what a layer costs is its input spikes times its
neurons.

Source: P. O'Connor, D. Neil, S.-C. Liu, T. Delbruck and M. Pfeiffer (2013), Frontiers in Neuroscience 7, 178
(event-driven networks); the neuron is that of `simulate_lif_delta`.
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import affordable, finite_array
from snnlab.compiling import kernel
from snnlab.networks.comparisons.clock_or_events import jump
from snnlab.neurons.models.lif_parameters import LIF, check_lif
from snnlab.spikes import Spikes

__all__ = ["run_event_layer"]


def run_event_layer(inputs: Spikes, w: ArrayLike, neuron: LIF = LIF()) -> Spikes:
    """Let a layer of neurons hear spikes, each at its own time.

    Parameters
    ----------
    inputs
        What arrives, at once and without delay. Spikes of the same time arrive one after the other.
    w : array of shape (neurons, inputs)
        By how much a spike of each input raises the potential, mV. Negative: inhibition.
    neuron
        The numbers that all neurons have in common, `v_reset` equal to `v_rest`. They start at rest.

    Returns
    -------
    Spikes
        A unit for each neuron, of the same duration.

    Examples
    --------
    Two inputs together, 2 ms apart, make the first neuron fire; the second hears one of them only:

    >>> inputs = Spikes([10.0, 12.0], [0, 1], n_units=2, duration=50)
    >>> fired = run_event_layer(inputs, [[8.0, 8.0], [8.0, 0.0]])
    >>> print(fired.times, fired.units)
    [12.] [0]
    """
    if not isinstance(inputs, Spikes):
        raise TypeError(f"inputs must be Spikes, got {type(inputs).__name__}")
    w, neuron = finite_array("w", w, (2,), "(neurons, inputs)"), check_lif(neuron)
    if w.shape[1] != inputs.n_units:
        raise ValueError(f"w must have {inputs.n_units} columns, one an input, got {w.shape[1]}")
    if neuron.v_reset != neuron.v_rest:
        raise ValueError(f"v_reset must be v_rest ({neuron.v_rest:g} mV), got {neuron.v_reset:g}")
    n, most = len(w), inputs.n_spikes  # no neuron fires more often than it hears a spike
    if neuron.t_ref > 0:
        most = min(most, int(inputs.duration / neuron.t_ref) + 1)
    room = int(affordable(n * most))
    times, units, v, free = np.empty(room), np.empty(room, np.int64), np.empty(n), np.empty(n)
    columns = np.ascontiguousarray(w.T)
    threshold = neuron.v_th - neuron.v_rest
    count = run(
        inputs.times, inputs.units, columns, neuron.tau_m, threshold, neuron.t_ref, v, free, times, units
    )
    return Spikes._sorted(times[:count].copy(), units[:count].copy(), n, inputs.duration)


@kernel
def step(v, w, decay, held, threshold):
    """The potential above rest after an input spike, and whether the neuron fires."""
    if held:
        return 0.0, False
    moved = jump(v, w, decay)
    return (0.0, True) if moved > threshold else (moved, False)


@kernel
def run(at, source, columns, tau, threshold, t_ref, v, free, times, units):
    """All neurons from input spike to input spike; returns how often they fire."""
    v[:] = 0.0
    free[:] = 0.0
    count, last = 0, 0.0
    for s in range(at.size):
        decay = math.exp(-(at[s] - last) / tau)
        last = at[s]
        w = columns[source[s]]
        for k in range(v.size):
            v[k], fires = step(v[k], w[k], decay, last < free[k], threshold)
            if fires:
                free[k] = last + t_ref
                times[count], units[count] = last, k
                count += 1
    return count
