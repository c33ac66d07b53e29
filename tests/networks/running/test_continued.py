"""How a run goes on from a state: by synapses that are older and newer than it."""

import numpy as np
import pytest

from snnlab.networks import (
    Connections,
    DeltaJumps,
    ExponentialCurrents,
    Network,
    Population,
    fixed_probability,
)
from snnlab.networks.cells.cells import NetworkState
from snnlab.networks.running import simulation
from snnlab.neurons import LIF

CUT = 30.0  # ms
LATER = [0.0, 0.3, 1.5, 1.6, 40.0]  # delays, ms: shorter than, like and longer than those before


def pair(delays, synapses=ExponentialCurrents()):
    """A neuron that fires all the time, and one that hears of it by synapses of these delays."""
    net = Network(a=Population(1, LIF(t_ref=0.2), synapses, i=5.0), b=Population(1, synapses=synapses))
    for delay in delays:
        net.connect("a", "b", Connections([0], [0], [1e-3], [delay], 1, 1))
    return net


def heard(fired, delay, steps):
    """What b has heard of by one such synapse, of the spikes of a at these steps: its current, by hand."""
    current, arrived = np.zeros(steps), 0.0
    for t in range(steps):
        arrived = arrived * np.exp(-0.1 / 5.0) + 1e-3 * np.count_nonzero(fired + round(delay / 0.1) == t)
        current[t] = arrived
    return current


@pytest.mark.parametrize("before", [(1.5,), (1.5, 0.4)])
@pytest.mark.parametrize("later", LATER)
def test_a_synapse_that_is_added_carries_what_is_fired_from_then_on(before, later):
    """With one delay before, who fired waits in a list; with two, what it brings is in the ring."""
    net = pair(before)
    first = net.run(CUT, record={"b": [0]})
    net.connect("a", "b", Connections([0], [0], [1e-3], [later], 1, 1))
    second = net.run(2 * CUT, start=first.state, record={"b": [0]})
    steps, cut = round(3 * CUT / 0.1), round(CUT / 0.1)
    times = np.concatenate([first["a"].spikes.times, second["a"].spikes.times + CUT])
    fired = np.rint(times / 0.1).astype(int) - 1
    expected = sum(heard(fired, delay, steps) for delay in before)
    expected += heard(fired[fired >= cut], later, steps)
    found = np.concatenate([first["b"].excitation[:, 0], second["b"].excitation[:, 0]])
    assert np.count_nonzero(fired < cut) > 20 and found == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("synapses", [ExponentialCurrents(), DeltaJumps()])
def test_a_state_with_an_added_synapse_goes_on_as_ever(synapses):
    """In parts, each of them shorter than the delays, and to the last bit."""
    net = pair([1.5], synapses)
    start = net.run(CUT).state
    net.connect("a", "b", Connections([0], [0], [2e-3], [1.5], 1, 1))
    whole, state = net.run(CUT, start=start).state, start
    assert whole.v[1] != start.v[1]  # b hears
    for part in (0.4, 0.3, 1.5, 2.0, CUT - 4.2):
        state = net.run(part, start=state).state
    assert [np.asarray(x).tobytes() for x in state] == [np.asarray(x).tobytes() for x in whole]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("delay", [0.0, 1.5])
def test_no_array_of_the_state_is_changed_or_handed_on(delay, dtype):
    net = Network(cells=Population(200, i=0.3), rng=np.random.default_rng(1), dtype=dtype)
    net.connect("cells", "cells", fixed_probability(p=0.1), w=0.01, delay=delay)
    net.drive("cells", 100.0, 0.1)
    start = net.run(20.0).state
    before = [np.array(x) for x in start]
    after = net.run(20.0, start=start).state
    assert all((np.asarray(x) == y).all() for x, y in zip(start, before, strict=True) if y.size)
    arrays = [(x, y) for x, y in zip(start, after, strict=True) if isinstance(x, np.ndarray)]
    assert len(arrays) > 15 and not any(np.shares_memory(x, y) for x, y in arrays)


def test_where_spikes_wait_the_ring_has_one_row():
    """Whose copy took a tenth of a run of 40,000 neurons by two threads."""
    assert len(pair([1.5]).initial_state().ring) == 1
    assert len(pair([1.5, 0.4]).initial_state().ring) == 16


def test_parts_of_a_long_ring_change_no_bit(monkeypatch):
    """A part reads all of what an older synapse has put into the ring, and not only as much as its delay."""
    runs = []
    for part in (10_000, 3):
        monkeypatch.setattr(simulation, "PART", 1002 * part)
        net = pair([1.5, 3.0])
        state = net.run(CUT).state
        only = pair([1.5])  # another network, with a shorter delay
        runs.append(only.run(CUT, start=state._replace(connected=-1), record={"b": [0]}))
    assert (runs[0]["b"].excitation == runs[1]["b"].excitation).all()
    assert not runs[0].state.ring.any() and not runs[1].state.ring.any()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"connected": 2}, "start must be the state of at most 1 connections, got one of 2"),
        ({"connected": -2}, "start.connected must be at least -1, got -2"),
        ({"step": np.array([-1])}, "start must be at a whole step of 0 or later, got -1"),
        ({"step": np.array([np.nan])}, "start must be at a whole step of 0 or later, got nan"),
        ({"step": np.array([1.5])}, "start must be at a whole step of 0 or later, got 1.5"),
        ({"step": np.array([np.inf])}, "start must be at a whole step of 0 or later, got inf"),
        ({"ring": np.full((1, 4), np.nan)}, "start must have a ring of finite numbers, got others"),
        ({"n_waiting": np.ones(16)}, "some of 2 neurons wait, got int32 and float64, not whole numbers"),
        ({"waiting": np.full((16, 2), 0.7)}, "got float64 and int64, not whole numbers"),
        ({"waiting": np.zeros((16, 2), int), "n_waiting": np.full(16, 2)}, "got one of them twice in a step"),
        ({"ring": None}, "got one with other shapes"),
        ({"n_waiting": None}, "got one with other shapes"),
        ({"ring": np.zeros((0, 4))}, "got one with other shapes"),
        ({"ring": np.zeros((3, 4))}, "got one with other shapes"),
        ({"ring": np.zeros((4, 5))}, "got one with other shapes"),
        ({"ring": np.zeros(4)}, "got one with other shapes"),
        ({"waiting": np.zeros((16, 1), int)}, "got one with other shapes"),
        ({"n_waiting": np.full(16, 3)}, "some of 2 neurons wait, got other numbers"),
        ({"n_waiting": np.full(16, -1)}, "some of 2 neurons wait, got other numbers"),
        ({"waiting": np.full((16, 2), 2), "n_waiting": np.ones(16, int)}, "got other numbers"),
        ({"n_waiting": np.ones(16, int)}, "a spike waits for more than 15 steps"),
    ],
)
def test_a_state_that_cannot_be(change, message):
    net = pair([1.5])
    with pytest.raises(ValueError, match=message):
        net.run(1.0, start=net.run(5.0).state._replace(**change))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_state_that_was_kept_in_a_file_goes_on(dtype, tmp_path):
    """Of which a file for arrays makes arrays of the numbers, too. No kernel is compiled anew for them."""
    net = Network(cells=Population(50, i=0.3), rng=np.random.default_rng(1), dtype=dtype)
    net.connect("cells", "cells", fixed_probability(p=0.1), w=0.01, delay=1.5)
    start = net.run(20.0).state
    np.savez(tmp_path / "state.npz", **{k: x for k, x in start._asdict().items() if k != "learned"})
    with np.load(tmp_path / "state.npz") as kept:
        again = NetworkState(**{k: kept[k] for k in kept.files})
    expected, found = net.run(20.0, start=start), net.run(20.0, start=again)
    assert (found["cells"].spikes.times == expected["cells"].spikes.times).all()
    assert [type(x) for x in found.state] == [type(x) for x in expected.state]
    assert expected["cells"].spikes.n_spikes > 10
