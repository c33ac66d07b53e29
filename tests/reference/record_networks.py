"""Record small networks of NEST and Brian2 in which much happens at once, every connection given.

    python record_networks.py nest
    python record_networks.py brian2

wrote nest_net_ties.npz and nest_net_far.npz, and brian2_net_ties.npz and brian2_net_jumps.npz, beside it,
with NEST 3.10.0 and Brian2 2.11.0 in an environment of their own. In all of them neurons are joined to
themselves, pairs of neurons by two synapses, and spikes arrive at neurons that are held.

- *nest_net_ties*: ``iaf_psc_delta`` without a leak and with whole numbers for weights and potentials, so that
  potentials come to be exactly the threshold, and many neurons fire in one step.
- *nest_net_far*: ``iaf_psc_exp`` with delays from one step to 1000, among them 127, 128 and 256.
- *brian2_net_ties*: currents, delays of 0 and 256 steps, and a twin of each neuron that fires when it does.
- *brian2_net_jumps*: potentials in whole numbers as above, and delays of 0. Threshold ``v > V_th``.

Keys: `model`, `dt` and `T` (ms), `params` (JSON; ms, mV, pF), `v0`, `pre`, `post`, `w` (pA; mV where the
potential jumps and in Brian2), `delay` (ms), `kind` (Brian2: 1 inhibits); of the spikes from outside
`ext_neuron`, `ext_time` (ms) and `ext_w`; `spike_id` and `spike_time` (ms); of the neurons `v_id` the values
`v`, `ge` and `gi`, shape (steps, neurons).
"""

import json
import sys
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
DT = 0.1  # ms
T = 300.0


def wiring(rng, n, p, delays):
    """Synapses of random pairs, of each neuron to itself, and a second one for each tenth."""
    pairs = rng.random((n, n)) < p
    np.fill_diagonal(pairs, True)
    pre, post = np.nonzero(pairs)
    pre, post = np.concatenate([pre, pre[::10]]), np.concatenate([post, post[::10]])
    return pre, post, rng.choice(delays, pre.size)


def outside(rng, n, rate, grid):
    """Spikes from outside, of `rate` Hz a neuron, on multiples of `grid` ms."""
    times = [np.unique(rng.integers(2, T / grid - 2, rng.poisson(rate * T / 1000))) for _ in range(n)]
    return np.repeat(np.arange(n), [x.size for x in times]), np.round(np.concatenate(times) * grid, 1)


def save(name, **record):
    np.savez_compressed(HERE / f"{name}.npz", dt=DT, T=T, **record)
    _, together = np.unique(np.round(record["spike_time"] / DT), return_counts=True)
    print(f"{name}: {record['spike_id'].size} spikes, {together[together > 1].sum()} not alone in their step")


def nest_network(name, model, params, n, wires, w, v0, given, ext_w):
    import nest

    nest.ResetKernel()
    nest.resolution = DT
    pre, post, delay = wires
    cells = nest.Create(model, n, params=params)
    cells.V_m = [float(v) for v in v0]
    for j, i, weight, d in zip(pre, post, w, delay, strict=True):
        nest.Connect(cells[int(j)], cells[int(i)], syn_spec={"weight": float(weight), "delay": float(d)})
    who, when = given
    for i in range(n):
        generator = nest.Create("spike_generator", params={"spike_times": when[who == i].tolist()})
        nest.Connect(generator, cells[i], syn_spec={"weight": ext_w, "delay": DT})
    recorder = nest.Create("spike_recorder")
    nest.Connect(cells, recorder)
    v_id = np.array([0, n // 2, n - 1])
    meter = nest.Create("multimeter", params={"record_from": ["V_m"], "interval": DT})
    for i in v_id:
        nest.Connect(meter, cells[int(i)])
    nest.Simulate(T)
    first, spikes, seen = cells[0].global_id, recorder.events, meter.events
    order = np.lexsort((spikes["senders"], spikes["times"]))
    save(
        name, tool=f"NEST {nest.__version__}", model=model, params=json.dumps(params), v0=v0,
        pre=pre, post=post, w=w, delay=delay, ext_neuron=who, ext_time=when, ext_w=ext_w,
        spike_id=spikes["senders"][order] - first, spike_time=spikes["times"][order],
        v_id=v_id, v=np.array([seen["V_m"][seen["senders"] == first + i] for i in v_id]).T,
    )  # fmt: skip


def with_nest():
    rng, n = np.random.default_rng(1), 40
    wires = wiring(rng, n, 0.2, [0.1, 1.0, 1.5])
    params = {"C_m": 250.0, "tau_m": 1e18, "t_ref": 2.0, "E_L": 0.0, "V_th": 10.0, "V_reset": 0.0}
    w = np.where(wires[0] < 32, 1.0, -6.0)
    v0 = rng.integers(0, 10, n).astype(float)
    given = outside(rng, n, 100.0, 1.0)
    nest_network("nest_net_ties", "iaf_psc_delta", params, n, wires, w, v0, given, 4.0)

    rng = np.random.default_rng(2)
    wires = wiring(rng, n, 0.2, [0.1, 12.7, 12.8, 25.6, 100.0])
    params = {
        "C_m": 250.0, "tau_m": 12.0, "t_ref": 5.0, "E_L": -65.0, "V_th": -50.0, "V_reset": -62.0,
        "tau_syn_ex": 3.0, "tau_syn_in": 6.0,
    }  # fmt: skip
    w = np.where(wires[0] < 32, 180.0, -600.0) * rng.uniform(0.5, 1.5, wires[0].size)
    v0 = np.round(rng.uniform(-64.0, -51.0, n), 3)
    nest_network("nest_net_far", "iaf_psc_exp", params, n, wires, w, v0, outside(rng, n, 400.0, 0.1), 300.0)


CURRENTS = """dv/dt = (ge + gi - (v - E_L))/tau_m : 1 (unless refractory)
              dge/dt = -ge/tau_e : 1
              dgi/dt = -gi/tau_i : 1"""
JUMPS = "dv/dt = (E_L - v)/tau_m : 1 (unless refractory)"


def brian2_network(name, model, params, n, wires, w, v0, given, ext_w):
    """Without units, so that whole numbers stay whole."""
    import brian2 as b

    b.prefs.codegen.target = "numpy"
    b.defaultclock.dt = DT * b.ms
    pre, post, delay = wires
    names = {key: value * b.ms if key.startswith("t") else value for key, value in params.items()}
    jumps = model == "jumps"
    cells = b.NeuronGroup(
        n, JUMPS if jumps else CURRENTS, threshold="v > V_th", reset="v = V_reset", refractory="t_ref",
        method="exact", namespace=names,
    )  # fmt: skip
    cells.v = v0
    kind = (w < 0).astype(int)
    parts = []
    who, when = given
    units = b.SpikeGeneratorGroup(n, who, when * b.ms)
    told = ("v_post += {}*int(not_refractory_post)",) * 2 if jumps else ("ge_post += {}", "gi_post += {}")
    for k in (0, 1):
        synapses = b.Synapses(cells, cells, "w : 1", on_pre=told[k].format("w"))
        own = kind == k
        synapses.connect(i=pre[own], j=post[own])
        synapses.w, synapses.delay = w[own], delay[own] * b.ms
        parts.append(synapses)
    into = b.Synapses(units, cells, on_pre=told[0].format(ext_w))
    into.connect(j="i")
    v_id = np.array([0, n // 2, n - 1])
    spikes = b.SpikeMonitor(cells)
    seen = b.StateMonitor(cells, ["v"] if jumps else ["v", "ge", "gi"], record=v_id)
    b.Network(cells, *parts, units, into, spikes, seen).run(T * b.ms)
    values = {} if jumps else {key: np.array(getattr(seen, key)).T for key in ("v", "ge", "gi")}
    save(
        name, tool=f"Brian2 {b.__version__}", model=model, params=json.dumps(params), v0=v0,
        pre=pre, post=post, w=w, delay=delay, kind=kind, ext_neuron=who, ext_time=when, ext_w=ext_w,
        spike_id=np.array(spikes.i), spike_time=np.array(spikes.t / b.ms), v_id=v_id, **values,
    )  # fmt: skip


def with_brian2():
    rng, n = np.random.default_rng(3), 20
    pre, post, delay = wiring(rng, n, 0.2, [0.0, 0.1, 25.6])
    w = np.where(pre < 16, 1.62, -9.0) * rng.uniform(0.5, 1.5, pre.size)
    v0 = np.round(rng.uniform(-60.0, -50.5, n), 3)
    who, when = outside(rng, n, 120.0, 0.1)
    twins = (np.tile(pre, 2), np.concatenate([post, post + n]), np.tile(delay, 2))
    order = np.lexsort((np.tile(who, 2), np.tile(when, 2)))
    given = np.concatenate([who, who + n])[order], np.tile(when, 2)[order]
    params = {
        "tau_m": 20.0, "tau_e": 5.0, "tau_i": 10.0, "E_L": -60.0, "V_th": -50.0, "V_reset": -60.0,
        "t_ref": 5.0,
    }  # fmt: skip
    brian2_network(
        "brian2_net_ties", "cuba", params, 2 * n, twins, np.tile(w, 2), np.tile(v0, 2), given, 18.0
    )

    rng, n = np.random.default_rng(4), 40
    wires = wiring(rng, n, 0.2, [0.0, 0.5, 1.0])
    params = {"tau_m": 1e18, "t_ref": 2.0, "E_L": 0.0, "V_th": 10.0, "V_reset": 0.0}
    w = np.where(wires[0] < 32, 1.0, -6.0)
    v0 = rng.integers(0, 10, n).astype(float)
    who, when = outside(rng, n, 100.0, 1.0)
    order = np.argsort(when, kind="stable")
    brian2_network("brian2_net_jumps", "jumps", params, n, wires, w, v0, (who[order], when[order]), 4.0)


if __name__ == "__main__":
    {"nest": with_nest, "brian2": with_brian2}[sys.argv[1]]()
