"""Networks with short-term plasticity against single synapses, and against themselves in parts."""

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.networks import (
    DeltaJumps,
    Network,
    Population,
    TsodyksMarkram,
    fixed_probability,
    from_list,
    simulate_short_term,
)
from snnlab.neurons import LIF

COUNTER = Population(3, LIF(tau_m=1e15, v_rest=0.0, v_reset=0.0, v_th=1e9), DeltaJumps())
TIRED, EAGER = TsodyksMarkram(0.5, 200.0), TsodyksMarkram(0.1, 100.0, 500.0)


def test_what_arrives_is_what_single_synapses_release():
    """Two projections of the same neurons, each with delays and weights of its own; neurons that count."""
    rng = np.random.default_rng(1)
    when = np.sort(rng.choice(np.arange(1000), 40, replace=False)) * 0.1
    into = Spikes(when, rng.integers(0, 4, 40), n_units=4, duration=120.0)
    net, steps = Network(into=into, cells=COUNTER), round(120.0 / 0.1)
    expected = np.zeros((steps, 3))
    for synapse in (TIRED, EAGER, None):
        pre, post = rng.integers(0, 4, 20), rng.integers(0, 3, 20)
        w, delay = rng.uniform(-1.0, 1.0, 20), rng.integers(1, 40, 20) * 0.1
        lines = from_list(pre, post, w, delay, n_pre=4, n_post=3)
        net.connect("into", "cells", lines, short_term=synapse)
        released = simulate_short_term(into, synapse).released if synapse else np.ones(40)
        for time, unit, share in zip(into.times, into.units, released, strict=True):
            for s in np.flatnonzero(pre == unit):
                expected[round((time + delay[s]) / 0.1) - 1, post[s]] += share * w[s]
    v = net.run(120.0, record={"cells": [0, 1, 2]})["cells"].v
    assert v == pytest.approx(np.cumsum(expected, axis=0), abs=1e-11)


def tiring(dtype=np.float64):
    net = Network(
        exc=Population(40, i=0.2), inh=Population(10, i=0.2), rng=np.random.default_rng(2), dtype=dtype
    )
    net.connect("exc", "inh", fixed_probability(0.3), w=0.3, delay=1.5, short_term=EAGER)
    net.connect("inh", "exc", fixed_probability(0.3), w=-0.5, delay=0.7, short_term=TIRED)
    net.connect("exc", "exc", fixed_probability(0.1), w=0.05, delay=2.0)
    net.drive("exc", 500.0, 0.05)
    return net


def test_a_run_goes_on_from_its_state():
    whole, net = tiring().run(100), tiring()
    first = net.run(43.1)
    second = net.run(56.9, start=first.state)
    for one, other in zip(second.state, whole.state, strict=True):
        assert np.asarray(one).tobytes() == np.asarray(other).tobytes()
    assert first["exc"].spikes.n_spikes + second["exc"].spikes.n_spikes == whole["exc"].spikes.n_spikes > 50


def test_what_one_run_released_is_nothing_to_the_next():
    """What a spike releases stands in an array of the network, where it is written before it is read."""
    net = Network(into=Spikes([1.0, 3.0, 9.0], [0, 1, 0], n_units=2, duration=20.0), cells=COUNTER)
    net.connect(
        "into", "cells", from_list([0, 1, 1], [0, 1, 2], 1.0, 0.5, n_pre=2, n_post=3), short_term=TIRED
    )
    first = net.run(20.0, record={"cells": [0, 1, 2]})["cells"].v
    shared = net._built().short_term
    assert not np.array_equal(shared.events.w, shared.w)
    shared.events.w[:] = np.nan
    np.testing.assert_array_equal(net.run(20.0, record={"cells": [0, 1, 2]})["cells"].v, first)
    assert first[-1, 0] > 0.5


def test_single_precision():
    state = tiring(np.float32).run(20).state
    assert state.ring.dtype == np.float32 and state.x.min() < 1.0


def test_no_synapse():
    with pytest.raises(TypeError, match="short_term must be a TsodyksMarkram, got float"):
        tiring().connect("exc", "exc", fixed_probability(0.1), short_term=0.5)
