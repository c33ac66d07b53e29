"""A network as a script for NEST: NEST's spikes are ours, and what it would do otherwise is refused."""

import ast
import re
from pathlib import Path

import numpy as np
import pytest
from networks.nest_network import DURATION, small_network

from snnlab import Spikes
from snnlab.networks import (
    Connections,
    ExponentialConductances,
    Network,
    Population,
    TsodyksMarkram,
    write_nest_script,
)
from snnlab.neurons import LIF, Izhikevich

RECORDED = Path(__file__).parents[1] / "reference" / "nest_script.npz"
ONE = Connections([0], [0], [0.1], [1.0], 1, 1)


@pytest.fixture(scope="module")
def recorded():
    with np.load(RECORDED) as npz:
        return {key: npz[key] for key in npz.files}


@pytest.mark.reference
def test_nest_runs_what_is_written_today(recorded, tmp_path):
    files = write_nest_script(small_network(), tmp_path / "small.py", DURATION)
    assert files.script.read_text(encoding="utf-8") == str(recorded["script"])
    with np.load(files.arrays) as numbers:
        assert {f"numbers/{key}" for key in numbers} == {
            key for key in recorded if key.startswith("numbers/")
        }
        for key in numbers:
            assert numbers[key] == pytest.approx(recorded[f"numbers/{key}"], rel=1e-12, abs=0), key


@pytest.mark.reference
def test_its_spikes_are_ours(recorded):
    run = small_network().run(DURATION)
    for name in ("exc", "inh", "jump"):
        spikes = run[name].spikes
        assert spikes.units.tolist() == recorded[f"{name}_units"].tolist()
        assert spikes.times == pytest.approx(recorded[f"{name}_times"], abs=1e-9)
        assert spikes.n_spikes > 100


def test_synapses_that_are_a_step_later_give_other_spikes(recorded):
    """So that equal spikes say something."""
    net = small_network()
    later = net._projections[5].lines
    net._projections[5] = net._projections[5]._replace(held=later._replace(delay=later.delay + net.dt))
    assert net.run(DURATION)["exc"].spikes.times.tolist() != recorded["exc_times"].tolist()


def test_drives_are_poisson_generators(tmp_path):
    net = Network(rng=np.random.default_rng(1), cells=Population(3))
    net.drive("cells", rate=800.0, w=0.1)
    text = write_nest_script(net, tmp_path / "driven.py").script.read_text(encoding="utf-8")
    ast.parse(text)
    assert "DRIVES = [('cells', 800.0, 100.0)]" in text


@pytest.mark.parametrize("there", ["mine.py", "mine.npz"])
def test_a_file_of_somebody_stays_as_it_is(there, tmp_path):
    (tmp_path / there).write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError):
        write_nest_script(Network(cells=Population(1)), tmp_path / "mine.py")
    assert [file.name for file in tmp_path.iterdir()] == [there]
    assert (tmp_path / there).read_text(encoding="utf-8") == "mine"


def changing():
    net = Network(cells=Population(1))
    net.connect("cells", "cells", ONE, short_term=TsodyksMarkram())
    return net


def at_once():
    net = Network(cells=Population(1))
    net.connect("cells", "cells", ONE, delay=0.0)
    return net


@pytest.mark.parametrize(
    "net, kind, sentence",
    [
        (
            Network(cells=Population(1, synapses=ExponentialConductances())), TypeError,
            "cells must be LIF neurons whose synapses are currents or jumps, got LIF with "
            "ExponentialConductances",
        ),
        (Network(cells=Population(1, Izhikevich())), TypeError, "cells must be LIF neurons whose synapses"),
        (
            Network(cells=Population(1, LIF(t_ref=0.0))), ValueError,
            "t_ref must be dt (0.1 ms) at least for NEST, got 0",
        ),
        (
            Network(cells=Population(1), out=Spikes([0.0], duration=1.0)), ValueError,
            "out must fire after time 0 for NEST, got 0 ms",
        ),
        (changing(), TypeError, "synapses from cells to cells must have no short-term plasticity for NEST"),
        (at_once(), ValueError, "delay must be dt (0.1 ms) at least for NEST, got 0"),
        (3, TypeError, "network must be a Network, got int"),
    ],
)  # fmt: skip
def test_what_nest_would_do_otherwise_is_refused(net, kind, sentence, tmp_path):
    with pytest.raises(kind, match=re.escape(sentence)):
        write_nest_script(net, tmp_path / "net.py")
    assert not list(tmp_path.iterdir())


def test_another_ending_is_refused(tmp_path):
    with pytest.raises(ValueError, match=r"file must end in \.py, got 'net\.txt'"):
        write_nest_script(Network(cells=Population(1)), tmp_path / "net.txt")


@pytest.mark.parametrize("name", ["{x}.py", 'q"uo.py', "a\nb.py", "back\\slash.py"])
def test_a_name_that_would_break_the_script_is_refused(name, tmp_path):
    with pytest.raises(ValueError, match="file must have a name of letters, digits"):
        write_nest_script(Network(cells=Population(1)), tmp_path / name)


def test_nothing_is_left_of_what_was_interrupted(monkeypatch, tmp_path):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(np, "savez", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_nest_script(Network(cells=Population(1)), tmp_path / "net.py")
    assert not list(tmp_path.iterdir())


def test_the_script_keeps_the_spikes_of_an_earlier_run(tmp_path):
    """It looks for their file before it simulates."""
    text = write_nest_script(Network(cells=Population(1)), tmp_path / "net.py").script.read_text("utf-8")
    assert 0 < text.index("if told.exists():") < text.index("nest.Simulate(")
