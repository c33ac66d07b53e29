r"""One step of AdEx neurons with synapses.

The step is that of `snnlab.neurons.models.adex`, with the mean of the synaptic current
(`snnlab.networks.cells.synaptic_input`). Conductances change four numbers of the neuron,

$$ \tau_m \to \frac{\tau_m}{g}, \qquad R \to \frac{R}{g}, \qquad v_{th} \to v_{th} + \Delta_T \ln g, \qquad
i \to i + g_e\,(E_e - v_{rest}) + g_i\,(E_i - v_{rest}) $$

with $g = 1 + R\,(g_e + g_i)$, and it is again an AdEx neuron: its equation divided by $g$. So the potential
that drives a synaptic current moves within the step too.

Neurons that are alike and have exponential currents move without a branch for each of them, so a processor
works on several at a time (as in `snnlab.networks.cells.exponential_currents`); what they compute is the same
to the last bit.
"""

import math

import numpy as np

from snnlab.compiling import uncounted_kernel
from snnlab.networks.cells.cells import CONDUCTANCES, CURRENTS
from snnlab.networks.cells.exponential_currents import BLOCK
from snnlab.networks.cells.synaptic_input import jump_onto, mean_input, move_synapses, opened
from snnlab.neurons.models.adex import step

__all__ = ["advance_adex"]


@uncounted_kernel
def advance_adex(p, t, state, cells, rows, ids, count):
    """Population `p` through step `t`; who fires is added to `ids`, whose new count is returned."""
    if rows.each[p] == 0 and cells.synapses[p] == CURRENTS:
        return advance_alike(p, state, cells, rows, ids, count)
    return advance_each(p, t, state, cells, rows, ids, count)


@uncounted_kernel
def advance_alike(p, state, cells, rows, ids, count):
    """Neurons with the same numbers and exponential currents."""
    own = rows.numbers[rows.first[p]]
    tau_m, r_m, v_rest, v_reset, v_th, delta_th = own[0], own[1], own[2], own[3], own[4], own[5]
    v_peak, tau_w, a, b, current, dt = own[6], own[7], own[8], own[9], own[10], rows.dt
    mean_e, mean_i, decay_e, decay_i = rows.mean_e[p], rows.mean_i[p], cells.decay_e[p], cells.decay_i[p]
    last = cells.first[p + 1]
    for begin in range(cells.first[p], last, BLOCK):
        end = min(begin + BLOCK, last)
        v, w = state.v[begin:end], state.adaptation[begin:end]
        excitation, inhibition = state.excitation[begin:end], state.inhibition[begin:end]
        above = np.int32(0)
        for k in range(len(v)):
            i = current + (mean_e * excitation[k] + mean_i * inhibition[k])
            v[k], w[k] = step(v[k], w[k], i, tau_m, r_m, v_rest, v_th, delta_th, v_peak, tau_w, a, dt)
            excitation[k] *= decay_e
            inhibition[k] *= decay_i
            above = np.int32(above + np.int32(v[k] > v_peak))
        for k in range(len(v) if above > 0 else 0):
            if v[k] > v_peak:
                v[k] = v_reset
                w[k] += b
                ids[count] = begin + k
                count += 1
    return count


@uncounted_kernel
def advance_each(p, t, state, cells, rows, ids, count):
    """Neurons of any kind, one by one."""
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
