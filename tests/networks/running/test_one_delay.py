"""The loop of one delay against the general one, which knows nothing of it."""

import numpy as np
import pytest

from snnlab.networks import (
    Connections,
    DeltaJumps,
    ExponentialConductances,
    ExponentialCurrents,
    Network,
    Population,
    fixed_probability,
)
from snnlab.networks.running import simulation
from snnlab.networks.running.one_delay import fans_of
from snnlab.neurons import LIF


def mixed(synapses=ExponentialCurrents(5.0, 10.0), delay=0.7, weights=(0.02, -0.1), drive=True):
    """Two populations that keep each other firing."""
    population = Population(40, LIF(v_rest=-52.0, t_ref=1.0), synapses, i=0.05)
    net = Network(exc=population, inh=population._replace(n=10), rng=np.random.default_rng(5))
    for pre, w in zip(("exc", "inh"), weights, strict=True):
        for post in ("exc", "inh"):
            net.connect(pre, post, fixed_probability(p=0.2), w=w, delay=delay)
    if drive:
        net.drive("exc", 300.0, weights[0])
    return net


def generally(net, duration, monkeypatch, **options):
    """The run by the general loop."""
    with monkeypatch.context() as patch:
        patch.setattr(simulation, "go_on_with_one_delay", None)
        patch.setattr(net._built(), "fans", None)
        return net.run(duration, **options)


@pytest.mark.parametrize("drive", [False, True])
@pytest.mark.parametrize("delay", [0.0, 0.1, 0.7, 6.4])
def test_same_spikes_and_values(delay, drive, monkeypatch):
    watched = {"exc": [0, 39], "inh": [5]}
    run = mixed(delay=delay, drive=drive).run(60, record=watched)
    expected = generally(mixed(delay=delay, drive=drive), 60, monkeypatch, record=watched)
    for name in run:
        assert (run[name].spikes.times == expected[name].spikes.times).all()
        assert (run[name].spikes.units == expected[name].spikes.units).all()
        assert run[name].v == pytest.approx(expected[name].v, abs=1e-9)
        assert run[name].inhibition == pytest.approx(expected[name].inhibition, abs=1e-12)
    assert run["inh"].spikes.n_spikes > 5


def test_conductances_too(monkeypatch):
    given = {"synapses": ExponentialConductances(), "weights": (0.0005, -0.003)}
    run, expected = mixed(**given).run(60), generally(mixed(**given), 60, monkeypatch)
    assert (run["exc"].spikes.times == expected["exc"].spikes.times).all()
    assert run["exc"].spikes.n_spikes > 20


@pytest.mark.parametrize("drive", [False, True])
@pytest.mark.parametrize("delay", [0.1, 0.7, 6.4])
def test_jumps_too(delay, drive, monkeypatch):
    """They come before the threshold, so what was fired has to be there before the neurons move."""
    given = {"synapses": DeltaJumps(), "weights": (1.0, -5.0), "delay": delay, "drive": drive}
    watched = {"exc": [0, 39], "inh": [5]}
    run = mixed(**given).run(60, record=watched)
    expected = generally(mixed(**given), 60, monkeypatch, record=watched)
    for name in run:
        assert (run[name].spikes.times == expected[name].spikes.times).all()
        assert (run[name].spikes.units == expected[name].spikes.units).all()
        assert run[name].v == pytest.approx(expected[name].v, abs=1e-9)
    assert run["inh"].spikes.n_spikes > 5


@pytest.mark.parametrize("given", [{}, {"synapses": DeltaJumps(), "weights": (1.0, -5.0)}])
def test_either_loop_goes_on_where_the_other_stopped(given, monkeypatch):
    """In parts that are shorter than the delay, and in longer ones."""
    whole, net = mixed(delay=2.0, **given).run(60), mixed(delay=2.0, **given)
    state, times = None, []
    for k, part in enumerate([20.3, 0.4, 0.7, 1.1, 17.5, 20.0]):
        run = net.run(part, start=state) if k % 2 else generally(net, part, monkeypatch, start=state)
        times.append(run["exc"].spikes.times + (0.1 * state.step[0] if state else 0.0))
        state = run.state
    assert np.concatenate(times) == pytest.approx(whole["exc"].spikes.times, abs=1e-9)


def bytes_of(*runs):
    """What came out of runs, one after the other: the state at the end, spikes, and recorded values."""
    found = [np.asarray(x).tobytes() for x in runs[-1].state if not isinstance(x, tuple)]
    begin = np.cumsum([0.0, *(run.duration for run in runs)])
    for name in runs[0]:
        parts = [run[name] for run in runs]
        times = np.concatenate([part.spikes.times + t for part, t in zip(parts, begin, strict=False)])
        found.append(np.rint(times / 0.1).astype(int).tobytes())
        found.append(np.concatenate([part.spikes.units for part in parts]).tobytes())
        for value in ("v", "excitation", "inhibition"):
            found.append(np.concatenate([getattr(part, value) for part in parts]).tobytes())
    return found


CONTINUED = {
    "currents": {},
    "conductances": {"synapses": ExponentialConductances(), "weights": (0.0007, -0.003)},
    "jumps": {"synapses": DeltaJumps(), "weights": (0.7, -3.3)},
}


@pytest.mark.parametrize("drive", [False, True])
@pytest.mark.parametrize("kind", CONTINUED)
def test_a_run_that_goes_on_is_the_long_run_to_the_last_bit(kind, drive):
    """Weights whose sums depend on their order; in parts that are shorter than the delay, and longer ones."""
    given = CONTINUED[kind] | {"delay": 2.0, "drive": drive}
    watched = {"exc": [0, 17, 39], "inh": [5]}
    whole, net = mixed(**given).run(60, record=watched), mixed(**given)
    parts = []
    for part in (20.3, 0.4, 0.7, 1.1, 17.5, 20.0):
        parts.append(net.run(part, record=watched, start=parts[-1].state if parts else None))
    assert bytes_of(*parts) == bytes_of(whole)
    assert whole["exc"].spikes.n_spikes > 20 and whole["inh"].spikes.n_spikes > 5


def test_parts_within_a_run_change_no_bit(monkeypatch):
    """Between which Ctrl-C is heard: of seven steps each, shorter than the delay."""
    given = {"delay": 2.0, "weights": (0.07, -0.33)}
    whole = mixed(**given).run(60, record={"exc": [0, 39]})
    monkeypatch.setattr(simulation, "PART", 1050 * 7)
    assert bytes_of(mixed(**given).run(60, record={"exc": [0, 39]})) == bytes_of(whole)


def test_which_networks_have_fans():
    def of(w, delay, synapses=ExponentialCurrents()):
        net = Network(cells=Population(3, synapses=synapses))
        net.connect("cells", "cells", Connections([0, 0, 2], [1, 2, 0], np.array(w), np.array(delay), 3, 3))
        return net._built().fans

    assert of([1.0, 1.0, -2.0], [0.5] * 3).w.tolist() == [1.0, 0.0, -2.0]
    assert of([1.0, 1.0, -2.0], [0.5] * 3).post.tolist() == [1, 2, 0]
    assert of([1.0, 1.0, -2.0], [0.5] * 3).post.dtype == np.uint16
    assert of([1.0, 1.0, -2.0], [0.5] * 3).inhibits.tolist() == [0, 0, 1]
    assert of([1.0, 1.0, -2.0], [0.5] * 3, ExponentialConductances()).w.tolist() == [1.0, 0.0, 2.0]
    assert of([1.0, 1.5, -2.0], [0.5] * 3) is None
    assert of([1.0, -1.0, -2.0], [0.5] * 3) is None
    assert of([1.0, 1.0, -2.0], [0.5, 0.5, 0.6]) is None
    assert of([1.0, 1.0, -2.0], [0.5] * 3, DeltaJumps()).w.tolist() == [1.0, 0.0, -2.0]
    events = Network(cells=Population(3))._built().events
    assert fans_of(events, 3, np.zeros(1, int)) is None
    both = Network(a=Population(1), b=Population(1, synapses=DeltaJumps()))
    both.connect("a", "b", Connections([0], [0], [1.0], [0.5], 1, 1))
    assert both._built().fans is None


def test_more_neurons_than_16_bits_count():
    n = 70_000
    v_start = np.full(n, -65.0)
    v_start[0] = -50.0  # at the threshold, which it crosses in the first step
    net = Network(cells=Population(n, i=0.2, v_start=v_start))
    net.connect("cells", "cells", Connections([0], [n - 1], [0.5], [0.2], n, n))
    arrived = net.run(0.5, record={"cells": [n - 1]})["cells"].excitation[:, 0]
    assert arrived == pytest.approx([0.0, 0.0, *0.5 * np.exp(-0.1 * np.arange(3) / 5.0)])
    assert net._built().fans.post.dtype == np.int32
