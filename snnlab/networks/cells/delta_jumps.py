r"""One step of LIF neurons whose potential jumps with each spike that arrives.

$$ \tau_m \frac{dv}{dt} = -(v - v_{rest}) + R\, i + \tau_m \sum_j w_j \sum_f \delta(t - t_j^{(f)}) $$

The step is that of `snnlab.neurons.models.lif_delta`: first the leak, then the jumps of what arrives at the
end of the step, then the threshold. What arrives while a neuron is held is lost.

Who comes to lie on the threshold itself does not fire, as with Brian2's condition ``v > v_th``; NEST fires
there. With a leak this hardly ever happens. Where weights and potentials are whole numbers it does, and
the next smaller number in place of the threshold makes a network fire as NEST's does: that of the network's
``dtype``, ``np.nextafter(np.float32(v_th), np.float32(-np.inf))`` for float32.
"""

import numpy as np

from snnlab.compiling import kernel, uncounted_kernel
from snnlab.networks.cells.exponential_currents import BLOCK, fire

__all__ = ["advance_jumps"]


@kernel
def step(v, jump, decay, pull):
    """The membrane potential one step later, with the jump at its end."""
    return decay * v + pull + jump


@uncounted_kernel
def advance_jumps(p, t, state, cells, ids, count):
    """Population `p` through step `t`; who fires is added to `ids`, whose new count is returned."""
    decay, pull, v_th, last = cells.decay[p], cells.pull[p], cells.v_th[p], cells.first[p + 1]
    row, n, now = state.ring[t & (len(state.ring) - 1)], len(state.v), np.int32(t)
    for begin in range(cells.first[p], last, BLOCK):
        end = min(begin + BLOCK, last)
        v, free = state.v[begin:end], state.free[begin:end]
        excites, inhibits = row[begin:end], row[n + begin : n + end]
        above = np.int32(0)
        for k in range(len(v)):
            moved = step(v[k], excites[k] + inhibits[k], decay, pull)
            there = v[k] if free[k] > now else moved
            v[k] = there
            excites[k] = 0.0
            inhibits[k] = 0.0
            above = np.int32(above + np.int32(there > v_th))
        if above > 0:
            count = fire(begin, t, v, free, v_th, cells.v_reset[p], cells.hold[p], ids, count)
    return count
