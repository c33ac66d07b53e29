"""W1 with NEST: a new network each time, which takes less than to put the old one back to its start."""

import numpy as np

DELAY = 1.0  # ms; what is sent arrives so much later. With a shorter one NEST would take twice as long.


def network(task, n):
    """An empty kernel with the neurons and a recorder of their spikes."""
    import nest

    nest.ResetKernel()
    nest.resolution = task.DT
    picofarad = 1e3 * task.TAU_M / task.R_M
    numbers = {
        "C_m": picofarad,
        "tau_m": task.TAU_M,
        "E_L": task.V_REST,
        "V_m": task.V_REST,
        "V_th": task.V_TH,
        "V_reset": task.V_RESET,
        "t_ref": task.T_REF,
    }
    neurons = nest.Create("iaf_psc_delta", n, numbers)
    recorder = nest.Create("spike_recorder")
    nest.Connect(neurons, recorder)
    return neurons, recorder


def trace(task):
    import nest

    def call(k):
        neurons, recorder = network(task, 1)
        picoampere = 1e3 * task.amplitude(k)
        source = nest.Create("dc_generator", {"amplitude": picoampere, "start": task.ONSET * task.DT - DELAY})
        nest.Connect(source, neurons, syn_spec={"delay": DELAY})
        meter = nest.Create("voltmeter", {"interval": task.DT})
        nest.Connect(meter, neurons)
        nest.Simulate(task.DURATION)
        v = meter.get("events")["V_m"]
        return {"counts": [len(recorder.get("events")["times"])], "v": float(v[task.LOOK - 1])}

    return call


def curve(task):
    import nest

    def call(k):
        neurons, recorder = network(task, task.CURRENTS)
        neurons.I_e = 1e3 * np.array(task.amplitudes(k))
        nest.Simulate(task.DURATION)
        senders = recorder.get("events")["senders"]
        return {"counts": np.bincount(senders, minlength=task.CURRENTS + 1)[1:].tolist()}

    return call
