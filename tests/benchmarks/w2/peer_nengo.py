"""W2 with nengo, whose LIF has no units: 0 is the reset, 1 the threshold. Spikes are counted as they come."""

import numpy as np


def cuba_4000(task):
    import nengo

    n, height = 4000, task.V_TH - task.V_RESET
    begin, post = task.wiring(n)
    pre = np.repeat(np.arange(n), np.diff(begin))
    excites = pre < task.excitatory(n)
    bias = np.full(n, (task.V_REST["cuba"] - task.V_RESET) / height)
    with nengo.Network() as network:
        kind = nengo.LIF(tau_rc=task.TAU_M / 1e3, tau_ref=task.T_REF / 1e3, min_voltage=-1e9)
        cells = nengo.Ensemble(n, 1, neuron_type=kind, gain=np.ones(n), bias=bias).neurons
        w_e, w_i = task.W["cuba"]
        for chosen, w, tau in ((excites, w_e, task.TAU_E), (~excites, w_i, task.TAU_I)):
            ends = np.stack([post[chosen], pre[chosen]], axis=1)
            sizes = np.full(len(ends), w / height * tau / 1e3)  # a filter spreads a spike over tau
            nengo.Connection(
                cells, cells, synapse=tau / 1e3, transform=nengo.Sparse((n, n), indices=ends, init=sizes)
            )
    simulator = nengo.Simulator(network, dt=task.DT / 1e3, progress_bar=False)
    signals = simulator.model.sig[cells]

    def call(k):
        simulator.reset()
        v, _, _ = task.start("cuba", n, k)
        simulator.signals[signals["voltage"]][...] = (v - task.V_RESET) / height
        fired, spikes = simulator.signals[signals["out"]], 0
        for _ in range(round(task.DURATION / task.DT)):
            simulator.step()
            spikes += int(np.count_nonzero(fired))
        return {"rate": spikes / n / (task.DURATION / 1e3)}

    return call
