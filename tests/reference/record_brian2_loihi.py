"""Record how brian2-loihi learns: the default convention, with the traces that chapter 27 has.

    python record_brian2_loihi.py

wrote the files b2loihi_trace_chapter.npz, b2loihi_pairs_*.npz and b2loihi_loop*.npz beside it, with
brian2-loihi 0.5.2, brian2 2.9.0, numpy 1.26.4 and Python 3.10 (the loops: 3.11) in an environment of its own,
with code generated for NumPy.

`b2loihi_trace_chapter.npz` is a trace x1 of impulse 16 and time constant 20, and a weight with dw = x1*x0,
as in b2loihi_trace.npz. In the others the spikes `pre` (steps, n_pre) and `post` (steps, n_post) come so that
what is read of a trace is a whole number that needs no rounding: 64, 32, 16 with a time constant of 2, for
example, and a long rest between the pairs. The rule `dw` of weights that start as `w0` (n_post, n_pre) is a
whole number, too, so that no coin is thrown. `w` (steps, n_post, n_pre) are the weights after each step.
Where two terms act in one step the weight has room for the first: brian2-loihi adds them before it cuts.

In `b2loihi_loop*.npz` nothing is given but `pushed` (steps, n_pre): relays, each pushed over its threshold,
excite `n_post` compartments through weights that learn by `dw`, and these excite each other through weights
that learn by `dw_back`, and inhibit each other through `w_rivals`. `v_th`, `decay_u`, `decay_v`, `refractory`
are those of the compartments; a spike from a relay waits for `delay` more steps. `fired` (steps, n_pre +
n_post) are the spikes of relays and compartments; `w` (steps, n_post, n_pre) and `w_back` (steps, n_post,
n_post) the weights after each step. Relays are pushed in volleys so far apart that the traces of one volley,
at most GAP steps old, are whole numbers, and all are gone at the next.
"""

import warnings
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
TOOL = "brian2-loihi 0.5.2, numpy codegen"
GAP = 5  # steps in which a trace of 32 is halved to 1


def trace(name, impulse, tau, chance, steps, random_seed):
    import brian2
    import brian2_loihi as chip

    rng = np.random.default_rng(random_seed)
    times = np.nonzero(rng.random(steps) < chance)[0]
    times = times[times > 1]
    brian2.seed(random_seed)
    source = chip.LoihiSpikeGeneratorGroup(1, [0] * len(times), times.tolist())
    group = chip.LoihiNeuronGroup(1, refractory=1, threshold_v_mant=100000, decay_v=4096, decay_I=4096)
    synapses = chip.LoihiSynapses(source, group, sign_mode=2, dw="x1*x0", imp_x1=impulse, tau_x1=tau)
    synapses.connect()
    synapses.w = [10]
    x, w = chip.LoihiStateMonitor(synapses, "x1"), chip.LoihiStateMonitor(synapses, "w")
    chip.LoihiNetwork(source, group, synapses, x, w).run(steps)
    np.savez_compressed(
        HERE / name, x1=np.array(x.x1), w=np.array(w.w), spike_t=times, imp=impulse, tau=tau, tool=TOOL
    )
    print(name, len(times), "spikes; x1 up to", np.array(x.x1).max())


def pairs(name, dw, impulse, tau, gaps, w0, sign_mode, rest):
    """Postsynaptic neuron i fires gaps[i][k] steps after the presynaptic spike of pair k; below 0: before."""
    import brian2
    import brian2_loihi as chip

    brian2.seed(1)
    n_post, n_pre = w0.shape
    gaps = np.array(gaps)
    steps = rest * (gaps.shape[1] + 1)
    pre, post = np.zeros((steps, n_pre), int), np.zeros((steps, n_post), int)
    for k in range(gaps.shape[1]):
        pre[rest * (k + 1) - rest // 2, k % n_pre] = 1
        post[rest * (k + 1) - rest // 2 + gaps[:, k], np.arange(n_post)] = 1
    t, i = np.nonzero(pre)
    source = chip.LoihiSpikeGeneratorGroup(n_pre, i.tolist(), t.tolist())
    t, i = np.nonzero(post)
    teacher = chip.LoihiSpikeGeneratorGroup(n_post, i.tolist(), t.tolist())
    group = chip.LoihiNeuronGroup(n_post, refractory=1, threshold_v_mant=1500, decay_v=4096, decay_I=4096)
    forced = chip.LoihiSynapses(teacher, group, sign_mode=2, w_exp=3)
    forced.connect(j="i")
    forced.w = [255] * n_post
    learned = chip.LoihiSynapses(
        source, group, sign_mode=sign_mode, dw=dw, imp_x1=impulse, tau_x1=tau, imp_y1=impulse, tau_y1=tau
    )
    learned.connect()
    learned.w = w0.T.ravel()
    w, spikes = chip.LoihiStateMonitor(learned, "w"), chip.LoihiSpikeMonitor(group)
    chip.LoihiNetwork(source, teacher, group, forced, learned, w, spikes).run(steps)
    fired = np.zeros_like(post)
    fired[np.rint(np.array(spikes.t)).astype(int), np.array(spikes.i)] = 1
    assert (fired == post).all()
    found = np.array(w.w).T.reshape(steps, n_pre, n_post).transpose(0, 2, 1)
    assert (found == np.rint(found)).all()
    np.savez_compressed(
        HERE / name, pre=pre, post=post, w0=w0, dw=dw, impulse=impulse, tau=tau, sign_mode=sign_mode,
        w=found.astype(int), tool=TOOL,
    )  # fmt: skip
    print(name, found[0].tolist(), found[-1].tolist())


def loop(name, delay, seed, volleys=20, rest=80):
    """Volleys of eight relays, each a few steps long, and five compartments that learn from them."""
    import brian2
    import brian2_loihi as chip

    brian2.seed(1)
    rng = np.random.default_rng(seed)
    n_pre, n_post, steps = 8, 5, rest * (volleys + 1)
    pushed = np.zeros((steps, n_pre), int)
    for k in range(1, volleys + 1):
        on = np.flatnonzero(rng.random(n_pre) < 0.6)
        pushed[rest * k + rng.integers(0, 4, n_pre)[on], on] = 1
    others = ~np.eye(n_post, dtype=bool)
    w0, back0, rivals = rng.integers(30, 90, (n_post, n_pre)), 30 * others, -120 * others
    cell = {"v_th": 320, "decay_u": 2048, "decay_v": 1024, "refractory": 30}
    rules = {"dw": "x1*y0 - 2^2*x0", "dw_back": "x1*y0 - 2^3*x0 - 2^2*y0"}
    trace = {"imp_x1": 32, "tau_x1": 2, "imp_y1": 32, "tau_y1": 2}

    t, i = np.nonzero(pushed)
    source = chip.LoihiSpikeGeneratorGroup(n_pre, i.tolist(), t.tolist())
    relays = chip.LoihiNeuronGroup(n_pre, refractory=1, threshold_v_mant=1, decay_v=4096, decay_I=4096)
    group = chip.LoihiNeuronGroup(
        n_post, refractory=cell["refractory"], threshold_v_mant=cell["v_th"], decay_v=cell["decay_v"],
        decay_I=cell["decay_u"],
    )  # fmt: skip
    push = chip.LoihiSynapses(source, relays, sign_mode=2)
    push.connect(j="i")
    push.w = [255] * n_pre
    learned = chip.LoihiSynapses(relays, group, sign_mode=2, dw=rules["dw"], delay=delay, **trace)
    learned.connect()
    learned.w = w0.T.ravel()
    back = chip.LoihiSynapses(group, group, sign_mode=2, dw=rules["dw_back"], **trace)
    apart = chip.LoihiSynapses(group, group, sign_mode=3)
    for synapses, weights in ((back, back0), (apart, rivals)):
        synapses.connect(condition="i != j")
        synapses.w = weights[np.array(synapses.j), np.array(synapses.i)].tolist()
    w, w_back = (chip.LoihiStateMonitor(synapses, "w") for synapses in (learned, back))
    spikes = [chip.LoihiSpikeMonitor(each) for each in (relays, group)]
    chip.LoihiNetwork(source, relays, group, push, learned, back, apart, w, w_back, *spikes).run(steps)
    fired = np.zeros((steps, n_pre + n_post), int)
    for first, each in zip((0, n_pre), spikes, strict=True):
        fired[np.rint(np.array(each.t)).astype(int), first + np.array(each.i)] = 1
    assert (fired[:, :n_pre] == pushed).all()
    read = fired.copy()  # when a spike is in a trace
    read[:, :n_pre] = np.roll(fired[:, :n_pre], delay, axis=0)
    for part in read.reshape(volleys + 1, rest, -1)[1:]:
        assert np.ptp(np.nonzero(part)[0]) <= GAP
    found = np.array(w.w).T.reshape(steps, n_pre, n_post).transpose(0, 2, 1)
    found_back = np.zeros((steps, n_post, n_post))
    found_back[:, np.array(back.j), np.array(back.i)] = np.array(w_back.w).T
    assert all((each == np.rint(each)).all() and each.max() < 255 for each in (found, found_back))
    np.savez_compressed(
        HERE / name, pushed=pushed, w0=w0, w_back0=back0, w_rivals=rivals, delay=delay, impulse=32, tau=2,
        fired=fired, w=found.astype(int), w_back=found_back.astype(int), tool=TOOL, **rules, **cell,
    )  # fmt: skip
    print(name, fired[rest:, n_pre:].reshape(volleys, -1).sum(axis=1), found.max(), found_back.max())


def main():
    warnings.filterwarnings("ignore")
    from brian2 import prefs

    prefs.codegen.target = "numpy"
    trace("b2loihi_trace_chapter.npz", 16, 20, 0.08, 400, 3)
    w0 = np.array([[100, 120, 90], [40, 150, 130]])
    one, other = [1, -1, 2, -3, 5, 0, -6, 4, 3], [-2, 4, 5, 1, -5, 3, 2, -1, 0]
    pairs("b2loihi_pairs_stdp.npz", "x1*y0 - x0*y1", 64, 2, [one, other], w0, 2, 90)
    apart = [[gap if gap != -1 else -2 for gap in gaps] for gaps in (one, other)]
    pairs("b2loihi_pairs_bounds.npz", "2^2*x1*y0 - 2^1*x0*y1", 64, 2, apart, w0, 2, 90)
    short = [1, 2, -1, 3, 0, -3], [-3, -2, 2, 1, 3, 0]
    pairs("b2loihi_pairs_mixed.npz", "2^1*x1*y0 - 2^1*x0*y1", 64, 4, short, w0 - 120, 1, 160)
    loop("b2loihi_loop.npz", 0, 6)
    loop("b2loihi_loop_delay.npz", 2, 6)


if __name__ == "__main__":
    main()
