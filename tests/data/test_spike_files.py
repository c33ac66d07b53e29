"""Spikes in files of HDF5: those of SONATA and the Heidelberg digits."""

import importlib.util
import re

import numpy as np
import pytest
from needs import need

from snnlab import Spikes
from snnlab.data import load_spikes


@pytest.fixture
def written(tmp_path):
    need(importlib.util.find_spec("h5py"), "needs h5py: pip install -e .[data]")
    import h5py

    def write(groups, unit=None):
        file = tmp_path / "spikes.h5"
        with h5py.File(file, "w") as opened:
            for name, data in groups.items():
                opened[name] = data
                if unit and name.endswith("timestamps"):
                    opened[name].attrs["units"] = unit
        return file

    return write


V1 = {"spikes/v1/timestamps": [30.0, 10.0, 20.0], "spikes/v1/node_ids": np.array([0, 0, 2], np.uint64)}
LGN = {"spikes/lgn/timestamps": [5.0], "spikes/lgn/node_ids": np.array([1], np.uint64)}


@pytest.mark.parametrize(("unit", "factor"), [(None, 1), ("milliseconds", 1), ("s", 1000)])
def test_sonata(written, unit, factor):
    """Groups and names as the format's document has them; the unit of its times is ms unless it is said."""
    found = load_spikes(written(V1, unit), duration=100 * factor, n_units=4)
    assert found.spikes == Spikes(
        np.array([30, 10, 20]) * factor, [0, 0, 2], n_units=4, duration=100 * factor
    )
    assert found.notes == {"population": "v1"}


def test_which_population_is_asked_for(written):
    file = written(V1 | LGN)
    with pytest.raises(ValueError, match=r"part must be given, since spikes\.h5 has the populations lgn, v1"):
        load_spikes(file, duration=100)
    assert load_spikes(file, "lgn", duration=10).spikes == Spikes([5.0], [1], duration=10)
    with pytest.raises(ValueError, match=r"part of spikes\.h5 must be one of lgn, v1, got 'V1'"):
        load_spikes(file, "V1", duration=100)


def test_the_heidelberg_digits(written):
    """Times in s of three digits, as the data set has them: arrays of different lengths, in 16 bits."""
    import h5py

    lengths, rows = h5py.vlen_dtype(np.float16), ([0.5, 0.25], [0.125], [])
    times, units = np.empty(3, lengths), np.empty(3, h5py.vlen_dtype(np.uint16))
    for k, row in enumerate(rows):
        times[k], units[k] = np.array(row, np.float16), np.arange(len(row), dtype=np.uint16)
    groups = {"spikes/times": times, "spikes/units": units, "labels": [3, 1, 2], "extra/speaker": [9, 8, 7]}
    file = written(groups)
    found = load_spikes(file, 0, duration=1000, n_units=700)
    assert found.spikes == Spikes([500.0, 250.0], [0, 1], n_units=700, duration=1000)
    assert found.notes == {"labels": 3, "speaker": 9}
    assert load_spikes(file, 2, duration=1000).spikes.n_spikes == 0
    with pytest.raises(ValueError, match=r"part must be given, since spikes\.h5 has 3 digits: from 0 to 2"):
        load_spikes(file, duration=1000)


@pytest.mark.parametrize(
    ("groups", "unit", "sentence"),
    [
        (V1, None, "duration must be given in ms, since spikes.h5 does not say how long was looked at"),
        (V1, "furlong", "times of spikes.h5 must be in ms or s, got 'furlong'"),
        ({"cells": [1]}, None, "spikes.h5 must have a group 'spikes', got ['cells']"),
        ({"spikes": [1]}, None, "spikes.h5 must have a group 'spikes', got ['spikes']"),
        ({"spikes/v1": [1]}, None, "spikes.h5 must hold spikes of SONATA or of the Heidelberg digits, got"),
        (V1 | {"spikes/v1/node_ids": [0]}, None, "spikes.h5 must have a unit for each spike, got 1 for 3"),
    ],
)  # fmt: skip
def test_what_is_missing_is_asked_for(written, groups, unit, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        load_spikes(written(groups, unit))


def test_a_file_that_is_none_gets_one_sentence(written, tmp_path):
    file = written(V1)
    file.write_bytes(b"no")
    with pytest.raises(ValueError, match=r"spikes\.h5 must be a file of HDF5, as its suffix says"):
        load_spikes(file)
    with pytest.raises(FileNotFoundError):
        load_spikes(tmp_path / "none.h5")
