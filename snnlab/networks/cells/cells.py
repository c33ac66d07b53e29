"""What kernels take of the neurons of a network: their numbers, and their state.

All neurons stand in one row, population after population: those of population p from ``first[p]`` to
``first[p + 1]``. So the state of a network is a few arrays, whatever it is made of.
"""

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import DTypeLike

from snnlab.networks.cells.population import Population
from snnlab.networks.cells.rows import LONGEST, NoRows, Rows, kind_of_rows, rows_of
from snnlab.networks.cells.short_term import rested
from snnlab.networks.cells.synapses import (
    AlphaCurrents,
    DeltaJumps,
    ExponentialConductances,
    ExponentialCurrents,
    Synapses,
)
from snnlab.neurons.models.izhikevich import Izhikevich
from snnlab.neurons.models.lif_parameters import LIF
from snnlab.neurons.models.lif_synaptic import transferred
from snnlab.neurons.refractory import refractory_steps

__all__ = [
    "ALPHA",
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

CURRENTS, CONDUCTANCES, JUMPS, ALPHA = range(4)
"""The kinds of synapses, as `Cells` counts them."""

_KINDS = {
    ExponentialCurrents: CURRENTS,
    ExponentialConductances: CONDUCTANCES,
    DeltaJumps: JUMPS,
    AlphaCurrents: ALPHA,
}

_NO_LIF = LIF()
"""In the place of the LIF neurons of a population that has rows; no kernel reads its numbers."""


class Cells(NamedTuple):
    """The numbers of each population, arrays of shape (populations,); what a kind does not have is 0.

    They are multiplied out as far as they are the same in each step, and of the type in which is computed.
    """

    rows: Rows | NoRows
    """The numbers of other models, and of neurons that differ."""
    kind: np.ndarray
    """What moves it: the kind of its synapses, or that of its `Rows` where it has some."""
    synapses: np.ndarray
    """The kind of its synapses."""
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
    rise_e: np.ndarray
    """By how much an excitatory spike of weight 1 raises a current or conductance, or what feeds it."""
    rise_i: np.ndarray


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
    adaptation: np.ndarray
    """Its second variable: w of AdEx (nA), u of Izhikevich (mV/ms), a of the adaptive LIF (mV), else 0."""
    x_e: np.ndarray
    """What feeds the excitatory current of alpha synapses, nA/ms."""
    x_i: np.ndarray
    """What feeds the inhibitory one."""
    free: np.ndarray
    """The first step in which it may move again, int32."""
    step: np.ndarray
    """How many steps have been done, int64 of shape (1,)."""
    dt: float
    """The length of these steps, ms."""
    ring: np.ndarray
    """What is under way, shape (rows, 2 n): first what excites, then what inhibits. One row is enough where
    spikes wait instead."""
    waiting: np.ndarray
    """Where one delay is common to all synapses, who fired in the last steps and is not heard yet: a ring of
    shape (rows, n), int32, in which row t mod rows is that of step t."""
    n_waiting: np.ndarray
    """How many did, int64 of shape (rows,)."""
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
    connected: int = -1
    """By how many of the network's connections, in the order in which they were added, the spikes that wait
    travel; −1 is all of them. What is added later carries what is fired later."""


def cells_of(populations: Sequence[Population], dt: float, dtype: DTypeLike = np.float64) -> Cells:
    """The numbers of checked populations."""
    synapses = np.array([_KINDS[type(population.synapses)] for population in populations])
    rows = [kind_of_rows(population) for population in populations]
    kinds = np.array([own or kind for own, kind in zip(rows, synapses, strict=True)])
    first = np.cumsum([0, *(population.n for population in populations)])
    hold, columns = [], []
    for population, own in zip(populations, rows, strict=True):
        neuron, i = _NO_LIF, 0.0
        if own is None and isinstance(population.neuron, LIF):
            neuron, i = population.neuron, float(np.asarray(population.i))
        hold.append(min(refractory_steps(neuron.t_ref, dt), LONGEST))
        columns.append(_numbers(neuron, population.synapses, i, dt))
    numbers = np.array(columns).T.astype(dtype, order="C")
    return Cells(rows_of(populations, dt), kinds, synapses, first, np.array(hold), *numbers)


def _numbers(neuron: LIF, synapses: Synapses, i: float, dt: float) -> tuple[float, ...]:
    """The fields of `Cells` that are not whole numbers."""
    tau_e, tau_i = getattr(synapses, "tau_e", dt), getattr(synapses, "tau_i", dt)
    alpha = isinstance(synapses, AlphaCurrents)
    decay, v_inf = math.exp(-dt / neuron.tau_m), neuron.v_rest + neuron.r_m * i
    leak = dt / neuron.tau_m / 64.0
    share = leak if isinstance(synapses, ExponentialConductances) else -math.expm1(-dt / neuron.tau_m)
    return (
        neuron.v_reset, neuron.v_th, decay, share * v_inf, math.exp(-dt / tau_e), math.exp(-dt / tau_i),
        neuron.r_m * transferred(neuron.tau_m, tau_e, dt), neuron.r_m * transferred(neuron.tau_m, tau_i, dt),
        leak, leak * neuron.r_m, getattr(synapses, "e_e", 0.0), getattr(synapses, "e_i", 0.0),
        math.e / tau_e if alpha else 1.0, math.e / tau_i if alpha else 1.0,
    )  # fmt: skip


def at_rest(
    populations: Sequence[Population],
    ring: np.ndarray,
    waiting: np.ndarray,
    drives: int,
    senders: int,
    seed: np.uint64,
    dt: float,
) -> NetworkState:
    """The state of checked populations before the first step of `dt`, of the type of the ring.

    Spikes can wait in `waiting`; `senders` are the neurons that send through synapses with short-term
    plasticity.
    """
    v = np.concatenate([np.asarray(population.v_start) for population in populations]).astype(ring.dtype)
    adaptation = np.concatenate([_adaptation(population) for population in populations]).astype(ring.dtype)
    excitation, inhibition, x_e, x_i = np.zeros((4, v.size), ring.dtype)
    free, step, before = np.zeros(v.size, np.int32), np.zeros(1, np.int64), np.full(drives, -1.0)
    drawn, seeds = np.zeros(drives, np.uint64), np.full(1, seed, np.uint64)
    membranes = (v, excitation, inhibition, adaptation, x_e, x_i, free)
    under_way = (ring, waiting, np.zeros(len(waiting), np.int64))
    return NetworkState(*membranes, step, dt, *under_way, before, drawn, seeds, *rested(senders))


def _adaptation(population: Population) -> np.ndarray:
    """Where the second variable of each neuron of a checked population starts."""
    v_start = np.asarray(population.v_start)
    return population.neuron.b * v_start if isinstance(population.neuron, Izhikevich) else 0.0 * v_start
