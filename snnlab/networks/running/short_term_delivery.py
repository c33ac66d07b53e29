"""Delivery by synapses with short-term plasticity.

What a spike releases depends on the spikes before it of the same neuron, and not on who is told. So each
neuron has one pair u, x for all of its synapses of a projection, and a spike is met when it is fired: the
delay only shifts what it brings. Before it goes into the ring, the weights of its synapses are multiplied by
what it releases.

Examples
--------
>>> from snnlab import Spikes
>>> from snnlab.networks import Network, Population, TsodyksMarkram, one_to_one
>>> net = Network(into=Spikes([1.0, 3.0], duration=5), cells=Population(1), dt=1.0)
>>> net.connect("into", "cells", one_to_one(), delay=0.0, short_term=TsodyksMarkram(use=0.5, tau_rec=100.0))
>>> run = net.run(5, record={"cells": [0]})
>>> print(run["cells"].excitation[:, 0].round(3))
[0.5   0.409 0.59  0.483 0.396]
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import DTypeLike

from snnlab.compiling import uncounted_kernel
from snnlab.networks.cells.population import Population
from snnlab.networks.cells.short_term import Resources, rates, release
from snnlab.networks.running.delivery import bring
from snnlab.networks.running.events import Events
from snnlab.networks.running.projections import Projection, merged

__all__ = ["ShortTerm", "deliver_short_term", "short_term_of"]


class ShortTerm(NamedTuple):
    """The synapses with short-term plasticity, as kernels take them.

    A neuron stands once for each projection that it sends through: it is a *sender* there.
    """

    first: np.ndarray
    """The first neuron that sends through each projection, int64 of shape (projections,)."""
    n: np.ndarray
    """How many do."""
    sender: np.ndarray
    """The first sender of each projection."""
    use: np.ndarray
    """U of each projection."""
    falls: np.ndarray
    """By which part u falls back in a step."""
    recovers: np.ndarray
    """By which part resources come back in a step."""
    w: np.ndarray
    """The weight of each synapse where all resources are released, in the order of `events`."""
    events: Events
    """The synapses of all senders; their weights are what the last spike released.

    They are written anew before each delivery, so runs of one network share them; but not at the same time.
    """
    senders: np.ndarray
    """0, 1, 2, …, int32."""


def short_term_of(
    projections: Sequence[Projection],
    offsets: Mapping[str, int],
    populations: Mapping[str, Population],
    n: int,
    dt: float,
    dtype: DTypeLike = np.float64,
) -> ShortTerm:
    """The projections that have `short_term`; `offsets` says where each population begins."""
    count = np.array([projection.lines.n_pre for projection in projections], np.int64)
    sender = np.cumsum([0, *count])
    events = merged(projections, sender[:-1], offsets, populations, n, max(1, int(sender[-1])), dt, dtype)
    numbers = [rates(projection.short_term, dt) for projection in projections if projection.short_term]
    use, falls, recovers = np.array(numbers).reshape(-1, 3).T.copy()
    first = np.array([offsets[projection.pre] for projection in projections], np.int64)
    senders = np.arange(sender[-1], dtype=np.int32)
    return ShortTerm(first, count, sender[:-1], use, falls, recovers, events.w.copy(), events, senders)


@uncounted_kernel
def deliver_short_term(ids, count, t, state, short_term):
    """Add to the ring what the spikes of step `t` bring through synapses with short-term plasticity."""
    resources, events = Resources(state.u, state.x, state.last), short_term.events
    for p in range(len(short_term.first)):
        for k in range(count):
            j = ids[k] - short_term.first[p]
            if 0 <= j < short_term.n[p]:
                j += short_term.sender[p]
                use, falls, recovers = short_term.use[p], short_term.falls[p], short_term.recovers[p]
                u, x = release(j, t, resources, use, falls, recovers)
                own = slice(events.begin[j], events.begin[j + 1])
                weights, full = events.w[own], short_term.w[own]
                for s in range(len(weights)):
                    weights[s] = u * x * full[s]
                bring(short_term.senders[j : j + 1], 1, t, state.ring, events)
