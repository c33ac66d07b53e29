"""W2 with Brian2: one C++ program (standalone), or run from Python with compiled parts (Cython).

Timed is the loop over time, not what surrounds it: the program reads all connections anew each time.
"""

import time
from functools import partial

import numpy as np

passed = 0.0  # s of the loops over time of all calls


def cpu_time():
    return passed


def network(task, model, n, b2):
    """The neurons, their spikes, and the network."""
    b2.defaultclock.dt = task.DT * b2.ms
    names = {
        "tau_m": task.TAU_M * b2.ms,
        "tau_e": task.TAU_E * b2.ms,
        "tau_i": task.TAU_I * b2.ms,
        "v_rest": task.V_REST[model] * b2.mV,
        "v_reset": task.V_RESET * b2.mV,
        "v_th": task.V_TH * b2.mV,
        "e_e": task.E_E * b2.mV,
        "e_i": task.E_I * b2.mV,
        "w_e": task.W[model][0] * (b2.mV if model == "cuba" else 1),
        "w_i": task.W[model][1] * (b2.mV if model == "cuba" else -1),
    }
    driven, unit, method = {
        "cuba": ("g_e + g_i", "volt", "exact"),
        "coba": ("g_e * (e_e - v) + g_i * (e_i - v)", "1", "exponential_euler"),
    }[model]
    neurons = b2.NeuronGroup(
        n,
        f"""dv/dt = (v_rest - v + {driven}) / tau_m : volt (unless refractory)
        dg_e/dt = -g_e / tau_e : {unit}
        dg_i/dt = -g_i / tau_i : {unit}""",
        threshold="v > v_th",
        reset="v = v_reset",
        refractory=(task.T_REF + task.DT) * b2.ms,  # it counts from the start of the step of the spike
        method=method,
        namespace=names,
    )
    begin, post = task.wiring(n)
    pre = np.repeat(np.arange(n), np.diff(begin))
    excites = pre < task.excitatory(n)
    parts = [neurons, b2.SpikeMonitor(neurons)]
    for chosen, on_pre in ((excites, "g_e_post += w_e"), (~excites, "g_i_post += w_i")):
        synapses = b2.Synapses(neurons, neurons, on_pre=on_pre, delay=task.DT * b2.ms, namespace=names)
        synapses.connect(i=pre[chosen], j=post[chosen])
        parts.append(synapses)
    return neurons, parts[1], b2.Network(*parts)


def start(task, model, n, k, b2):
    """What each variable starts with."""
    v, excitation, inhibition = task.start(model, n, k)
    unit = b2.mV if model == "cuba" else 1
    return {"v": v * b2.mV, "g_e": excitation * unit, "g_i": inhibition * unit}


def standalone(task, model, n, dtype, wall=False):
    import brian2 as b2

    b2.prefs.core.default_float_dtype = np.dtype(dtype).type
    b2.set_device("cpp_standalone", directory="program", build_on_run=False)
    neurons, spikes, net = network(task, model, n, b2)
    for name, values in start(task, model, n, 0, b2).items():
        setattr(neurons, name, values)
    b2.device.insert_code("before_network_run", "std::clock_t loop_begin = std::clock();")
    b2.device.insert_code("after_network_run", 'std::ofstream("loop.txt") << std::clock() - loop_begin;')
    net.run(task.DURATION * b2.ms)
    b2.device.build(directory="program", run=False)

    def call(k):
        global passed
        values = start(task, model, n, k, b2)
        b2.device.run(run_args={getattr(neurons, name): value for name, value in values.items()})
        with open("program/loop.txt", encoding="utf-8") as file:
            passed += b2.device._last_run_time if wall else int(file.read()) / 1e6  # CLOCKS_PER_SEC of POSIX
        return {"rate": float(np.mean(spikes.count)) / (task.DURATION / 1e3)}

    return call


def cython(task, model, n):
    import brian2 as b2

    b2.prefs.codegen.target = "cython"
    neurons, spikes, net = network(task, model, n, b2)
    net.store()

    def call(k):
        global passed
        net.restore()
        for name, values in start(task, model, n, k, b2).items():
            setattr(neurons, name, values)
        before = time.process_time()
        net.run(task.DURATION * b2.ms)
        passed += time.process_time() - before
        return {"rate": float(np.mean(spikes.count)) / (task.DURATION / 1e3)}

    return call


SIZES = 4000, 20_000, 40_000
cuba_4000, cuba_20000, cuba_40000 = (partial(standalone, model="cuba", n=n, dtype="float32") for n in SIZES)
coba_4000, coba_20000, coba_40000 = (partial(standalone, model="coba", n=n, dtype="float32") for n in SIZES)
cuba_4000_wall, cuba_20000_wall, cuba_40000_wall = (
    partial(standalone, model="cuba", n=n, dtype="float32", wall=True) for n in SIZES
)
coba_4000_wall, coba_20000_wall, coba_40000_wall = (
    partial(standalone, model="coba", n=n, dtype="float32", wall=True) for n in SIZES
)
cuba_4000_double = partial(standalone, model="cuba", n=4000, dtype="float64")
coba_4000_double = partial(standalone, model="coba", n=4000, dtype="float64")
cuba_4000_cython = partial(cython, model="cuba", n=4000)
coba_4000_cython = partial(cython, model="coba", n=4000)
