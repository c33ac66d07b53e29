"""Event cameras and the Heidelberg digits are read as tonic reads them."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest
from data.event_bytes import write_event_files, write_heidelberg
from needs import need

from snnlab.data import load_events, load_spikes

pytestmark = pytest.mark.reference

RECORDED = Path(__file__).parents[1] / "reference" / "tonic_events.npz"


@pytest.fixture(scope="module")
def theirs():
    with np.load(RECORDED) as opened:
        return dict(opened)


@pytest.mark.parametrize("name", ["camera", "digit", "gesture"])
def test_events_are_those_of_tonic(name, theirs, tmp_path):
    if name == "camera":
        need(importlib.util.find_spec("aedat"), "needs aedat: pip install -e .[data]")
    found = load_events(write_event_files(tmp_path)[name])
    x, y, t, p = (theirs[f"{name}_{key}"] for key in "xytp")
    order = np.argsort(t, kind="stable")  # ours come sorted
    assert t.size > 100
    np.testing.assert_array_equal(found.events.x, x[order])
    np.testing.assert_array_equal(found.events.y, y[order])
    np.testing.assert_array_equal(found.events.brighter, p[order] == 1)
    assert 1000 * (found.events.t + found.start) == pytest.approx(t[order], rel=1e-12, abs=1e-6)


@pytest.mark.parametrize("digit", range(3))
def test_a_heidelberg_digit_is_that_of_tonic(digit, theirs, tmp_path):
    """Tonic cuts times to whole microseconds."""
    need(importlib.util.find_spec("h5py"), "needs h5py: pip install -e .[data]")
    found = load_spikes(write_heidelberg(tmp_path / "digits.h5"), digit, duration=1001.0, n_units=700)
    t, x = theirs[f"heidelberg{digit}_t"], theirs[f"heidelberg{digit}_x"]
    mine = sorted(zip(found.spikes.times, found.spikes.units, strict=True))
    other = sorted(zip(t / 1000, x, strict=True))
    assert [unit for _, unit in mine] == [unit for _, unit in other]
    late = 1000 * (np.array([time for time, _ in mine]) - [time for time, _ in other])
    assert (late > -1e-6).all() and (late < 1 + 1e-6).all()
    assert found.notes["labels"] == theirs["heidelberg_labels"][digit]
