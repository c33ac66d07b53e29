"""W5 with brian2-loihi. It has no input but spikes, so each step the activations are added to its currents.

Its decay is one more than lava's. Its current decays after the voltage has taken it, so the current of the
last step is read before that.
"""

import numpy as np


def run(task):
    import brian2 as b2
    from brian2_loihi import LoihiNetwork, LoihiNeuronGroup, LoihiSpikeMonitor

    b2.prefs.codegen.target = "cython"
    neurons = LoihiNeuronGroup(
        task.COMPARTMENTS,
        refractory=1,
        threshold_v_mant=task.V_TH,
        decay_v=task.DECAY_V,
        decay_I=task.DECAY_U + 1,
    )
    a = task.activations().astype(float) * 64.0
    at = [a, 0, np.zeros(task.COMPARTMENTS)]

    @b2.network_operation(when="synapses")
    def activations():
        neurons.variables["I"].get_value()[:] += at[0][at[1]]
        at[1] += 1
        if at[1] == task.STEPS:
            at[2] = np.array(neurons.I)

    spikes = LoihiSpikeMonitor(neurons)
    network = LoihiNetwork(neurons, activations, spikes)
    network.store()

    def call(k):
        network.restore()
        at[:2] = task.part(a, k), 0
        network.run(task.STEPS)
        return task.answer(len(spikes.i), at[2], np.array(neurons.v))

    return call
