"""Record small recurrent networks of Brian2 whose synapses learn, or tire.

    python record_brian2_plastic.py

wrote the files brian2_learning_*.npz and brian2_short_term_*.npz beside it, with Brian2 2.11.0 (numpy target)
in an environment of its own.

40 excitatory and 10 inhibitory neurons with exponential currents; steps of 0.1 ms, 500 ms. Excitation of
excitatory neurons learns by pair STDP, or all synapses are those of Tsodyks and Markram. In one step what
arrives first brings the weight as it is, then postsynaptic spikes act on the weight, then presynaptic ones:
Brian2 lets its user choose the order of the pathways, and this is the one of snnlab.

Each file has `params` (JSON: ms, mV), the equations, `v0` (mV), for every synapse `pre`, `post`, `kind` (0
excites, 1 inhibits), `w` at the start (mV) and `delay` (ms); spikes from outside in `ext_neuron`, `ext_time`
(ms), of the weight `ext_w`, without a delay; what was fired in `spike_id`, `spike_time` (ms, start of the
step); and of the neurons `v_id` the values at the start of each step: `v`, `ge`, `gi` (mV, (steps, neurons)).
`learns` says which synapses learn, and `w_end` how strong all are at the end.
"""

import json
from pathlib import Path

import numpy as np

try:
    import brian2 as b
except ImportError:  # whoever looks for examples in this file need not have it
    b = None

HERE = Path(__file__).parent
N, N_EXC, DT, T = 50, 40, 0.1, 500.0
NEURON = {
    "tau_m": 20.0,
    "tau_e": 5.0,
    "tau_i": 10.0,
    "E_L": -60.0,
    "V_th": -50.0,
    "V_reset": -60.0,
    "t_ref": 5.0,
}

EQUATIONS = """dv/dt = (ge + gi - (v - E_L))/tau_m : volt (unless refractory)
               dge/dt = -ge/tau_e : volt
               dgi/dt = -gi/tau_i : volt"""
STDP_MODEL = """w : volt
                dx/dt = -x/tau_plus : 1 (event-driven)
                dy/dt = -y/tau_minus : 1 (event-driven)"""
BRING = "ge_post += w"
STDP_PRE = """w = clip(w - alpha*lambda_*w_max*(w/w_max)**mu*y, 0*volt, w_max)
              x += 1"""
STDP_POST = """w = clip(w + lambda_*w_max*(1 - w/w_max)**mu*x, 0*volt, w_max)
               y += 1"""
SHORT_MODEL = """w : volt
                 du/dt = -u/tau_facil : 1 (event-driven)
                 dx/dt = (1 - x)/tau_rec : 1 (event-driven)"""
SHORT_PRE = """u += U*(1 - u)
               {}_post += w*u*x
               x -= u*x"""


def units(params):
    """The numbers with Brian2's units."""
    unit = {"t": b.ms, "V": b.mV, "E": b.mV, "w": b.mV}
    return {name: value * unit.get(name[0], 1) for name, value in params.items()}


def wiring(rng, delays):
    there = rng.random((N, N)) < 0.2
    np.fill_diagonal(there, False)
    pre, post = np.nonzero(there)
    return pre, post, np.round(rng.choice(delays, pre.size), 1)


def synapses(group, chosen, wired, text, paths=("pre",), **options):
    """One `Synapses` of the chosen connections, whose pathways act in this order in a step."""
    pre, post, w, delay = (column[chosen] for column in wired)
    made = b.Synapses(group, group, text, **options)
    made.connect(i=pre, j=post)
    made.w = w * b.mV
    for k, path in enumerate(paths):
        getattr(made, path).order = k - len(paths)
        if path != "post":
            getattr(made, path).delay = delay * b.ms
    return made


def record(name, seed, delays, params, short=None):
    """One file: pair STDP with `params`, or the synapses `short` of either kind."""
    b.start_scope()
    b.prefs.codegen.target = "numpy"
    b.defaultclock.dt = DT * b.ms
    rng = np.random.default_rng(seed)
    pre, post, delay = wiring(rng, delays)
    kind = (pre >= N_EXC).astype(int)
    w = np.where(kind == 0, 1.2, -6.0) * rng.uniform(0.5, 1.5, pre.size)
    if short:
        w *= 2.0
    wired = pre, post, w, delay
    group = b.NeuronGroup(
        N, EQUATIONS, threshold="v > V_th", reset="v = V_reset", refractory="t_ref", method="exact",
        namespace=units(NEURON),
    )  # fmt: skip
    v0 = np.round(rng.uniform(-60.0, -50.5, N), 3)
    group.v = v0 * b.mV
    learns = (kind == 0) & (post < N_EXC) & (short is None)
    parts = {}
    for k, current in enumerate(("ge", "gi")):
        chosen = (kind == k) & ~learns
        if short:
            parts[k] = synapses(
                group, chosen, wired, SHORT_MODEL, on_pre=SHORT_PRE.format(current), namespace=units(short[k])
            )
            parts[k].x = 1
        else:
            parts[k] = synapses(group, chosen, wired, "w : volt", on_pre=f"{current}_post += w")
    if not short:
        parts[2] = synapses(
            group, learns, wired, STDP_MODEL, ("bring", "post", "come"),
            on_pre={"bring": BRING, "come": STDP_PRE}, on_post=STDP_POST, namespace=units(params),
        )  # fmt: skip
    ext_neuron, ext_time = [], []
    for j in range(N):
        at = np.unique(np.round(rng.uniform(0.2, T - 1.0, rng.poisson(110.0 * T / 1000.0)), 1))
        ext_neuron += [j] * at.size
        ext_time += list(at)
    ext_w = 18.0
    outside = b.SpikeGeneratorGroup(N, np.array(ext_neuron), np.array(ext_time) * b.ms)
    into = b.Synapses(outside, group, on_pre=f"ge_post += {ext_w}*mV")
    into.connect(j="i")
    v_id = np.array([0, N_EXC - 1, N - 1])
    fired = b.SpikeMonitor(group)
    values = b.StateMonitor(group, ["v", "ge", "gi"], record=v_id)
    b.Network(group, *parts.values(), outside, into, fired, values).run(T * b.ms)
    w_end = w.copy()
    if not short:
        w_end[learns] = parts[2].w / b.mV
    said = (
        {"learning": {"model": STDP_MODEL, "bring": BRING, "on_post": STDP_POST, "on_pre": STDP_PRE}}
        if not short
        else {"short_term": {"model": SHORT_MODEL, "on_pre": SHORT_PRE}}
    )
    np.savez_compressed(
        HERE / f"brian2_{name}.npz", tool=f"Brian2 {b.__version__}", dt=DT, T=T,
        params=json.dumps({"neuron": NEURON, "stdp": params, "short": short}),
        equations=json.dumps({"neuron": EQUATIONS, **said}), v0=v0, pre=pre, post=post, kind=kind, w=w,
        delay=delay, learns=learns, w_end=w_end, ext_neuron=ext_neuron, ext_time=ext_time, ext_w=ext_w,
        spike_id=np.array(fired.i), spike_time=np.array(fired.t / b.ms), v_id=v_id,
        v=np.array(values.v / b.mV).T, ge=np.array(values.ge / b.mV).T, gi=np.array(values.gi / b.mV).T,
    )  # fmt: skip
    moved = np.abs(w_end - w)[learns]
    at_ends = np.isin(w_end[learns], [0.0, (params or {}).get("w_max", 0.0)]).sum()
    print(
        name,
        fired.num_spikes,
        "spikes;",
        pre.size,
        "synapses;",
        moved.sum(),
        "mV moved;",
        at_ends,
        "at a bound",
    )


def main():
    pair = {"lambda_": 0.05, "alpha": 1.1, "tau_plus": 20.0, "tau_minus": 30.0, "w_max": 2.0}
    record("learning_hard_bounds", 1, (0.0, 0.5, 2.0), {**pair, "lambda_": 0.3, "mu": 0})
    record("learning_soft_bounds", 2, (1.5,), {**pair, "mu": 1})
    tired = {"U": 0.5, "tau_rec": 200.0, "tau_facil": 20.0}
    eager = {"U": 0.15, "tau_rec": 50.0, "tau_facil": 400.0}
    record("short_term", 3, (0.0, 0.5, 2.0), None, (tired, eager))


if __name__ == "__main__":
    main()
