"""W2 with NEST, its leak being 10 nS. Timed is the loop over time; each call builds the network anew."""

import time
from functools import partial

import numpy as np

LEAK = 10.0  # nS
passed = 0.0  # s of the loops over time of all calls


def cpu_time():
    return passed


def network(task, model, n, k):
    """The recorder of a network at its start."""
    import nest

    nest.ResetKernel()
    nest.resolution = task.DT
    numbers = {
        "C_m": LEAK * task.TAU_M,
        "E_L": task.V_REST[model],
        "V_th": task.V_TH,
        "V_reset": task.V_RESET,
        "t_ref": task.T_REF,
        "tau_syn_ex": task.TAU_E,
        "tau_syn_in": task.TAU_I,
    }
    v, excitation, inhibition = task.start(model, n, k)
    if model == "cuba":
        neurons = nest.Create("iaf_psc_exp", n, numbers | {"tau_m": task.TAU_M})
    else:
        more = {"g_L": LEAK, "E_ex": task.E_E, "E_in": task.E_I}
        neurons = nest.Create("iaf_cond_exp", n, numbers | more)
        neurons.g_ex, neurons.g_in = LEAK * excitation, LEAK * inhibition
    neurons.V_m = v
    begin, post = task.wiring(n)
    pre = np.repeat(np.arange(n), np.diff(begin))
    w = LEAK * np.where(pre < task.excitatory(n), *task.W[model])
    synapse = {"synapse_model": "static_synapse", "weight": w, "delay": np.full(pre.size, task.DT)}
    nest.Connect(pre + 1, post + 1, "one_to_one", synapse)
    recorder = nest.Create("spike_recorder")
    nest.Connect(neurons, recorder)
    return recorder


def prepare(task, model, n):
    import nest

    def call(k):
        global passed
        recorder = network(task, model, n, k)
        nest.Prepare()
        before = time.process_time()
        nest.Run(task.DURATION)
        passed += time.process_time() - before
        rate = recorder.n_events / n / (task.DURATION / 1e3)
        nest.Cleanup()
        return {"rate": rate}

    return call


cuba_4000, cuba_20000, cuba_40000 = (partial(prepare, model="cuba", n=n) for n in (4000, 20_000, 40_000))
coba_4000, coba_20000, coba_40000 = (partial(prepare, model="coba", n=n) for n in (4000, 20_000, 40_000))
