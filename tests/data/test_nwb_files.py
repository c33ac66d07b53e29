"""Files of NWB that pynwb makes are read as pynwb and Neo read them; what is written for NWB comes back."""

import datetime
import importlib
import importlib.util
import re

import numpy as np
import pytest
from needs import need

from snnlab import Spikes
from snnlab.data import load_recording, load_spikes, write_nwb
from snnlab.data.annotated import SpikeFile
from snnlab.data.recording import Recording

WHEN = datetime.datetime(2026, 1, 31, 12, tzinfo=datetime.UTC)
T = np.arange(400) * 0.25  # ms
V = np.stack([-65.0 - 5.0 * (T > 20), -65.0 + 0.125 * T], axis=1)
I = np.where((T >= 20) & (T < 80), 1.0, 0.0)[:, None] * [-0.05, 0.1]  # nA  # noqa: E741
CELL = Recording(V, I, 0.25, (20.0, 80.0), "drawn", "none", {"species": "mouse"})
TRAINS = SpikeFile(
    Spikes([30.5, 10.25, 20.0, 90.0], [0, 0, 2, 2], n_units=3, duration=100),
    ({"name": "PV", "depth": 1.5}, {"name": "SST", "depth": 2.5}, {"name": "VIP", "depth": 3.5}),
    2000.0,
    {"lab": "ours"},
)


@pytest.fixture(autouse=True)
def pynwb():
    need(importlib.util.find_spec("pynwb"), "needs pynwb: pip install -e .[data]")
    return importlib.import_module("pynwb")


@pytest.fixture
def session(pynwb, tmp_path):
    """A file of NWB to which pynwb adds something, and what writes it."""
    file = pynwb.NWBFile("a session", "s1", WHEN, experimenter=["Hodgkin"], lab="Plymouth")

    def write():
        with pynwb.NWBHDF5IO(str(tmp_path / "their.nwb"), "w") as opened:
            opened.write(file)
        return tmp_path / "their.nwb"

    return file, write


def test_spikes_are_those_that_pynwb_and_neo_read(pynwb, session):
    file, write = session
    rng = np.random.default_rng(1)
    trains = [np.sort(rng.uniform(1.0, 3.0, n)) for n in (5, 0, 40)]
    file.add_unit_column("area", "where it was")
    for train, area in zip(trains, ("V1", "V1", "LGN"), strict=True):
        file.add_unit(spike_times=train, obs_intervals=[[0.5, 3.5]], area=area)
    path = write()
    found = load_spikes(path)
    assert (found.spikes.n_units, found.spikes.duration, found.start) == (3, 3000.0, 500.0)
    assert [about["area"] for about in found.units] == ["V1", "V1", "LGN"]
    assert (found.notes["experimenter"], found.notes["lab"]) == (("Hodgkin",), "Plymouth")
    with pynwb.NWBHDF5IO(str(path), "r") as opened:
        theirs = [np.asarray(opened.read().units["spike_times"][k]) for k in range(3)]
    for unit, train in enumerate(theirs):
        assert found.spikes[unit] + found.start == pytest.approx(1000 * train, rel=1e-12, abs=1e-9)
    need(importlib.util.find_spec("neo"), "needs neo: pip install -e .[data]")
    block = importlib.import_module("neo").io.NWBIO(str(path)).read()[0]
    for unit, train in enumerate(block.segments[0].spiketrains):
        theirs = np.asarray(train.rescale("ms"))
        assert found.spikes[unit] + found.start == pytest.approx(theirs, rel=1e-12, abs=1e-9)


def test_how_long_was_looked_at_is_asked_for_where_nothing_says_it(session):
    file, write = session
    file.add_unit(spike_times=[0.25, 0.5])
    path = write()
    with pytest.raises(
        ValueError, match=r"duration must be given in ms, since their\.nwb does not say .* 500 ms"
    ):
        load_spikes(path)
    assert load_spikes(path, duration=800).spikes == Spikes([250.0, 500.0], duration=800)
    with pytest.raises(ValueError, match="times must be from 0 to duration"):
        load_spikes(path, duration=400)


def clamped(pynwb, file, k, *, unit=1.0, numbered=True):
    device = file.devices.get("amplifier") or file.create_device(name="amplifier")
    electrode = file.icephys_electrodes.get("e1") or file.create_icephys_electrode(
        name="e1", description="sharp", device=device, location="V1"
    )
    shared = {"electrode": electrode, "rate": 4000.0, "gain": 1.0, "starting_time": 0.5 * k}
    if numbered:
        shared["sweep_number"] = np.uint32(7 - k)  # in the other order
    response = pynwb.icephys.CurrentClampSeries(
        name=f"v{k}", data=V[:, k] / 1e3, conversion=unit, bias_current=1e-12, **shared
    )
    stimulus = pynwb.icephys.CurrentClampStimulusSeries(name=f"i{k}", data=I[:, k] / 1e9, **shared)
    return electrode, response, stimulus


@pytest.mark.filterwarnings("ignore:.*[sS]weep:DeprecationWarning")
@pytest.mark.parametrize("joined", ["by the table", "by numbers", "alone"])
def test_sweeps_in_current_clamp_are_those_of_pynwb(pynwb, session, joined):
    """The series are in volts and amperes; their order is that of the table, or of the sweeps' numbers."""
    file, write = session
    for k in range(1 if joined == "alone" else 2):
        electrode, response, stimulus = clamped(pynwb, file, k, numbered=joined == "by numbers")
        if joined == "by the table":
            file.add_intracellular_recording(electrode=electrode, stimulus=stimulus, response=response)
        else:
            file.add_acquisition(response)
            file.add_stimulus(stimulus)
    cell = load_recording(write())
    order = {"by the table": [0, 1], "by numbers": [1, 0], "alone": [0]}[joined]
    assert cell.v == pytest.approx(V[:, order], rel=1e-12, abs=0)
    assert cell.i == pytest.approx(I[:, order], rel=1e-12, abs=0)
    assert (cell.dt, cell.step) == (0.25, (20.0, 80.0))
    assert cell.notes["location"] == "V1" and cell.notes["bias_current"] == 1e-12


def test_without_a_stimulus_the_current_is_asked_for(pynwb, session):
    file, write = session
    file.add_acquisition(clamped(pynwb, file, 1)[1])
    path = write()
    with pytest.raises(ValueError, match=r"current must be given, since their\.nwb has none"):
        load_recording(path)
    cell = load_recording(path, units={"i": "nA"}, current=I[:, 1])
    assert cell.v == pytest.approx(V[:, 1:], rel=1e-12, abs=0)
    with pytest.raises(ValueError, match=r"sweeps of their\.nwb must be from 0 to 0, got \[3\]"):
        load_recording(path, sweeps=[3])


def test_what_is_written_comes_back(tmp_path):
    about = {"session_start": WHEN, "description": "drawn by hand"}
    write_nwb(tmp_path / "cell.nwb", CELL, **about)
    cell = load_recording(tmp_path / "cell.nwb")
    assert cell.v.tolist() == V.tolist() and cell.i == pytest.approx(I, rel=1e-12, abs=0)
    assert (cell.dt, cell.step, cell.name, cell.licence) == (0.25, (20.0, 80.0), "drawn", "none")
    assert (cell.notes["species"], cell.notes["session_description"]) == ("mouse", "drawn by hand")
    assert load_recording(tmp_path / "cell.nwb", sweeps=[1]).v.tolist() == V[:, 1:].tolist()

    write_nwb(tmp_path / "trains.nwb", TRAINS, **about)
    found = load_spikes(tmp_path / "trains.nwb")
    assert found.spikes.times == pytest.approx(TRAINS.spikes.times, rel=1e-12, abs=1e-9)
    assert found.spikes.units.tolist() == TRAINS.spikes.units.tolist()
    assert (found.units, found.start, found.notes["lab"]) == (TRAINS.units, 2000.0, "ours")
    assert found.notes["session_start_time"] == WHEN
    write_nwb(tmp_path / "trains.nwb", found, **about)  # what was read is written again
    assert load_spikes(tmp_path / "trains.nwb").units == TRAINS.units


@pytest.mark.parametrize(
    ("name", "source", "more", "sentence"),
    [
        ("x.h5", TRAINS, {}, "path must end in .nwb, got 'x.h5'"),
        ("x.nwb", [1.0], {}, "source must be Spikes, a SpikeFile or a Recording, got list"),
        ("x.nwb", TRAINS, {"session_start": "today"}, "session_start must be a datetime, got str"),
        (
            "x.nwb",
            TRAINS,
            {"session_start": datetime.datetime(2026, 1, 31)},
            "session_start must have a time",
        ),
        (
            "x.nwb",
            TRAINS._replace(units=({"a": 1}, {"a": "b"}, {})),
            {},
            "units[…]['a'] must be a text in all units or a number in all, got 'b'",
        ),
    ],
)
def test_what_cannot_be_written_gets_one_sentence(name, source, more, sentence, tmp_path):
    about = {"session_start": WHEN, "description": "drawn by hand"} | more
    with pytest.raises((ValueError, TypeError), match=re.escape(sentence)):
        write_nwb(tmp_path / name, source, **about)


def test_a_file_that_is_none_gets_one_sentence(session, tmp_path):
    (tmp_path / "bad.nwb").write_bytes(bytes(range(256)) * 20)
    for read in (load_recording, load_spikes):
        with pytest.raises(ValueError, match=r"bad\.nwb must be a file of NWB 2, but pynwb says"):
            read(tmp_path / "bad.nwb")
    path = session[1]()
    with pytest.raises(ValueError, match=r"their\.nwb must hold units with spike times, got none"):
        load_spikes(path)
    with pytest.raises(ValueError, match="part must be left out, since NWB has one table of units, got 1"):
        load_spikes(path, 1)
