"""The teacher's page, word for word: from a clone to a filled gradebook for three made-up students.

The commands are taken from the page as they stand. The test plays the students, the LMS and the person with a
spreadsheet.
"""

import csv
import importlib.util
import json
import re
import shlex
import sys
import zipfile
from pathlib import Path

import pytest
from classroom.hand_ins import PEOPLE, canvas, moodle, pack
from tree import ROOT

from snnlab.course.classroom.key import read_key, student_variant
from snnlab.course.classroom.notebooks import solution_source
from snnlab.course.classroom.parts import find_part
from snnlab.course.classroom.roster import read_roster

PAGE = (ROOT / "book" / "teaching.md").read_text(encoding="utf-8")
WALK = PAGE.partition("## From a clone to a filled gradebook\n")[2].partition("\n## ")[0]
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", WALK, re.S) for line in block.splitlines()]
ROSTER = re.search(r"```text\n(.*?)```", WALK, re.S)[1]
SAMPLES = Path(__file__).with_name("samples")
PART = "part1"


def test_eight_commands_are_enough():
    assert 3 <= len(COMMANDS) <= 8
    assert all(command.startswith("python3 start.py ") for command in COMMANDS)


def test_the_roster_of_the_page_is_that_of_the_samples(tmp_path):
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8")
    assert read_roster(tmp_path / "roster.csv") == list(PEOPLE)


@pytest.fixture
def shell(tmp_path, monkeypatch):
    """Run a line of the page, with an environment that has everything already."""
    spec = importlib.util.spec_from_file_location("start_of_the_walk", ROOT / "start.py")
    start = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(start)
    monkeypatch.setattr(start, "is_ready", lambda extra: True)
    monkeypatch.setattr(start, "check_other_project", lambda: None)
    monkeypatch.setattr(start, "PYTHON", sys.executable)
    monkeypatch.chdir(tmp_path)

    def run(line):
        words = shlex.split(line)
        assert words[:2] == ["python3", "start.py"]
        assert start.main(words[2:]) == 0, line

    return run


def solved(notebook, part, key, student):
    """The student's own notebook with every exercise solved."""
    for cell in notebook["cells"]:
        name = cell["metadata"]["nbgrader"]["grade_id"]
        if name in key["students"][student]["exercises"]:
            exercise = part[name]
            text = (
                "Adaptive."
                if exercise.manual
                else solution_source(exercise, student_variant(key, student, name))
            )
            cell["source"] = text.splitlines(keepends=True)
    return notebook


def submissions(folder, lms):
    """What Ada, Bo and Zoë hand in, as the LMS packs it."""
    key, part = read_key(folder), find_part(PART)
    with zipfile.ZipFile(folder / f"{PART}-for-students.zip") as handed_out:
        ada = solved(json.loads(handed_out.read(f"s1/{PART}.ipynb")), part, key, "s1")
        page = handed_out.read(f"s2/{PART}.html").decode("utf-8")
    own = json.loads(re.search(r'id="own">(.*?)</script>', page)[1])
    numbers = {
        name: part[name].expected(student_variant(key, "s2", name)).tolist() for name in ("latency", "sweep")
    }
    bo = {"snnlab": 1, **own, "answers": {**numbers, "judgement": "SRM."}}
    files = [
        (f"{PART}.ipynb", json.dumps(ada)),
        (f"{PART}-s2.json", json.dumps(bo)),
        (f"{PART}.ipynb", "not a notebook"),
    ]
    return [(lms(who, name), text) for who, (name, text) in zip(PEOPLE, files, strict=True)]


@pytest.mark.slow
@pytest.mark.parametrize("lms", [moodle, canvas], ids=["moodle", "canvas"])
def test_the_walk(lms, tmp_path, shell, isolation, capfd):
    folder, exported = tmp_path / "class" / PART, (SAMPLES / f"{lms.__name__}.csv").read_bytes()
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8")
    (tmp_path / "gradebook.csv").write_bytes(exported)
    for command in COMMANDS:
        if " collect " in command:
            pack(tmp_path / "submissions.zip", submissions(folder, lms))
        shell(command)
        if " mark " in command:
            by_hand(folder / "manual-me.csv")
    said = re.search(r"Ada has (\d+) of (\d+) points, Bo (\d+) and Zoë (\d+)", PAGE).groups()
    ada, of, bo, zoe = map(int, said)
    with (tmp_path / "gradebook-filled.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    column = next(k for k, name in enumerate(rows[0]) if re.search(rf"\b{PART} (\(\d+\)|\(Real\))", name))
    who = next(k for k, name in enumerate(rows[0]) if name in ("ID number", "SIS User ID"))
    got = {row[who]: row[column] for row in rows if row[who] in ("s1", "s2", "s3")}
    assert {id: float(points) for id, points in got.items()} == {"s1": ada, "s2": bo, "s3": zoe}
    assert of == sum(exercise.points for exercise in find_part(PART).exercises)
    assert only_one_column_differs(exported, (tmp_path / "gradebook-filled.csv").read_bytes(), column)
    assert (tmp_path / "gradebook.csv").read_bytes() == exported
    with zipfile.ZipFile(folder / "feedback/for-the-lms.zip") as back:
        assert back.namelist() == [lms(person, "feedback.html") for person in PEOPLE]
    out = capfd.readouterr().out
    assert "3 of 3 students have handed in" in out and "for 3 of 3 students" in out


def by_hand(sheet):
    """Somebody opens the template in a spreadsheet: 3 points for Ada's text, 1 for Bo's."""
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {("s1", "judgement"), ("s2", "judgement")} <= {(row["id"], row["exercise"]) for row in rows}
    for row in rows:
        if row["exercise"] == "judgement" and row["id"] in ("s1", "s2"):
            row |= {"points": "3" if row["id"] == "s1" else "1", "comment": "See the lecture."}
    with sheet.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def only_one_column_differs(before, after, column):
    tables = [list(csv.reader(data.decode("utf-8-sig").splitlines())) for data in (before, after)]
    rows = zip(*tables, strict=True)
    return all(a[k] == b[k] for a, b in rows for k in range(len(a)) if k != column)
