"""A class of eight by the commands of the teacher's page alone: a pair, a late file, a complaint, a regrade.

The part is the toy one, of 2, 3, 2 and 4 points, and the points that are expected are counted by hand.
"""

import csv
import json
import re
import shlex
import zipfile

import pytest
from classroom.corrected import with_number
from classroom.hand_ins import pack
from classroom.toy_class import RIGHT, filled
from tree import ROOT

from snnlab.course import cli
from snnlab.course.classroom.handout import assigning

PAGE = (ROOT / "book" / "teaching.md").read_text(encoding="utf-8")
NAMES = ("Ada Lovelace", "Bo Ek", "Cy Young", "Di Mond", "Ed Ward", "Fay Wray", "Gus Grau", "Hal Ford")
TEAMS = (1, 2, 3, 3, 4, 5, 6, 7)
FIRST = {"bo": "first = 2.1 * a", "fay": "first = 3 * a"}
TEXTS = {"ada": 4, "bo": 3, "cy": 2, "ed": 4, "fay": 1, "hal": 0}
HEAD = "Identifier,Full name,Email address,Status,Group\n"


def id_of(name):
    return name.split()[0].lower()


def worksheet(late=()):
    rows = []
    for k, (name, team) in enumerate(zip(NAMES, TEAMS, strict=True)):
        nothing = not late or id_of(name) == "gus"
        status = "No submission" if nothing else "Submitted for grading"
        status += " - 3 hours late" if id_of(name) in late else ""
        rows.append(f"Participant {17 + k},{name},{id_of(name)}@uni.example,{status},Team {team}\n")
    return HEAD + "".join(rows)


@pytest.fixture
def run(tmp_path, monkeypatch, use):
    """A command as it stands on the page, or in a sentence of it, for the toy part."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(assigning, "student_page", lambda *_: "")  # of the toy there is none

    def run(command):
        assert re.search(rf"(^|`){re.escape(command)}(`|$)", PAGE, re.MULTILINE), command
        words = shlex.split(command.removeprefix("python3 start.py ").replace("part1", "toy"))
        assert cli.main(words) == 0, command

    return run


def hand_in(folder):
    """What Moodle gives out: a folder for each student, and in those of a team the same file."""
    members = []
    for k, (name, team) in enumerate(zip(NAMES, TEAMS, strict=True)):
        writer = "cy" if team == 3 else id_of(name)
        given = json.loads((folder / f"class/toy/students/{writer}/toy.ipynb").read_text(encoding="utf-8"))
        own = {"first": FIRST[writer]} if writer in FIRST else {}
        data = json.dumps(filled(given, {**RIGHT, **own})).encode("utf-8")
        if writer != "gus":
            members.append((f"Team {team}-{name}_{17 + k}_assignsubmission_file/toy.ipynb", data))
    pack(folder / "submissions.zip", members)


def read_texts(sheet):
    """A person writes points into the sheet, all but its other cells."""
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    assert {row[0] for row in rows} == TEXTS.keys()
    with sheet.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *([*row[:2], TEXTS[row[0]], *row[3:]] for row in rows)])


def gradebook(file):
    with file.open(encoding="utf-8", newline="") as opened:
        return {id_of(row["Full name"]): row["Assignment: toy (Real)"] for row in csv.DictReader(opened)}


def test_a_class_of_eight(run, use, tmp_path, capsys):
    folder = tmp_path / "class/toy"
    (tmp_path / "roster.csv").write_text(worksheet(), encoding="utf-8")
    run("python3 start.py assign part1 --roster roster.csv")
    hand_in(tmp_path)
    rows = [f"{name},{id_of(name)}@uni.example,-\n" for name in NAMES]
    head = "Full name,Email address,Assignment: toy (Real)\n"
    (tmp_path / "gradebook.csv").write_text(head + "".join(rows), encoding="utf-8")
    run("python3 start.py collect submissions.zip --class class/part1")
    assert len(list(folder.glob("unmatched/*"))) == 1  # of whom nobody has said yet that they are a pair
    (tmp_path / "worksheet.csv").write_text(worksheet(late=["ed"]), encoding="utf-8")
    run("python3 start.py collect worksheet.csv --class class/part1")
    assert not list(folder.glob("unmatched/*"))
    run("python3 start.py mark class/part1 --template me")
    assert (folder / "reading-me.html").is_file()
    read_texts(folder / "manual-me.csv")
    wanted = ["late: 10 % a day", "nothing: 0"]
    assert all(f"\n{line}\n" in PAGE for line in wanted)
    (folder / "rules.txt").write_text("\n".join(wanted), encoding="utf-8")
    run("python3 start.py marks class/part1 --into gradebook.csv")
    run("python3 start.py feedback class/part1")
    first = {"ada": "11", "bo": "8", "cy": "9", "di": "9", "ed": "9.9", "fay": "6", "gus": "0", "hal": "7"}
    assert gradebook(tmp_path / "gradebook-filled.csv") == first
    with zipfile.ZipFile(folder / "feedback/for-the-lms.zip") as back:
        assert {name.split("_")[1] for name in back.namelist()} == {"17", "18", "19", "20", "21", "22", "24"}

    with (folder / "manual-me.csv").open("a", encoding="utf-8") as sheet:  # Fay complains, and is right
        sheet.write("fay,first,2,,You typed a comma,,\n")
    use(with_number("first", tolerance=0.1))  # and of Bo the exercise wanted too much
    capsys.readouterr()
    run("python3 start.py regrade class/part1")
    assert "bo" in capsys.readouterr().out
    assert "add `--write`" in PAGE and cli.main(["regrade", "class/toy", "--write"]) == 0
    (tmp_path / "gradebook.csv").write_bytes((tmp_path / "gradebook-filled.csv").read_bytes())
    run("python3 start.py marks class/part1 --into gradebook.csv")
    run("python3 start.py feedback class/part1")
    assert gradebook(tmp_path / "gradebook-filled.csv") == first | {"bo": "10", "fay": "8"}
    assert "Another number stood there before: bo 8 → 10, fay 6 → 8." in capsys.readouterr().out
    pages = {id: (folder / f"feedback/{id}.html").read_text(encoding="utf-8") for id in ("bo", "di", "fay")}
    assert "Judged anew since. Before, this was 0 of 2 points" in pages["bo"]
    assert "Handed in by Cy Young, for you together." in pages["di"]
    assert "You typed a comma" in pages["fay"] and "Read by me." in pages["fay"]
