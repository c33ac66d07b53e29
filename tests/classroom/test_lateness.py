"""Moodle's worksheets: who was late is told by that of this assignment, and by no other."""

import pytest
from classroom.hand_ins import ADA, BO, ZOE, moodle, new_class, notebook, pack
from classroom.toy_class import toy_key

from snnlab.course import cli
from snnlab.course.classroom.intake.lateness import days_late
from snnlab.course.classroom.teams import read_groups

IN_TIME = "Submitted for grading"
LATE = f"{IN_TIME} - 1 day 3 hours late"
HERE, ELSEWHERE = 1049, 7001  # the number of Ada in this assignment and in another


def worksheet(folder, first, *status, groups=False):
    """A worksheet in which Ada, Bo and Zoë have numbers that follow each other."""
    rows = [["Identifier", "Full name", "Email address", "Status", *(["Group"] if groups else [])]]
    for k, (one, said) in enumerate(zip((ADA, BO, ZOE), status, strict=False)):
        team = [f"Team {max(k, 1)}"] if groups else []
        rows.append([f"Participant {first + k}", one.name, one.email, said, *team])
    file = folder.parent / f"worksheet-{first}.csv"
    file.write_text("".join(",".join(row) + "\n" for row in rows), encoding="utf-8")
    return file


def collect(folder, file):
    return cli.main(["collect", str(file), "--class", str(folder)])


@pytest.fixture(params=["the roster", "what was handed in"])
def class_(request, tmp_path):
    """A class whose numbers are known by one of the two, and of whom Ada was late."""
    folder, people = tmp_path / "class", [ADA, BO, ZOE]
    if request.param == "the roster":
        people = [one._replace(login=f"Participant {HERE + k}") for k, one in enumerate(people)]
    key = new_class(folder, people)
    if request.param == "what was handed in":
        files = [(moodle(one), notebook(key, one)) for one in people]
        assert collect(folder, pack(tmp_path / "all.zip", files)) == 0
    assert collect(folder, worksheet(folder, HERE, LATE, IN_TIME, IN_TIME)) == 0
    assert days_late(folder) == {"s1": 2, "s2": 0, "s3": 0}
    return folder


def test_a_worksheet_that_is_collected_for_its_groups_leaves_delay_as_it_is(class_, capsys):
    other = worksheet(class_, ELSEWHERE, IN_TIME, IN_TIME, "No submission", groups=True)
    assert collect(class_, other) == 0
    assert read_groups(class_) == (("s1", "s2"),) and days_late(class_) == {"s1": 2, "s2": 0, "s3": 0}
    out = capsys.readouterr().out
    assert "is of another assignment, so its groups are taken, and nothing of who was late." in out


def test_without_groups_there_is_nothing_to_take_from_it(class_, capsys):
    assert collect(class_, worksheet(class_, ELSEWHERE, IN_TIME, IN_TIME, IN_TIME)) == 2
    said = f"is of another assignment: s1 is participant {ELSEWHERE} there, and {HERE} in what was handed out"
    assert said in capsys.readouterr().err
    assert days_late(class_) == {"s1": 2, "s2": 0, "s3": 0}


def test_a_worksheet_of_this_assignment_tells_of_groups_and_of_delay(class_, capsys):
    assert collect(class_, worksheet(class_, HERE, IN_TIME, LATE, IN_TIME, groups=True)) == 0
    assert days_late(class_) == {"s1": 0, "s2": 2, "s3": 0}
    out = capsys.readouterr().out
    assert "Other numbers of days than an earlier worksheet had: s1 2 → 0, s2 0 → 2." in out


def test_who_hands_in_through_a_second_assignment_is_late_by_its_worksheet(class_, tmp_path, capsys):
    """And nobody else: Ada's files are of the first one."""
    name = f"{BO.name}_{ELSEWHERE + 1}_assignsubmission_file/toy.ipynb"
    key = toy_key(["s1", "s2", "s3"])
    assert collect(class_, pack(tmp_path / "late.zip", [(name, notebook(key, BO, first="first = 1"))])) == 0
    assert collect(class_, worksheet(class_, ELSEWHERE, IN_TIME, LATE, "No submission")) == 0
    assert days_late(class_) == {"s1": 2, "s2": 2, "s3": 0}
    said = "Nothing taken of these, who have other numbers in this assignment: s1, s3."
    assert said in capsys.readouterr().out
