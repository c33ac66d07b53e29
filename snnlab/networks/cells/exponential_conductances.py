r"""One step of LIF neurons with exponential conductances.

$$ \tau_m \frac{dv}{dt} = -(v - v_{rest}) + R\,\big(g_e\,(E_e - v) + g_i\,(E_i - v) + i\big), \qquad
\tau_e \frac{dg_e}{dt} = -g_e, \qquad \tau_i \frac{dg_i}{dt} = -g_i $$

With the conductances held at their values at the start of the step the equation of $v$ is linear, and its
solution exact (the *exponential Euler* method, of first order in $\Delta t$):

$$ v(t + \Delta t) = v + (v_\infty - v)\,(1 - e^{-x}), \qquad
x = \frac{\Delta t}{\tau_m}\,\big(1 + R\,(g_e + g_i)\big), \qquad
v_\infty = \frac{v_{rest} + R\,(g_e E_e + g_i E_i + i)}{1 + R\,(g_e + g_i)} $$

Each neuron needs an exponential of its own in each step. It is made of multiplications alone, so that a
processor can work on several neurons at a time: a power series for a 64th of the step, and then

$$ 1 - e^{-2x} = y\,(2 - y), \qquad y = 1 - e^{-x} $$

six times, which is as exact as the numbers are.

Source: R. Brette et al. (2007), Journal of Computational Neuroscience 23, 349–398, appendix B, benchmark 1.
"""

import numpy as np

from snnlab.compiling import kernel, uncounted_kernel
from snnlab.networks.cells.exponential_currents import BLOCK, fire

__all__ = ["advance_conductances"]

LARGEST = 0.6
"""Of x / 64: beyond x = 38 the exponential is below the last digit of 1."""


@kernel
def approached(x, largest, series):
    """How much of the way to its end an exponential has gone after 64 x: 1 - exp(-64 x)."""
    c2, c3, c4, c5, c6, c7, c8 = series
    x = x if x < largest else largest
    y = x - x * x * (c2 - x * (c3 - x * (c4 - x * (c5 - x * (c6 - x * (c7 - x * c8))))))
    for _ in range(6):
        y = y + (y - y * y)
    return y


@kernel
def step(v, g_e, g_i, leak, opened, pull, e_e, e_i, largest, series):
    """The membrane potential one step later."""
    x = leak + opened * (g_e + g_i)
    v_inf = (pull + opened * (g_e * e_e + g_i * e_i)) / x
    return v + (v_inf - v) * approached(x, largest, series)


@uncounted_kernel
def advance_conductances(p, t, state, cells, ids, count):
    """Population `p` through step `t`; who fires is added to `ids`, whose new count is returned."""
    leak, opened, pull, e_e, e_i = cells.leak[p], cells.open[p], cells.pull[p], cells.e_e[p], cells.e_i[p]
    decay_e, decay_i, v_th, last = cells.decay_e[p], cells.decay_i[p], cells.v_th[p], cells.first[p + 1]
    number, now = state.v.dtype.type, np.int32(t)
    largest = number(LARGEST)
    series = (
        number(1 / 2), number(1 / 6), number(1 / 24), number(1 / 120), number(1 / 720), number(1 / 5040),
        number(1 / 40320),
    )  # fmt: skip
    for begin in range(cells.first[p], last, BLOCK):
        end = min(begin + BLOCK, last)
        v, free = state.v[begin:end], state.free[begin:end]
        excitation, inhibition = state.excitation[begin:end], state.inhibition[begin:end]
        above = np.int32(0)
        for k in range(len(v)):
            moved = step(v[k], excitation[k], inhibition[k], leak, opened, pull, e_e, e_i, largest, series)
            there = v[k] if free[k] > now else moved
            v[k] = there
            excitation[k] *= decay_e
            inhibition[k] *= decay_i
            above = np.int32(above + np.int32(there > v_th))
        if above > 0:
            count = fire(begin, t, v, free, v_th, cells.v_reset[p], cells.hold[p], ids, count)
    return count
