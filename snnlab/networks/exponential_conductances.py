r"""One step of LIF neurons with exponential conductances.

$$ \tau_m \frac{dv}{dt} = -(v - v_{rest}) + R\,\big(g_e\,(E_e - v) + g_i\,(E_i - v) + i\big), \qquad
\tau_e \frac{dg_e}{dt} = -g_e, \qquad \tau_i \frac{dg_i}{dt} = -g_i $$

With the conductances held at their values at the start of the step the equation of $v$ is linear, and its
solution exact (the *exponential Euler* method, of first order in $\Delta t$):

$$ v(t + \Delta t) = v_\infty + (v - v_\infty)\, e^{-g\, \Delta t/\tau_m}, \qquad
g = 1 + R\,(g_e + g_i), \qquad v_\infty = \frac{v_{rest} + R\,(g_e E_e + g_i E_i + i)}{g} $$

Source: R. Brette et al. (2007), Journal of Computational Neuroscience 23, 349–398, appendix B, benchmark 1.
"""

import math

from snnlab.compiling import kernel
from snnlab.networks.exponential_currents import BLOCK, fire

__all__ = ["advance_conductances"]


@kernel
def step(v, g_e, g_i, i, rate, v_rest, r_m, e_e, e_i):
    """The membrane potential one step later; `rate` is the step over the membrane time constant."""
    g = 1.0 + r_m * (g_e + g_i)
    v_inf = (v_rest + r_m * (g_e * e_e + g_i * e_i + i)) / g
    return v_inf + (v - v_inf) * math.exp(-g * rate)


@kernel
def advance_conductances(p, t, state, cells, ids, count):
    """Population `p` through step `t`; who fires is added to `ids`, whose new count is returned."""
    i, rate, v_rest, r_m = cells.i[p], cells.rate[p], cells.v_rest[p], cells.r_m[p]
    e_e, e_i, decay_e, decay_i = cells.e_e[p], cells.e_i[p], cells.decay_e[p], cells.decay_i[p]
    v_th = cells.v_th[p]
    last = cells.first[p + 1]
    for begin in range(cells.first[p], last, BLOCK):
        end = min(begin + BLOCK, last)
        v, free = state.v[begin:end], state.free[begin:end]
        excitation, inhibition = state.excitation[begin:end], state.inhibition[begin:end]
        above = 0
        for k in range(len(v)):
            moved = step(v[k], excitation[k], inhibition[k], i, rate, v_rest, r_m, e_e, e_i)
            now = v[k] if free[k] > t else moved
            v[k] = now
            excitation[k] *= decay_e
            inhibition[k] *= decay_i
            above += 1 if now > v_th else 0
        if above > 0:
            count = fire(begin, t, v, free, v_th, cells.v_reset[p], cells.hold[p], ids, count)
    return count
