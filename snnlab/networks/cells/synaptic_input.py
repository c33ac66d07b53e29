r"""What synapses give a neuron in a step, for the models whose membrane is not linear.

Over a step the neuron gets the mean of its synaptic current, so the charge of each spike is exact and the
potential of second order in $\Delta t$. With $h = \Delta t/\tau$ the mean of a current that is $i_s$ at the
start of the step, and fed by $x$ if it is that of alpha synapses, is

$$ \frac{1 - e^{-h}}{h}\, i_s + \frac{1 - (1 + h)\, e^{-h}}{h^2}\, \Delta t\, x $$

The means of conductances are the same.
"""

from snnlab.compiling import inlined_kernel
from snnlab.networks.cells.cells import JUMPS

__all__ = ["jump_onto", "mean_input", "move_synapses", "opened"]


@inlined_kernel
def mean_input(p, j, state, rows):
    """The means over a step of excitation and inhibition of neuron `j`, of population `p`."""
    excitation = rows.mean_e[p] * state.excitation[j] + rows.fed_e[p] * state.x_e[j]
    inhibition = rows.mean_i[p] * state.inhibition[j] + rows.fed_i[p] * state.x_i[j]
    return excitation, inhibition


@inlined_kernel
def opened(excitation, inhibition, r_m, v_rest, e_e, e_i):
    """By which factor conductances open a membrane, and the current (nA) through them at rest."""
    return (
        1.0 + r_m * (excitation + inhibition),
        excitation * (e_e - v_rest) + inhibition * (e_i - v_rest),
    )


@inlined_kernel
def move_synapses(p, j, state, cells, dt):
    """The synapses of neuron `j` one step later."""
    state.excitation[j] = cells.decay_e[p] * (state.excitation[j] + dt * state.x_e[j])
    state.inhibition[j] = cells.decay_i[p] * (state.inhibition[j] + dt * state.x_i[j])
    state.x_e[j] *= cells.decay_e[p]
    state.x_i[j] *= cells.decay_i[p]


@inlined_kernel
def jump_onto(p, j, t, state, cells):
    """By how much the potential of neuron `j` jumps at the end of step `t`: 0 but for delta jumps."""
    at, inhibits, jump = t & (len(state.ring) - 1), len(state.v) + j, 0.0
    if cells.synapses[p] == JUMPS:
        jump += state.ring[at, j] + state.ring[at, inhibits]
        state.ring[at, j] = 0.0
        state.ring[at, inhibits] = 0.0
    return jump
