"""A balanced network in one kernel, against `Network`, against `snnlab.coding`, and against its controls."""

import numpy as np
import pytest
from networks.experiments.sparse_twin import twin, wired

from snnlab import Spikes
from snnlab.coding import cv
from snnlab.networks import degrees
from snnlab.networks.experiments.sparse_cells import SparseNetwork
from snnlab.networks.experiments.sparse_network import sparse_network

SMALL = SparseNetwork(n_exc=80, n_inh=20, k_exc=8, k_inh=2, w=2.0)


@pytest.mark.parametrize(
    "net",
    [
        SMALL,
        SMALL._replace(chance=50.0),
        SMALL._replace(chance=0.0),
        SMALL._replace(w=0.3, eta=1.7),  # so many spikes from outside that they are counted
        SMALL._replace(g=0.0, eta=0.4),
    ],
)
def test_the_spikes_are_those_of_a_network_with_the_same_wiring(net):
    seen = sparse_network(net, 300.0, rng=np.uint64(7))
    made, state = twin(net, 7)
    run = made.run(300.0, start=state, record={"cells": [0]})["cells"]
    assert seen.n == run.spikes.n_spikes > 0
    np.testing.assert_array_equal(seen.units, run.spikes.units)
    np.testing.assert_allclose(seen.times, run.spikes.times, rtol=1e-12)
    np.testing.assert_allclose(seen.v, run.v[:, 0], atol=1e-9)


def test_each_neuron_hears_as_many_as_it_should_and_anyone_alike():
    """Sources are drawn evenly: the counts of how often each is heard vary as those of a binomial law."""
    net = SparseNetwork()
    lines, v = wired(net, 3)
    assert (degrees(lines).inward == 20).all()
    excites = lines.pre < net.n_exc
    assert (np.bincount(lines.post[excites]) == 16).all()
    heard = degrees(lines).outward
    for part, mean in ((heard[:800], 20.0), (heard[800:], 20.0)):
        assert part.mean() == mean
        assert part.var() == pytest.approx(mean, rel=5 * np.sqrt(2 / part.size))
    assert v.min() >= 0.0 and v.max() < 20.0 and v.mean() == pytest.approx(10.0, abs=5 * 5.77 / np.sqrt(1000))


def test_what_is_measured_is_what_the_package_measures():
    seen = sparse_network(duration=600.0, rng=np.uint64(2))
    spikes = Spikes(seen.times, seen.units, n_units=1000, duration=600.0)
    late = spikes.between(100.0 + 1e-6, 600.0)
    counts = np.bincount(late.units, minlength=1000)
    assert seen.rate_exc == pytest.approx(counts[:800].sum() / 800 / 0.5)
    assert seen.rate_inh == pytest.approx(counts[800:].sum() / 200 / 0.5)
    assert seen.cv == pytest.approx(cv(late)[counts >= 6].mean(), rel=1e-9, abs=0)
    edges = 2.0 * np.arange(301) + 1e-6
    binned = np.histogram(seen.times, edges)[0]
    np.testing.assert_allclose(seen.activity, binned / 1000 / 0.002)
    assert seen.fano == pytest.approx(binned[50:].var() / binned[50:].mean(), rel=1e-9, abs=0)
    np.testing.assert_array_equal(seen.own, seen.times[seen.units == 0])


def test_a_sparser_look_shows_the_same_network():
    every, all_of_them = (sparse_network(every=k, rng=np.uint64(4)) for k in (10, 1))
    assert (every.cv, every.n) == (all_of_them.cv, all_of_them.n)
    of_ten = all_of_them.units % 10 == 0
    np.testing.assert_array_equal(every.units, all_of_them.units[of_ten] // 10)
    np.testing.assert_array_equal(every.times, all_of_them.times[of_ten])


def test_neurons_that_hear_each_other_hardly_fire_at_the_rate_of_a_clock():
    """Weak synapses, a constant current: the period is t_ref + tau ln((RI - 10) / (RI - 20))."""
    net = SparseNetwork(w=1e-4, eta=1.5, chance=0.0)
    seen = sparse_network(net, rng=np.uint64(1))
    period = 2.0 + 20.0 * np.log(20.0 / 10.0)
    assert seen.rate_exc == pytest.approx(1000.0 / period, rel=0.02)
    assert seen.cv < 0.01


@pytest.mark.equation("balanced-mean")
def test_the_mean_potential_is_the_sum_of_what_comes_in():
    """Without a threshold: mean of v = eta theta + tau w (K_E r_E - g K_I r_I)."""
    net = SparseNetwork(chance=0.0)
    seen = sparse_network(net, 4000.0, settling=500.0, rng=np.uint64(5))
    lines, _ = wired(net, 5)
    own = lines.post == 0
    rates = np.bincount(seen.units[seen.times > 500.0].astype(int), minlength=1000) / 3.5  # Hz
    mean = 30.0 + 0.02 * (rates[lines.pre[own]] * lines.w[own]).sum()
    jumps = np.zeros(40_000)  # of a neuron that hears the same and never fires
    for j, w in zip(lines.pre[own], lines.w[own], strict=True):
        at = np.rint((seen.times[seen.units == j] + 1.5) / 0.1).astype(int) - 1
        np.add.at(jumps, at[at < jumps.size], w)
    v, free = 0.0, np.empty(jumps.size)
    for t, jump in enumerate(jumps):
        v = v * np.exp(-0.005) + 30.0 * -np.expm1(-0.005) + jump
        free[t] = v
    assert free[5000:].mean() == pytest.approx(mean, abs=0.3)


def test_irregular_without_any_chance_and_regular_without_strong_inhibition():
    """The controls of the chapter, smaller: three seeds of each."""
    base = SparseNetwork(chance=0.0)

    def irregular(**changed):
        return [sparse_network(base._replace(**changed), rng=np.uint64(s)).cv for s in range(3)]

    assert min(irregular()) > 0.5 > 0.2 > max(irregular(g=0.0))
    assert max(irregular(w=0.1)) < 0.2


def test_equal_potentials_at_the_start_stay_equal():
    """All fire in one step, and each spike arrives 1.5 ms later, when all are still held: 2 + 20 ln 2 ms."""
    net = SparseNetwork(chance=0.0, spread_out=0.0)
    seen = sparse_network(net, 600.0, rng=np.uint64(1))
    together = seen.times.reshape(-1, 1000)
    assert (together == together[:, :1]).all()
    np.testing.assert_allclose(np.diff(seen.own), 2.0 + 20.0 * np.log(2.0), atol=0.2)
    assert seen.cv < 1e-6


def test_the_potentials_at_the_start_reach_as_far_as_they_should():
    (_, full), (_, half) = (wired(SparseNetwork(spread_out=share), 3) for share in (100.0, 50.0))
    np.testing.assert_array_equal(half, 0.5 * full)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"net": SparseNetwork(chance=101.0)}, "chance must be at most 100 %, got 101"),
        ({"net": SparseNetwork(spread_out=101.0)}, "spread_out must be at most 100 %, got 101"),
        ({"net": SparseNetwork(w=0.0)}, "w must be positive and finite, got 0"),
        ({"net": SparseNetwork(w=0.01, eta=2.0)}, "w must be at least 0.02 mV for this eta, got 0.01"),
        ({"duration": 50.0}, "duration must be longer than settling (100 ms), got 50 ms"),
        ({"every": 0}, "every must be at least 1, got 0"),
    ],
)
def test_bad_input_names_argument_rule_and_value(wrong, sentence):
    with pytest.raises(ValueError) as failure:
        sparse_network(**({"rng": np.uint64(1)} | wrong))
    assert str(failure.value) == sentence


def test_the_fano_factor_of_independent_trains_is_one():
    """Hardly a synapse, all by chance: each neuron fires for itself."""
    net = SparseNetwork(w=0.5, g=0.0, eta=0.85, k_exc=1, k_inh=1)
    seen = [sparse_network(net, 1000.0, rng=np.uint64(s)).fano for s in range(3)]
    assert np.mean(seen) == pytest.approx(1.0, abs=0.15)
