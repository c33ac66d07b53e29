"""One step of quadratic integrate-and-fire neurons with synapses.

The step is that of `snnlab.neurons.models.quadratic`, through infinity and back, with the mean of the
synaptic current (`snnlab.networks.cells.synaptic_input`). Its input and its state are pure numbers, so
weights are too. The moment at which the state is infinite is exact for a current that is constant, but its
spike is sent, and dated, at the end of the step as those of all neurons; of several in one step one is sent.
"""

from snnlab.compiling import uncounted_kernel
from snnlab.networks.cells.synaptic_input import jump_onto, mean_input, move_synapses
from snnlab.neurons.models.quadratic import through_infinity

__all__ = ["advance_quadratic"]


@uncounted_kernel
def advance_quadratic(p, t, state, cells, rows, ids, count):
    """Population `p` through step `t`; who fires is added to `ids`, whose new count is returned."""
    first = cells.first[p]
    own = rows.numbers
    for j in range(first, cells.first[p + 1]):
        r = rows.first[p] + (j - first) * rows.each[p]
        x, i = rows.dt / own[r, 0], own[r, 1]
        excitation, inhibition = mean_input(p, j, state, rows)
        v, wait = through_infinity(state.v[j], i + excitation + inhibition, x)
        if wait <= x:
            ids[count] = j
            count += 1
        state.v[j] = v + jump_onto(p, j, t, state, cells)
        move_synapses(p, j, state, cells, rows.dt)
    return count
