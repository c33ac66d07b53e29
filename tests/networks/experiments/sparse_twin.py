"""The network that a kernel draws for itself, built once more from the parts of `snnlab.networks`."""

import numpy as np

from snnlab.networks import Connections, DeltaJumps, Network, Population
from snnlab.networks.brunel_network import NEURON
from snnlab.networks.cells.rows import NoRows
from snnlab.networks.experiments.sparse_cells import started, work

__all__ = ["twin", "wired"]


def wired(net, seed):
    """Its synapses, who excites first among the inputs of each neuron, and its potentials at the start."""
    room = work(net, 10)
    started(room, net, NEURON, NoRows(), np.uint64(seed))
    n, k = net.n_exc + net.n_inh, net.k_exc + net.k_inh
    pre, post = room.source.copy(), np.repeat(np.arange(n, dtype=np.int32), k)
    w = np.where(pre < net.n_exc, net.w, -net.g * net.w)
    return Connections(pre, post, w, np.full(pre.size, 1.5), n, n), room.potential.copy()


def twin(net, seed):
    """A `Network` and its state at the start."""
    lines, v = wired(net, seed)
    share = net.chance / 100.0
    cells = Population(v.size, NEURON, DeltaJumps(), i=(1.0 - share) * net.eta)  # 20 mV over 20 MΩ
    made = Network(cells=cells, rng=np.random.default_rng(0))
    made.connect("cells", "cells", lines)
    made.drive("cells", 1000.0 * share * net.eta / net.w, net.w)
    state = made.initial_state()
    return made, state._replace(v=v, seed=np.array([seed], np.uint64))
