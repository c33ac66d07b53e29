"""Populations: how many neurons there are, of which model, and what their synapses are.

A *population* is a group of neurons of one model. They have the same numbers, or each its own.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array
from snnlab.machine_memory import refuse_beyond_memory
from snnlab.networks.cells.synapses import (
    ExponentialConductances,
    ExponentialCurrents,
    Synapses,
    check_synapses,
)
from snnlab.networks.wiring.connections import size
from snnlab.neurons.arguments import begin as begin_at_rest
from snnlab.neurons.differing import alike, columns_of, of_each
from snnlab.neurons.models.adaptive_lif import AdaptiveLIF, check_adaptive_lif
from snnlab.neurons.models.adex import AdEx, check_adex
from snnlab.neurons.models.adex import begin as begin_adex
from snnlab.neurons.models.izhikevich import Izhikevich, check_izhikevich
from snnlab.neurons.models.izhikevich import begin as begin_izhikevich
from snnlab.neurons.models.lif_parameters import LIF, check_lif
from snnlab.neurons.models.quadratic import QIF, check_qif
from snnlab.neurons.models.quadratic import begin as begin_qif

__all__ = ["Population"]

Neuron = LIF | AdaptiveLIF | AdEx | Izhikevich | QIF

_MODELS: dict[type, tuple[Callable, Callable]] = {
    LIF: (check_lif, begin_at_rest),
    AdaptiveLIF: (check_adaptive_lif, begin_at_rest),
    AdEx: (check_adex, begin_adex),
    Izhikevich: (check_izhikevich, begin_izhikevich),
    QIF: (check_qif, begin_qif),
}
"""What refuses the numbers of a model, and what says where a neuron starts."""

BYTES = 240.0
"""Of a neuron in a network whose synapses have no delay: its state, a row of the ring, buffers."""


class Population(NamedTuple):
    """Neurons of one model: `LIF`, `AdaptiveLIF`, `AdEx`, `Izhikevich` or `QIF`.

    A model of your own cannot be one of them, since a network is one compiled loop, which takes no functions.

    Examples
    --------
    >>> Population(3200, LIF(t_ref=5.0)).n
    3200

    Two whose thresholds differ:

    >>> from snnlab.networks import Network
    >>> run = Network(cells=Population(2, LIF(v_th=np.array([-50.0, -45.0])), i=0.3)).run(1000)
    >>> np.bincount(run["cells"].spikes.units).tolist()
    [63, 41]
    """

    n: int
    """How many neurons."""
    neuron: Neuron = LIF()
    """The numbers of each; any of them may be an array of shape (n,), one number for each neuron."""
    synapses: Synapses = ExponentialCurrents()
    """What a spike does when it arrives."""
    i: ArrayLike = 0.0
    """A constant current into each neuron, nA (for `Izhikevich` and `QIF` in the unit of their input); one
    number or shape (n,)."""
    v_start: ArrayLike | None = None
    """Potential at time 0, mV, one number or shape (n,). If left out, where the model alone starts: at rest,
    but not above the threshold."""


def check_population(name: str, population: Population, dt: float) -> Population:
    """`population` with every number valid and `v_start` of shape (n,); what differs has that shape too."""
    if not isinstance(population, Population):
        raise TypeError(f"{name} must be a Population or Spikes, got {type(population).__name__}")
    n = size("n", population.n)
    refuse_beyond_memory(f"{name} must fit into memory: {n} neurons take", BYTES * n)
    model = type(population.neuron)
    if model not in _MODELS:
        names = "LIF, AdaptiveLIF, AdEx, Izhikevich or QIF"
        raise TypeError(f"neuron must be one of the models {names}, got {model.__name__}")
    check, begin = _MODELS[model]
    neuron = checked_numbers(population.neuron, n, check)
    synapses = check_synapses(population.synapses)
    if model in (Izhikevich, QIF) and isinstance(synapses, ExponentialConductances):
        raise TypeError(
            f"synapses must be currents or jumps for {model.__name__}, whose input is no electric current, "
            "got ExponentialConductances"
        )
    i = one_or_each("i", population.i, n)
    return Population(
        n, neuron, synapses, i if i.ndim else float(i), start(population.v_start, neuron, n, begin, dt)
    )


def checked_numbers(neuron: Neuron, n: int, check: Callable) -> Neuron:
    """`neuron` with valid numbers, one each or each of shape (n,)."""
    if alike(neuron):
        return check(neuron)
    columns_of(np.zeros((1, n)), neuron)  # refuses other shapes
    return type(neuron)(*np.array(of_each(lambda one, _: check(one), neuron, n)).T)


def start(v_start: ArrayLike | None, neuron: Neuron, n: int, begin: Callable, dt: float) -> np.ndarray:
    """Where each neuron starts, if `begin(neuron, v_start, dt)` refuses none."""
    given = None if v_start is None else np.broadcast_to(one_or_each("v_start", v_start, n), n)
    if not alike(neuron):
        return np.array(
            of_each(lambda one, k: begin(one, None if given is None else given[k], dt), neuron, n)
        )
    first = begin(neuron, None if given is None else given.max(), dt)  # what is refused are large ones
    return np.full(n, first) if given is None else given.copy()


def one_or_each(name: str, value: ArrayLike, n: int) -> np.ndarray:
    """`value` as an array of shape () or (n,)."""
    array = finite_array(name, value, (0, 1), f"() or ({n},)")
    if array.shape not in ((), (n,)):
        raise ValueError(f"{name} must be a number or have shape ({n},), got {array.shape}")
    return array
