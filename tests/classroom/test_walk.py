"""The teacher's page, word for word: from a clone to a filled gradebook for three made-up students.

The commands are taken from the page as they stand; `snnlab practice` plays the students and the LMS, and the
test the person with a spreadsheet.
"""

import csv
import importlib.util
import re
import shlex
import sys
import zipfile
from fnmatch import fnmatch
from pathlib import Path

import pytest
from classroom.hand_ins import PEOPLE, canvas, moodle
from tree import ROOT

from snnlab.course import cli
from snnlab.course.classroom.marks import read_by_hand, write_template
from snnlab.course.classroom.reading import find_part, part_names
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


def test_what_the_page_puts_beside_the_class_is_not_committed():
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    lists = set(re.findall(r"--roster (\S+\.csv)", PAGE))
    assert len(lists) == 2
    filled = {"gradebook-filled.csv", "gradebook-filled-1.csv"}
    for name in {*lists, *filled, "submissions.zip", "gradebook.csv"}:
        assert name in PAGE and any(fnmatch(f"/{name}", line) for line in ignored), name


def test_the_pages_have_the_size_that_is_told(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8")
    assert cli.main(["assign", PART, "--roster", "roster.csv"]) == 0
    one, of, megabytes = re.search(
        r"a page has ([\d.]+) MB, of which this Python is (.*?), packed.*?120 has (\d+) MB", PAGE
    ).groups()
    page = (tmp_path / f"class/{PART}/students/s1/{PART}.html").read_text(encoding="utf-8")
    packed = max(map(len, re.findall(r"[A-Za-z0-9+/=]{2000,}", page)))
    assert f"{len(page) / 1e6:.1f}" == one
    assert of == "three quarters" and round(4 * packed / len(page)) == 3
    zipped = (tmp_path / f"class/{PART}/{PART}-for-students.zip").stat().st_size
    assert round(zipped / len(PEOPLE) * 120 / 1e6) == int(megabytes)


def test_moodle_s_worksheet_as_the_page_takes_it_makes_the_zip_that_the_page_names(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path)
    rows = [f"Participant {17 + k},{one.name},{one.email},No submission" for k, one in enumerate(PEOPLE)]
    worksheet = "\n".join(["Identifier,Full name,Email address,Status", *rows])
    (tmp_path / "roster.csv").write_text(worksheet, encoding="utf-8-sig")
    assert cli.main(["assign", PART, "--roster", "roster.csv"]) == 0
    assert f"`{PART}-for-moodle.zip`" in WALK
    with zipfile.ZipFile(tmp_path / f"class/{PART}/{PART}-for-moodle.zip") as zipped:
        assert {name.split("/")[0] for name in zipped.namelist()} == {
            f"{one.name}_{17 + k}_assignsubmission_file" for k, one in enumerate(PEOPLE)
        }
    assert [one.id for one in read_roster(tmp_path / f"class/{PART}/roster.csv")] == ["ada", "bo", "zoe"]
    menu = re.search(r'"(Upload [^"]*)"', capsys.readouterr().out)[1]
    assert WALK.count(f"*{menu}*") == 2
    assert cli.main(["practice", f"class/{PART}"]) == 0
    with zipfile.ZipFile("submissions.zip") as sent:
        assert [name.split("_")[1] for name in sent.namelist()] == ["17", "18", "19"]


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


@pytest.mark.slow
@pytest.mark.parametrize("lms", [moodle, canvas], ids=["moodle", "canvas"])
def test_the_walk(lms, tmp_path, shell, isolation, capfd):
    """With what `practice` makes, and with a gradebook that has more in it."""
    assert isolation is not None
    folder = tmp_path / "class" / PART
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8")
    for command in COMMANDS:
        shell(command.replace("--lms moodle", f"--lms {lms.__name__}"))
        if " mark " in command:
            by_hand(folder / "manual-me.csv")
    check_gradebook(tmp_path, "gradebook")
    (tmp_path / "sample.csv").write_bytes((SAMPLES / f"{lms.__name__}.csv").read_bytes())
    shell("python3 start.py marks class/part1 --into sample.csv")
    check_gradebook(tmp_path, "sample")
    with (
        zipfile.ZipFile(folder / "feedback/for-the-lms.zip") as back,
        zipfile.ZipFile("submissions.zip") as sent,
    ):
        assert len(back.namelist()) == 3
        for name, answered in zip(sent.namelist(), back.namelist(), strict=True):
            assert answered == re.sub(r"part1[^/]*$", "feedback.html", name)
    half = (folder / "feedback" / "s2.html").read_text(encoding="utf-8")
    assert "The file of the page holds no answer to this." in half and "Its cell is not" not in half
    out = capfd.readouterr().out
    assert f"Both lie in {tmp_path}" in out and "judgement, 3 points:\n- 1 point: a model" in out
    assert "3 of 3 students have handed in" in out and out.count("for 3 of 3 students") == 2


def check_gradebook(folder, name):
    """The column holds what the page says, and nothing else has changed."""
    said = re.search(r"Ada has (\d+) of (\d+) points, Bo (\d+) and Zoë (\d+)", PAGE).groups()
    ada, of, bo, zoe = map(int, said)
    assert of == sum(exercise.points for exercise in find_part(PART).exercises)
    before, after = (table(folder / f"{name}{end}.csv") for end in ("", "-filled"))
    column = next(k for k, head in enumerate(after[0]) if re.search(rf"\b{PART} (\(\d+\)|\(Real\))", head))
    who = next(k for k, head in enumerate(after[0]) if head in ("ID number", "SIS User ID"))
    got = {row[who]: row[column] for row in after if row[who] in ("s1", "s2", "s3")}
    assert {id: float(points) for id, points in got.items()} == {"s1": ada, "s2": bo, "s3": zoe}
    for row, filled in zip(before, after, strict=True):
        assert [cell for k, cell in enumerate(row) if k != column] == [
            cell for k, cell in enumerate(filled) if k != column
        ]


def table(file):
    return list(csv.reader(file.read_bytes().decode("utf-8-sig").splitlines()))


def test_the_line_for_a_complaint_fits_the_sheet(tmp_path):
    line = re.search(r"\*Somebody complains\.\*.*?`(.*?)`", PAGE)[1]
    sheet = write_template(tmp_path, "me", [])
    sheet.write_text(sheet.read_text(encoding="utf-8-sig") + line + "\n", encoding="utf-8")
    worth = {exercise.grade_id: exercise.points for exercise in find_part(PART).exercises}
    (given,) = read_by_hand(tmp_path, worth, ["s2"]).values()
    assert given.points == worth["sweep"] and given.comment and not given.answer


def test_what_is_there_is_not_overwritten(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8")
    assert cli.main(["assign", PART, "--roster", "roster.csv"]) == 0
    assert cli.main(["practice", f"class/{PART}"]) == 0
    before = (tmp_path / "gradebook.csv").read_bytes()
    (tmp_path / "submissions.zip").unlink()
    assert cli.main(["practice", f"class/{PART}", "--lms", "canvas"]) == 2
    assert "gradebook.csv is here already" in capsys.readouterr().err
    assert (tmp_path / "gradebook.csv").read_bytes() == before and not Path("submissions.zip").exists()


@pytest.mark.parametrize("part", part_names())
def test_the_students_of_practice_write_about_their_own_part(part, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8")
    assert cli.main(["assign", part, "--roster", "roster.csv"]) == 0
    assert cli.main(["practice", f"class/{part}"]) == 0
    samples = [exercise.sample for exercise in find_part(part).exercises if exercise.manual]
    with zipfile.ZipFile("submissions.zip") as sent:
        notebook, page, _ = (sent.read(name).decode("utf-8") for name in sent.namelist())
    for sample in samples:
        assert sample in notebook and sample in page
    assert samples


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
