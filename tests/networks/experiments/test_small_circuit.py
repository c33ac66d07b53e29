"""The hundredth that a kernel wires for itself, against its twin: a `Network` of the same synapses."""

import numpy as np
import pytest

from snnlab.networks import ExponentialCurrents, Network, Population
from snnlab.networks.experiments.circuit_cells import HUNDREDTH
from snnlab.networks.experiments.small_circuit import small_circuit
from snnlab.networks.microcircuit import CELLS, DELAYS, NEURON, TAU, beginning, scattered, spread_out
from snnlab.networks.wiring.recipe import Recipe, undrawn
from snnlab.random import normal, philox

SEED = np.uint64(3)


def twin(outside, g):
    """A network and its state at time 0."""
    sizes = dict(zip(CELLS, HUNDREDTH.n.tolist(), strict=True))
    currents = zip(sizes.items(), HUNDREDTH.i.tolist(), strict=True)
    cells = {name: Population(n, NEURON, ExponentialCurrents(TAU, TAU), i) for (name, n), i in currents}
    net = Network(rng=np.random.default_rng(0), **cells)
    for to, post in enumerate(CELLS):
        for of, pre in enumerate(CELLS):
            w = HUNDREDTH.w[to, of] * (g / 4.0 if of % 2 else 1.0)
            recipe = Recipe(int(HUNDREDTH.synapses[to, of]), scattered(w), spread_out(DELAYS[of % 2], 0.1))
            key, _ = philox(SEED, np.uint64(100), np.uint64(8 * to + of))
            net.connect(pre, post, undrawn(recipe, sizes[pre], sizes[post], np.uint64(key)).drawn())
        net.drive(post, HUNDREDTH.outside[to] * outside / 8.0, HUNDREDTH.w_outside)
    mean, sd, low, high, _ = beginning()
    v = []
    for i in map(np.uint64, range(sum(sizes.values()))):
        tries = (mean + sd * normal(SEED, np.uint64(101 + 2 * k), i) for k in range(100))
        v.append(next(x for x in tries if low <= x <= high))
    return net, net.initial_state()._replace(v=np.array(v), seed=np.array([SEED]))


@pytest.mark.parametrize(("outside", "g"), [(8.0, 4.0), (12.0, 2.0)])
def test_it_fires_the_spikes_of_a_network_of_the_same_synapses(outside, g):
    seen, (net, start) = small_circuit(outside, g, 200.0, rng=SEED), twin(outside, g)
    run = net.run(200.0, start=start)
    first = np.cumsum([0, *HUNDREDTH.n])
    times = np.concatenate([run[name].spikes.times for name in CELLS])
    units = np.concatenate([run[name].spikes.units + k for name, k in zip(CELLS, first, strict=False)])
    order = np.lexsort((units, times))
    assert seen.n == seen.n_shown == times.size > 300
    assert np.array_equal(seen.units, units[order])
    assert seen.times == pytest.approx(times[order], rel=0, abs=1e-9)


def test_what_is_measured_is_that_of_the_spikes():
    seen = small_circuit(duration=600.0, settling=90.0, rng=SEED)
    of = np.searchsorted(np.cumsum(HUNDREDTH.n), seen.units, side="right")
    late = seen.times > 90.0 + 1e-9
    counts = np.bincount(of[late], minlength=8)
    assert seen.rates == pytest.approx(counts / HUNDREDTH.n / 0.51, rel=1e-12, abs=0)
    for rate, own in ((seen.rate_exc, slice(0, 8, 2)), (seen.rate_inh, slice(1, 8, 2))):
        assert rate == pytest.approx(counts[own].sum() / HUNDREDTH.n[own].sum() / 0.51, rel=1e-12, abs=0)
    binned, _ = np.histogram(seen.times - 0.05, np.arange(0.0, 601.0, 3.0))
    assert seen.activity == pytest.approx(binned / 771 / 0.003, rel=1e-12, abs=1e-12)
    settled = binned[30:]
    assert seen.fano == pytest.approx(settled.var() / settled.mean(), rel=1e-9, abs=0)


def test_some_are_shown():
    few, every = (small_circuit(duration=200.0, every=k, rng=SEED) for k in (4, 1))
    chosen = every.units % 4 == 0
    assert np.array_equal(few.units, every.units[chosen] // 4)
    assert np.array_equal(few.times, every.times[chosen]) and few.n == every.n


def test_more_from_outside_and_less_inhibition_make_it_fire_more():
    usual = small_circuit(rng=SEED)
    assert small_circuit(outside=12.0, rng=SEED).rate_exc > 1.5 * usual.rate_exc
    assert small_circuit(g=1.0, rng=SEED).rate_exc > 1.5 * usual.rate_exc
    assert small_circuit(outside=0.0, rng=SEED).n == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"outside": 17.0}, "outside must be at most 16 Hz"),
        ({"outside": -1.0}, "outside must be"),
        ({"g": 101.0}, "g must be at most 100"),
        ({"g": -1.0}, "g must be"),
        ({"duration": 100.0}, "duration must be longer than settling"),
        ({"every": 0}, "every must be"),
    ],
)
def test_bad_input_is_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        small_circuit(**arguments, rng=SEED)
