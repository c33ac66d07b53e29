"""Rows that recipes are drawn into, against the same synapses as a list that is sorted: the readable way."""

import tracemalloc

import numpy as np
import pytest

from snnlab import machine_memory
from snnlab.networks import (
    ExponentialConductances,
    ExponentialCurrents,
    Network,
    Population,
    TruncatedNormal,
    fixed_probability,
)
from snnlab.networks.running.drawn_rows import drawn_rows
from snnlab.networks.wiring.recipe import Recipe
from snnlab.neurons import LIF


def around(mean, sd=0.1):
    return TruncatedNormal(mean, sd * abs(mean), mean - 5.0 * abs(mean), mean + 5.0 * abs(mean))


def two_populations(synapses=ExponentialCurrents(), scale=1.0, late=1.0, also=False):
    """Recipes whose synapses fit into a network of 300, of both signs where a weight scatters much."""
    rng = np.random.default_rng(3)
    cells = Population(200, LIF(v_rest=-52.0), synapses, i=0.12, v_start=rng.uniform(-60, -50, 200))
    net = Network(exc=cells, inh=cells._replace(n=100, v_start=None), rng=rng)
    delay = TruncatedNormal(1.5 * late, 0.75 * late, 0.05, 6.0 * late, grid=0.1)
    for pre, w, sd in (("exc", 0.05, 0.1), ("inh", -0.1, 1.0)):
        for post in ("exc", "inh"):
            net.connect(pre, post, Recipe(1500, around(scale * w, sd), delay))
            if also:
                net.connect(pre, post, fixed_probability(p=0.05), w=scale * w, delay=0.7)
    net.drive("exc", 2000.0, 0.02 * scale)
    return net


def as_lists(net):
    """The same network with every synapse as a connection."""
    other = Network(dt=net.dt, rng=np.random.default_rng(9), **net._members.neurons)
    for projection in net._projections:
        other.connect(projection.pre, projection.post, projection.lines)
    other.drive("exc", 2000.0, net._drives[0][2])
    return other


@pytest.mark.parametrize(
    ("options", "kind"),
    [
        ({}, np.uint8),
        ({"also": True}, np.uint8),
        ({"late": 10.0}, np.int32),
        ({"synapses": ExponentialConductances(), "scale": 0.01}, np.uint8),
    ],
)
def test_rows_are_those_of_a_list_that_is_sorted(options, kind):
    net = two_populations(**options)
    found, expected = net._built().events, as_lists(net)._built().events
    assert found.late.dtype == kind and found.post.dtype == np.int32
    assert found.w.dtype == (np.float64 if options.get("also") else np.float32)
    for one, other in zip(found, expected, strict=True):
        assert np.array_equal(one, other)


def test_a_run_fires_the_spikes_of_the_same_network_of_lists():
    """To the last bit: the seed of the drive is that of the state it begins with."""
    net = two_populations()
    start = net.initial_state()
    found, expected = (each.run(200.0, start=start) for each in (net, as_lists(net)))
    for name in ("exc", "inh"):
        assert found[name].spikes.n_spikes > 100
        assert np.array_equal(found[name].spikes.times, expected[name].spikes.times)
        assert np.array_equal(found[name].spikes.units, expected[name].spikes.units)
    assert np.array_equal(found.state.v, expected.state.v)


def test_a_network_has_the_same_synapses_each_time_it_is_asked():
    net = two_populations()
    before = net.connections("exc", "inh")
    net.run(1.0)
    after = net.connections("exc", "inh")
    assert all(np.array_equal(one, other) for one, other in zip(before, after, strict=True))
    assert net.n_synapses == 6000 and before.pre.size == 1500


def test_no_more_memory_is_taken_than_the_rows_keep():
    """A hundred thousand synapses of 9 bytes, and for each neuron where its row begins and where it ends."""
    net = Network(cells=Population(1000), rng=np.random.default_rng(1))
    recipe = Recipe(100_000, around(0.1), TruncatedNormal(1.5, 0.75, 0.05, 6.0, grid=0.1))
    net.connect("cells", "cells", recipe)
    arguments = net._projections, [0], {"cells": 0}, net._members.neurons, 1000, 1000, 0.1
    drawn_rows(*arguments)  # everything is compiled
    tracemalloc.start()
    drawn_rows(*arguments)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert 9 * 100_000 < peak < 10 * 100_000 + 3 * 8 * 1001
    assert net.memory() - Network(cells=Population(1000)).memory() > peak - 3 * 8 * 1001


def test_what_does_not_fit_is_refused_before_it_is_drawn(monkeypatch):
    net = Network(cells=Population(1000), rng=np.random.default_rng(1))
    delay = TruncatedNormal(1.5, 0.75, 0.05, 6.0, grid=0.1)
    net.connect("cells", "cells", Recipe(200_000_000, around(0.1), delay))
    monkeypatch.setattr(machine_memory, "machine_bytes", lambda: 1e9)
    with pytest.raises(ValueError, match="the network must fit into memory: it takes 2 GB"):
        net.run(1.0)
    with pytest.raises(ValueError, match="the connections must fit into memory"):
        net.connections("cells", "cells")
