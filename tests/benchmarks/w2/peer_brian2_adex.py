"""W2's AdEx neurons that learn with Brian2: one C++ program (standalone), or compiled parts (Cython).

Euler's method is the cheapest that it has for this neuron. Timed is the loop over time, as in peer_brian2.
"""

import time

import numpy as np

passed = 0.0  # s of the loops over time of all calls


def cpu_time():
    return passed


def network(task, n, b2):
    """The neurons, their spikes, the synapses that learn, and the network."""
    b2.defaultclock.dt = task.DT * b2.ms
    units = dict.fromkeys(("v_rest", "v_reset", "v_th", "delta_th", "v_peak"), b2.mV)
    units |= {"tau_m": b2.ms, "tau_w": b2.ms, "r_m": b2.Mohm, "a": b2.usiemens, "b": b2.nA}
    names = {name: value * units[name] for name, value in task.ADEX.items()}
    names |= {"tau_e": task.TAU_E * b2.ms, "tau_i": task.TAU_I * b2.ms, "current": task.CURRENT * b2.nA}
    names |= {"w_e": task.W_ADEX[0] * b2.nA, "w_i": task.W_ADEX[1] * b2.nA, "w_max": task.W_MAX * b2.nA}
    names |= {"grows": task.STEP * task.W_MAX * b2.nA, "tau": task.TAU_STDP * b2.ms}
    names["shrinks"] = task.ALPHA * names["grows"]
    neurons = b2.NeuronGroup(
        n,
        """dv/dt = (v_rest - v + delta_th * exp((v - v_th) / delta_th)
                    + r_m * (i_e + i_i + current - w)) / tau_m : volt
        dw/dt = (a * (v - v_rest) - w) / tau_w : amp
        di_e/dt = -i_e / tau_e : amp
        di_i/dt = -i_i / tau_i : amp""",
        threshold="v > v_peak",
        reset="v = v_reset\nw += b",
        method="euler",
        namespace=names,
    )
    begin, post = task.wiring(n)
    pre, delays = np.repeat(np.arange(n), np.diff(begin)), task.delays(n)
    excites = pre < task.excitatory(n)
    learns = excites & (post < task.excitatory(n))

    def synapses(chosen, **options):
        made = b2.Synapses(neurons, neurons, namespace=names, **options)
        made.connect(i=pre[chosen], j=post[chosen])
        made.delay = delays[chosen] * b2.ms
        return made

    learning = synapses(
        learns,
        model="""s : amp
        dx/dt = -x / tau : 1 (event-driven)
        dy/dt = -y / tau : 1 (event-driven)""",
        on_pre="i_e_post += s\nx += 1\ns = clip(s - shrinks * y, 0 * amp, w_max)",
        on_post="y += 1\ns = clip(s + grows * x, 0 * amp, w_max)",
    )
    learning.s = names["w_e"]
    others = [
        synapses(excites & ~learns, on_pre="i_e_post += w_e"),
        synapses(~excites, on_pre="i_i_post += w_i"),
    ]
    spikes = b2.SpikeMonitor(neurons)
    return neurons, spikes, learning, b2.Network(neurons, spikes, learning, *others)


def answer(task, spikes, learning, b2):
    return {
        "rate": float(np.mean(spikes.count)) / (task.DURATION / 1e3),
        "spread": float(np.std(np.asarray(learning.s / b2.nA)) / task.W_MAX),
    }


def standalone(task, n=4000):
    import brian2 as b2

    b2.set_device("cpp_standalone", directory="program", build_on_run=False)
    neurons, spikes, learning, net = network(task, n, b2)
    neurons.v = task.start("adex", n, 0)[0] * b2.mV
    b2.device.insert_code("before_network_run", "std::clock_t loop_begin = std::clock();")
    b2.device.insert_code("after_network_run", 'std::ofstream("loop.txt") << std::clock() - loop_begin;')
    net.run(task.DURATION * b2.ms)
    b2.device.build(directory="program", run=False)

    def call(k):
        global passed
        b2.device.run(run_args={neurons.v: task.start("adex", n, k)[0] * b2.mV})
        with open("program/loop.txt", encoding="utf-8") as file:
            passed += int(file.read()) / 1e6  # CLOCKS_PER_SEC of POSIX
        return answer(task, spikes, learning, b2)

    return call


def cython(task, n=4000):
    import brian2 as b2

    b2.prefs.codegen.target = "cython"
    neurons, spikes, learning, net = network(task, n, b2)
    net.store()

    def call(k):
        global passed
        net.restore()
        neurons.v = task.start("adex", n, k)[0] * b2.mV
        before = time.process_time()
        net.run(task.DURATION * b2.ms)
        passed += time.process_time() - before
        return answer(task, spikes, learning, b2)

    return call
