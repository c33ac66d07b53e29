"""Files and objects of Neo are read as Neo reads them, and what is written for Neo comes back."""

import importlib.util
import random
import re
from pathlib import Path

import numpy as np
import pytest
from needs import need

from snnlab import Spikes
from snnlab.data import load_recording, load_spikes, to_neo
from snnlab.data.annotated import SpikeFile
from snnlab.data.recording import Recording

FILES = Path(__file__).parent / "files"
T = np.arange(400) * 0.25  # ms
V = np.stack([-65.0 - 5.0 * (T > 20), -65.0 + 0.125 * T], axis=1)
I = np.where((T >= 20) & (T < 80), 1.0, 0.0)[:, None] * [-0.05, 0.1]  # nA  # noqa: E741
CELL = Recording(V, I, 0.25, (20.0, 80.0), "drawn", "none", {"species": "mouse", "depth": 0.5})
TRAINS = SpikeFile(
    Spikes([30.5, 10.25, 20.0, 90.0], [0, 0, 2, 2], n_units=3, duration=100),
    ({"name": "PV", "depth": 1.5}, {"name": "SST", "depth": 2.5}, {"name": "VIP", "depth": 3.5}),
    2000.0,
    {"lab": "ours"},
)


@pytest.fixture(autouse=True)
def neo():
    need(importlib.util.find_spec("neo"), "needs neo: pip install -e .[data]")
    return importlib.import_module("neo")


def millivolts(signal):
    return np.asarray(signal.rescale("mV"))[:, 0]


def test_a_rig_s_file_is_what_neo_reads_and_what_pyabf_read(neo):
    """A file of pCLAMP, two sweeps of a potential; every 50th sample as pyabf 2.3.8 read it."""
    told = {"current": np.zeros(2), "step": (100, 600)}
    with pytest.raises(ValueError, match=r"units must say in what the current of ramp\.abf is measured"):
        load_recording(FILES / "ramp.abf", **told)
    cell = load_recording(FILES / "ramp.abf", units={"i": "pA"}, **told)
    segments = neo.io.AxonIO(str(FILES / "ramp.abf")).read_block().segments
    assert cell.v.tolist() == np.stack([millivolts(x.analogsignals[0]) for x in segments], axis=1).tolist()
    with np.load(FILES / "ramp_pyabf.npz") as theirs:
        assert cell.v[::50] == pytest.approx(theirs["v"], rel=1e-6, abs=0)
        assert cell.dt == pytest.approx(float(theirs["dt"]), rel=1e-9, abs=0)
    assert cell.notes["abf_version"] == pytest.approx(2.6, rel=1e-6, abs=0) and cell.name == "ramp"
    one = load_recording(FILES / "ramp.abf", units={"i": "pA"}, sweeps=[1], current=[0], step=(100, 600))
    assert one.v[:, 0].tolist() == cell.v[:, 1].tolist()


def test_what_is_written_for_neo_comes_back():
    block = to_neo(CELL)
    back = load_recording(block)
    assert (back.v == V).all() and back.i == pytest.approx(I, rel=1e-12, abs=0)
    assert (back.dt, back.step, back.name, back.licence) == (0.25, (20.0, 80.0), "drawn", "none")
    assert back.notes == CELL.notes
    assert load_recording(block, sweeps=[1]).v.tolist() == V[:, 1:].tolist()
    assert load_recording(block.segments[1]).v.tolist() == V[:, 1:].tolist()

    found = load_spikes(to_neo(TRAINS))
    assert found.spikes == TRAINS.spikes and found[1:] == TRAINS[1:]
    assert load_spikes(to_neo(TRAINS.spikes)).spikes == TRAINS.spikes


def test_a_file_that_neo_writes_is_read_as_neo_reads_it(neo, tmp_path):
    """In the format of MATLAB, which needs no other package."""
    for name, thing in (("cell", CELL), ("trains", TRAINS)):
        neo.io.NeoMatlabIO(str(tmp_path / f"{name}.mat")).write_block(to_neo(thing))
    cell = load_recording(tmp_path / "cell.mat")
    theirs = neo.io.NeoMatlabIO(str(tmp_path / "cell.mat")).read_block().segments
    assert cell.v.tolist() == np.stack([millivolts(x.analogsignals[0]) for x in theirs], axis=1).tolist()
    assert cell.v.tolist() == V.tolist() and cell.step == (20.0, 80.0) and cell.notes["species"] == "mouse"
    found = load_spikes(tmp_path / "trains.mat")
    assert found.spikes == TRAINS.spikes and [x["name"] for x in found.units] == ["PV", "SST", "VIP"]
    assert [x["depth"] for x in found.units] == [1.5, 2.5, 3.5] and found.start == 2000.0


def test_nix_comes_back(neo, tmp_path):
    pytest.importorskip("nixio", reason="nixio has no wheel, so it is not among what is tested")
    for name, thing in (("cell", CELL), ("trains", TRAINS)):
        with neo.io.NixIO(str(tmp_path / f"{name}.nix"), "ow") as opened:
            opened.write_block(to_neo(thing))
    cell, found = load_recording(tmp_path / "cell.nix"), load_spikes(tmp_path / "trains.nix")
    assert cell.v.tolist() == V.tolist() and cell.step == (20.0, 80.0) and cell.notes["depth"] == 0.5
    assert found.spikes == TRAINS.spikes and found.units == TRAINS.units and found.notes["lab"] == "ours"


@pytest.mark.parametrize("seed", range(8))
def test_the_trains_that_neo_draws_for_its_own_tests_are_read(neo, seed):
    """In s or ms, from any start, unsorted, with annotations of trains and of their spikes."""
    from neo.test import generate_datasets

    random.seed(seed)
    np.random.seed(seed)  # noqa: NPY002  # which is what Neo draws from
    segment = generate_datasets.random_segment()
    trains = segment.spiketrains
    if not len(trains):
        with pytest.raises(ValueError, match="source must hold spike trains, got none"):
            load_spikes(segment)
        return
    found = load_spikes(segment)
    assert found.spikes.n_units == len(trains) == len(found.units)
    for unit, (train, about) in enumerate(zip(trains, found.units, strict=True)):
        theirs = np.sort(np.asarray(train.rescale("ms")))
        assert found.spikes[unit] + found.start == pytest.approx(theirs, rel=1e-12, abs=1e-9)
        assert {key: about[key] for key in train.annotations if key != "nix_name"} == {
            key: x for key, x in train.annotations.items() if key != "nix_name"
        }
    assert found.spikes.duration >= 0


def test_annotations_of_single_spikes_keep_their_spikes(neo):
    train = neo.SpikeTrain(
        [3.0, 1.0, 2.0], units="s", t_stop=5, array_annotations={"amplitude": [30, 10, 20]}
    )
    segment = neo.Segment()
    segment.spiketrains.append(train)
    found = load_spikes(segment)
    assert found.spikes.times.tolist() == [1000.0, 2000.0, 3000.0]
    assert found.units[0]["amplitude"].tolist() == [10, 20, 30]


def signals(neo, *parts, names=None):
    """A block with one segment, or with several, of signals of (values, unit)."""
    import quantities

    block = neo.Block()
    for part in parts:
        segment = neo.Segment()
        for k, (values, unit) in enumerate(part):
            name = names[k] if names else None
            period = quantities.Quantity(0.25, "ms")
            segment.analogsignals.append(
                neo.AnalogSignal(np.c_[values], unit, sampling_period=period, name=name)
            )
        block.segments.append(segment)
    return block


def test_units_are_converted_and_columns_say_what_is_wanted(neo):
    v, i = V[:, 1] * 1e-3, I[:, 1] * 1e3
    block = signals(neo, [(v, "V"), (i, "pA")])
    cell = load_recording(block)
    assert cell.v == pytest.approx(V[:, 1:], rel=1e-12, abs=0) and cell.step == (20.0, 80.0)
    assert cell.i == pytest.approx(I[:, 1:], rel=1e-12, abs=0) and cell.dt == 0.25
    three = signals(neo, [(V[:, 0], "mV"), (V[:, 1], "mV"), (i, "pA"), (T, "degC")], names="ABIT")
    assert load_recording(three, columns="-vi-").v.tolist() == V[:, 1:].tolist()


LONG, SHORT = [(V[:, 1], "mV"), (I[:, 1], "nA")], [(V[:90, 1], "mV"), (I[:90, 1], "nA")]
THIRD, TWO = [*LONG, (T, "degC")], [(V[:, 0], "mV"), *LONG]


def twice(neo):
    block = to_neo(TRAINS)
    block.segments += to_neo(TRAINS.spikes).segments
    return block


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (
            lambda neo: load_recording(signals(neo, LONG, SHORT)),
            "sweeps of source must have the same length and channels, got (400, 2), (90, 2): sweeps=[…]",
        ),
        (
            lambda neo: load_recording(signals(neo, THIRD, names=["v", "i", "Temp"])),
            "columns must be given, since source has a column 'Temp', which may be anything",
        ),
        (
            lambda neo: load_recording(signals(neo, TWO, names=["Vm1", "Vm2", "Im"])),
            "columns must be given, since a sweep of source has 3 channels (Vm1, Vm2, Im)",
        ),
        (lambda neo: load_recording(signals(neo, LONG[:1])), "current must be given, since source has none"),
        (
            lambda neo: load_recording(signals(neo, LONG), units={"v": "V"}),
            "units of the potential must be those of the header of source and all the same, got 'V' beside",
        ),
        (
            lambda neo: load_recording(signals(neo, LONG), 0.1),
            "dt must be that of source (0.25 ms), got 0.1",
        ),
        (
            lambda neo: load_recording(signals(neo, LONG), sweeps=[1]),
            "sweeps of source must be from 0 to 0, got [1]",
        ),
        (
            lambda neo: load_recording(V, 0.25, {"v": "mV", "i": "nA"}, current=I, sweeps=[0]),
            "sweeps must be left out for text and arrays",
        ),
        (lambda neo: load_recording(to_neo(TRAINS)), "source must hold sampled signals, got none"),
        (lambda neo: load_spikes(to_neo(CELL)), "source must hold spike trains, got none"),
        (
            lambda neo: load_spikes(twice(neo)),
            "part must be given, since source has spikes in the segments 0, 1",
        ),
        (lambda neo: load_spikes(twice(neo), 2), "part of source must be from 0 to 1, got [2]"),
        (
            lambda neo: load_spikes(to_neo(TRAINS), duration=50),
            "duration must be that of the file (100 ms), got 50",
        ),
        (lambda neo: load_spikes(to_neo(TRAINS), n_units=4), "n_units must be that of the file (3), got 4"),
        (lambda neo: to_neo([1, 2]), "source must be Spikes, a SpikeFile or a Recording, got list"),
        (lambda neo: load_spikes([1, 2]), "source must be a file, or a block or segment of Neo, got list"),
    ],
)
def test_what_can_be_read_in_two_ways_is_asked_for(neo, call, sentence):
    with pytest.raises((ValueError, TypeError), match=re.escape(sentence)):
        call(neo)


def test_a_segment_is_asked_for_by_its_number(neo):
    assert load_spikes(twice(neo), 1).spikes == TRAINS.spikes and load_spikes(twice(neo), 1).start == 0.0


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("cell.abf", "cell.abf must be a file that Neo can read, but AxonIO says"),
        ("cell.smr", "cell.smr must be a file that Neo can read, but "),
        ("cell.mat", "cell.mat must be a file that Neo can read, but "),
        ("cell.pkl", "cell.pkl must be a file that Neo can read, but a pickle is a program"),
        ("cell.xyz", "cell.xyz must have a suffix that tells its format, got '.xyz'"),
    ],
)
def test_a_file_that_is_not_what_its_suffix_says_gets_one_sentence(name, sentence, tmp_path):
    (tmp_path / name).write_bytes(bytes(range(256)) * 20)
    for read in (load_recording, load_spikes):
        with pytest.raises(ValueError, match=re.escape(sentence)):
            read(tmp_path / name)
    with pytest.raises(FileNotFoundError):
        load_spikes(tmp_path / "none.abf")
