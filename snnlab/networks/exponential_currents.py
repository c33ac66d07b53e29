r"""One step of LIF neurons with exponential currents.

$$ \tau_m \frac{dv}{dt} = -(v - v_{rest}) + R\,(i_e + i_i + i), \qquad
\tau_e \frac{di_e}{dt} = -i_e, \qquad \tau_i \frac{di_i}{dt} = -i_i $$

The step is that of `snnlab.neurons.models.lif_synaptic`, which is exact.

A step without a branch for each neuron lets a processor work on several at a time: who is held keeps its
potential by a choice between two numbers, and only of a block in which somebody fires is asked who.
"""

from snnlab.compiling import kernel
from snnlab.neurons.models.lif_synaptic import step as synaptic_step

__all__ = ["advance_currents", "fire"]

BLOCK = 256
"""Neurons that are asked together whether one of them fires."""


@kernel
def step(v, i_e, i_i, i, decay, into_e, into_i, v_rest, r_m):
    """The membrane potential one step later."""
    return synaptic_step(v, i_e, i, decay, into_e, v_rest, r_m) + into_i * r_m * i_i


@kernel
def advance_currents(p, t, state, cells, ids, count):
    """Population `p` through step `t`; who fires is added to `ids`, whose new count is returned."""
    i, decay, into_e, into_i = cells.i[p], cells.decay[p], cells.into_e[p], cells.into_i[p]
    decay_e, decay_i, v_rest, r_m = cells.decay_e[p], cells.decay_i[p], cells.v_rest[p], cells.r_m[p]
    v_th = cells.v_th[p]
    last = cells.first[p + 1]
    for begin in range(cells.first[p], last, BLOCK):
        end = min(begin + BLOCK, last)
        v, free = state.v[begin:end], state.free[begin:end]
        excitation, inhibition = state.excitation[begin:end], state.inhibition[begin:end]
        above = 0
        for k in range(len(v)):
            moved = step(v[k], excitation[k], inhibition[k], i, decay, into_e, into_i, v_rest, r_m)
            now = v[k] if free[k] > t else moved
            v[k] = now
            excitation[k] *= decay_e
            inhibition[k] *= decay_i
            above += 1 if now > v_th else 0
        if above > 0:
            count = fire(begin, t, v, free, v_th, cells.v_reset[p], cells.hold[p], ids, count)
    return count


@kernel
def fire(begin, t, v, free, v_th, v_reset, hold, ids, count):
    """Reset who is above the threshold, of the neurons from `begin` on; returns the new count of `ids`."""
    for k in range(len(v)):
        if v[k] > v_th:
            v[k] = v_reset
            free[k] = t + 1 + hold
            ids[count] = begin + k
            count += 1
    return count
