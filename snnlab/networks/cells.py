"""What kernels take of the neurons of a network: their numbers, and their state.

All neurons stand in one row, population after population: those of population p from ``first[p]`` to
``first[p + 1]``. So the state of a network is a few arrays, whatever it is made of.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from snnlab.networks.population import DeltaJumps, ExponentialConductances, ExponentialCurrents, Population
from snnlab.neurons.models.lif_synaptic import transferred
from snnlab.neurons.refractory import refractory_steps

__all__ = ["CONDUCTANCES", "CURRENTS", "JUMPS", "Cells", "NetworkState", "at_rest", "cells_of"]

CURRENTS, CONDUCTANCES, JUMPS = range(3)
"""The kinds of synapses, as `Cells` counts them."""

_KINDS = {ExponentialCurrents: CURRENTS, ExponentialConductances: CONDUCTANCES, DeltaJumps: JUMPS}


class Cells(NamedTuple):
    """The numbers of each population, arrays of shape (populations,); what a kind does not have is 0."""

    kind: np.ndarray
    """Of its synapses: `CURRENTS`, `CONDUCTANCES` or `JUMPS`."""
    first: np.ndarray
    """Its first neuron, and how many there are in all, shape (populations + 1,)."""
    v_rest: np.ndarray
    v_reset: np.ndarray
    v_th: np.ndarray
    hold: np.ndarray
    """Refractory time in steps."""
    r_m: np.ndarray
    i: np.ndarray
    """Constant current, nA."""
    rate: np.ndarray
    """One step over the membrane time constant."""
    decay: np.ndarray
    """What is left of a potential after a step."""
    decay_e: np.ndarray
    """What is left of excitation after a step."""
    decay_i: np.ndarray
    into_e: np.ndarray
    """How much of an excitatory current (times R) becomes potential in a step."""
    into_i: np.ndarray
    e_e: np.ndarray
    """Reversal potentials, mV."""
    e_i: np.ndarray


class NetworkState(NamedTuple):
    """What a network is in between two steps: a run goes on from it."""

    v: np.ndarray
    """Membrane potential of each neuron, mV, shape (n,)."""
    excitation: np.ndarray
    """Its excitatory current (nA) or conductance (µS)."""
    inhibition: np.ndarray
    """Its inhibitory current, negative (nA), or conductance, positive (µS)."""
    free: np.ndarray
    """The first step in which it may move again, int64."""
    step: np.ndarray
    """How many steps have been done, int64 of shape (1,)."""
    ring: np.ndarray
    """What is under way, shape (rows, 2 n): first what excites, then what inhibits."""
    drives: np.ndarray
    """When the next spike of each Poisson drive comes, in steps; −1 before the first is drawn."""
    drawn: np.ndarray
    """How many random numbers each drive has drawn, uint64."""
    seed: np.ndarray
    """Of the random numbers of the drives, uint64 of shape (1,)."""


def cells_of(populations: Sequence[Population], dt: float) -> Cells:
    """The numbers of checked populations."""
    columns = []
    for population in populations:
        neuron, synapses = population.neuron, population.synapses
        tau_e, tau_i = getattr(synapses, "tau_e", dt), getattr(synapses, "tau_i", dt)
        columns.append(
            (
                neuron.v_rest, neuron.v_reset, neuron.v_th, refractory_steps(neuron.t_ref, dt), neuron.r_m,
                population.i, dt / neuron.tau_m, math.exp(-dt / neuron.tau_m), math.exp(-dt / tau_e),
                math.exp(-dt / tau_i), transferred(neuron.tau_m, tau_e, dt),
                transferred(neuron.tau_m, tau_i, dt), getattr(synapses, "e_e", 0.0),
                getattr(synapses, "e_i", 0.0),
            )
        )  # fmt: skip
    kinds = np.array([_KINDS[type(population.synapses)] for population in populations])
    first = np.cumsum([0, *(population.n for population in populations)])
    cells = Cells(kinds, first, *np.array(columns).T.copy())
    return cells._replace(hold=cells.hold.astype(np.int64))


def at_rest(
    populations: Sequence[Population], ring: np.ndarray, drives: int, seed: np.uint64
) -> NetworkState:
    """The state of checked populations before the first step."""
    v = np.concatenate([np.asarray(population.v_start) for population in populations])
    nothing, no_step = np.zeros((2, v.size)), np.zeros(v.size, np.int64)
    before = np.full(drives, -1.0)
    return NetworkState(
        v, *nothing, no_step, np.zeros(1, np.int64), ring, before, np.zeros(drives, np.uint64),
        np.full(1, seed, np.uint64),
    )  # fmt: skip
