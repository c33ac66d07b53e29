"""Hostile and broken work: nobody else's mark changes, nothing leaks, nothing stops, each ends in a mark.

All of it is handed in by one class, marked two at a time, with honest students among them.
"""

import contextlib
import copy
import os
import signal
import socket
import time
from pathlib import Path

import pytest
from classroom.attacks import (
    ALWAYS_EQUAL,
    BACKGROUND,
    IN_A_CALL,
    IN_A_CELL,
    LEFT,
    NETWORK,
    PATCHES,
    SPY,
)
from classroom.toy_class import RIGHT, TOY, filled, handed_out, honest, make_class
from needs import need

from snnlab.course.classroom.assessment.marking import mark_class
from snnlab.course.classroom.marks import read_mark
from snnlab.course.classroom.sandbox import isolation as isolations
from snnlab.course.classroom.sandbox.isolation import Bubblewrap
from snnlab.course.classroom.sandbox.limits import Limits
from snnlab.course.classroom.sandbox.running import Ask, Source, run

pytestmark = pytest.mark.slow

SECONDS = 7.0
LIMITS = Limits()


def broken(key, student, change):
    notebook = filled(handed_out(key, student), RIGHT)
    return change(notebook) or notebook


def without(*names):
    def change(notebook):
        notebook["cells"] = [
            cell for cell in notebook["cells"] if cell["metadata"]["nbgrader"]["grade_id"] not in names
        ]

    return change


def doubled(notebook):
    stub = copy.deepcopy(next(c for c in notebook["cells"] if c["id"] == "first"))
    stub["source"] = "first = ..."
    notebook["cells"].append(stub)


def stripped(notebook):
    for cell in notebook["cells"]:
        cell["metadata"] = {}


def version3(notebook):
    cells = [{**cell, "input": cell["source"]} for cell in notebook.pop("cells")]
    for cell in cells:
        if cell["cell_type"] == "code":
            del cell["source"]
    return {"metadata": notebook["metadata"], "nbformat": 3, "worksheets": [{"cells": cells}]}


def heavy(notebook):
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = [
                {"output_type": "display_data", "metadata": {}, "data": {"image/png": "A" * 500_000}},
                {
                    "output_type": "display_data",
                    "metadata": {},
                    "data": {"application/vnd.jupyter.widget-view+json": {}},
                },
            ]


def magic(notebook):
    for cell in notebook["cells"]:
        if cell["id"] == "first":
            cell["source"] = "%matplotlib inline\n!rm -rf /\n%time first = 2 * a\nfirst?"


def metadata(**changed):
    def change(notebook):
        notebook["metadata"]["snnlab"] |= changed

    return change


BROKEN = {  # exercise: points
    "deleted": (without("first", "first-test"), {"first": 0, "middle": 3, "last": 2}),
    "deleted-all": (without("first", "middle", "last", "essay"), {"first": 0, "middle": 0, "last": 0}),
    "no-setup": (without("setup"), {"first": 2, "middle": 3, "last": 2}),
    "doubled": (doubled, {"first": 2, "middle": 3, "last": 2}),
    "stripped": (stripped, {"first": 2, "middle": 3, "last": 2}),
    "version3": (version3, {"first": 2, "middle": 3, "last": 2}),
    "heavy": (heavy, {"first": 2, "middle": 3, "last": 2}),
    "magic": (magic, {"first": 2, "middle": 3, "last": 2}),
    "reversed": (lambda nb: nb["cells"].reverse(), {"middle": 3}),
    "edition": (metadata(edition="0+other"), {"first": 0, "middle": 0, "last": 0}),
    "stranger": (metadata(student="good0"), {"first": 0, "middle": 0, "last": 0}),
    "token": (metadata(token="0" * 16), {"first": 0, "middle": 0, "last": 0}),
    "other-part": (metadata(part="part9"), {"first": 0, "middle": 0, "last": 0}),
}

BYTES = {
    "not-json": b"{'cells': [",
    "empty": b"",
    "not-text": bytes(range(256)),
    "a-list": b"[1, 2]",
    "deep": b"[" * 100_000,
    "no-cells": b'{"metadata": {}}',
    "odd-cells": b'{"cells": {"a": 1}, "worksheets": 3}',
    "large": b'{"cells": []}' + b" " * 100 * 2**20,
}


@pytest.fixture(scope="module")
def marked(tmp_path_factory, isolation):
    """The class, after everything in it was marked."""
    folder = tmp_path_factory.mktemp("attacked") / "class"
    listening = socket.create_server(("127.0.0.1", 0))
    work = {f"good{k}": honest() for k in range(4)}
    for name, (cell, _) in IN_A_CELL.items():
        work[name] = honest(middle=cell)
    for name, (cell, _) in IN_A_CALL.items():
        work[name] = honest(middle=cell)
    for name, (change, _) in BROKEN.items():
        work[name] = lambda key, student, change=change: broken(key, student, change)
    work |= BYTES
    work["patches"] = honest(first=PATCHES)
    work["everything"] = honest(first=ALWAYS_EQUAL + "first = Everything()")
    work["lists"] = honest(first=ALWAYS_EQUAL + "first = [Everything()]", last="last = np.array(['a', None])")
    work["network"] = honest(first=NETWORK.replace("PORT", str(listening.getsockname()[1])))
    work["outside"] = honest(first=SPY.replace("FOLDER", repr(str(folder))))
    work["believed"] = lambda key, student: {
        "snnlab": 1,
        "part": "toy",
        "edition": key["edition"],
        "student": student,
        "points": 11,
        "marks": {"first": 2},
        "answers": {"first": 1.0, "last": [1e999, None], "middle": RIGHT["middle"], "points": 99},
    }
    with listening, pytest.MonkeyPatch.context() as patch:
        patch.setattr("snnlab.course.classroom.assessment.marking.find_part", lambda name: TOY)
        key = make_class(folder, work)
        assert mark_class(folder, seconds=SECONDS) == 0
    return folder, key, work


def entries(marked, student):
    folder, _, _ = marked
    mark = read_mark(folder, student)
    assert mark is not None and mark["id"] == student
    for entry in mark["exercises"].values():
        assert entry["reason"] and entry["hint"] and entry["points"] in (None, 0, 2, 3)
    return mark["exercises"]


def test_everybody_has_a_mark(marked):
    _, _, work = marked
    for student in work:
        entries(marked, student)


@pytest.mark.parametrize("student", [f"good{k}" for k in range(4)])
def test_honest_work_among_them_keeps_its_points(marked, student):
    found = entries(marked, student)
    assert {name: one["points"] for name, one in found.items()} == {
        "first": 2,
        "middle": 3,
        "last": 2,
        "essay": None,
    }
    assert found["essay"]["needs_eye"] and found["essay"]["answer"] == "Because it leaks."


@pytest.mark.parametrize("student", [*IN_A_CELL, *IN_A_CALL])
def test_an_attack_costs_its_own_exercise_and_no_other(marked, student):
    found, reasons = entries(marked, student), {**IN_A_CELL, **IN_A_CALL}[student][1]
    assert (found["first"]["points"], found["last"]["points"]) == (2, 2), found
    if reasons is not None:
        assert found["middle"]["reason"] in reasons, found["middle"]
        assert found["middle"]["points"] == (3 if reasons == {"right"} else 0)


@pytest.mark.parametrize("student", BROKEN)
def test_broken_work_gets_what_is_left_of_it(marked, student):
    found = entries(marked, student)
    for name, points in BROKEN[student][1].items():
        assert found[name]["points"] == points, found[name]


@pytest.mark.parametrize("student", BYTES)
def test_what_is_no_notebook_gets_a_reason(marked, student):
    found = entries(marked, student)
    assert {one["reason"] for one in found.values()} == {"unreadable"}
    assert all(one["points"] == 0 and one["needs_eye"] for one in found.values())


@pytest.mark.parametrize("student", ["everything", "lists", "patches"])
def test_an_object_that_equals_everything_equals_nothing_here(marked, student):
    found = entries(marked, student)
    assert found["first"]["points"] == 0
    assert found["middle"]["points"] == (3 if student != "patches" else found["middle"]["points"])


def test_the_network_is_not_there(marked):
    assert entries(marked, "network")["first"]["reason"] != "right"


def test_nothing_of_the_class_and_of_the_exercises_is_seen_and_nothing_written(marked):
    folder, _, _ = marked
    found = entries(marked, "outside")
    assert found["first"]["reason"] == "right", found["first"]
    assert not list(folder.rglob("was-here"))


def test_an_answer_of_a_page_is_compared_and_its_points_are_not_read(marked):
    found = entries(marked, "believed")
    assert [found[name]["points"] for name in ("first", "middle", "last")] == [0, 3, 0]


@pytest.mark.parametrize("student", IN_A_CALL)
def test_no_hidden_argument_and_no_expected_value_comes_back_in_words(marked, student):
    folder, key, _ = marked
    middle = read_mark(folder, student)["exercises"]["middle"]
    variant = key["students"][student]["exercises"]["middle"]["parameters"]
    hidden = [
        number for x, y in TOY["middle"].cases(variant) for number in (x, *y, *(variant["factor"] * x * y))
    ]
    words = middle["hint"] + middle["reason"] + middle["answer"]
    assert [number for number in hidden if f"{number:.3g}" in words] == []
    assert "Secret" not in words


def left_running():
    """The processes of this machine that `BACKGROUND` has started."""
    left = []
    for place in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            if place.read_bytes().endswith(f"import time; {LEFT}\0".encode()):
                left.append(int(place.parent.name))
    return left


def test_nothing_is_left_running(marked):
    assert left_running() == []


class Open(Bubblewrap):
    """Bubblewrap without some of its words: walls that are taken down."""

    def __init__(self, *words):
        super().__init__()
        self.words = words

    def wrap(self, command, limits):
        return [word for word in super().wrap(command, limits) if word not in self.words]


@pytest.fixture
def without_filter(isolation, monkeypatch):
    need(isinstance(isolation, Bubblewrap), "bubblewrap does not work here")
    monkeypatch.setattr(isolations, "_entrance", lambda: ["bwrap"])


def test_what_starts_a_process_is_refused_and_where_it_is_not_the_process_ends(isolation, without_filter):
    """The second wall alone: all processes of the sandbox end with it."""
    came = run([Source(f"{BACKGROUND}\nstarted = 1.0", "a")], [Ask("a", "started")], LIMITS, Open())
    assert came.cells == {}  # else it was refused
    end = time.monotonic() + 5  # the kernel ends them after the first
    while (left := left_running()) and time.monotonic() < end:
        time.sleep(0.05)
    for process in left:
        os.kill(process, signal.SIGTERM)
    assert left == []


def test_out_here_the_process_is_left_and_seen(bare):
    """The control: else nothing would be found where something is left."""
    came = run([Source(f"{BACKGROUND}\nstarted = 1.0", "a")], [Ask("a", "started")], LIMITS, bare)
    left = left_running()
    for process in left:
        os.kill(process, signal.SIGTERM)
    assert came.cells == {} and len(left) == 1


@pytest.mark.parametrize("namespace", [True, False])
@pytest.mark.parametrize("filtered", [True, False])
def test_each_of_two_walls_keeps_the_network_away_and_without_both_it_is_there(
    isolation, monkeypatch, filtered, namespace
):
    need(isinstance(isolation, Bubblewrap), "bubblewrap does not work here")
    if not filtered:
        monkeypatch.setattr(isolations, "_entrance", lambda: ["bwrap"])
    way = Open() if namespace else Open("--unshare-net")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        attack = NETWORK.replace("PORT", str(listening.getsockname()[1]))
        code = f"a, first = 2.0, 0.0\n{attack}"
        came = run([Source(code, "a")], [Ask("a", "first")], LIMITS, way)
    assert came.answers["a"].replies[0].value == (0.0 if filtered or namespace else 4.0), came
