"""W1 with Brian2: run from Python with compiled parts (Cython), or as one C++ program (standalone)."""

import numpy as np

RUNS_PROGRAMS = True


def group(task, n, on):
    """The neurons and the network, not run yet; `on` switches the current on."""
    import brian2 as b2

    b2.defaultclock.dt = task.DT * b2.ms
    names = {
        "tau": task.TAU_M * b2.ms,
        "r": task.R_M * b2.Mohm,
        "v_rest": task.V_REST * b2.mV,
        "v_reset": task.V_RESET * b2.mV,
        "v_th": task.V_TH * b2.mV,
    }
    neurons = b2.NeuronGroup(
        n,
        f"dv/dt = (v_rest - v + r * current * {on}) / tau : volt (unless refractory)\ncurrent : amp",
        threshold="v > v_th",
        reset="v = v_reset",
        refractory=task.T_REF * b2.ms,
        method="exponential_euler",  # exact for a current that is constant in a step
        namespace=names,
    )
    neurons.v = names["v_rest"]
    return neurons


def prepare(task, currents, on, trace, standalone):
    """`call`, for the given currents of the k-th call."""
    import brian2 as b2

    if standalone:
        b2.set_device("cpp_standalone", directory="program", build_on_run=False)
    else:
        b2.prefs.codegen.target = "cython"
    neurons = group(task, len(currents(0)), on)
    spikes = b2.SpikeMonitor(neurons)
    parts = [neurons, spikes]
    if trace:
        potential = b2.StateMonitor(neurons, "v", record=True, when="end")
        parts.append(potential)
    network = b2.Network(*parts)
    if standalone:
        network.run(task.DURATION * b2.ms)
        b2.device.build(directory="program", run=False)
    else:
        network.store()

    def call(k):
        amperes = np.array(currents(k)) * b2.nA
        if standalone:
            b2.device.run(run_args={neurons.current: amperes})
        else:
            network.restore()
            neurons.current = amperes
            network.run(task.DURATION * b2.ms)
        answer = {"counts": np.asarray(spikes.count).tolist()}
        if trace:
            answer["v"] = 1e3 * float(np.asarray(potential.v)[0, task.LOOK - 1])
        return answer

    return call


def trace_cython(task):
    return prepare(task, lambda k: [task.amplitude(k)], step(task), trace=True, standalone=False)


def trace_standalone(task):
    return prepare(task, lambda k: [task.amplitude(k)], step(task), trace=True, standalone=True)


def curve_cython(task):
    return prepare(task, task.amplitudes, "1", trace=False, standalone=False)


def curve_standalone(task):
    return prepare(task, task.amplitudes, "1", trace=False, standalone=True)


def step(task):
    """The current is on from here."""
    return f"int(t >= {task.ONSET * task.DT} * ms)"
