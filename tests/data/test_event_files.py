"""Recordings of event cameras, in files that others wrote and in those whose bytes are written here."""

import importlib.util
import re

import numpy as np
import pytest
from data.event_bytes import CAMERA, aedat3, digit_bytes
from needs import need

from snnlab.data import event_counts, event_spikes, load_events, load_nmnist_100


def test_aedat4_is_what_dv_processing_wrote():
    """Its writer (dv-processing 2.0.4) got 600 events of a camera of 40 by 30 pixels, drawn by this seed."""
    need(importlib.util.find_spec("aedat"), "needs aedat: pip install -e .[data]")
    rng = np.random.default_rng(7)
    t = 1_600_000_000_000_000 + np.cumsum(rng.integers(0, 300, 600))  # µs
    x, y, p = rng.integers(0, 40, 600), rng.integers(0, 30, 600), rng.integers(0, 2, 600)
    found = load_events(CAMERA)
    assert (found.width, found.height, found.size, found.notes) == (40, 30, 40, {"format": "AEDAT 4"})
    assert found.events.t.tolist() == ((t - t[0]) / 1000).tolist() and found.start == t[0] / 1000
    assert found.events.x.tolist() == x.tolist() and found.events.y.tolist() == y.tolist()
    assert found.events.brighter.tolist() == (p == 1).tolist()
    assert event_counts(found.events, found.size).sum() == 600
    assert event_spikes(found.events, found.size, pool=10).n_units == 16


def test_aedat3(tmp_path):
    """Each field at its bits; other packets and what is not valid are left out; the clock runs over."""
    first = [(127, 3, 1, 1, 2_147_483_000), (5, 126, 0, 1, 2_147_483_640), (9, 9, 1, 0, 2_147_483_647)]
    file = tmp_path / "hand.aedat"
    file.write_bytes(aedat3((1, 0, first), (0, 0, [(1, 1, 1, 1, 7)]), (1, 1, [(0, 0, 1, 1, 352)])))
    found = load_events(file)
    assert found.events.x.tolist() == [127, 5, 0] and found.events.y.tolist() == [3, 126, 0]
    assert found.events.brighter.tolist() == [True, False, True]
    assert found.events.t == pytest.approx([0.0, 0.64, 1.0], rel=1e-12, abs=1e-12)
    assert (found.start, found.size, found.notes["header"]) == (2_147_483.0, 128, ["#Format: RAW"])


def test_the_files_of_nmnist(tmp_path):
    """One of the recordings in this package, put back into the five bytes an event that it came from."""
    events = load_nmnist_100().recordings[0]
    file = tmp_path / "digit.bin"
    file.write_bytes(digit_bytes(events))
    found = load_events(file)
    assert found.events.t + found.start == pytest.approx(events.t, rel=1e-12, abs=1e-9)
    for field in ("x", "y", "brighter"):
        np.testing.assert_array_equal(getattr(found.events, field), getattr(events, field))
    late = np.array([[1, 2, 128, 0, 5], [0, 240, 0, 0, 0], [3, 4, 0, 0, 6]], np.uint8)
    file.write_bytes(late.tobytes())
    assert load_events(file).events.t == pytest.approx([0.0, 8.193], rel=1e-12, abs=1e-12)


def test_arrays_of_tonic_are_sorted_and_counted_from_the_first():
    kind = np.dtype([
        ("x", np.int16),
        ("y", np.int16),
        ("t", np.int64),
        ("p", bool),
    ])  # tonic.io.events_struct
    found = load_events(np.array([(3, 4, 9000, True), (2, 7, 7000, False)], kind))
    assert found.events.t.tolist() == [0.0, 2.0] and found.events.x.tolist() == [2, 3]
    assert found.events.brighter.tolist() == [False, True]
    assert (found.start, found.width, found.height) == (7.0, 4, 8)


@pytest.mark.parametrize(
    ("name", "raw", "sentence"),
    [
        ("a.aedat", b"#!AER-DAT2.0\r\n\0\0\0\0\0\0\0\0", "a.aedat must be of AEDAT 3.1 or 4, got 2.0, w"),
        ("a.aedat", aedat3(), "source must hold events of pixels, got none"),
        ("a.aedat", aedat3((1, 0, [(1, 1, 1, 1, 7)]))[:-3], "a.aedat must end with a whole packet, got 5 b"),
        ("a.aedat", aedat3()[:] + b"\1\0\0", "a.aedat must end with a whole packet, got 3 bytes more"),
        ("a.bin", b"\0\0\0", "a.bin must have five bytes an event, got 3 bytes"),
        ("a.txt", b"no", "a.txt must be of AEDAT, or end in .bin as the files of N-MNIST, got b'no'"),
    ],
)  # fmt: skip
def test_a_file_that_is_none_gets_one_sentence(name, raw, sentence, tmp_path):
    (tmp_path / name).write_bytes(raw)
    with pytest.raises(ValueError, match=re.escape(sentence)):
        load_events(tmp_path / name)


def test_a_torn_file_of_aedat4_gets_one_sentence(tmp_path):
    need(importlib.util.find_spec("aedat"), "needs aedat: pip install -e .[data]")
    torn = tmp_path / "torn.aedat4"
    torn.write_bytes(CAMERA.read_bytes()[:700])
    with pytest.raises(ValueError, match=r"torn\.aedat4 must be of AEDAT 4, but aedat says"):
        load_events(torn)


@pytest.mark.parametrize(
    ("array", "sentence"),
    [
        (np.zeros(3), "source must have the fields t, x, y and p, got float64"),
        (np.zeros(3, [(k, "f8") for k in "txyp"]), "source must have whole numbers of µs and pixels, shape"),
        (np.array([(0, -1, 0, 1)], [(k, "i8") for k in "txyp"]), "x and y must be from 0 on, got -1"),
        (np.zeros(0, [(k, "i8") for k in "txyp"]), "source must hold events of pixels, got none"),
    ],
)  # fmt: skip
def test_an_array_that_is_none_gets_one_sentence(array, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        load_events(array)
