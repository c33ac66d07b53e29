"""The numbers of populations that no fused loop has: other models than LIF, and LIF neurons that differ.

They stand in rows, one for each neuron, or one for a whole population whose neurons are alike. A row holds
the numbers of the model in the order of its `NamedTuple`, then the constant current, and, where the membrane
is linear, what is the same in each step.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from snnlab.networks.cells.population import Population
from snnlab.networks.cells.synapses import AlphaCurrents, Synapses
from snnlab.neurons.exponentials import exponential_difference, second_difference
from snnlab.neurons.models.adaptive_lif import AdaptiveLIF
from snnlab.neurons.models.adex import AdEx
from snnlab.neurons.models.izhikevich import Izhikevich
from snnlab.neurons.models.lif_alpha import transferred
from snnlab.neurons.models.lif_parameters import LIF
from snnlab.neurons.models.quadratic import QIF
from snnlab.neurons.refractory import refractory_steps

__all__ = [
    "ADAPTIVE",
    "ADEX",
    "IZHIKEVICH",
    "LONGEST",
    "QUADRATIC",
    "NoRows",
    "Rows",
    "kind_of_rows",
    "rows_of",
]

ADAPTIVE, ADEX, IZHIKEVICH, QUADRATIC = range(4, 8)
"""The kinds of populations that have rows, counted on from the kinds of synapses."""

_MODELS = {AdaptiveLIF: ADAPTIVE, AdEx: ADEX, Izhikevich: IZHIKEVICH, QIF: QUADRATIC}

LONGEST = 1_000_000_000
"""Steps that a network can do, and be held for, in all: they are counted with 32 bits."""

_WIDTH = 16


class Rows(NamedTuple):
    """What kernels take of these populations."""

    numbers: np.ndarray
    """The rows of all populations, one below the other; what a model does not have is 0."""
    first: np.ndarray
    """The first row of each population, shape (populations,)."""
    each: np.ndarray
    """1 if the next neuron has the next row, 0 if all have one."""
    mean_e: np.ndarray
    """The mean over a step of an excitatory current that is 1 at its start."""
    mean_i: np.ndarray
    fed_e: np.ndarray
    """The same of a current that is 0 at its start and fed with 1 nA/ms."""
    fed_i: np.ndarray
    dt: float
    """Time step, ms."""


class NoRows(NamedTuple):
    """What kernels take where no population has rows: by its type they know what need not be compiled."""


def kind_of_rows(population: Population) -> int | None:
    """Which kind of rows a checked population has; LIF neurons need some to differ, and for alpha."""
    if not isinstance(population.neuron, LIF):
        return _MODELS[type(population.neuron)]
    return ADAPTIVE if differs(population) or isinstance(population.synapses, AlphaCurrents) else None


def differs(population: Population) -> bool:
    """Whether the neurons of a checked population have numbers of their own."""
    return any(np.ndim(value) for value in (*population.neuron, population.i))


def rows_of(populations: Sequence[Population], dt: float) -> Rows | NoRows:
    """The rows of checked populations."""
    numbers = [_rows(p, dt) if kind_of_rows(p) else np.zeros((0, _WIDTH)) for p in populations]
    if not any(map(len, numbers)):
        return NoRows()
    first = np.cumsum([0, *map(len, numbers)])[:-1]
    each = np.array([int(differs(population)) for population in populations])
    means = np.array([_means(population.synapses, dt) for population in populations])
    mean_e, mean_i, fed_e, fed_i = means.T.copy()
    return Rows(np.concatenate(numbers), first, each, mean_e, mean_i, fed_e, fed_i, dt)


def _rows(population: Population, dt: float) -> np.ndarray:
    """The rows of one population."""
    neuron = population.neuron
    if isinstance(neuron, LIF):  # an adaptive one whose threshold does not rise
        neuron = AdaptiveLIF(*neuron, beta=0.0)
    columns = np.atleast_2d(np.stack(np.broadcast_arrays(*neuron, population.i), axis=-1))
    width = columns.shape[1]
    rows = np.zeros((len(columns), _WIDTH))
    rows[:, :width] = columns
    if isinstance(neuron, AdaptiveLIF):
        for row in rows:
            row[width:] = _in_each_step(AdaptiveLIF(*row[: width - 1]), population.synapses, dt)
    return rows


def _in_each_step(neuron: AdaptiveLIF, synapses: Synapses, dt: float) -> tuple[float, ...]:
    """What is the same in each step, of a neuron whose membrane is linear.

    What is left of the potential and of the raised threshold, for how many steps it is held, and how many mV
    an excitatory current, what feeds it, and the same of inhibition become.
    """
    hold = min(refractory_steps(neuron.t_ref, dt), LONGEST)
    into = [neuron.r_m * part for tau in _taus(synapses, dt) for part in transferred(neuron.tau_m, tau, dt)]
    return (math.exp(-dt / neuron.tau_m), math.exp(-dt / neuron.tau_a), hold, *into)


def _means(synapses: Synapses, dt: float) -> tuple[float, ...]:
    """The fields of `Rows` from `mean_e` to `fed_i`."""
    shares = [-dt / tau for tau in _taus(synapses, dt)]
    return (
        *(exponential_difference(0.0, x) for x in shares),
        *(dt * second_difference(0.0, x, x) for x in shares),
    )


def _taus(synapses: Synapses, dt: float) -> tuple[float, float]:
    """The time constants of synapses; any, where they have none."""
    return getattr(synapses, "tau_e", dt), getattr(synapses, "tau_i", dt)
