"""The loop for several threads against that of one, which is its readable twin: every byte is the same."""

import tracemalloc

import numpy as np
import pytest

from snnlab.networks import (
    Connections,
    DeltaJumps,
    ExponentialConductances,
    ExponentialCurrents,
    Network,
    Population,
    TsodyksMarkram,
    fixed_probability,
    network,
)
from snnlab.networks.cells.cells import cells_of
from snnlab.networks.cells.exponential_currents import BLOCK
from snnlab.networks.running import simulation
from snnlab.networks.running.shares import cells_cut, where_to_cut
from snnlab.networks.running.threads import as_many_as_there_are
from snnlab.neurons import LIF

KINDS = {
    "currents": (ExponentialCurrents(5.0, 10.0), (0.005, -0.03)),
    "conductances": (ExponentialConductances(), (0.0001, -0.001)),
    "jumps": (DeltaJumps(), (0.3, -1.5)),
}
DRIVES = [(), (300.0,), (20_000.0,), (20_000.0, 300.0)]  # Hz: spikes that are dated, and such as are counted


@pytest.fixture(autouse=True)
def many_cores(monkeypatch):
    """A machine with as few as it likes does what one with 40 would do."""
    monkeypatch.setattr(network, "as_many_as_there_are", lambda threads: min(threads, 40))


def busy(kind="currents", delay=0.7, rates=(), dtype=np.float64, hold=1.0):
    """Two populations that keep each other firing, of odd sizes and of several blocks."""
    synapses, weights = KINDS[kind]
    rng = np.random.default_rng(5)
    cells = Population(1901, LIF(v_rest=-52.0, t_ref=hold), synapses, i=0.12)
    net = Network(
        exc=cells._replace(v_start=rng.uniform(-60, -50, 1901)),
        inh=cells._replace(n=601),
        rng=rng,
        dtype=dtype,
    )
    for pre, w in zip(("exc", "inh"), weights, strict=True):
        for post in ("exc", "inh"):
            net.connect(pre, post, fixed_probability(p=0.02), w=w, delay=delay)
    for rate in rates:
        net.drive("exc", rate, 100.0 * weights[0] / rate)
    return net


def bytes_of(run):
    """All that came out of a run."""
    found = [array.tobytes() for array in run.state if isinstance(array, np.ndarray)]
    for part in run.values():
        found += [part.spikes.times.tobytes(), part.spikes.units.tobytes(), part.rate.tobytes()]
        found += [part.v.tobytes(), part.excitation.tobytes(), part.inhibition.tobytes()]
    return found


def threaded(net, duration, threads, **options):
    """A run, and whether it was shared out."""
    run = net.run(duration, threads=threads, **options)
    return run, net._built()._shares is not None


@pytest.mark.parametrize("rates", DRIVES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_byte_is_that_of_one_thread(kind, rates):
    watched = {"exc": [0, 1900, 700], "inh": [5]}
    expected, shared = threaded(busy(kind, rates=rates), 40.0, 1, record=watched)
    assert not shared and expected["exc"].spikes.n_spikes > 1000 and expected["inh"].spikes.n_spikes > 300
    for threads in (2, 3):
        run, shared = threaded(busy(kind, rates=rates), 40.0, threads, record=watched)
        assert shared and bytes_of(run) == bytes_of(expected)


@pytest.mark.parametrize("delay", [0.1, 3.1, 3.2, 6.4])
def test_delays_of_one_step_and_beyond_the_longest_slice(delay):
    expected, _ = threaded(busy(delay=delay), 40.0, 1)
    run, shared = threaded(busy(delay=delay), 40.0, 2)
    assert shared and bytes_of(run) == bytes_of(expected)


def test_single_precision():
    expected, _ = threaded(busy(dtype=np.float32), 40.0, 1)
    run, _ = threaded(busy(dtype=np.float32), 40.0, 2)
    assert run.state.v.dtype == np.float32 and bytes_of(run) == bytes_of(expected)


@pytest.mark.parametrize("hold", [0.0, 1.0])
def test_parts_end_where_those_of_one_thread_do(hold, monkeypatch):
    """There is no room for more spikes before a slice is over; and a part may end within a delay."""
    monkeypatch.setattr(simulation, "PART", 3502 * 90)
    runs = []
    for threads in (1, 2, 3):
        net = busy(delay=2.0, rates=(300.0,), hold=hold)
        net.drive("exc", 1e6, 0.1)  # each neuron fires as soon as it may
        runs.append(threaded(net, 30.0, threads)[0])
    if hold == 0.0:
        assert runs[0]["exc"].spikes.n_spikes > 65_536  # beyond the room of a part
    assert bytes_of(runs[1]) == bytes_of(runs[0]) == bytes_of(runs[2])


def test_a_run_goes_on_with_another_number_of_threads():
    """And is the long run, whose state and whose last spikes are the same."""
    whole, net = busy(delay=2.0).run(40.3), busy(delay=2.0)
    assert whole["exc"].spikes.n_spikes > 1000
    runs = []
    for first, then in ((1, 1), (2, 1), (1, 3), (3, 2)):
        runs.append(net.run(25.0, start=net.run(15.3, threads=first).state, threads=then))
        assert bytes_of(runs[-1]) == bytes_of(runs[0])
    for name in whole:
        late = whole[name].spikes.times > 15.35
        assert (runs[0][name].spikes.units == whole[name].spikes.units[late]).all()
    assert [x.tobytes() for x in runs[0].state if isinstance(x, np.ndarray)] == [
        x.tobytes() for x in whole.state if isinstance(x, np.ndarray)
    ]


def test_more_threads_than_blocks():
    expected, _ = threaded(busy(), 10.0, 1)
    run, shared = threaded(busy(), 10.0, 40)
    assert shared and bytes_of(run) == bytes_of(expected)


def test_no_more_threads_than_cores(monkeypatch):
    """Each would take memory for nothing."""
    monkeypatch.setattr(network, "as_many_as_there_are", as_many_as_there_are)
    net, most = busy(), as_many_as_there_are(1_000_000)
    assert net.memory(threads=1_000_000) == net.memory(threads=most)
    net.run(1.0, threads=1_000_000)
    shares = net._built()._shares
    assert (1 if shares is None else len(shares.begin)) == most


@pytest.mark.parametrize("many", [1, 2, 40])
def test_no_more_memory_is_taken_than_is_told(many):
    net = busy(delay=3.2, hold=0.0)
    net.run(1.0, threads=2)  # everything is compiled, and synapses are sorted
    tracemalloc.start()
    run = net.run(5.0, threads=many)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert net.memory(5.0, threads=many) - net.memory(5.0) == pytest.approx(
        0.0 if many == 1 else 4.0 * 32 * 2502 + many * (8 * 2502 + 4 * 32 * 512), rel=0.1
    )
    assert peak < net.memory(5.0, threads=many) + 40 * sum(part.spikes.n_spikes for part in run.values())


@pytest.mark.parametrize("threads", [2, 3, 7, 40])
@pytest.mark.parametrize("sizes", [(4000, 1000), (1901, 601), (3, 1, 5000), (100,)])
def test_cuts_lie_between_blocks(sizes, threads):
    first = np.cumsum([0, *sizes])
    cuts = where_to_cut(first, threads)
    assert cuts.size == threads + 1 and cuts[0] == 0 and cuts[-1] == first[-1]
    assert (np.diff(cuts) >= 0).all()
    for cut in cuts:
        p = np.searchsorted(first, cut, side="right") - 1
        assert (cut - first[p]) % BLOCK == 0
        assert abs(cut - first[-1] * np.flatnonzero(cuts == cut) / threads).min() <= BLOCK


def test_a_population_of_two_threads_is_two():
    cells = [Population(1000, LIF(v_th=-51.0)), Population(1000, LIF(v_th=-50.0))]
    checked = [population._replace(v_start=np.zeros(population.n)) for population in cells]
    cut = cells_cut(cells_of(checked, 0.1), np.array([0, 512, 2000]))
    assert cut.first.tolist() == [0, 512, 1000, 2000] and cut.v_th.tolist() == [-51.0, -51.0, -50.0]


@pytest.mark.parametrize("what", ["two delays", "none at all", "short term"])
def test_what_cannot_be_shared_has_one_thread(what):
    def net():
        net = Network(cells=Population(3, i=0.3))
        delay = {"two delays": [0.5, 0.6]}.get(what, [0.0 if what == "none at all" else 0.5] * 2)
        short_term = TsodyksMarkram() if what == "short term" else None
        net.connect(
            "cells", "cells", Connections([0, 1], [1, 2], [0.1, 0.1], delay, 3, 3), short_term=short_term
        )
        return net

    run, shared = threaded(net(), 30.0, 2)
    assert not shared and bytes_of(run) == bytes_of(net().run(30.0))


@pytest.mark.parametrize(("threads", "kind"), [(0, ValueError), (-1, ValueError), (1.5, TypeError)])
def test_no_number_of_threads(threads, kind):
    with pytest.raises(kind, match="threads must be"):
        busy().run(1.0, threads=threads)
