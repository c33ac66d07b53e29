"""W3 with NEST, its leak being 10 nS. The neuron chooses its own steps, and weights see their delay."""

import numpy as np

LEAK = 10.0  # nS


def learn(task):
    import nest

    def call(k):
        nest.ResetKernel()
        nest.set(resolution=task.DT, rng_seed=k + 1)
        numbers = {
            "C_m": task.TAU_M * LEAK,
            "g_L": LEAK,
            "E_L": task.V_REST,
            "V_th": task.V_TH,
            "V_reset": task.V_RESET,
            "V_m": task.V_RESET,
            "t_ref": task.DT,
            "tau_syn_ex": task.TAU_EX,
            "E_ex": task.E_EX,
            "tau_minus": task.TAU_MINUS,
        }
        neuron = nest.Create("iaf_cond_exp", 1, numbers)
        source = nest.Create("poisson_generator", 1, {"rate": task.RATE})
        inputs = nest.Create("parrot_neuron", task.INPUTS)
        recorder = nest.Create("spike_recorder")
        most = task.G_MAX * LEAK
        rule = {
            "synapse_model": "stdp_synapse",
            "weight": nest.random.uniform(0.0, most),
            "delay": task.DT,
            "tau_plus": task.TAU_PLUS,
            "Wmax": most,
            "mu_plus": 0.0,
            "mu_minus": 0.0,
            "lambda": task.A_PLUS,
            "alpha": task.ALPHA,
        }
        nest.Connect(source, inputs)
        nest.Connect(inputs, neuron, "all_to_all", rule)
        nest.Connect(neuron, recorder)
        nest.Simulate(task.DURATION)
        w = np.array(nest.GetConnections(inputs, neuron).weight)
        return {"spikes": int(recorder.n_events), "mean": float(w.mean() / most)}

    return call
