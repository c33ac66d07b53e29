r"""One step of LIF neurons whose potential jumps with each spike that arrives.

$$ \tau_m \frac{dv}{dt} = -(v - v_{rest}) + R\, i + \tau_m \sum_j w_j \sum_f \delta(t - t_j^{(f)}) $$

The step is that of `snnlab.neurons.models.lif_delta`: first the leak, then the jumps of what arrives at the
end of the step, then the threshold. What arrives while a neuron is held is lost.
"""

from snnlab.compiling import kernel
from snnlab.networks.exponential_currents import BLOCK, fire
from snnlab.neurons.models.lif_delta import step

__all__ = ["advance_jumps"]


@kernel
def advance_jumps(p, t, state, cells, ids, count):
    """Population `p` through step `t`; who fires is added to `ids`, whose new count is returned."""
    i, decay, v_rest, r_m = cells.i[p], cells.decay[p], cells.v_rest[p], cells.r_m[p]
    v_th = cells.v_th[p]
    row = state.ring[t & (len(state.ring) - 1)]
    n, last = len(state.v), cells.first[p + 1]
    for begin in range(cells.first[p], last, BLOCK):
        end = min(begin + BLOCK, last)
        v, free = state.v[begin:end], state.free[begin:end]
        excites, inhibits = row[begin:end], row[n + begin : n + end]
        above = 0
        for k in range(len(v)):
            moved = step(v[k], i, excites[k] + inhibits[k], decay, v_rest, r_m)
            now = v[k] if free[k] > t else moved
            v[k] = now
            excites[k] = 0.0
            inhibits[k] = 0.0
            above += 1 if now > v_th else 0
        if above > 0:
            count = fire(begin, t, v, free, v_th, cells.v_reset[p], cells.hold[p], ids, count)
    return count
