"""Thirty odd hand-ins, drawn by a seed: nothing is lost, and whatever costs points is told in a sentence."""

import random
import re
import sys

import pytest
from classroom.hand_ins import new_class, pack
from classroom.odd_files import ODD
from classroom.toy_class import TOY, handed_out

from snnlab.course import cli
from snnlab.course.classroom.assessment import marking
from snnlab.course.classroom.key import student_variant
from snnlab.course.classroom.marks import read_mark
from snnlab.course.classroom.roster import Student
from snnlab.course.classroom.sandbox import running
from snnlab.course.classroom.sandbox.isolation import NoIsolation
from snnlab.course.classroom.sandbox.student_process import Student as Process

SEEDS = (34, 35, 36)
WAYS = {
    "moodle": "{who.name}_10{who.id}_assignsubmission_file/{name}",
    "moodle without folders": "{who.name}_10{who.id}_assignsubmission_file_{flat}",
    "canvas": "family{who.id}given{who.id}_20{who.id}_8800{who.id}_{flat}",
    "mail": "{who.id}/{name}",
}
"""Where each LMS puts a file; an id is two digits."""


class Here:
    """A student's process that is none: these cells are our own, and 30 of them start 60 processes."""

    spent = 0.0

    def __init__(self, *_):
        self.inside = Process()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None

    def addresses(self):
        return 0

    def ask(self, head, arrays, seconds):
        return self.inside.answer(head, arrays)


@pytest.fixture
def here(monkeypatch, found):
    found(TOY)
    monkeypatch.setattr(marking, "find_isolation", lambda *_: NoIsolation())
    monkeypatch.setattr(running, "StudentPipe", Here)
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])


@pytest.mark.parametrize("seed", SEEDS)
def test_thirty_odd_hand_ins(seed, tmp_path, here, capsys):
    draw = random.Random(seed)
    odd = draw.sample(ODD, 30)
    ways = [draw.choice(sorted(WAYS)) for _ in odd]
    people = [Student(f"{k}", f"Given{k} Family{k}") for k in range(10, 10 + len(odd))]
    folder = tmp_path / "class"
    key = new_class(folder, people)
    for way in WAYS:
        members = [
            (WAYS[way].format(who=who, name=name, flat=name.replace("/", "_")), data)
            for who, one, mine in zip(people, odd, ways, strict=True)
            for name, data in one.files(handed_out(key, who.id), own(key, who.id))
            if mine == way
        ]
        if members:
            assert (
                cli.main(["collect", str(pack(tmp_path / f"{way}.zip", members)), "--class", str(folder)])
                == 0
            )
    collected = capsys.readouterr().out
    assert not list(folder.glob("unmatched/*"))
    assert cli.main(["mark", str(folder), "--template", "me"]) == 0
    assert (folder / "manual-me.csv").is_file()
    for who, one in zip(people, odd, strict=True):
        check(one, who.id, read_mark(folder, who.id), collected)


def own(key, student):
    """What the file of a page is made of."""
    entry = key["students"][student]
    numbers = {**student_variant(key, student, "first"), **student_variant(key, student, "last")}
    says = {"part": key["part"], "edition": key["edition"], "student": student, "token": entry["token"]}
    return {"says": says, "numbers": numbers}


def check(odd, student, mark, collected):
    """What has come of it, in points and in words."""
    if odd.points is None:
        assert mark is None, odd.what
        (line,) = (line for line in collected.splitlines() if odd.told in line and number_of(line) == student)
        assert line.endswith("."), odd.what
        return
    entries = mark["exercises"]
    points = sum(one["points"] or 0.0 for name, one in entries.items() if name != "essay")
    assert points == odd.points, (odd.what, entries)
    assert tuple(sorted(name for name, one in entries.items() if one["needs_eye"])) in (
        tuple(sorted(odd.reads)),
        tuple(sorted(entries)) if not odd.reads else (),
    ), (odd.what, entries)
    if odd.told:
        assert any(odd.told in one["hint"] for one in entries.values()), (odd.what, entries)
    for one in entries.values():
        assert re.search(r"[.?]$", one["hint"]), odd.what


def number_of(line):
    """Whose it is: an id, or the number in a name."""
    found = re.search(r"\A(\d\d)\b|[Gg]iven(\d\d)", line)
    return (found[1] or found[2]) if found else ""


def test_each_oddity_is_drawn():
    """By one of the seeds."""
    assert {one.what for seed in SEEDS for one in random.Random(seed).sample(ODD, 30)} == {
        one.what for one in ODD
    }
