"""One step of Izhikevich's neurons with synapses.

The step is that of `snnlab.neurons.models.izhikevich`, with the mean of the synaptic current
(`snnlab.networks.cells.synaptic_input`), which is in mV/ms as its input is.
"""

from snnlab.compiling import uncounted_kernel
from snnlab.networks.cells.synaptic_input import jump_onto, mean_input, move_synapses
from snnlab.neurons.models.izhikevich import step

__all__ = ["advance_izhikevich"]


@uncounted_kernel
def advance_izhikevich(p, t, state, cells, rows, ids, count):
    """Population `p` through step `t`; who fires is added to `ids`, whose new count is returned."""
    first = cells.first[p]
    own = rows.numbers
    for j in range(first, cells.first[p + 1]):
        r = rows.first[p] + (j - first) * rows.each[p]
        a, b, c, d, v_peak, i = own[r, 0], own[r, 1], own[r, 2], own[r, 3], own[r, 4], own[r, 5]
        excitation, inhibition = mean_input(p, j, state, rows)
        v, u = step(state.v[j], state.adaptation[j], i + excitation + inhibition, a, b, v_peak, rows.dt)
        v += jump_onto(p, j, t, state, cells)
        move_synapses(p, j, state, cells, rows.dt)
        if v >= v_peak:
            v = c
            u += d
            ids[count] = j
            count += 1
        state.v[j], state.adaptation[j] = v, u
    return count
