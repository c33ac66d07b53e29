r"""One step of LIF neurons with exponential currents.

$$ \tau_m \frac{dv}{dt} = -(v - v_{rest}) + R\,(i_e + i_i + i), \qquad
\tau_e \frac{di_e}{dt} = -i_e, \qquad \tau_i \frac{di_i}{dt} = -i_i $$

The equations are linear, so a step of length $\Delta t$ has an exact solution, a sum of what is there times
numbers that are always the same:

$$ v(t + \Delta t) = e^{-\Delta t/\tau_m}\, v + R\,(c_e\, i_e + c_i\, i_i) +
(1 - e^{-\Delta t/\tau_m})\,(v_{rest} + R\, i) $$

with $c_e$ and $c_i$ as in `snnlab.neurons.models.lif_synaptic`.

A step without a branch for each neuron lets a processor work on several at a time: who is held keeps its
potential by a choice between two numbers, and only of a block in which somebody fires is asked who.

Source: S. Rotter and M. Diesmann (1999), Biological Cybernetics 81, 381–402.
"""

import numpy as np

from snnlab.compiling import kernel, uncounted_kernel
from snnlab.neurons.refractory import fired_or_held

__all__ = ["advance_currents", "fire"]

BLOCK = 512
"""Neurons that are asked together whether one of them fires."""


@kernel
def step(v, i_e, i_i, decay, into_e, into_i, pull):
    """The membrane potential one step later."""
    alone = decay * v + pull
    return alone + into_e * i_e + into_i * i_i


@uncounted_kernel
def advance_currents(p, t, state, cells, ids, count):
    """Population `p` through step `t`; who fires is added to `ids`, whose new count is returned."""
    decay, into_e, into_i, pull = cells.decay[p], cells.into_e[p], cells.into_i[p], cells.pull[p]
    decay_e, decay_i, v_th, last = cells.decay_e[p], cells.decay_i[p], cells.v_th[p], cells.first[p + 1]
    now = np.int32(t)
    for begin in range(cells.first[p], last, BLOCK):
        end = min(begin + BLOCK, last)
        v, free = state.v[begin:end], state.free[begin:end]
        excitation, inhibition = state.excitation[begin:end], state.inhibition[begin:end]
        above = np.int32(0)
        for k in range(len(v)):
            moved = step(v[k], excitation[k], inhibition[k], decay, into_e, into_i, pull)
            there = v[k] if free[k] > now else moved
            v[k] = there
            excitation[k] *= decay_e
            inhibition[k] *= decay_i
            above = np.int32(above + np.int32(there > v_th))  # the sum of two would have 64 bits
        if above > 0:
            count = fire(begin, t, v, free, v_th, cells.v_reset[p], cells.hold[p], ids, count)
    return count


@uncounted_kernel
def fire(begin, t, v, free, v_th, v_reset, hold, ids, count):
    """Reset who is above the threshold, of the neurons from `begin` on; returns the new count of `ids`."""
    for k in range(len(v)):
        if v[k] > v_th:
            v[k], free[k], _ = fired_or_held(t, v[k], v[k], True, t, v_reset, hold)
            ids[count] = begin + k
            count += 1
    return count
