r"""One step of adaptive LIF neurons, and of LIF neurons that differ or have alpha synapses.

The step is that of `snnlab.neurons.models.adaptive_lif`. Currents add to it what
`snnlab.neurons.models.lif_alpha` says, which is exact; an exponential current is one that nothing feeds.
Conductances that are held at their values at the start of a step change three numbers of the neuron,

$$ \tau_m \to \frac{\tau_m}{g}, \qquad R \to \frac{R}{g}, \qquad
i \to i + g_e\,(E_e - v_{rest}) + g_i\,(E_i - v_{rest}), \qquad g = 1 + R\,(g_e + g_i) $$

and it is again the same neuron. A LIF neuron is one whose threshold does not rise, $\beta = 0$.
"""

import math

import numpy as np

from snnlab.compiling import uncounted_kernel
from snnlab.networks.cells.cells import CONDUCTANCES
from snnlab.networks.cells.synaptic_input import jump_onto, move_synapses, opened
from snnlab.neurons.models.adaptive_lif import step
from snnlab.neurons.refractory import fired_or_held

__all__ = ["advance_adaptive_lif"]


@uncounted_kernel
def advance_adaptive_lif(p, t, state, cells, rows, ids, count):
    """Population `p` through step `t`; who fires is added to `ids`, whose new count is returned."""
    first, e_e, e_i, dt = cells.first[p], cells.e_e[p], cells.e_i[p], rows.dt
    conductances = cells.synapses[p] == CONDUCTANCES
    own = rows.numbers
    for j in range(first, cells.first[p + 1]):
        r = rows.first[p] + (j - first) * rows.each[p]
        tau_m, r_m, v_rest, v_reset = own[r, 0], own[r, 1], own[r, 2], own[r, 3]
        v_th, beta, i = own[r, 4], own[r, 6], own[r, 8]
        decay, decay_a, hold = own[r, 9], own[r, 10], np.int64(own[r, 11])
        v, excitation, inhibition = state.v[j], state.excitation[j], state.inhibition[j]
        if conductances:
            g, through = opened(excitation, inhibition, r_m, v_rest, e_e, e_i)
            i += through
            left = math.exp(-g * dt / tau_m)
            moved, a = step(v, state.adaptation[j], i, left, decay_a, v_rest, r_m / g)
        else:
            moved, a = step(v, state.adaptation[j], i, decay, decay_a, v_rest, r_m)
            moved += own[r, 12] * excitation + own[r, 13] * state.x_e[j]
            moved += own[r, 14] * inhibition + own[r, 15] * state.x_i[j]
        moved += jump_onto(p, j, t, state, cells)
        move_synapses(p, j, state, cells, rows.dt)
        v, free, fired = fired_or_held(t, v, moved, moved > v_th + a, state.free[j], v_reset, hold)
        if fired:
            a += beta
            ids[count] = j
            count += 1
        state.v[j], state.adaptation[j], state.free[j] = v, a, free
    return count
