"""What kernels take of the neurons of a network: their numbers, and their state.

All neurons stand in one row, population after population: those of population p from ``first[p]`` to
``first[p + 1]``. So the state of a network is a few arrays, whatever it is made of.
"""

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import DTypeLike

from snnlab.networks.population import (
    DeltaJumps,
    ExponentialConductances,
    ExponentialCurrents,
    Population,
    Synapses,
)
from snnlab.networks.short_term import rested
from snnlab.neurons.models.lif_parameters import LIF
from snnlab.neurons.models.lif_synaptic import transferred
from snnlab.neurons.refractory import refractory_steps

__all__ = [
    "CONDUCTANCES",
    "CURRENTS",
    "JUMPS",
    "LONGEST",
    "Cells",
    "NetworkState",
    "NothingLearned",
    "at_rest",
    "cells_of",
]

CURRENTS, CONDUCTANCES, JUMPS = range(3)
"""The kinds of synapses, as `Cells` counts them."""

_KINDS = {ExponentialCurrents: CURRENTS, ExponentialConductances: CONDUCTANCES, DeltaJumps: JUMPS}


LONGEST = 1_000_000_000
"""Steps that a network can do, and be held for, in all: they are counted with 32 bits."""


class Cells(NamedTuple):
    """The numbers of each population, arrays of shape (populations,); what a kind does not have is 0.

    They are multiplied out as far as they are the same in each step, and of the type in which is computed.
    """

    kind: np.ndarray
    """Of its synapses: `CURRENTS`, `CONDUCTANCES` or `JUMPS`."""
    first: np.ndarray
    """Its first neuron, and how many there are in all, shape (populations + 1,)."""
    hold: np.ndarray
    """Refractory time in steps."""
    v_reset: np.ndarray
    v_th: np.ndarray
    decay: np.ndarray
    """What is left of a potential after a step."""
    pull: np.ndarray
    """What the leak and the constant current bring in a step, mV; with conductances, in a 64th of it."""
    decay_e: np.ndarray
    """What is left of excitation after a step."""
    decay_i: np.ndarray
    into_e: np.ndarray
    """How many mV an excitatory current of 1 nA adds in a step."""
    into_i: np.ndarray
    leak: np.ndarray
    """A 64th of a step over the membrane time constant."""
    open: np.ndarray
    """By how much a conductance of 1 µS adds to `leak`."""
    e_e: np.ndarray
    """Reversal potentials, mV."""
    e_i: np.ndarray


class NothingLearned(NamedTuple):
    """What the synapses of a `Network` have learned."""


class NetworkState(NamedTuple):
    """What a network is in between two steps: a run goes on from it."""

    v: np.ndarray
    """Membrane potential of each neuron, mV, shape (n,)."""
    excitation: np.ndarray
    """Its excitatory current (nA) or conductance (µS)."""
    inhibition: np.ndarray
    """Its inhibitory current, negative (nA), or conductance, positive (µS)."""
    free: np.ndarray
    """The first step in which it may move again, int32."""
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
    u: np.ndarray
    """Of short-term plasticity: u after the last spike of each neuron, for each projection."""
    x: np.ndarray
    """The resources after it."""
    last: np.ndarray
    """The step of it."""
    learned: Any = NothingLearned()
    """What synapses that learn have come to, arrays by name."""


def cells_of(populations: Sequence[Population], dt: float, dtype: DTypeLike = np.float64) -> Cells:
    """The numbers of checked populations."""
    columns = [_numbers(*population[1:4], dt) for population in populations]
    kinds = np.array([_KINDS[type(population.synapses)] for population in populations])
    first = np.cumsum([0, *(population.n for population in populations)])
    hold = [min(refractory_steps(population.neuron.t_ref, dt), LONGEST) for population in populations]
    return Cells(kinds, first, np.array(hold), *np.array(columns).T.astype(dtype, order="C"))


def _numbers(neuron: LIF, synapses: Synapses, i: float, dt: float) -> tuple[float, ...]:
    """The fields of `Cells` that are not whole numbers."""
    tau_e, tau_i = getattr(synapses, "tau_e", dt), getattr(synapses, "tau_i", dt)
    decay, v_inf = math.exp(-dt / neuron.tau_m), neuron.v_rest + neuron.r_m * i
    leak = dt / neuron.tau_m / 64.0
    share = leak if isinstance(synapses, ExponentialConductances) else -math.expm1(-dt / neuron.tau_m)
    return (
        neuron.v_reset, neuron.v_th, decay, share * v_inf, math.exp(-dt / tau_e), math.exp(-dt / tau_i),
        neuron.r_m * transferred(neuron.tau_m, tau_e, dt), neuron.r_m * transferred(neuron.tau_m, tau_i, dt),
        leak, leak * neuron.r_m, getattr(synapses, "e_e", 0.0), getattr(synapses, "e_i", 0.0),
    )  # fmt: skip


def at_rest(
    populations: Sequence[Population], ring: np.ndarray, drives: int, senders: int, seed: np.uint64
) -> NetworkState:
    """The state of checked populations before the first step, of the type of the ring.

    `senders` are the neurons that send through synapses with short-term plasticity.
    """
    v = np.concatenate([np.asarray(population.v_start) for population in populations]).astype(ring.dtype)
    excitation, inhibition = np.zeros((2, v.size), ring.dtype)
    free, step, before = np.zeros(v.size, np.int32), np.zeros(1, np.int64), np.full(drives, -1.0)
    drawn, seeds = np.zeros(drives, np.uint64), np.full(1, seed, np.uint64)
    return NetworkState(v, excitation, inhibition, free, step, ring, before, drawn, seeds, *rested(senders))
