"""The parts of a run: where they end, and that Ctrl-C is heard between them."""

import signal

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.networks import Connections, Network, Population, fixed_probability
from snnlab.networks.running import simulation
from snnlab.neurons import LIF


def balanced():
    """A small network that goes on firing."""
    net = Network(exc=Population(80, i=0.2), inh=Population(20, i=0.2), rng=np.random.default_rng(1))
    for pre, w in (("exc", 0.08), ("inh", -0.3)):
        for post in ("exc", "inh"):
            net.connect(pre, post, fixed_probability(p=0.2), w=w, delay=1.5)
    net.drive("exc", 500.0, 0.05)
    return net


def test_parts_do_not_matter(monkeypatch):
    whole = balanced().run(60, record={"exc": [3]})
    monkeypatch.setattr(simulation, "PART", 1100 * 7)
    parts = balanced().run(60, record={"exc": [3]})
    assert (whole["exc"].spikes.times == parts["exc"].spikes.times).all()
    assert (whole["exc"].spikes.units == parts["exc"].spikes.units).all()
    assert (whole["exc"].v == parts["exc"].v).all()


def test_more_spikes_than_a_part_has_room_for():
    net = Network(cells=Population(500, LIF(t_ref=0.0), i=1e6))
    spikes = net.run(20)["cells"].spikes
    assert spikes.n_spikes == 500 * 200  # one in each step


def test_control_c_keeps_what_there_is(monkeypatch):
    class PressedOnce(simulation.Bar):
        def show(self, done, before, after=""):
            signal.raise_signal(signal.SIGINT)

    whole = balanced().run(60)
    monkeypatch.setattr(simulation, "PART", (1100 + 40 * 4) * 250)  # a drive has four spikes a step
    monkeypatch.setattr(simulation, "Bar", PressedOnce)
    before = signal.getsignal(signal.SIGINT)
    run = balanced().run(60, record={"inh": [0]})
    assert run.duration == pytest.approx(25.0)
    assert signal.getsignal(signal.SIGINT) is before
    assert run["inh"].v.shape == (250, 1)
    early = whole["exc"].spikes.times <= 25.0001
    assert run["exc"].spikes.times.tolist() == whole["exc"].spikes.times[early].tolist()


def test_a_single_neuron_hears_control_c_as_soon_as_many(monkeypatch):
    """A step takes some time however few neurons there are: 1e8 steps of one of them would be a minute."""
    done = []
    monkeypatch.setattr(simulation.Bar, "show", lambda _, steps, *__: done.append(steps))
    monkeypatch.setattr(simulation, "perf_counter", lambda: 0.0)  # what is compiled takes long
    Network(cells=Population(1)).run(15_000.0)
    assert done == [99_900, 150_000]


@pytest.mark.parametrize(
    ("n", "rate", "most"),
    [(1, 1e8, 1e8 / 10_000), (100, 1e7, 1e8 / 100 / 1000), (2000, 2000.0, 1e8 / 400 / 40)],
)
def test_a_part_has_as_many_steps_as_its_drives_allow(n, rate, most, monkeypatch):
    """Where a drive brings 10,000 spikes a step, or 400 that are dated, these take longer than all else."""
    done = []
    monkeypatch.setattr(simulation.Bar, "show", lambda _, steps, *__: done.append(steps))
    monkeypatch.setattr(simulation, "perf_counter", lambda: 0.0)
    monkeypatch.setattr(simulation, "PART", simulation.PART // 100)
    net = Network(cells=Population(n), rng=np.random.default_rng(1))
    net.drive("cells", rate, 0.0)
    net.run(100.0)
    assert 0.5 * most / 100 < done[0] < most / 100


def test_given_spikes_make_parts_shorter(monkeypatch):
    """A million synapses for each spike that is given, ten of them in a second."""
    ends, numbers = np.zeros((2, 1_000_000), int), np.full((2, 1_000_000), 0.1)
    lines = Connections(*ends, *numbers, 1, 1)
    net = Network(cells=Population(1), given=Spikes(np.arange(0.0, 1000.0, 100.0), duration=1000.0))
    net.connect("given", "cells", lines)
    work = simulation.work_of_a_step(1, net._driven(net._members.offsets()), net._fired, 1_000_000 / 2)
    assert work == pytest.approx(1001 + 10 * 500_001 / 9001)


def test_a_part_that_took_long_is_followed_by_a_shorter_one_and_that_by_a_long_one(monkeypatch):
    """Nobody knows before what spikes bring. 0.01 s a step is too long for 100 steps, 0.001 s is not."""
    done, now = [], iter([0.0, 1.0, 2.0, 2.05, 3.0, 3.1, 4.0, 4.1])
    monkeypatch.setattr(simulation.Bar, "show", lambda _, steps, *__: done.append(steps))
    monkeypatch.setattr(simulation, "perf_counter", lambda: next(now))
    monkeypatch.setattr(simulation, "PART", 1001 * 100)
    Network(cells=Population(1)).run(35.0)
    assert np.diff(done, prepend=0).tolist() == [100, 50, 100, 100]
