"""`snnlab regrade`: what was handed out is judged by corrected exercises, shown before it is written."""

import dataclasses
import json
import shutil

import pytest
from classroom.corrected import WORK, with_number
from classroom.hand_ins import ADA, new_class
from classroom.toy_class import TOY, honest

from snnlab.course import cli
from snnlab.course.classroom.assessment import regrading
from snnlab.course.classroom.assessment.assessing import _refuse_strangers, _Refused
from snnlab.course.classroom.assessment.marking import mark_class
from snnlab.course.classroom.giving_back import feedback
from snnlab.course.classroom.giving_back.standings import standings
from snnlab.course.classroom.handout import assigning
from snnlab.course.classroom.intake.extract import read_submission
from snnlab.course.classroom.key import handed_out, read_key
from snnlab.course.classroom.marks import read_mark
from snnlab.course.classroom.one_at_a_time import LOCK
from snnlab.course.classroom.roster import Student, write_roster


def state(folder):
    return {file: file.read_bytes() for file in folder.rglob("*") if file.is_file() and file.name != LOCK}


def regrade(folder, *more):
    return cli.main(["regrade", str(folder), *more])


def test_a_tolerance_that_was_too_small(class_, use, capsys):
    before, numbers = state(class_), read_key(class_)
    use(with_number("first", tolerance=0.1))
    assert cli.main(["mark", str(class_)]) == 2
    assert f"see with `snnlab regrade {class_}` whom that changes" in capsys.readouterr().err
    assert regrade(class_) == 0
    out = capsys.readouterr().out
    assert "s1: 5 → 7 of 11.\n  first: 0 (" in out and ") → 2 (right)\n" in out
    assert "s0:" not in out and "s2:" not in out
    assert "Of 3 students: 1 with more points, 0 with fewer" in out
    assert "Nothing is written yet: `snnlab regrade" in out
    shown = state(class_)
    assert shown.keys() - before.keys() == {class_ / "regraded.json"}
    assert before == {file: data for file, data in shown.items() if file in before}

    assert regrade(class_, "--write") == 0
    assert {one.student.id: one.points for one in standings(class_)} == {"s0": 7, "s1": 7, "s2": 5}
    entry = read_mark(class_, "s1")["exercises"]["first"]
    assert (entry["points"], entry["reason"]) == (2, "right")
    assert [(one["edition"], one["points"], one["of"]) for one in entry["before"]] == [("1+toy", 0, 2)]
    assert "before" not in read_mark(class_, "s0")["exercises"]["first"]
    key = read_key(class_)
    assert (key["edition"], key["judgement"]) == ("1+toy", "2+toy") and not (
        class_ / "regraded.json"
    ).exists()
    assert {**key, "judgement": 0} == {**numbers, "judgement": 0}  # no number has changed
    assert mark_class(class_) == 0 and "Marked before and not changed since: 3." in capsys.readouterr().out


def test_a_solution_that_was_wrong_takes_points_away_too(class_, use, capsys):
    key = read_key(class_)
    a = key["students"]["s2"]["exercises"]["first"]["parameters"]["a"]
    part = with_number("first")
    tripled = [
        dataclasses.replace(
            one, build=lambda v, b=one.build: dataclasses.replace(b(v), solution=3 * v["a"], mistakes=())
        )
        if one.grade_id == "first"
        else one
        for one in part.exercises
    ]
    use(dataclasses.replace(part, exercises=tuple(tripled)))
    assert regrade(class_) == 0 and regrade(class_, "--write") == 0
    out = capsys.readouterr().out
    assert "s0: 7 → 5 of 11." in out and "s2: 5 → 7 of 11." in out
    assert "Of 3 students: 1 with more points, 1 with fewer" in out
    assert {one.student.id: one.points for one in standings(class_)} == {"s0": 5, "s1": 5, "s2": 7}
    assert read_key(class_)["students"]["s2"]["exercises"]["first"]["expected"] == pytest.approx(
        3 * a, rel=1e-12, abs=0
    )


def test_what_an_exercise_is_worth_may_change(class_, use, capsys):
    worth = [dataclasses.replace(one, points=3) if one.grade_id == "first" else one for one in TOY.exercises]
    use(dataclasses.replace(TOY, edition="2+toy", exercises=tuple(worth)))
    assert regrade(class_) == 0
    assert "s0: 7 → 8 of 12." in capsys.readouterr().out


def test_a_tolerance_may_be_so_large_that_a_mistake_is_right(class_, use, monkeypatch, capsys):
    """The numbers are there; nobody can be given new ones, and that is said."""
    use(with_number("first", tolerance=1e4))
    assert regrade(class_) == 0 and regrade(class_, "--write") == 0
    assert {one.student.id: one.points for one in standings(class_)} == {"s0": 7, "s1": 7, "s2": 7}
    roster = class_.parent / "roster.csv"
    write_roster(roster, [Student("s3")])
    capsys.readouterr()
    assert cli.main(["assign", "toy", "--roster", str(roster), "--out", str(class_)]) == 2
    err = capsys.readouterr().err.rpartition("snnlab: ")[2]
    assert err.startswith("toy cannot be handed out to s3: first: ") and "make a mistake look right" in err


def test_points_by_hand_stay(class_, use, capsys):
    sheet = class_ / "manual-anna.csv"
    sheet.write_text("id,exercise,points,comment\ns1,first,1,Nearly\ns1,essay,4,Good\n", encoding="utf-8")
    use(with_number("first", tolerance=0.1))
    assert regrade(class_) == 0
    out = capsys.readouterr().out
    assert "s1: 10 → 10 of 11. Points by hand stay: first, essay.\n  first: 0 (" in out
    assert "1 with the same sum and other verdicts" in out
    assert regrade(class_, "--write") == 0
    assert {one.student.id: one.points for one in standings(class_)} == {"s0": 7, "s1": 10, "s2": 5}
    entry = read_mark(class_, "s1")["exercises"]["first"]
    assert (entry["points"], entry["by"]) == (1, "anna") and entry["machine"]["points"] == 2
    assert [one["points"] for one in entry["machine"]["before"]] == [0]


def test_all_earlier_verdicts_are_kept_also_when_it_is_marked_again(class_, use):
    for edition, tolerance in (("2+toy", 0.1), ("3+toy", 0.01), ("4+toy", 0.2)):
        use(dataclasses.replace(with_number("first", tolerance=tolerance), edition=edition))
        assert regrade(class_) == 0 and regrade(class_, "--write") == 0
    assert mark_class(class_, again=True) == 0
    entry = read_mark(class_, "s1")["exercises"]["first"]
    assert [(one["edition"], one["points"]) for one in entry["before"]] == [
        ("1+toy", 0),
        ("2+toy", 2),
        ("3+toy", 0),
    ]
    assert entry["points"] == 2
    page = feedback.feedback_page(next(one for one in standings(class_) if one.student.id == "s1"), TOY)
    assert (
        page.count("Judged anew since. Before, this was") == 3 and "Before, this was 2 of 2 points." in page
    )


def test_later_hand_ins_are_judged_by_the_same(class_, use, capsys):
    use(with_number("first", tolerance=0.1))
    assert regrade(class_) == 0 and regrade(class_, "--write") == 0
    key = read_key(class_)
    work = honest(first="first = 1.95 * a")(key, "s2")
    (class_ / "submitted/s2/toy.ipynb").write_text(json.dumps(work), encoding="utf-8")
    assert mark_class(class_) == 0
    entry = read_mark(class_, "s2")["exercises"]["first"]
    assert entry["points"] == 2 and "before" not in entry  # another file, and its first verdict


def test_what_is_not_marked_yet_is_left_to_mark(class_, use, capsys):
    (class_ / "marks/s0.json").unlink()
    (class_ / "submitted/s1/toy.ipynb").write_text(
        json.dumps(honest()(read_key(class_), "s1")), encoding="utf-8"
    )
    use(with_number("first", tolerance=0.1))
    assert regrade(class_) == 0
    assert "Of 1 students" in capsys.readouterr().out
    assert regrade(class_, "--write") == 0 and mark_class(class_) == 0
    assert read_mark(class_, "s0")["exercises"]["first"]["points"] == 2


def test_nothing_is_written_that_was_not_shown(class_, use, capsys):
    use(with_number("first", tolerance=0.1))
    before = state(class_)
    assert regrade(class_, "--write") == 2
    assert "nothing was shown that could be written" in capsys.readouterr().err and state(class_) == before
    assert regrade(class_) == 0
    use(dataclasses.replace(with_number("first", tolerance=0.2), edition="3+toy"))
    before = state(class_)
    assert regrade(class_, "--write") == 2 and state(class_) == before
    use(with_number("first", tolerance=0.1))
    mark = read_mark(class_, "s2")
    mark["exercises"]["last"]["points"] = 1.0
    (class_ / "marks/s2.json").write_text(json.dumps(mark), encoding="utf-8")
    before = state(class_)
    assert regrade(class_, "--write") == 2 and state(class_) == before
    assert "s2 was marked anew since this was shown" in capsys.readouterr().err


def test_interrupted_writing_is_finished_by_the_same_command(class_, use, monkeypatch):
    use(with_number("first", tolerance=0.1))
    assert regrade(class_) == 0
    real, written = regrading.write_mark, []

    def interrupted(folder, mark):
        if len(written) == 2:
            raise KeyboardInterrupt
        written.append(mark["id"])
        real(folder, mark)

    monkeypatch.setattr(regrading, "write_mark", interrupted)
    assert regrade(class_, "--write") == 130
    monkeypatch.setattr(regrading, "write_mark", real)
    assert "judgement" not in read_key(class_)
    assert regrade(class_, "--write") == 0
    assert {one.student.id: one.points for one in standings(class_)} == {"s0": 7, "s1": 7, "s2": 5}
    assert len(read_mark(class_, "s1")["exercises"]["first"]["before"]) == 1


def other_numbers(one):
    return dataclasses.replace(one, parameters=lambda rng: {"b": 1.0, **one.parameters(rng)})


def other_values(one):
    """The same names, and another unit."""
    return dataclasses.replace(
        one, parameters=lambda rng: {name: value / 1000 for name, value in one.parameters(rng).items()}
    )


def failing(one):
    def build(variant):
        return one.build({"a": variant["c"]})

    return dataclasses.replace(one, parameters=lambda rng: {"c": 1.0}, build=build)


@pytest.mark.parametrize(
    ("exercises", "said"),
    [
        (
            TOY.exercises[1:],
            "s0 was given other exercises than there are here (only one of the two has first)",
        ),
        ((other_numbers(TOY.exercises[0]), *TOY.exercises[1:]), "first gives other numbers here"),
        (
            (other_values(TOY.exercises[0]), *TOY.exercises[1:]),
            "first would give s0 other numbers here (a = 0.0",
        ),
        (
            (failing(TOY.exercises[0]), *TOY.exercises[1:]),
            "the definition of first does not suit the numbers",
        ),
    ],
    ids=["an exercise less", "another number", "another unit", "numbers that nobody has"],
)
def test_other_exercises_are_no_correction(class_, use, capsys, exercises, said):
    use(dataclasses.replace(TOY, edition="2+toy", exercises=tuple(exercises)))
    before = state(class_)
    assert regrade(class_) == 2
    err = capsys.readouterr().err
    assert said in err and err.count("\n") == 1 and state(class_) == before


def test_who_knows_that_only_the_choice_has_changed_says_so(class_, use, capsys):
    """All are judged by the numbers that they have, which the draw would pass over now."""
    first = TOY.exercises[0]
    later = dataclasses.replace(first, parameters=lambda rng: [first.parameters(rng) for _ in "ab"][1])
    use(dataclasses.replace(TOY, edition="2+toy", exercises=(later, *TOY.exercises[1:])))
    assert regrade(class_) == 2 and "add --other-numbers" in capsys.readouterr().err
    numbers = read_key(class_)["students"]
    assert regrade(class_, "--other-numbers") == 0
    assert "Of 3 students: 0 with more points, 0 with fewer" in capsys.readouterr().out
    assert regrade(class_, "--write") == 0 and read_key(class_)["students"] == numbers


def test_numbers_that_were_drawn_again_are_still_the_students(class_, use, capsys):
    """A mistake that was corrected makes another draw the first that tells all apart."""
    key, first = read_key(class_), TOY.exercises[0]
    own = key["students"]["s0"]["exercises"]["first"]
    skipped, taken = (next(one for k, one in enumerate(first.draws(own["seed"])) if k == n) for n in (0, 1))
    assert own["parameters"] == skipped
    own["parameters"], own["expected"] = taken, 2 * taken["a"]
    (class_ / "key.json").write_text(json.dumps(key), encoding="utf-8")
    use(with_number("first", tolerance=0.1))
    assert regrade(class_) == 0


def test_what_stands_in_the_way_is_a_sentence(class_, tmp_path, use, capsys):
    assert regrade(class_) == 2
    assert "which has judged this class: correct toy in book/exercises first" in capsys.readouterr().err
    assert regrade(tmp_path) == 2 and "is no class" in capsys.readouterr().err
    use(with_number("first", tolerance=0.1))
    assert regrade(class_, "--seconds", "0") == 2 and "between 1 and 3600" in capsys.readouterr().err
    other = tmp_path / "other"
    new_class(other, [ADA])
    assert regrade(other) == 0 and "Of 0 students" in capsys.readouterr().out


def test_copies_that_are_judged_differently_are_not_merged(class_, tmp_path, use, capsys):
    shutil.copytree(class_, tmp_path / "copy")
    use(with_number("first", tolerance=0.1))
    assert regrade(class_) == 0 and regrade(class_, "--write") == 0
    assert cli.main(["merge", str(class_), str(tmp_path / "copy")]) == 2
    assert "is judged by 2+toy and" in capsys.readouterr().err


def test_who_joins_after_a_correction_is_given_the_corrected_exercises(class_, use, monkeypatch, capsys):
    monkeypatch.setattr(assigning, "student_page", lambda *_: "")  # the toy has none
    roster = class_.parent / "roster.csv"
    write_roster(roster, [Student(student) for student in (*WORK, "s3")])
    typed = ["assign", "toy", "--roster", str(roster), "--out", str(class_)]
    use(with_number("first", tolerance=0.1))
    before = state(class_)
    assert cli.main(typed) == 2 and state(class_) == before
    err = capsys.readouterr().err
    assert f"after `snnlab regrade {class_} --write`" in err and err.count("\n") == 1
    assert regrade(class_) == 0 and regrade(class_, "--write") == 0
    before = read_key(class_)["students"]

    assert cli.main(typed) == 0
    key = read_key(class_)
    assert {id: entry for id, entry in key["students"].items() if id != "s3"} == before
    assert [handed_out(key, id) for id in ("s0", "s3")] == ["1+toy", "2+toy"]
    theirs = read_submission(class_ / "students/s3/toy.ipynb", TOY.exercises)
    assert theirs.edition == "2+toy"
    _refuse_strangers(key, "s3", theirs)
    with pytest.raises(_Refused, match="another edition"):
        _refuse_strangers(key, "s3", theirs._replace(edition="1+toy"))
    with pytest.raises(_Refused, match="another edition"):
        _refuse_strangers(key, "s0", theirs._replace(student="s0"))
    use(dataclasses.replace(with_number("first", tolerance=0.2), edition="3+toy"))
    assert regrade(class_) == 0 and regrade(class_, "--write") == 0  # and a second correction
    assert handed_out(read_key(class_), "s3") == "2+toy"
