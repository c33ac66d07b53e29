"""A network as a whole: how it is written, run in parts, interrupted, refused."""

import tracemalloc

import numpy as np
import pytest

from snnlab import Spikes, machine_memory
from snnlab.networks import (
    Connections,
    DeltaJumps,
    ExponentialConductances,
    ExponentialCurrents,
    Network,
    Population,
    degrees,
    fixed_probability,
    fixed_total,
    network,
    one_to_one,
    presynaptic,
    shortest_cycle,
)
from snnlab.neurons import LIF


def balanced(seed=1):
    """A small network that goes on firing."""
    net = Network(exc=Population(80, i=0.2), inh=Population(20, i=0.2), rng=np.random.default_rng(seed))
    for pre, w in (("exc", 0.08), ("inh", -0.3)):
        for post in ("exc", "inh"):
            net.connect(pre, post, fixed_probability(p=0.2), w=w, delay=1.5)
    net.drive("exc", 500.0, 0.05)
    return net


def fired(run, name="exc"):
    return run[name].spikes.times.tolist(), run[name].spikes.units.tolist()


def test_two_populations_are_one_in_two_halves():
    rng = np.random.default_rng(2)
    pre, post = np.nonzero(rng.random((10, 10)) < 0.3)
    w, v_start = rng.uniform(-0.2, 0.4, pre.size), rng.uniform(-65, -50, 10)
    delay = rng.integers(0, 30, pre.size) * 0.1
    whole = Network(cells=Population(10, i=0.2, v_start=v_start))
    whole.connect("cells", "cells", Connections(pre, post, w, delay, 10, 10))
    halves = Network(a=Population(4, i=0.2, v_start=v_start[:4]), b=Population(6, i=0.2, v_start=v_start[4:]))
    sides = {"a": range(4), "b": range(4, 10)}
    for one, left in sides.items():
        for other, right in sides.items():
            own = np.isin(pre, left) & np.isin(post, right)
            lines = Connections(
                pre[own] - left[0], post[own] - right[0], w[own], delay[own], len(left), len(right)
            )
            halves.connect(one, other, lines)
    alone, both = whole.run(200)["cells"].spikes, halves.run(200)
    assert alone.n_spikes > 50
    for name, units in sides.items():
        expected = alone[units[0] : units[-1] + 1]
        assert (both[name].spikes.times == expected.times).all()
        assert (both[name].spikes.units == expected.units).all()


def test_a_run_goes_on_from_its_state():
    whole, net = balanced().run(100), balanced()
    first = net.run(43)
    second = net.run(57, start=first.state)
    for name in whole:
        times = np.concatenate([first[name].spikes.times, second[name].spikes.times + 43])
        assert times == pytest.approx(whole[name].spikes.times, abs=1e-9)
        units = np.concatenate([first[name].spikes.units, second[name].spikes.units])
        assert (units == whole[name].spikes.units).all()
    assert first["exc"].spikes.n_spikes > 0 and second["exc"].spikes.n_spikes > 0


def test_a_state_is_not_changed_by_the_run_that_goes_on():
    net = balanced()
    state = net.run(20).state
    assert fired(net.run(30, start=state)) == fired(net.run(30, start=state))


def test_what_is_given_is_sorted_once(monkeypatch):
    sorts, real = [], network.given_of
    monkeypatch.setattr(network, "given_of", lambda *given: sorts.append(1) or real(*given))
    net = Network(cells=Population(1), given=Spikes([3.0, 1.0, 2.0], duration=5.0))
    state = net.run(5.0).state
    net.run(5.0, start=state)
    assert sorts == [1]


def test_progress_is_told(capsys):
    balanced().run(10, progress=True)
    assert "10 ms" in capsys.readouterr().err


def test_rate_is_that_of_the_spikes():
    exc = balanced().run(200)["exc"]
    assert exc.rate.shape == (2000,)
    assert exc.rate.mean() == pytest.approx(exc.spikes.n_spikes / 80 / 0.2)


def test_spikes_at_time_zero_arrive():
    net = Network(into=Spikes([0.0], duration=1.0), cells=Population(1))
    net.connect("into", "cells", Connections([0], [0], [1.0], [0.0], 1, 1))
    current = net.run(1.0, record={"cells": [0]})["cells"].excitation[:, 0]
    assert current == pytest.approx(np.exp(-0.1 * np.arange(1, 11) / 5.0))


def test_beyond_the_memory(monkeypatch):
    monkeypatch.setattr(machine_memory, "machine_bytes", lambda: 1e6)
    net = Network(cells=Population(100))
    with pytest.raises(ValueError, match=r"the network must fit into memory: it takes .* GB"):
        net.run(1e3, record={"cells": np.arange(100)})


def test_a_population_beyond_the_memory_is_refused_before_it_is_made(monkeypatch):
    monkeypatch.setattr(machine_memory, "machine_bytes", lambda: 1e6)
    with pytest.raises(ValueError, match=r"cells must fit into memory: 10000 neurons take 0\.0024 GB"):
        Network(cells=Population(10_000))


def test_no_more_memory_is_taken_than_is_told():
    """Where steps, recorded values or spikes are many; the spikes come on top."""
    for net, duration, record in (
        (Network(a=Population(1), b=Population(1)), 10_000.0, None),
        (Network(a=Population(10)), 2000.0, {"a": range(10)}),
        (Network(a=Population(10)), 2000.0, {"a": {"v": range(10)}}),
        (Network(a=Population(500, LIF(t_ref=0.0), i=1e6)), 50.0, None),
    ):
        net.run(1.0, record=record)  # everything is compiled, and synapses are sorted
        tracemalloc.start()
        run = net.run(duration, record=record)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        told = net.memory(duration, record) + 40 * sum(part.spikes.n_spikes for part in run.values())
        assert 0.6 * told < peak < told


@pytest.mark.parametrize("delay", [1.5, 10.0])
def test_where_spikes_wait_the_memory_of_one_row_is_told(delay):
    """And that of 128 for 10 ms as long as nobody knows whether all synapses have the same delay.

    To know it takes sorting, and `memory` is asked so that nothing is sorted that does not fit.
    """
    n = 20_000
    net = Network(a=Population(n))
    net.connect("a", "a", Connections([0], [1], [0.1], [delay], n, n))
    before = net.memory(1.0)
    net.run(1.0)
    tracemalloc.start()
    net.run(1.0, start=net.initial_state())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert 0.6 * net.memory(1.0) < peak < net.memory(1.0) < before


def test_synapses_that_are_sorted_once_more_are_counted(monkeypatch):
    net = Network(a=Population(100))
    net.connect("a", "a", one_to_one(), w=0.1, delay=1.5)
    start = net.initial_state()
    net.connect("a", "a", one_to_one(), w=0.1, delay=0.5)
    monkeypatch.setattr(machine_memory, "machine_bytes", lambda: net.memory(1.0) + 1.0)
    net.run(1.0)
    with pytest.raises(ValueError, match="the network must fit into memory"):
        net.run(1.0, start=start)


def test_units_that_never_fire_are_counted():
    """A million units of given spikes, of which one fires."""
    net = Network(g=Spikes([1.0], [0], n_units=1_000_000, duration=10.0), c=Population(1))
    net.connect("g", "c", Connections([0], [0], [0.1], [1.0], 1_000_000, 1))
    told = net.memory(10.0)
    tracemalloc.start()
    net.run(10.0)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert 0.5 * told < peak < told


def test_a_run_that_goes_on_draws_no_seed():
    """So a run in parts leaves the generator as a whole run does."""
    seeds = []
    for parts in ([10.0], [4.0, 6.0]):
        net = Network(c=Population(1), rng=np.random.default_rng(1))
        net.drive("c", 100.0, 0.1)
        state = None
        for part in parts:
            state = net.run(part, start=state).state
        seeds.append(net.run(1.0).state.seed[0])
    assert seeds[0] == seeds[1]


def test_the_connections_between_two_populations_come_back():
    """So the questions of `graph` can be asked of a network; what was connected twice is joined."""
    net = Network(a=Population(3), b=Population(2), into=Spikes([1.0], duration=10.0))
    first = Connections([0, 2], [1, 0], [0.5, 0.25], [1.0, 2.0], 3, 2)
    net.connect("a", "b", first)
    net.connect("b", "a", Connections([1], [2], [1.0], [1.0], 2, 3))
    net.connect("a", "b", first, w=-1.0, delay=3.0)
    both = net.connections("a", "b")
    assert (both.pre.tolist(), both.post.tolist()) == ([0, 2, 0, 2], [1, 0, 1, 0])
    assert (both.w.tolist(), both.delay.tolist()) == ([0.5, 0.25, -1, -1], [1, 2, 3, 3])
    assert degrees(both).inward.tolist() == [2, 2] and presynaptic(both, 0).tolist() == [2]
    assert net.connections("b", "a").pre.tolist() == [1]
    none = net.connections("into", "a")
    assert (none.pre.size, none.n_pre, none.n_post) == (0, 1, 3)
    assert [array.dtype for array in none[:4]] == [array.dtype for array in both[:4]]
    with pytest.raises(ValueError, match="pre must be one of a, b, into, got 'c'"):
        net.connections("c", "a")


def test_a_whole_network_is_one_graph():
    """A cycle that no population has by itself leads through two of them."""
    net = Network(into=Spikes([1.0], duration=10.0), a=Population(3), b=Population(2))
    net.connect("a", "b", Connections([0, 2], [1, 0], [1.0, 1.0], [1.0, 2.0], 3, 2))
    net.connect("b", "a", Connections([1], [0], [-1.0], [1.0], 2, 3))
    net.connect("into", "a", Connections([0], [2], [1.0], [1.0], 1, 3))
    whole = net.connections()
    assert (whole.pre.tolist(), whole.post.tolist()) == ([0, 2, 4, 5], [4, 3, 0, 2])
    assert (whole.n_pre, whole.n_post, whole.pre.dtype) == (6, 6, np.int32)
    assert shortest_cycle(whole).tolist() == [0, 4]
    assert Network(a=Population(2)).connections().pre.size == 0
    with pytest.raises(ValueError, match="pre and post must both be given or left out, got 'a' and None"):
        net.connections("a")


@pytest.mark.parametrize(
    ("do", "message"),
    [
        (lambda net: net.connect("c", "a", one_to_one()), "pre must be one of a, b, into, got 'c'"),
        (lambda net: net.connect("a", "into", one_to_one()), "post must be one of a, b, got 'into'"),
        (
            lambda net: net.connect("a", "b", Connections([0], [0], [1.0], [1.0], 3, 3)),
            "connections must be from 2 to 3 neurons, got 3 to 3",
        ),
        (
            lambda net: net.connect("a", "b", Connections([0], [0], [1.0], [0.0], 2, 3)),
            r"delay must be at least dt \(0.1 ms\) onto DeltaJumps, got 0",
        ),
        (
            lambda net: net.connect("a", "a", one_to_one(), delay=0.15),
            r"delay must be a multiple of dt \(0.1 ms\), got 0.15",
        ),
        (lambda net: net.connect("a", "b", fixed_total(2)), r"rng must be given for fixed_total\(2\) to be"),
        (lambda net: net.drive("b", 10.0, 0.1), "rng must be given to a network with a Poisson drive"),
        (lambda net: net.run(-1), "duration must be zero or positive"),
        (lambda net: net.run(1, record={"a": [2]}), "record must be from 0 to 1 for a, got 2"),
        (lambda net: net.run(1, record={"z": [0]}), "record must be one of a, b, got 'z'"),
        (
            lambda net: net.run(1, record={"a": {"w": [0]}}),
            "record must name values of v, excitation, inhibition, adaptation for a, got 'w'",
        ),
        (lambda net: net.run(1, record={"b": {"v": [3]}}), "record must be from 0 to 2 for b, got 3"),
        (lambda _: Network(), "a network must have one Population at least, got none"),
        (lambda _: Network(dt=0.0, a=Population(1)), "dt must be positive and finite, got 0"),
        (lambda _: Network(dtype=int, a=Population(1)), "dtype must be float64 or float32, got int64"),
        (lambda _: Network(a=Population(0)), "n must be at least 1, got 0"),
        (lambda _: Network(a=Population(10**13)), "n must be at most 2147483647, got 10000000000000"),
        (lambda _: Network(a=Population(1, v_start=-40.0)), r"v_start must not be above v_th \(-50 mV\)"),
        (lambda _: Network(a=Population(2, v_start=[-60.0] * 3)), "v_start must be a number or have shape"),
    ],
)  # fmt: skip
def test_refusals(do, message):
    net = Network(a=Population(2), b=Population(3, synapses=DeltaJumps()), into=Spikes([], duration=1.0))
    with pytest.raises(ValueError, match=message):
        do(net)


@pytest.mark.parametrize("given", [7, LIF(), (LIF(), 3)])
def test_no_population(given):
    with pytest.raises(TypeError, match="a must be a Population or Spikes"):
        Network(a=given)


def test_no_synapses():
    with pytest.raises(TypeError, match=r"synapses must be ExponentialCurrents, .* or DeltaJumps, got float"):
        Network(a=Population(1, synapses=5.0))


def test_more_spikes_than_a_drive_can_draw():
    net = Network(a=Population(1), rng=np.random.default_rng(1))
    with pytest.raises(
        ValueError, match=r"rate must be at most 1e\+09 Hz \(100000 spikes a step\), got 1e\+15"
    ):
        net.drive("a", 1e15, 0.1)


def test_a_number_is_no_generator():
    with pytest.raises(TypeError, match=r"rng must be a numpy\.random\.Generator such as .*, got 1"):
        Network(a=Population(2), rng=1)


def test_a_state_of_another_network():
    state = Network(a=Population(2)).run(1).state
    with pytest.raises(ValueError, match="start must be the state of as many neurons, 3, got one of 2"):
        Network(a=Population(3)).run(1, start=state)


def test_a_state_of_other_numbers():
    state = Network(a=Population(2)).run(1).state
    with pytest.raises(ValueError, match="start must be the state of a run with float32, got float64"):
        Network(a=Population(2), dtype=np.float32).run(1, start=state)


def test_a_state_of_another_time_step():
    state = Network(a=Population(2), dt=0.2).run(1).state
    with pytest.raises(
        ValueError, match=r"start must be the state of a run with the same dt, 0.1 ms, got 0.2"
    ):
        Network(a=Population(2)).run(1, start=state)


def test_what_is_recorded_may_be_chosen():
    """Each value of other neurons, in the order in which they are asked for; the rest has no columns."""
    everything = balanced().run(60, record={"exc": range(80), "inh": [7]})
    chosen = balanced().run(60, record={"exc": {"v": [5, 3], "inhibition": [0, 1, 2]}, "inh": {"v": [7]}})
    assert (chosen["exc"].v == everything["exc"].v[:, [5, 3]]).all()
    assert (chosen["exc"].inhibition == everything["exc"].inhibition[:, :3]).all()
    assert (chosen["inh"].v == everything["inh"].v).all()
    assert chosen["exc"].excitation.shape == chosen["inh"].inhibition.shape == (600, 0)
    assert np.ptp(chosen["exc"].inhibition) > 0
    net = balanced()
    none, one, four = (net.memory(60, x) for x in (None, {"exc": {"v": range(80)}}, {"exc": range(80)}))
    assert four - none == pytest.approx(4 * (one - none)) and one - none == 600 * 80 * 16


@pytest.mark.parametrize("synapses", [ExponentialCurrents(), ExponentialConductances(), DeltaJumps()])
def test_single_precision(synapses):
    """Everything stays in 32 bits; each of 200 steps rounds a potential four times, to half a last digit."""
    runs, limit = {}, 200 * 4 * float(np.spacing(np.float32(65.0))) / 2
    for dtype in (np.float64, np.float32):
        net = Network(
            cells=Population(64, synapses=synapses), dtype=dtype, rng=np.random.default_rng(1),
        )  # fmt: skip
        net.drive("cells", 2000.0, 0.004)
        net.connect("cells", "cells", fixed_probability(p=0.1), w=0.005, delay=1.0)
        runs[dtype] = net.run(20)
        state = runs[dtype].state
        assert {x.dtype for x in (state.v, state.excitation, state.inhibition, state.ring)} == {
            np.dtype(dtype)
        }
    assert runs[np.float32].state.v == pytest.approx(runs[np.float64].state.v, abs=limit)
    assert (runs[np.float32].state.v != runs[np.float64].state.v).any()


def test_what_a_newcomer_tries_gets_a_sentence():
    net = Network(exc=Population(3), kicks=Spikes([1.0], duration=10))
    assert repr(net) == "Network(exc: 3, kicks: 1 given; 0 synapses)"
    with pytest.raises(TypeError, match="where populations are connected, got float"):
        net.connect("exc", "exc", 0.1)
    with pytest.raises(TypeError, match="got fixed_probability"):
        net.connect("exc", "exc", fixed_probability)
    with pytest.raises(TypeError, match="record must be neurons by population"):
        net.run(10, record=["exc"])
    for ragged in ([[0], [1, 2]], 0, [0.5], {"v": [[0], [1, 2]]}):
        with pytest.raises(TypeError, match="record must have a list of neurons for exc, got"):
            net.run(10, record={"exc": ragged})
    for given in (Population(3, v_start=[-60.0, -61.0, -62.0]), Spikes([1.0], duration=10)):
        with pytest.raises(ValueError, match=r"pre must be one of exc, kicks, got (Population|Spikes)"):
            net.connect(given, "exc", one_to_one())
        with pytest.raises(ValueError, match=r"post must be one of exc, got (Population|Spikes)"):
            net.drive(given, 100.0, 0.1)
    with pytest.raises(KeyError, match="a population must be one of exc, got 'ex'"):
        net.run(1)["ex"]
