"""W5 with snnlab's public functions."""

import numpy as np


def _prepared(task):
    from snnlab.loihi import Compartment

    q = (task.activations() * 64).astype(np.int16)
    return q, Compartment(task.DECAY_U, task.DECAY_V, task.V_TH)


def run(task):
    from snnlab.loihi import LAVA, simulate_spikes

    q, compartment = _prepared(task)

    def call(k):
        found = simulate_spikes(task.part(q, k), compartment, LAVA)
        return task.answer(found.spikes.n_spikes, found.u, found.v)

    return call


def run_all(task):
    from snnlab.loihi import LAVA, simulate_compartments

    q, compartment = _prepared(task)

    def call(k):
        found = simulate_compartments(task.part(q, k), compartment, LAVA)
        return task.answer(found.spikes.n_spikes, found.u[-1], found.v[-1])

    return call
