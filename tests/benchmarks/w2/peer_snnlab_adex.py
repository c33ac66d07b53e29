"""W2's AdEx neurons that learn with snnlab: all that `run` does is timed."""

import numpy as np


def learns(task, n=4000):
    from snnlab.learning import STDP, LearningNetwork
    from snnlab.networks import Connections, ExponentialCurrents, Population
    from snnlab.neurons import AdEx

    synapses = ExponentialCurrents(task.TAU_E, task.TAU_I)
    net = LearningNetwork(dt=task.DT, cells=Population(n, AdEx(**task.ADEX), synapses, task.CURRENT))
    begin, post = task.wiring(n)
    pre, delays = np.repeat(np.arange(n), np.diff(begin)), task.delays(n)
    excites = pre < task.excitatory(n)
    learn = excites & (post < task.excitatory(n))
    rule = STDP(task.STEP, task.ALPHA, task.TAU_STDP, task.TAU_STDP, w_max=task.W_MAX)
    for own, given in ((learn, {"learn": rule}), (~learn, {})):
        w = np.where(excites[own], *task.W_ADEX)
        net.connect("cells", "cells", Connections(pre[own], post[own], w, delays[own], n, n), **given)
    rest, some = net.initial_state(), int(np.count_nonzero(learn))

    def call(k):
        run = net.run(task.DURATION, start=rest._replace(v=task.start("adex", n, k)[0]))
        w = run.connections("cells", "cells").w[-some:]  # those that learn come after the others
        return {
            "rate": run["cells"].spikes.n_spikes / n / (task.DURATION / 1e3),
            "spread": float(w.std()) / task.W_MAX,
        }

    return call
