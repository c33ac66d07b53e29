"""Networks that learn: against single synapses, a slow twin, and themselves in parts."""

import tracemalloc

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.learning import STDP, LearningNetwork, simulate_stdp
from snnlab.learning.networks import learning_step
from snnlab.networks import (
    Connections,
    DeltaJumps,
    ExponentialConductances,
    ExponentialCurrents,
    Network,
    Population,
    TsodyksMarkram,
    fixed_probability,
    from_list,
    one_to_one,
)
from snnlab.neurons import LIF

DT = 0.1
RULE = STDP(0.2, 1.1, 20.0, 30.0, w_max=0.2)
RULES = [
    RULE,
    STDP(0.2, 1.0, 10.0, 20.0, 1.0, 1.0, 0.3, 1.0, 0.0),
    STDP(0.3, 0.9, 5.0, 5.0, 0.0, 0.4, 0.25, 0.5, 1.0),
]


def busy(rule=RULE, sign=1.0, synapses=ExponentialCurrents(), dtype=np.float64, seed=3, **options):
    """A small recurrent network, all of whose synapses learn, and a stream of spikes into it."""
    rng = np.random.default_rng(seed)
    when, units = np.nonzero(rng.random((3000, 12)) < 0.003)
    into = Spikes(when * DT, units, n_units=12, duration=3000 * DT)
    cells = Population(12, LIF(t_ref=1.0), synapses, i=0.12)
    net = LearningNetwork(cells=cells, into=into, dtype=dtype, **options)
    pre, post = rng.integers(0, 12, 60), rng.integers(0, 12, 60)
    w, delay = sign * rng.uniform(0.0, rule.w_max, 60), rng.integers(0, 30, 60) * DT
    w[7] = 0.0  # of no sign
    net.connect("cells", "cells", from_list(pre, post, w, delay, n_pre=12, n_post=12), learn=rule)
    net.connect("into", "cells", one_to_one(), w=rule.w_max, delay=2.0, learn=rule)
    return net


def alone(run, lines, sent, rule):
    """Each synapse by itself, between the spikes that the network fired."""
    shifted = Spikes(sent.times, sent.units, n_units=sent.n_units, duration=sent.duration + 10.0)
    told, found = run["cells"].spikes, []
    for pre, post, w, delay in zip(*lines[:4], strict=True):
        came = np.round((shifted[pre] + delay) / DT) * DT
        came = Spikes(came[came < sent.duration + DT / 2], duration=sent.duration + 10.0)
        train = Spikes(told[post], duration=sent.duration + 10.0)
        found.append(simulate_stdp(came, train, w, rule).w[0, 0])
    return np.array(found)


@pytest.mark.parametrize("rule", RULES)
def test_the_weights_are_those_of_single_synapses(rule):
    """With given spikes both ways: autapses, multapses, delays from 0, ties, and bounds that are reached."""
    net = busy(rule)
    run = net.run(300.0)
    assert run["cells"].spikes.n_spikes > 100
    inside = net.connections("cells", "cells")
    learned = run.connections("cells", "cells").w
    assert learned == pytest.approx(alone(run, inside, run["cells"].spikes, rule), abs=1e-12)
    assert ((learned == 0.0) | (learned == rule.w_max)).any() or rule.mu_plus
    assert np.abs(learned - inside.w).max() > 0.2 * rule.w_max
    expected = alone(run, net.connections("into", "cells"), net._members.given["into"], rule)
    assert run.connections("into", "cells").w == pytest.approx(expected, abs=1e-12)


def slow_twin(neuron, tau_e, i, lines, rule, kicks, steps):
    """One population with exponential excitation, step by step and synapse by synapse."""
    n, w = lines.n_pre, lines.w.copy()
    late = np.rint(lines.delay / DT).astype(int)
    v, g, free, x, y = np.full(n, neuron.v_rest), np.zeros(n), np.zeros(n), np.zeros(w.size), np.zeros(n)
    keep, decay = np.exp(-DT / neuron.tau_m), np.exp(-DT / tau_e)
    into = neuron.r_m * tau_e / (tau_e - neuron.tau_m) * (decay - keep)
    under_way, spikes = [], []
    for t in range(steps):
        moved = keep * v + (1 - keep) * (neuron.v_rest + neuron.r_m * i) + into * g
        v = np.where(free > t, v, moved)
        fired = np.flatnonzero(v > neuron.v_th)
        v[fired], free[fired] = neuron.v_reset, t + 1 + round(neuron.t_ref / DT)
        spikes += [(t, j) for j in fired]
        under_way += [(t + late[s], s) for j in fired for s in np.flatnonzero(lines.pre == j)]
        g *= decay
        x *= np.exp(-DT / rule.tau_plus)
        y *= np.exp(-DT / rule.tau_minus)
        come = [s for when, s in under_way if when == t]
        for s in come:
            g[lines.post[s]] += w[s]
        for s in np.flatnonzero(np.isin(lines.post, fired)):
            w[s] = min(rule.w_max, w[s] + rule.lambda_ * rule.w_max * x[s])
        for s in come:
            w[s] = max(0.0, w[s] - rule.alpha * rule.lambda_ * rule.w_max * y[lines.post[s]])
            x[s] += 1.0
        y[fired] += 1.0
        g += kicks[t]
    return spikes, w


def test_a_slow_twin():
    rng = np.random.default_rng(7)
    lines = Connections(
        *rng.integers(0, 8, (2, 40)), rng.uniform(0.0, 0.2, 40), rng.integers(0, 20, 40) * DT, 8, 8
    )
    kicks = (rng.random((2000, 8)) < 0.01) * 0.3
    when, units = np.nonzero(kicks)
    neuron = LIF(t_ref=1.0)
    outside = Spikes((when + 1) * DT, units, n_units=8, duration=200.0)
    net = LearningNetwork(cells=Population(8, neuron, i=0.1), outside=outside)
    net.connect("cells", "cells", lines, learn=RULE)
    net.connect("outside", "cells", one_to_one(), w=0.3, delay=0.0)
    run = net.run(200.0)
    spikes, w = slow_twin(neuron, 5.0, 0.1, lines, RULE, kicks, 2000)
    fired = run["cells"].spikes
    assert len(spikes) == fired.n_spikes > 50
    assert [(round(t / DT) - 1, j) for t, j in zip(fired.times, fired.units, strict=True)] == spikes
    assert run.connections("cells", "cells").w == pytest.approx(w, abs=1e-12)


def same_bytes(one, other):
    return all(
        same_bytes(a, b) if isinstance(a, tuple) else np.asarray(a).tobytes() == np.asarray(b).tobytes()
        for a, b in zip(one, other, strict=True)
    )


def test_a_run_goes_on_from_its_state():
    whole, net = busy().run(300.0), busy()
    first = net.run(123.4)
    second = net.run(176.6, start=first.state)
    assert same_bytes(second.state, whole.state)
    assert first["cells"].spikes.n_spikes + second["cells"].spikes.n_spikes == whole["cells"].spikes.n_spikes
    assert (second.connections("into", "cells").w == whole.connections("into", "cells").w).all()
    assert not same_bytes(first.state.learned, second.state.learned)


def test_traces_that_are_multiplied_out_change_nothing(monkeypatch):
    if not hasattr(learning_step.fade, "py_func"):
        pytest.skip("the compiler is off")
    left, trace = np.array([1.1e-100]), np.array([3e99, 5e99])
    learning_step.fade(trace, left, np.array([0.5]), np.array([0, 2]))
    assert left[0] == 1.0
    assert trace == pytest.approx([0.165, 0.275], rel=1e-12, abs=0)


def test_inhibition_learns_its_amount():
    """The same spikes, with weights that do nothing to speak of: amounts go the same way."""
    weak = RULE._replace(w_max=1e-12)
    up, down = busy(weak).run(300.0), busy(weak, sign=-1.0).run(300.0)
    shunt = busy(weak, -1.0, ExponentialConductances()).run(300.0).connections("cells", "cells").w
    assert (up["cells"].spikes.times == down["cells"].spikes.times).all()
    excites, inhibits = (run.connections("cells", "cells").w for run in (up, down))
    assert inhibits == pytest.approx(-excites, abs=1e-24)
    assert excites.max() > 0.0 and shunt.min() < 0.0 and shunt.max() <= 0.0


def test_jumps_come_before_the_threshold():
    """A spike that arrives and fires the neuron in one step: Δt = 0."""
    for rule, expected in ((STDP(w_max=20.0), 20.0), (STDP(w_max=40.0, zero_plus=1.0), 20.0 + 0.4)):
        net = LearningNetwork(into=Spikes([5.0], duration=10.0), cells=Population(1, synapses=DeltaJumps()))
        net.connect("into", "cells", one_to_one(), w=20.0, delay=1.0, learn=rule)
        run = net.run(10.0)
        assert run["cells"].spikes.times.tolist() == pytest.approx([6.0])
        assert run.connections("into", "cells").w == pytest.approx([expected])


def test_without_learning_it_is_a_network():
    nets = []
    for kind in (Network, LearningNetwork):
        net = kind(cells=Population(50, i=0.2), rng=np.random.default_rng(4))
        net.connect("cells", "cells", fixed_probability(0.2), w=0.05, delay=1.5)
        net.connect("cells", "cells", fixed_probability(0.1), w=0.1, short_term=TsodyksMarkram())
        net.drive("cells", 300.0, 0.05)
        nets.append(net.run(100.0)["cells"].spikes)
    assert nets[0].n_spikes > 50
    assert (nets[0].times == nets[1].times).all() and (nets[0].units == nets[1].units).all()


def test_single_precision():
    run, exact = busy(dtype=np.float32).run(20.0), busy().run(20.0)
    assert run.state.learned.w.dtype == run.state.ring.dtype == np.float32
    expected = exact.connections("cells", "cells").w
    assert run.connections("cells", "cells").w == pytest.approx(expected, rel=1e-5, abs=1e-6)


def test_memory_and_synapses_are_counted():
    net = busy()
    assert net.n_synapses == 72
    assert net.memory() > Network(cells=Population(12)).memory() + 72 * 80


@pytest.mark.parametrize("delay", [1.0, 100.0])
def test_no_more_memory_is_taken_than_is_told(delay):
    """Who has fired is kept for as long as the longest delay."""
    net = LearningNetwork(c=Population(1000))
    rng = np.random.default_rng(1)
    pre, post = rng.integers(0, 1000, (2, 2000))
    net.connect(
        "c", "c", Connections(pre, post, np.full(2000, 0.1), np.full(2000, delay), 1000, 1000), learn=STDP()
    )
    net.run(1.0)  # everything is compiled
    tracemalloc.start()
    run = net.run(5.0)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    told = net.memory(5.0) + 40 * run["c"].spikes.n_spikes
    assert 0.2 * told < peak < told


def test_single_precision_weights_are_taken_back():
    """0.1 in single precision lies above 0.1."""
    net = LearningNetwork(a=Spikes([1.0], duration=5.0), c=Population(1), dtype=np.float32)
    net.connect("a", "c", one_to_one(), w=0.1, learn=STDP(w_max=0.1))
    learned = net.run(0.0).connections("a", "c")
    assert learned.w[0] == pytest.approx(0.1) and learned.w[0] <= 0.1
    net.connect("a", "c", learned, learn=STDP(w_max=0.1))


def test_a_state_without_what_was_learned():
    with pytest.raises(ValueError, match="start must be the state of a run of the same model"):
        busy().run(1.0, start=Network(cells=Population(12)).run(1.0).state)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"w": 0.3}, r"w must be at most w_max \(0.2\) where synapses learn, got 0.3"),
        ({"w": -0.3}, r"w must be at most w_max \(0.2\) where synapses learn, got 0.3"),
        ({"w": [0.1, -0.1, *[0.1] * 10]}, "w must be of one sign where synapses learn, got -0.1 and 0.1"),
        ({"w": 0.1, "short_term": TsodyksMarkram()}, "short_term must be left out where learn is given"),
        ({"learn": RULE._replace(tau_plus=0.0)}, "tau_plus must be positive and finite, got 0"),
    ],
)
def test_refusals(options, message):
    with pytest.raises(ValueError, match=message):
        busy().connect("cells", "cells", one_to_one(), **{"learn": RULE, **options})


def test_no_such_population():
    with pytest.raises(ValueError, match="post must be one of cells, into, got 'out'"):
        busy().run(1.0).connections("cells", "out")
