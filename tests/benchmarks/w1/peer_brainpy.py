"""W1 with BrainPy, compiled by JAX for the processor."""

import numpy as np


def prepare(task, inputs, n, trace):
    import brainpy as bp
    import brainpy.math as bm

    bm.set_platform("cpu")
    bm.enable_x64()
    bm.set_dt(task.DT)
    neurons = bp.dyn.LifRef(
        n,
        V_rest=task.V_REST,
        V_th=task.V_TH,
        V_reset=task.V_RESET,
        tau=task.TAU_M,
        R=task.R_M,
        tau_ref=task.T_REF,
        V_initializer=bp.init.Constant(task.V_REST),
        method="exp_auto",
    )
    monitors = ["spike", "V"] if trace else ["spike"]
    runner = bp.DSRunner(neurons, monitors=monitors, progress_bar=False, numpy_mon_after_run=True)

    def call(k):
        neurons.reset()
        runner.reset_state()
        runner.run(inputs=bm.asarray(inputs(k)))
        answer = {"counts": np.asarray(runner.mon["spike"]).sum(axis=0).astype(int).tolist()}
        if trace:
            answer["v"] = float(runner.mon["V"][task.LOOK - 1, 0])
        return answer

    return call


def trace(task):
    def inputs(k):
        current = np.zeros((task.STEPS, 1))
        current[task.ONSET :] = task.amplitude(k)
        return current

    return prepare(task, inputs, 1, trace=True)


def curve(task):
    return prepare(task, lambda k: np.tile(task.amplitudes(k), (task.STEPS, 1)), task.CURRENTS, trace=False)
