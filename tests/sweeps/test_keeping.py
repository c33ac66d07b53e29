"""The file of a sweep: what is read from it, what is computed anew, and who may write."""

import functools
import json
import os
from pathlib import Path

import numpy as np
import pytest

from snnlab.sweeps import sweep
from snnlab.sweeps.grid import checked_axes
from snnlab.sweeps.keeping import Keeper
from snnlab.sweeps.point import Task

AXIS = {"i": [1.0, 2.0, 3.0]}


def tenfold(i, log):
    with Path(log).open("a", encoding="utf-8") as file:
        file.write(f"{i!r}\n")
    return 10.0 * i


class Place:
    """A file of a sweep, and a log of which points were computed."""

    def __init__(self, folder):
        self.keep, self.log = folder / "k.jsonl", folder / "log"
        self.function = functools.partial(tenfold, log=str(self.log))

    def sweep(self, axes=AXIS):
        return sweep(self.function, axes, keep=self.keep, cores=1, progress=False).values.tolist()

    def computed(self):
        """What was computed since one asked last."""
        lines = self.log.read_text(encoding="utf-8").split() if self.log.exists() else []
        self.log.unlink(missing_ok=True)
        return [float(line) for line in lines]


@pytest.fixture
def place(tmp_path):
    made = Place(tmp_path)
    assert made.sweep() == [10.0, 20.0, 30.0] and made.computed() == AXIS["i"]
    return made


@pytest.mark.parametrize(
    "damaged",
    [
        '{"point": 1, "shape": [], "value": "abc"}',
        '{"point": 1, "shape": [], "value": {"a": 1}}',
        '{"point": 1, "shape": [2], "value": [[1], [1, 2]]}',
        '{"point": 1, "shape": [], "value": null}',
        '{"point": 1, "shape": [], "value": true}',
        '{"point": 1, "shape": [], "value": ' + 400 * "9" + "}",
        '{"point": 1, "shape": [], "value": ' + 5000 * "9" + "}",
        '{"point": 1, "shape": [2], "value": [1.0, 2.0]}',
        '{"point": 1, "shape": [3], "value": [1.0, 2.0]}',
        '{"point": 1, "shape": [], "value": []}',
        '{"point": 1, "shape": "", "value": []}',
        '{"point": 1, "shape": [0, -1], "value": []}',
        '{"point": 1, "value": 5.0}',
        '{"point": true, "shape": [], "value": 5.0}',
        '{"point": 1.0, "shape": [], "value": 5.0}',
        '{"point": [1], "shape": [], "value": 5.0}',
        '{"point": 3, "shape": [], "value": 5.0}',
        '{"point": -2, "shape": [], "value": 5.0}',
        100_000 * "[",
        "[1]",
        "",
        '{"point": 1, "va\0\0\0',
    ],
)
def test_a_damaged_line_costs_its_point(place, damaged):
    head, zero, _, two, end = place.keep.read_text(encoding="utf-8").split("\n")
    place.keep.write_text("\n".join([head, zero, damaged, two, end]), encoding="utf-8")
    assert place.sweep() == [10.0, 20.0, 30.0] and place.computed() == [2.0]
    assert place.sweep() == [10.0, 20.0, 30.0] and place.computed() == []


def test_a_file_of_another_version_is_refused(place):
    head, lines = place.keep.read_text(encoding="utf-8").split("\n", 1)
    for version in (1, 3, "2", True, None):
        other = json.dumps(json.loads(head) | {"snnlab.sweep": version})
        place.keep.write_text(f"{other}\n{lines}", encoding="utf-8")
        with pytest.raises(ValueError, match="which another version of snnlab wrote: delete it"):
            place.sweep()


@pytest.mark.parametrize(("one", "other"), [([True, False], [1, 0]), ([1, 2], [1.0, 2.0])])
def test_one_is_neither_true_nor_a_float(one, other, place):
    place.keep.unlink()
    place.sweep({"i": one})
    with pytest.raises(ValueError, match="whose grid is another one"):
        place.sweep({"i": other})


@pytest.mark.parametrize("old", [True, False])
def test_who_comes_second_is_told_so_and_the_first_loses_nothing(place, old):
    if not old:
        place.keep.unlink()
    task = Task(place.function, checked_axes(AXIS), False, 1)
    first = Keeper(place.keep, task)
    before = place.keep.read_bytes()
    with pytest.raises(ValueError, match="keep must be a file that no other sweep writes, got "):
        place.sweep()
    assert place.keep.read_bytes() == before
    first.add(0, np.asarray(7.0))
    first.close()
    assert place.sweep() == [7.0, 20.0, 30.0]


@pytest.mark.parametrize("shape", [(0,), (2, 0, 3), (1, 2)])
def test_an_array_comes_back_in_its_shape(tmp_path, shape):
    for _ in range(2):
        found = sweep(lambda i: np.zeros(shape), AXIS, keep=tmp_path / "k", cores=1, progress=False)
        assert found.values.shape == (3, *shape)


def test_a_place_that_keeps_nothing_is_no_fault():
    assert sweep(lambda i: i, AXIS, keep=os.devnull, cores=1, progress=False).failures == ()
