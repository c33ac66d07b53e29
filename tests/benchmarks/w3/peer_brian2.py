"""W3 with Brian2: one C++ program (standalone), after its example of Song and Abbott."""

import numpy as np


def learn(task):
    import brian2 as b2

    b2.set_device("cpp_standalone", directory="program", build_on_run=False)
    b2.defaultclock.dt = task.DT * b2.ms
    names = {
        "tau_m": task.TAU_M * b2.ms,
        "v_rest": task.V_REST * b2.mV,
        "v_th": task.V_TH * b2.mV,
        "v_reset": task.V_RESET * b2.mV,
        "e_ex": task.E_EX * b2.mV,
        "tau_ex": task.TAU_EX * b2.ms,
        "tau_plus": task.TAU_PLUS * b2.ms,
        "tau_minus": task.TAU_MINUS * b2.ms,
        "g_max": task.G_MAX,
        "a_plus": task.A_PLUS * task.G_MAX,
        "a_minus": task.ALPHA * task.A_PLUS * task.G_MAX,
    }
    inputs = b2.PoissonGroup(task.INPUTS, rates=task.RATE * b2.Hz)
    neuron = b2.NeuronGroup(
        1,
        "dv/dt = (v_rest - v + g * (e_ex - v)) / tau_m : volt\ndg/dt = -g / tau_ex : 1",
        threshold="v > v_th",
        reset="v = v_reset",
        method="euler",
        namespace=names,
    )
    neuron.v = names["v_reset"]
    synapses = b2.Synapses(
        inputs,
        neuron,
        """w : 1
        dx/dt = -x / tau_plus : 1 (event-driven)
        dy/dt = -y / tau_minus : 1 (event-driven)""",
        on_pre="g += w\nx += a_plus\nw = clip(w + y, 0, g_max)",
        on_post="y -= a_minus\nw = clip(w + x, 0, g_max)",
        namespace=names,
    )
    synapses.connect()
    synapses.w = "rand() * g_max"
    spikes = b2.SpikeMonitor(neuron)
    network = b2.Network(inputs, neuron, synapses, spikes)
    network.run(task.DURATION * b2.ms)
    b2.device.build(directory="program", run=False)

    def call(k):
        b2.device.run()
        return {
            "spikes": int(np.asarray(spikes.count)[0]),
            "mean": float(np.mean(np.asarray(synapses.w)) / task.G_MAX),
        }

    return call
