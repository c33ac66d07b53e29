r"""Populations: how many neurons there are, of which model, and what a spike does when it arrives.

A *population* is a group of neurons with the same numbers. An incoming spike acts in one of three ways:

- *exponential currents*: it adds its weight (nA) to a current that decays, with a time constant for
  excitation and one for inhibition;
- *exponential conductances*: the same with a conductance (µS), whose current also depends on how far the
  potential is from the reversal potential of the synapse;
- *delta jumps*: the potential jumps by the weight (mV).

In all three a positive weight excites and a negative one inhibits. (A negative weight on conductances adds
its amount to the conductance of inhibition.)
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import Positive, as_real, checked, finite_array, whole
from snnlab.neurons.models.lif_parameters import LIF, check_lif

__all__ = ["DeltaJumps", "ExponentialConductances", "ExponentialCurrents", "Population"]


class ExponentialCurrents(NamedTuple):
    """Synapses whose current jumps with each spike and decays; weights are nA.

    Examples
    --------
    >>> ExponentialCurrents(tau_e=5.0, tau_i=10.0).tau_i
    10.0
    """

    tau_e: Positive = 5.0
    """Time constant of excitation, ms."""
    tau_i: Positive = 5.0
    """Time constant of inhibition, ms."""


class ExponentialConductances(NamedTuple):
    """Synapses whose conductance jumps with each spike and decays; weights are µS.

    Examples
    --------
    >>> ExponentialConductances().e_i
    -80.0
    """

    tau_e: Positive = 5.0
    """Time constant of excitation, ms."""
    tau_i: Positive = 10.0
    """Time constant of inhibition, ms."""
    e_e: float = 0.0
    """Reversal potential of excitation, mV."""
    e_i: float = -80.0
    """Reversal potential of inhibition, mV."""


class DeltaJumps(NamedTuple):
    """Synapses without duration: the potential jumps by the weight, mV.

    Examples
    --------
    >>> DeltaJumps()
    DeltaJumps()
    """


Synapses = ExponentialCurrents | ExponentialConductances | DeltaJumps


class Population(NamedTuple):
    """Neurons that share their numbers.

    Examples
    --------
    >>> Population(3200, LIF(t_ref=5.0)).n
    3200
    """

    n: int
    """How many neurons."""
    neuron: LIF = LIF()
    """The numbers of each."""
    synapses: Synapses = ExponentialCurrents()
    """What a spike does when it arrives."""
    i: float = 0.0
    """A constant current into each neuron, nA."""
    v_start: ArrayLike | None = None
    """Potential at time 0, mV, one number or shape (n,). If left out, the lower of `v_rest` and `v_th`."""


def check_population(name: str, population: Population) -> Population:
    """`population` with every number valid and `v_start` of shape (n,)."""
    if not isinstance(population, Population):
        raise TypeError(f"{name} must be a Population or Spikes, got {type(population).__name__}")
    n = whole("n", population.n, 1)
    neuron = check_lif(population.neuron)
    kind = type(population.synapses)
    if kind not in (ExponentialCurrents, ExponentialConductances, DeltaJumps):
        kinds = "ExponentialCurrents, ExponentialConductances or DeltaJumps"
        raise TypeError(f"synapses must be {kinds}, got {kind.__name__}")
    synapses = checked("synapses", population.synapses, kind)
    return Population(n, neuron, synapses, as_real("i", population.i), start(population.v_start, neuron, n))


def start(v_start: ArrayLike | None, neuron: LIF, n: int) -> np.ndarray:
    """Where each neuron starts, if none starts above its threshold."""
    if v_start is None:
        return np.full(n, min(neuron.v_rest, neuron.v_th))
    v = finite_array("v_start", v_start, (0, 1), f"() or ({n},)")
    if v.shape not in ((), (n,)):
        raise ValueError(f"v_start must be a number or have shape ({n},), got {v.shape}")
    if v.max() > neuron.v_th:
        raise ValueError(f"v_start must not be above v_th ({neuron.v_th:g} mV), got {v.max():g}")
    return np.array(np.broadcast_to(v, (n,)))
