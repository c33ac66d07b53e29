"""A recurrent network and patterns that are small enough to be trained a few steps in every test."""

import numpy as np

from snnlab.learning import poisson_patterns
from snnlab.learning.gradients.cell_kinds import lif_cell
from snnlab.learning.gradients.recurrent_network import initial_recurrent


def small(seed=1, recurrent=True):
    rng = np.random.default_rng(seed)
    patterns = poisson_patterns(8, 20, 2, 40, rate=30.0, rng=rng)
    network = initial_recurrent(20, lif_cell(4), 2, gain=0.5, longest=3, rng=rng)
    return patterns, network if recurrent else network._replace(recurrent=None)


def arrays(network):
    return network.w_in, network.w_out, network.recurrent.w
