"""W2 with BrainPy, compiled by JAX for the processor, in single precision. Spikes are only counted."""

import numpy as np


def cuba_4000(task):
    import brainpy as bp
    import brainpy.math as bm

    bm.set_platform("cpu")
    bm.set_dt(task.DT)
    n, exc = 4000, task.excitatory(4000)
    begin, post = task.wiring(n)
    (w_e, w_i), rest = task.W["cuba"], task.V_REST["cuba"]

    class Net(bp.DynSysGroup):
        def __init__(self):
            super().__init__()
            self.cells = bp.dyn.LifRef(
                n, V_rest=rest, V_th=task.V_TH, V_reset=task.V_RESET, tau=task.TAU_M, tau_ref=task.T_REF
            )
            self.excites = self.onto(0, exc, w_e, task.TAU_E)
            self.inhibits = self.onto(exc, n, w_i, task.TAU_I)

        def onto(self, first, last, w, tau):
            own = slice(begin[first], begin[last])
            wired = bp.conn.CSRConn(post[own], begin[first : last + 1] - begin[first])(last - first, n)
            return bp.dyn.HalfProjAlignPostMg(
                comm=bp.dnn.EventCSRLinear(wired, w),
                syn=bp.dyn.Expon.desc(n, tau=tau),
                out=bp.dyn.CUBA.desc(),
                post=self.cells,
            )

        def update(self):
            fired = self.cells.spike.value
            self.excites(fired[:exc])
            self.inhibits(fired[exc:])
            self.cells()
            return self.cells.spike.value.sum()

    net, steps = Net(), np.arange(round(task.DURATION / task.DT))
    run = bm.jit(lambda: bm.for_loop(net.step_run, steps))

    def call(k):
        net.reset()
        net.cells.V.value = bm.asarray(task.start("cuba", n, k)[0], bm.float32)
        return {"rate": float(np.asarray(run()).sum()) / n / (task.DURATION / 1e3)}

    return call
