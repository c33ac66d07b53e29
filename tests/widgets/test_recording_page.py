"""A page reads the recordings that `load_recording` reads, and refuses the others in its words."""

import base64

import numpy as np
import pytest
from data import test_own_recording as known
from data.test_own_recording import FORMS, HEADER, I, T, V, written
from widgets.test_javascript_units import javascript

from snnlab.data import load_recording

AMBIGUOUS = known.test_what_is_ambiguous_is_refused_with_what_to_write.pytestmark[0].args[1]
MISREAD = known.test_what_could_be_misread_in_silence_is_refused.pytestmark[0].args[1]
TEXTS = known.test_a_file_that_is_no_table_is_refused_by_its_line.pytestmark[0].args[1]


def sent(file, asked):
    """The arguments with which the page reads a file."""
    return file.name, base64.b64encode(file.read_bytes()).decode(), asked


@pytest.fixture
def files(tmp_path):
    """Each file of the tests of `load_recording`, with what is asked for, in a folder of its own."""
    cases = []
    for k, (file, asked) in enumerate(FORMS.values()):
        if asked is None:
            file, asked = {**file, "columns": (T, V, I * 1e-3)}, {}
        cases.append((tmp_path / f"form{k}", file, asked))
    refused = [(file, asked) for file, asked, sentence in AMBIGUOUS if sentence]
    refused += [({"columns": (T, V, I), "header": HEADER} | file, asked) for file, asked, _ in MISREAD]
    for k, (file, asked) in enumerate(refused):
        if asked.get("units", known.GIVEN) == known.GIVEN:  # of others a page has no choice
            cases.append((tmp_path / f"refused{k}", file, asked))
    for folder, _, _ in cases:
        folder.mkdir()
    return [(written(folder, **file), asked) for folder, file, asked in cases]


def outcomes(cases):
    """For each file what Python says, and what the page says."""
    mine = []
    for file, asked in cases:
        try:
            mine.append(load_recording(file, **asked))
        except ValueError as error:
            mine.append(str(error))
    return zip(mine, javascript("recordingOf", [sent(file, asked) for file, asked in cases]), strict=True)


def test_each_file_is_read_or_refused_alike(files):
    read = 0
    for mine, theirs in outcomes(files):
        if isinstance(mine, str):
            assert theirs.get("refused") == mine
            continue
        read += 1
        shape = theirs["steps"], theirs["sweeps"]
        np.testing.assert_array_equal(np.reshape(theirs["v"], shape), mine.v)
        np.testing.assert_array_equal(np.reshape(theirs["i"], shape), mine.i)
        assert (theirs["dt"], tuple(theirs["step"]), theirs["name"]) == (mine.dt, mine.step, mine.name)
    assert read == len(FORMS) and len(files) > read + 25


def test_what_is_no_table_is_refused_alike(tmp_path):
    cases = []
    for k, (text, _) in enumerate(TEXTS):
        (tmp_path / str(k)).mkdir()
        file = tmp_path / str(k) / "cell.csv"
        file.write_text(text, encoding="utf-8")
        cases.append((file, {"dt": 0.1}))
    assert [theirs.get("refused") for _, theirs in outcomes(cases)] == [mine for mine, _ in outcomes(cases)]


def test_a_unit_is_guessed_aloud():
    told = javascript(
        "guessed",
        [
            ("v", V[:, 1] * 1e-3),
            ("v", V[:, 1]),
            ("i", I[:, 1]),
            ("i", I[:, 1] * 1e-3),
            ("t", T * 1e-3),
            ("t", T),
        ],
    )
    assert told == [
        ["V", "potentials from -0.065 to -0.0525625: volts?"],
        ["mV", "potentials from -65 to -52.5625: millivolts?"],
        ["pA", "currents from 0 to 100: picoamperes?"],
        ["nA", "currents from 0 to 0.1: nanoamperes?"],
        ["s", "times 0.0005 apart: seconds?"],
        ["ms", "times 0.5 apart: milliseconds?"],
    ]
