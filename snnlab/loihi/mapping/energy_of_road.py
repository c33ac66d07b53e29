"""What an answer of a spiking network would take on Loihi, from what was counted on one of the five roads.

Each addition at a synapse, each update of a neuron and each spike costs what `snnlab.loihi.LOIHI` says, as
reported. The sum is no bound: the figures are the smallest of their paper, but every update counts as one of
an active compartment, and an inactive one takes less. The chip does not multiply at its synapses: where
pixels are multiplied by weights, once an image, that is done elsewhere, at the energy of the arithmetic
alone, and counts here. To make the input spikes of an image costs nothing.

That the chip has the neurons of the road is taken for granted. Those of *constrain* fire between its steps,
which the chip's do not: this figure is of neurons that fire as often, at the steps. Those of STDP have
conductances that multiply, and `Road.on_chip` says that there is no figure for them.
"""

import math

from snnlab.learning.roads.road import RoadRun, arithmetic_energy
from snnlab.loihi.mapping.energy import Work, chip_energy

__all__ = ["energy_of_road"]


def energy_of_road(run: RoadRun) -> float:
    """Energy of an answer on the chip, J.

    Parameters
    ----------
    run
        What was counted, as from `one_road`.

    Returns
    -------
    float
        NaN for a network without spikes.

    Examples
    --------
    >>> run = RoadRun(0.9, 79400, steps=100.0, inputs=134.0, spikes=92.0, synaptic=14320.0, updates=11000.0)
    >>> print(f"{1e6 * energy_of_road(run):.2f} µJ")
    1.23 µJ
    """
    if not run.spikes:
        return math.nan
    work = Work(
        round(run.steps),
        cores=1,
        synaptic_ops=round(run.synaptic - run.products),
        active=round(run.updates),
        messages=round(run.inputs + run.spikes),
    )
    elsewhere = run._replace(multiplications=run.products, additions=run.products)
    return chip_energy(work).total + arithmetic_energy(elsewhere)
