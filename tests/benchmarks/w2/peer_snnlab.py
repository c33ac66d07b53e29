"""W2 with snnlab's networks: all that `run` does is timed, the connections are made once."""

from functools import partial

import numpy as np


def network(task, model, n, dtype, delay):
    """The network, all of whose synapses have this delay, ms."""
    from snnlab.networks import (
        Connections,
        ExponentialConductances,
        ExponentialCurrents,
        Network,
        Population,
    )
    from snnlab.neurons import LIF

    synapses = {
        "cuba": ExponentialCurrents(task.TAU_E, task.TAU_I),
        "coba": ExponentialConductances(task.TAU_E, task.TAU_I, task.E_E, task.E_I),
    }[model]
    neuron = LIF(task.TAU_M, 1.0, task.V_REST[model], task.V_RESET, task.V_TH, task.T_REF)
    net = Network(dt=task.DT, dtype=dtype, cells=Population(n, neuron, synapses))
    first, post = task.wiring(n)
    pre = np.repeat(np.arange(n), np.diff(first))
    w = np.where(pre < task.excitatory(n), *task.W[model])
    net.connect("cells", "cells", Connections(pre, post, w, np.full(pre.size, delay), n, n))
    return net


def begin(task, model, n, dtype, rest, k):
    """The state in which the k-th call starts; `rest` is that of the network by itself."""
    v, excitation, inhibition = (x.astype(dtype) for x in task.start(model, n, k))
    return rest._replace(v=v, excitation=excitation, inhibition=inhibition)


def prepare(task, model, n, dtype):
    net = network(task, model, n, dtype, task.DT)
    rest = net.initial_state()

    def call(k):
        run = net.run(task.DURATION, start=begin(task, model, n, dtype, rest, k))
        return {"rate": run["cells"].spikes.n_spikes / n / (task.DURATION / 1e3)}

    return call


cuba_4000, cuba_20000, cuba_40000 = (
    partial(prepare, model="cuba", n=n, dtype="float32") for n in (4000, 20_000, 40_000)
)
coba_4000, coba_20000, coba_40000 = (
    partial(prepare, model="coba", n=n, dtype="float32") for n in (4000, 20_000, 40_000)
)
cuba_4000_double = partial(prepare, model="cuba", n=4000, dtype="float64")
coba_4000_double = partial(prepare, model="coba", n=4000, dtype="float64")
