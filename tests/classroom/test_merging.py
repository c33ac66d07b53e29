"""`snnlab merge`: two assistants' work comes together, and where they disagree nothing changes."""

import json
import shutil

import pytest
from classroom.hand_ins import give, new_class
from classroom.toy_class import TOY

from snnlab.course import cli
from snnlab.course.classroom.assessment import merging
from snnlab.course.classroom.giving_back.standings import standings
from snnlab.course.classroom.marks import read_by_hand, read_mark
from snnlab.course.classroom.one_at_a_time import LOCK

WORTH = {exercise.grade_id: exercise.points for exercise in TOY.exercises}


@pytest.fixture
def two(tmp_path, monkeypatch):
    """Ana has marked s1, Ben s2 and s3, each in a copy of the class."""
    monkeypatch.setattr(merging, "find_part", lambda name: TOY)
    key = new_class(tmp_path / "ana")
    shutil.copytree(tmp_path / "ana", tmp_path / "ben")
    give(tmp_path / "ana", key, "s1", 2, 3, 2, None)
    give(tmp_path / "ben", key, "s2", 0, 3, 0, None)
    give(tmp_path / "ben", key, "s3", 2, 0, 2, None)
    write(tmp_path / "ana/manual-ana.csv", "s1,essay,4,fine")
    write(tmp_path / "ben/manual-ben.csv", "s2,essay,1,why?", "s3,essay,,")
    return tmp_path / "ana", tmp_path / "ben", key


def write(file, *lines):
    file.write_text("\n".join(["id,exercise,points,comment", *lines, ""]), encoding="utf-8")


def run(folder, *others):
    return cli.main(["merge", str(folder), *map(str, others)])


def state(folder):
    return {
        file.relative_to(folder): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and file.name != LOCK
    }


def test_shares_come_together(two, capsys):
    ana, ben, _ = two
    theirs = state(ben)
    assert run(ana, ben) == 0
    assert {one.student.id: one.points for one in standings(ana)} == {"s1": 11.0, "s2": 4.0, "s3": 4.0}
    assert "New: marks of 2 students, 1 file with points by hand." in capsys.readouterr().out
    assert state(ben) == theirs
    after = state(ana)
    assert run(ana, ben) == 0 and state(ana) == after
    assert "New: marks of 0 students, 0 files" in capsys.readouterr().out


def test_files_alone_can_be_merged(two):
    ana, ben, _ = two
    assert run(ana, ben / "manual-ben.csv", ana / "manual-ana.csv") == 0
    assert read_by_hand(ana, WORTH)["s2", "essay"].by == "ben"
    assert read_mark(ana, "s2") is None


def test_points_that_differ_are_told_and_nothing_changes(two, capsys):
    ana, ben, _ = two
    write(ben / "manual-ben.csv", "s1,essay,2.5,thin", "s2,essay,1,")
    before = state(ana)
    assert run(ana, ben) == 2
    out = capsys.readouterr().out
    assert "s1, essay: 4 (" in out and "manual-ana.csv) and 2.5 (" in out and "manual-ben.csv)" in out
    assert "Nothing was changed. 1 answer has two verdicts" in out and state(ana) == before


def test_marks_that_differ_are_told(two, capsys):
    ana, ben, key = two
    give(ana, key, "s2", 2, 3, 0, None)
    before = state(ana)
    assert run(ana, ben) == 2
    assert "first: 2 (right) and 0 (right)" in capsys.readouterr().out and state(ana) == before
    give(ana, key, "s2", 0, 3, 0, None, sha="other")
    assert run(ana, ben) == 2
    assert "two different files of s2 were marked" in capsys.readouterr().out


def test_points_by_hand_in_the_marks_are_no_conflict(two):
    ana, ben, key = two
    give(ana, key, "s2", 0, 3, 0, None)
    mark = json.loads((ben / "marks/s2.json").read_text(encoding="utf-8"))
    entry = mark["exercises"]["essay"]
    mark["exercises"]["essay"] = {**entry, "points": 1, "by": "ben", "machine": entry}
    (ben / "marks/s2.json").write_text(json.dumps(mark), encoding="utf-8")
    assert run(ana, ben) == 0


def test_a_sheet_is_never_written_into(two, capsys):
    ana, ben, _ = two
    write(ben / "manual-ana.csv", "s1,essay,4,well said", "s3,essay,3,")
    mine = (ana / "manual-ana.csv").read_bytes()
    assert run(ana, ben) == 0
    assert (ana / "manual-ana.csv").read_bytes() == mine
    assert (ana / "manual-ana-2.csv").read_bytes() == (ben / "manual-ana.csv").read_bytes()
    assert read_by_hand(ana, WORTH)["s3", "essay"].points == 3
    assert "both comments are kept" in capsys.readouterr().out
    assert run(ana, ben) == 0 and not (ana / "manual-ana-3.csv").exists()


def test_three_at_once_may_disagree_among_the_others(two, tmp_path, capsys):
    ana, ben, _ = two
    write(tmp_path / "manual-cy.csv", "s3,essay,3,")
    write(ben / "manual-ben.csv", "s3,essay,2,")
    assert run(ana, ben, tmp_path / "manual-cy.csv") == 2
    assert "s3, essay: 2 (" in capsys.readouterr().out


def test_what_stands_in_the_way_is_a_sentence(two, tmp_path, capsys):
    ana, ben, key = two
    (tmp_path / "points.csv").write_text("x", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    (tmp_path / "manual-x.csv").write_text("id;points\n", encoding="utf-8")
    write(tmp_path / "manual-y.csv", "s1,essay,9,")
    for other, words in {
        "nowhere": "there is no",
        "points.csv": "must be called manual-NAME.csv",
        "empty": "is no class",
        "manual-x.csv": "lacks the column",
        "manual-y.csv": "points are a number from 0 to 4",
    }.items():
        assert run(ana, tmp_path / other) == 2
        err = capsys.readouterr().err
        assert words in err and err.count("\n") == 1
    (ben / "key.json").write_text(json.dumps({**key, "seed": 8}), encoding="utf-8")
    assert run(ana, ben) == 2
    assert "is another class" in capsys.readouterr().err


def test_marks_of_strangers_are_left_out(two, capsys):
    ana, ben, key = two
    give(ben, key, "s7", 1, 1, 1, 1)
    (ben / "marks/s3.json").write_text("{", encoding="utf-8")
    assert run(ana, ben) == 0
    out = capsys.readouterr().out
    assert out.count("is no mark of this class") == 2 and read_mark(ana, "s7") is None


def test_points_for_a_stranger_change_nothing(two, tmp_path, capsys):
    ana, _, _ = two
    write(tmp_path / "manual-cy.csv", "s3,essay,3,", "s7,essay,3,")
    before = state(ana)
    assert run(ana, tmp_path / "manual-cy.csv") == 2 and state(ana) == before
    err = capsys.readouterr().err
    assert 'gives points to "s7", and nobody in this class has that id' in err and err.count("\n") == 1
