"""A class of 120 from three rosters to three gradebooks and the feedback, its points counted by hand."""

import csv
import io
import math
import re
import time
import zipfile
from collections import Counter

import numpy as np
import pytest
from classroom.forms import first_forms, forms_of, one_of
from classroom.hand_ins import pack
from classroom.marking_time import measure
from classroom.planted import GIVEN, PROGRAMS, disguised
from classroom.whole_class import (
    KINDS,
    LMS,
    RULES,
    expected_by_rules,
    given_to,
    pairs,
    people,
    planted,
    reasons_of,
    work,
)
from classroom.written_answers import MISTAKES, POOL

from snnlab.course import cli
from snnlab.course.classroom.giving_back.standings import standings
from snnlab.course.classroom.intake.receipts import read_receipts
from snnlab.course.classroom.key import read_key
from snnlab.course.classroom.marks import machine_s, read_mark
from snnlab.course.classroom.reading import find_part
from snnlab.course.other_process.worker import run_cases

PART = "part1"
COPIES = "copies the numbers of another"


def test_every_mistake_of_the_part_is_made():
    part, own = first_forms(find_part(PART)), {}
    for exercise in part.exercises:
        if not exercise.manual:
            own |= {(exercise.grade_id, one.name): 0 for one in exercise.build(exercise.draw(1)).mistakes}
    assert MISTAKES.keys() == own.keys()
    assert sum(one.points for one in part.exercises if not one.manual) == max(
        kind.points or 0 for kind in KINDS
    )


@pytest.mark.parametrize(("form", "id"), [*enumerate(forms_of(find_part(PART)["latency"]))])
def test_each_form_of_the_pool_has_an_answer_and_as_many_mistakes(form, id):
    exercise = one_of(PART, id)
    assert len(POOL) == len(find_part(PART)["latency"].forms)
    assert len(POOL[form].mistakes) == len(POOL[0].mistakes)
    for seed in range(30):
        own = exercise.draw(seed)
        for cell, reason in [
            (POOL[form].right, "right"),
            *((c, name) for name, c in POOL[form].mistakes.items()),
        ]:
            names = {"math": math, **own}
            exec(cell, names)
            assert exercise.compare(own, names["first_spike"]).reason == reason, seed


@pytest.mark.parametrize("program", [*PROGRAMS, *(disguised(one, GIVEN) for one in PROGRAMS)])
def test_planted_programs_and_their_copies_are_right(program):
    exercise = one_of(PART, "potential")
    own = exercise.draw(3)
    names = {"math": math, "np": np, **own}
    exec(program, names)
    outcomes = run_cases(names["potential"], exercise.cases(own))
    assert exercise.compare(own, outcomes).reason == "right"


def test_everybody_is_there_and_the_pairs_are_on_one_lms():
    class_ = people()
    assert Counter(one.lms for one in class_) == dict.fromkeys(LMS, 40)
    assert {one.kind for one in class_} == set(KINDS) and len({
        (one.first, one.last) for one in class_
    }) == 120
    for one in class_:
        if one.kind.does.startswith(("hands in", "copies")):
            assert class_[one.number - 1].lms == one.lms


@pytest.mark.slow
@pytest.mark.nightly
@pytest.mark.parametrize("number", [120])
def test_from_the_rosters_to_the_gradebooks(number, tmp_path, monkeypatch, isolation, capfd):
    assert isolation is not None
    monkeypatch.chdir(tmp_path)
    class_, folder = people(number), tmp_path / "class"
    on = {lms: [one for one in class_ if one.lms == lms] for lms in LMS}
    for k, lms in enumerate(LMS):
        (tmp_path / FILES[lms]).write_bytes(gradebook(lms, on[lms]))
        seed = [] if k else ["--seed", "2026"]
        assert cli.main(["assign", PART, "--roster", FILES[lms], "--out", "class", *seed]) == 0
    given = given_to(folder, read_key(folder)["students"])
    assert {one.form for one in given.values()} == set(range(len(POOL)))
    neighbours = [(given[one.id], given[class_[one.number - 1].id]) for one in does(class_, COPIES)]
    assert all(
        far(mine.expected[name], theirs.expected[name])
        for mine, theirs in neighbours
        for name in ("latency", "curtain")
    )
    capfd.readouterr()

    for lms in LMS:
        members = [
            (path(lms, one, name, attempt, *stranger), data, (2026, 11, 20 + attempt, 12, 0, 0))
            for one in on[lms]
            for name, data, attempt, *stranger in work(one, class_, given)
        ]
        pack(tmp_path / f"{lms}.zip", members)
        assert cli.main(["collect", f"{lms}.zip", "--class", "class"]) == 0
        check_report(lms, on, capfd.readouterr().out)
    receipts = read_receipts(folder)
    assert {one.id for one in receipts if one.id} == {one.id for one in class_ if one.kind.points is not None}

    start = time.monotonic()
    assert cli.main(["mark", "class", "--template", "me"]) == 0
    seconds = time.monotonic() - start
    by_hand(folder / "manual-me.csv", {one.id: one for one in class_})
    for lms in LMS:
        assert cli.main(["marks", "class", "--into", FILES[lms]]) == 0
        check_gradebook(lms, on[lms], tmp_path, {one.id: one.expected for one in on[lms]})
    assert cli.main(["feedback", "class"]) == 0
    check_marks(folder, class_, given)
    check_feedback(folder, class_)
    copies = {frozenset(both) for both in planted(class_)}
    assert len(copies) == 10
    page = (folder / "likeness.html").read_text(encoding="utf-8")
    assert {frozenset(both) for both in re.findall(r"<h3>(\S+) and (\S+): ", page)} == copies
    together = [f"together: {first.id} {second.id}" for first, second in pairs(class_)]
    (folder / "rules.txt").write_text("\n".join([*RULES, *together]), encoding="utf-8")
    assert not any(one.nothing for one in standings(folder))  # a stranger's file may be anybody's
    for one in receipts:
        if not one.id and "is not in the roster" in one.why:  # the teacher has looked at it
            (folder / one.kept).unlink()
    for lms in LMS:
        assert cli.main(["marks", "class", "--into", FILES[lms]]) == 0
        check_gradebook(
            lms, on[lms], tmp_path, {one.id: expected_by_rules(one, class_, given) for one in on[lms]}
        )
    with capfd.disabled():
        print(f"\n{number} students, {len(receipts)} files: marked in {seconds:.0f} s", end=" ")


@pytest.mark.slow
def test_the_marking_alone_can_be_timed(tmp_path, isolation):
    """Of three here; `python tests/classroom/marking_time.py` takes all, on a machine that is quiet."""
    assert isolation is not None
    found = measure(3, tmp_path)
    assert found.hand_ins == len(list((tmp_path / "class" / "marks").iterdir())) == 3
    assert found.seconds > 0 and f"{found.seconds / 3:.2f} s a hand-in" in str(found)


# --- as each LMS writes it ---

FILES = {"moodle": "moodle.csv", "canvas": "canvas.csv", "blackboard": "blackboard.xls"}
COLUMN = {
    "moodle": "Assignment: part1 (Real)",
    "canvas": "part1 (4711)",
    "blackboard": "part1 [Total Pts: 13 Score] |664617",
}
EMPTY = {"moodle": "-", "canvas": "", "blackboard": ""}


def gradebook(lms, class_):
    rows = io.StringIO(newline="")
    write = csv.writer(rows, delimiter="\t" if lms == "blackboard" else ",", lineterminator="\n").writerow
    if lms == "moodle":
        write(["First name", "Last name", "ID number", "Email address", COLUMN[lms]])
    elif lms == "canvas":
        write(["LastName", "FirstName", "ID", "SIS User ID", "SIS Login ID", "Section", COLUMN[lms]])
        write(["", "", "", "", "", "", "Manual Posting"])
        write(["    Points Possible", "", "", "", "", "", "13.00"])
    else:
        write([
            "Last Name",
            "First Name",
            "Username",
            "Student ID",
            "Last Access",
            "Availability",
            COLUMN[lms],
        ])
    for one in class_:
        mail = f"p{one.number}@uni.example"
        write(
            {
                "moodle": [one.first, one.last, one.id, mail, "-"],
                "canvas": [one.last, one.first, one.id, "", mail, "Group A", ""],
                "blackboard": [one.last, one.first, one.id, "", "", "Yes", ""],
            }[lms]
        )
    if lms == "canvas":
        write(["Student", "Test", "90999", "", "4f0c", "Group A", ""])
    return rows.getvalue().encode("utf-16" if lms == "blackboard" else "utf-8")


def path(lms, one, name, attempt, stranger=""):
    """Where the LMS puts a file; a stranger goes by the student's name, or calls a file so."""
    account = one.number + (5000 if stranger else 0)
    if lms == "moodle":
        return f"{one.first} {one.last}_{1000 + account}_assignsubmission_file/{attempt}/{name}"
    if lms == "canvas":
        late = "LATE_" if one.kind.does == "late" else ""
        who = f"{one.last}{one.first}".lower()
        return f"{who}_{late}{90001 + account}_{88000 + 2 * one.number + attempt}_{name}"
    user = f"x{account}" if stranger else one.id
    forged = f"Part 1_{one.id}_attempt_2027-01-01-10-00-00_" if stranger else ""
    return f"Part 1_{user}_attempt_2026-11-{20 + attempt}-10-00-00_{forged}{name}"


def far(mine, theirs):
    """Whether a neighbour's numbers are not by chance one's own, within the 4 % that are allowed at most."""
    mine, theirs = (one if isinstance(one, list) else [one] for one in (mine, theirs))
    return len(mine) != len(theirs) or any(
        abs(a - b) > 0.05 * abs(a) for a, b in zip(mine, theirs, strict=True)
    )


# --- what came of it ---


def does(class_, *kinds):
    return [one for one in class_ if one.kind.does in kinds]


def check_report(lms, on, out):
    """Who is absent is told of all who are in the class, in one line; what is odd is told of each."""
    lines = out.splitlines()
    done = [one for other in LMS[: LMS.index(lms) + 1] for one in on[other]]
    there = [one.id for one in done if one.kind.points is not None]
    everybody = [one.id for other in LMS for one in on[other]]
    (absent,) = (line for line in lines if line.startswith("Nothing from "))
    assert set(absent.removeprefix("Nothing from ").removesuffix(".").split(", ")) == set(everybody) - set(
        there
    )
    class_ = on[lms]
    for words, kinds in (
        (" cannot be marked. ", ("cut off", "empty", "picture that is called a notebook")),
        (
            " has not their token, may be newer and is not ",
            ("a newer one has no token", "a newer one is cut off"),
        ),
        ("plot.png is no notebook.", ("picture",)),
    ):
        for one in does(class_, *kinds):
            assert any(line.startswith(f"{one.id}: ") and words in line for line in lines), one
    late = [one.id for one in does(class_, "late")]
    if lms == "canvas" and late:
        assert f"Late: {', '.join(late)}." in lines


def by_hand(sheet, class_):
    """Somebody reads the texts; words in brackets stand where there is none."""
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    read_ = set()
    for row in rows:
        if row["exercise"] == "judgement" and not row["answer"].startswith("("):
            row["points"] = "1" if class_[row["id"]].number % 2 else "3"
            read_.add(row["id"])
    assert read_ == {id for id, one in class_.items() if one.kind.text}
    with sheet.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def check_gradebook(lms, class_, folder, expected):
    file = folder / FILES[lms]
    before, after = (table(lms, one) for one in (file, file.with_name(f"{file.stem}-filled{file.suffix}")))
    column = after[0].index(COLUMN[lms])
    who = {"moodle": 2, "canvas": 2, "blackboard": 2}[lms]
    got = {row[who]: row[column] for row in after[1:]}
    for one in class_:
        points = expected[one.id]
        assert got[one.id] == (EMPTY[lms] if points is None else f"{points:g}"), one
    for old, new in zip(before, after, strict=True):
        assert old[:column] + old[column + 1 :] == new[:column] + new[column + 1 :]


def table(lms, file):
    text = file.read_bytes().decode("utf-16" if lms == "blackboard" else "utf-8")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter="\t" if lms == "blackboard" else ","))


def check_marks(folder, class_, given):
    for one in class_:
        mark = read_mark(folder, one.id)
        assert (mark is None) == (one.kind.points is None), one
        for name, reason in reasons_of(one, given[one.id].form):
            assert machine_s(mark["exercises"][name])["reason"] == reason, one


def check_feedback(folder, class_):
    marked = [one for one in class_ if one.kind.points is not None]
    assert {file.stem for file in (folder / "feedback").glob("*.html")} == {one.id for one in marked}
    for one in marked:
        page = (folder / "feedback" / f"{one.id}.html").read_text(encoding="utf-8")
        assert f"{one.expected:g} of 13 points" in page, one
    with zipfile.ZipFile(folder / "feedback/for-the-lms.zip") as back:
        names = back.namelist()
    assert len(names) == sum(one.lms != "blackboard" for one in marked) == len(set(names))
    for one in marked:
        if one.lms == "moodle":
            assert f"{one.first} {one.last}_{1000 + one.number}_assignsubmission_file/feedback.html" in names
