r"""One step of AdEx neurons with synapses.

The step is that of `snnlab.neurons.models.adex`, with the mean of the synaptic current
(`snnlab.networks.cells.synaptic_input`). Conductances change four numbers of the neuron,

$$ \tau_m \to \frac{\tau_m}{g}, \qquad R \to \frac{R}{g}, \qquad v_{th} \to v_{th} + \Delta_T \ln g, \qquad
i \to i + g_e\,(E_e - v_{rest}) + g_i\,(E_i - v_{rest}) $$

with $g = 1 + R\,(g_e + g_i)$, and it is again an AdEx neuron: its equation divided by $g$. So the potential
that drives a synaptic current moves within the step too.
"""

import math

from snnlab.compiling import uncounted_kernel
from snnlab.networks.cells.cells import CONDUCTANCES
from snnlab.networks.cells.synaptic_input import jump_onto, mean_input, move_synapses, opened
from snnlab.neurons.models.adex import step

__all__ = ["advance_adex"]


@uncounted_kernel
def advance_adex(p, t, state, cells, rows, ids, count):
    """Population `p` through step `t`; who fires is added to `ids`, whose new count is returned."""
    first, e_e, e_i = cells.first[p], cells.e_e[p], cells.e_i[p]
    conductances = cells.synapses[p] == CONDUCTANCES
    own = rows.numbers
    for j in range(first, cells.first[p + 1]):
        r = rows.first[p] + (j - first) * rows.each[p]
        tau_m, r_m, v_rest = own[r, 0], own[r, 1], own[r, 2]
        v_reset, v_th, delta_th = own[r, 3], own[r, 4], own[r, 5]
        v_peak, tau_w, a, b, i = own[r, 6], own[r, 7], own[r, 8], own[r, 9], own[r, 10]
        excitation, inhibition = mean_input(p, j, state, rows)
        if conductances:
            g, through = opened(excitation, inhibition, r_m, v_rest, e_e, e_i)
            i += through
            tau_m, r_m, v_th = tau_m / g, r_m / g, v_th + delta_th * math.log(g)
        else:
            i += excitation + inhibition
        v, w = state.v[j], state.adaptation[j]
        moved, w = step(v, w, i, tau_m, r_m, v_rest, v_th, delta_th, v_peak, tau_w, a, rows.dt)
        moved += jump_onto(p, j, t, state, cells)
        move_synapses(p, j, state, cells, rows.dt)
        if moved > v_peak:
            moved = v_reset
            w += b
            ids[count] = j
            count += 1
        state.v[j], state.adaptation[j] = moved, w
    return count
