"""W1 with nengo, whose LIF has no units: 0 is rest and reset, 1 the threshold.

It looks where within a step a spike falls.
"""

import numpy as np


def prepare(task, currents, n, trace):
    import nengo

    drive = np.zeros(n)
    start = task.ONSET * task.DT / 1e3 if trace else 0.0
    height = task.V_TH - task.V_REST
    with nengo.Network() as network:
        kind = nengo.LIF(tau_rc=task.TAU_M / 1e3, tau_ref=task.T_REF / 1e3)
        neurons = nengo.Ensemble(n, 1, neuron_type=kind, gain=np.ones(n), bias=np.zeros(n)).neurons
        source = nengo.Node(lambda t: drive if t > start else 0 * drive, size_out=n)
        nengo.Connection(source, neurons, synapse=None)
        spikes = nengo.Probe(neurons)
        if trace:
            potential = nengo.Probe(neurons, "voltage")
    simulator = nengo.Simulator(network, dt=task.DT / 1e3, progress_bar=False)

    def call(k):
        drive[:] = task.R_M * np.array(currents(k)) / height
        simulator.reset()
        simulator.run(task.DURATION / 1e3, progress_bar=False)
        answer = {"counts": (simulator.data[spikes] > 0).sum(axis=0).tolist()}
        if trace:
            answer["v"] = task.V_REST + height * float(simulator.data[potential][task.LOOK - 1, 0])
        return answer

    return call


def trace(task):
    return prepare(task, lambda k: [task.amplitude(k)], 1, trace=True)


def curve(task):
    return prepare(task, task.amplitudes, task.CURRENTS, trace=False)
