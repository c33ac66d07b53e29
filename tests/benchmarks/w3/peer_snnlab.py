"""W3 with snnlab's public function."""

import numpy as np


def learn(task):
    from snnlab.learning import Competition, compete

    numbers = Competition(
        tau_m=task.TAU_M,
        v_rest=task.V_REST,
        v_th=task.V_TH,
        v_reset=task.V_RESET,
        e_ex=task.E_EX,
        tau_ex=task.TAU_EX,
        g_max=task.G_MAX,
        n_in=0,
        a_plus=task.A_PLUS,
        alpha=task.ALPHA,
        tau_plus=task.TAU_PLUS,
        tau_minus=task.TAU_MINUS,
    )

    def call(k):
        rng = np.random.default_rng(k)
        w = rng.random(task.INPUTS)
        run = compete(task.RATE, task.DURATION, numbers, w, n=task.INPUTS, dt=task.DT, rng=rng)
        return {"spikes": run.spikes.n_spikes, "mean": float(run.w.mean())}

    return call
