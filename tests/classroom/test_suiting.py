"""What judges is what has judged: the package around the exercises, and what is right for each student."""

import dataclasses

import numpy as np
import pytest
from classroom.corrected import with_number
from classroom.toy_class import TOY, number_exercise

from snnlab.course import cli
from snnlab.course.classroom.assessment.suiting import judged_otherwise, refuse_other_exercises
from snnlab.course.classroom.giving_back.standings import standings
from snnlab.course.classroom.key import make_key, read_key, write_key
from snnlab.course.classroom.marks import read_mark
from snnlab.course.classroom.parts import pool
from snnlab.course.errors import CommandError

BEFORE = {"snnlab/random.py": "1", "snnlab/spikes.py": "2", "snnlab/checks.py": "3", "snnlab/records.py": "4"}
AFTER = {**BEFORE, "snnlab/spikes.py": "9"}


def part(edition, course, tolerance=0.01):
    exercises = with_number("first", tolerance=tolerance).exercises
    return dataclasses.replace(TOY, edition=edition, course=course, exercises=exercises)


def judged_by(folder, edition, course):
    """The class, as if it had been handed out and judged by an edition that knows the course around it."""
    key = read_key(folder)
    write_key(folder, {**key, "judgement": edition, "course": course})
    for student in key["students"]:
        file = folder / "marks" / f"{student}.json"
        file.write_text(file.read_text(encoding="utf-8").replace("1+toy", edition), encoding="utf-8")


def marks(folder):
    return {one.student.id: one.points for one in standings(folder)}


def test_a_change_of_the_course_beside_the_exercises_stops_the_marking_and_is_named(class_, use, capsys):
    judged_by(class_, "1+toy-a", BEFORE)
    use(part("1+toy-a", BEFORE))
    assert cli.main(["mark", str(class_)]) == 0
    capsys.readouterr()
    use(part("1+toy-b", AFTER))
    assert cli.main(["mark", str(class_)]) == 2
    err = capsys.readouterr().err
    assert "the course has changed since it judged this class, beside the exercises (snnlab/spikes.py)" in err
    assert f"`snnlab regrade {class_} --keep`" in err and err.count("\n") == 1
    use(part("1+toy-c", {}))
    assert cli.main(["mark", str(class_)]) == 2
    assert "(snnlab/checks.py, snnlab/random.py, snnlab/records.py and 1 more)" in capsys.readouterr().err


def test_regrade_shows_whom_a_change_of_the_course_changes(class_, use, capsys):
    judged_by(class_, "1+toy-a", BEFORE)
    use(part("1+toy-b", AFTER, tolerance=0.1))  # as if the judge were more lenient
    assert cli.main(["regrade", str(class_)]) == 0
    assert "s1: 5 → 7 of 11." in capsys.readouterr().out
    assert cli.main(["regrade", str(class_), "--write"]) == 0
    assert marks(class_) == {"s0": 7, "s1": 7, "s2": 5} and read_key(class_)["course"] == AFTER
    assert cli.main(["mark", str(class_)]) == 0


def test_who_knows_that_it_changes_nobody_keeps_all_marks(class_, use, capsys):
    judged_by(class_, "1+toy-a", BEFORE)
    before = {student: read_mark(class_, student) for student in ("s0", "s1", "s2")}
    use(part("1+toy-b", AFTER))
    assert cli.main(["regrade", str(class_), "--keep"]) == 0
    assert "Kept the marks of 3 students" in capsys.readouterr().out
    for student, mark in before.items():
        assert read_mark(class_, student) == {**mark, "edition": "1+toy-b", "kept": ["1+toy-a"]}
    key = read_key(class_)
    assert (key["edition"], key["judgement"], key["course"]) == ("1+toy", "1+toy-b", AFTER)
    assert cli.main(["mark", str(class_)]) == 0 and marks(class_) == {"s0": 7, "s1": 5, "s2": 5}
    assert "Marked before and not changed since: 3." in capsys.readouterr().out
    assert cli.main(["regrade", str(class_), "--keep"]) == 2
    assert "nothing has changed" in capsys.readouterr().err


def test_keeping_that_was_interrupted_is_finished_by_the_same_command(class_, use, monkeypatch):
    judged_by(class_, "1+toy-a", BEFORE)
    use(part("1+toy-b", AFTER))
    with monkeypatch.context() as patch:
        patch.setattr("snnlab.course.classroom.assessment.regrading.write_key", _interrupted)
        assert cli.main(["regrade", str(class_), "--keep"]) == 130
    assert read_key(class_)["judgement"] == "1+toy-a"
    assert cli.main(["regrade", str(class_), "--keep"]) == 0
    assert marks(class_) == {"s0": 7, "s1": 5, "s2": 5}
    assert read_mark(class_, "s0")["kept"] == ["1+toy-a"]


def _interrupted(*_):
    raise KeyboardInterrupt


def with_solution(edition, course, factor):
    """The part, in which another number is right for "first"."""

    def build(variant):
        return dataclasses.replace(TOY["first"].build(variant), solution=factor * variant["a"])

    first = dataclasses.replace(TOY["first"], build=build)
    return dataclasses.replace(TOY, edition=edition, course=course, exercises=(first, *TOY.exercises[1:]))


def test_nobody_keeps_what_is_not_the_same(class_, use, capsys):
    judged_by(class_, "1+toy-a", BEFORE)
    for other, said in (
        (part("2+toy-b", AFTER), "the exercises themselves have changed"),
        (with_solution("1+toy-b", AFTER, 3.0), "for s0, first was "),
    ):
        use(other)
        before = read_key(class_)
        assert cli.main(["regrade", str(class_), "--keep"]) == 2
        err = capsys.readouterr().err
        assert said in err and "whom that changes" in err and err.count("\n") == 1
        assert read_key(class_) == before and read_mark(class_, "s0")["edition"] == "1+toy-a"


def test_another_result_is_noticed_though_no_file_has_changed(class_, use, capsys):
    """As after another version of NumPy: a student who was right would be wrong now."""
    use(with_solution("1+toy", {}, 3.0))
    assert cli.main(["mark", str(class_), "--again"]) == 2
    err = capsys.readouterr().err
    a = read_key(class_)["students"]["s0"]["exercises"]["first"]["parameters"]["a"]
    assert f"for s0, first was {2 * a:.6g} when it was handed out, and is {3 * a:.6g} here" in err
    assert marks(class_) == {"s0": 7, "s1": 5, "s2": 5}

    assert cli.main(["regrade", str(class_)]) == 0
    assert "Of 3 students: 1 with more points, 1 with fewer" in capsys.readouterr().out
    assert cli.main(["regrade", str(class_), "--write"]) == 0
    assert marks(class_) == {"s0": 5, "s1": 5, "s2": 7}
    assert [one["points"] for one in read_mark(class_, "s0")["exercises"]["first"]["before"]] == [2]
    assert cli.main(["mark", str(class_), "--again"]) == 0 and marks(class_) == {"s0": 5, "s1": 5, "s2": 7}


def test_the_last_digits_of_another_processor_are_no_change(class_):
    key = read_key(class_)
    for by, noticed in ((1e-9, False), (1e-5, False), (1e-3, True)):  # of a tolerance of 0.01
        told = judged_otherwise(key, with_solution("1+toy", {}, 2.0 * (1 + by)), ["s0"])
        assert bool(told) == noticed, by


def test_a_result_that_cannot_be_had_any_more_is_told(class_):
    first = dataclasses.replace(TOY["first"], build=lambda variant: np.linalg.inv(np.zeros((2, 2))))
    broken = dataclasses.replace(TOY, exercises=(first, *TOY.exercises[1:]))
    told = judged_otherwise(read_key(class_), broken, ["s0"])
    assert told.startswith("first of s0 has no right result here (LinAlgError")


# --- pools: everybody keeps the form that they have ---


def form(letter, factor):
    return number_exercise("first", "first", letter, lambda value: np.array(factor * value))


def in_forms(*forms, **changed):
    first = dataclasses.replace(pool(*forms), **changed)
    return dataclasses.replace(TOY, exercises=(first, *TOY.exercises[1:]))


TWO = form("a", 2), form("b", 3)
CLASS = [f"s{k}" for k in range(12)]


def test_a_pool_whose_forms_are_corrected_is_a_correction():
    key = make_key(in_forms(*TWO), 7, CLASS)
    assert {key["students"][id]["exercises"]["first"]["parameters"]["_form"] for id in CLASS} == {0, 1}
    refuse_other_exercises(key, in_forms(form("a", 2.5), form("b", 3.5)))


def test_the_same_numbers_in_another_form_are_no_correction():
    alike = form("a", 2), form("a", 3)
    key, drawn = make_key(in_forms(*alike), 7, CLASS), pool(*alike).parameters
    with pytest.raises(CommandError, match=r"first would give s\d+ other numbers here"):
        refuse_other_exercises(key, in_forms(*alike, parameters=lambda rng: _exchanged(drawn(rng))))
    with pytest.raises(CommandError, match="gives nobody the form here that s"):
        refuse_other_exercises(key, in_forms(*alike, parameters=lambda rng: {**drawn(rng), "_form": 2}), True)


def _exchanged(numbers):
    return {**numbers, "_form": 1 - numbers["_form"]}


def test_another_form_beside_those_that_they_have_is_a_matter_of_the_choice_alone():
    """Whatever form the first draw gives: it is that of each student that has to take their numbers."""
    key, three = make_key(in_forms(*TWO), 7, CLASS), in_forms(*TWO, form("c", 4))
    with pytest.raises(CommandError, match="add --other-numbers"):
        refuse_other_exercises(key, three)
    refuse_other_exercises(key, three, other_numbers=True)
    with pytest.raises(CommandError, match="does not suit the numbers that s"):
        refuse_other_exercises(key, in_forms(*TWO[::-1]), other_numbers=True)
    more = dataclasses.replace(TWO[1], parameters=lambda rng: {"b": 5.0, "d": 1.0})
    with pytest.raises(CommandError, match=r"first gives other numbers here \(b, d\) than s"):
        refuse_other_exercises(key, in_forms(TWO[0], more), other_numbers=True)
