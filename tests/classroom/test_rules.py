"""What a teacher has set for a class: part of the points for a mistake, delay, pairs, nothing handed in.

The points that are expected stand here as a person has counted them, of 2, 3, 2 and 4 points, 11 in all.
"""

import json
import re
from pathlib import Path

import pytest
from classroom.hand_ins import ADA, BO, PEOPLE, ZOE, canvas, give, new_class, notebook, pack
from classroom.toy_class import TOY

from snnlab.course import cli
from snnlab.course.classroom.giving_back import standings as module
from snnlab.course.classroom.giving_back.standings import standings
from snnlab.course.classroom.intake.lateness import days_late, days_of_status
from snnlab.course.classroom.marks import sha256
from snnlab.course.classroom.reading import find_part
from snnlab.course.classroom.roster import write_roster
from snnlab.course.classroom.rules import Rules, Worth, read_rules
from snnlab.course.errors import CommandError

IDS = ["s1", "s2", "s3"]
MISTAKES = {"first": ["too much"], "middle": ["unscaled"], "last": ["too much"], "essay": []}


@pytest.fixture
def class_(tmp_path, monkeypatch):
    """Ada makes two mistakes, Bo one, and Zoë has handed in nothing."""
    monkeypatch.setattr(module, "find_part", lambda name: TOY)
    folder = tmp_path / "class"
    key = new_class(folder)
    give(folder, key, "s1", 0, 0, 2, 4)
    change(folder, "s1", "first", reason="too much", hint="")
    change(folder, "s1", "middle", reason="unscaled", hint="")
    give(folder, key, "s2", 2, 3, 0, 4)
    change(folder, "s2", "last", reason="too much", hint="")
    return folder


def change(folder, student, exercise, **what):
    file = folder / "marks" / f"{student}.json"
    mark = json.loads(file.read_text(encoding="utf-8"))
    mark["exercises"][exercise] |= what
    file.write_text(json.dumps(mark), encoding="utf-8")


def rule(folder, *lines):
    (folder / "rules.txt").write_text("\n".join(lines), encoding="utf-8")


def points(folder):
    return {one.student.id: one.points for one in standings(folder) if one.mark is not None}


@pytest.mark.parametrize(
    ("lines", "s1", "s2"),
    [
        ([], 6.0, 9.0),
        (["# only a note", ""], 6.0, 9.0),
        (["first, too much: 50 %"], 7.0, 9.0),
        (["any, too much: 50 %"], 7.0, 10.0),
        (["any, too much: 50 %", "last, too much: 0"], 7.0, 9.0),  # the exercise's own line says more
        (["middle, unscaled: 1,5 points", "first , too much : 0.5 points"], 8.0, 9.0),
        (["middle, unscaled: 7 points"], 9.0, 9.0),  # no more than can be had
    ],
)
def test_a_mistake_is_worth_what_its_line_says(class_, lines, s1, s2):
    rule(class_, *lines)
    assert points(class_) == {"s1": s1, "s2": s2}


def test_what_a_person_has_given_stays(class_):
    rule(class_, "any, too much: 50 %")
    (class_ / "manual-ana.csv").write_text("id,exercise,points,comment\ns1,first,0,No\n", encoding="utf-8")
    assert points(class_) == {"s1": 6.0, "s2": 10.0}


def test_the_marks_do_not_change_and_a_line_may_be_taken_out(class_):
    before = (class_ / "marks/s1.json").read_bytes()
    rule(class_, "first, too much: 2 points")
    assert points(class_)["s1"] == 8.0
    rule(class_)
    assert points(class_)["s1"] == 6.0 and (class_ / "marks/s1.json").read_bytes() == before


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("no colon", "a rule has a colon"),
        ("first, too much", "a rule has a colon"),
        ("fourth, too much: 1", 'there is no exercise "fourth", only first, middle, last, essay'),
        ("first, unscaled: 1", "no such mistake is known, only too much"),
        ("any, nonsense: 1", "no such mistake is known, only too much, unscaled"),
        ("first: 1", "a mistake is named by its exercise, a comma and its name, got 'first'"),
        ("first, too much: half", 'such as "1 point" or "50 %", got \'half\''),
        ("first, too much: 120 %", "a share is from 0 to 100 %, got 120 %"),
        ("late: 10 %", 'write what a day takes off, such as "late: 10 % a day", got'),
        ("s9 late: 1 day", 'nobody in this class has the id "s9"'),
        ("s1 late: a bit", "so many whole days, got 'a bit'"),
        ("together: s1", "name two or more"),
        ("together: s1 s9", 'nobody in this class has the id "s9"'),
        ("nothing: 1", "who hands in nothing has 0 points or none"),
        ("together: s1 s2\ntogether: s2 s3", "has s2 together with others twice"),
        ("late: 10 a day", "10 of what? Write 10 % or 10 points"),
        ("first, too much: 50", "50 of what? Write 50 % or 50 points"),
        ("late: 1 point a day\nlate: 2 points a day", "line 2, says otherwise than one before"),
    ],
)
def test_a_line_that_is_no_rule_is_named(tmp_path, line, said):
    rule(tmp_path, line)
    with pytest.raises(CommandError) as found:
        read_rules(tmp_path, IDS, MISTAKES)
    assert said in str(found.value) and "rules.txt" in str(found.value)


def test_a_mistake_may_end_like_another_rule(tmp_path):
    rule(tmp_path, "first, one step late: 1 point", "any, together: 50 %")
    rules = read_rules(tmp_path, IDS, {"first": ["one step late", "together"]})
    assert rules.mistakes == {
        ("first", "one step late"): Worth(1.0, False),
        ("any", "together"): Worth(0.5, True),
    }


def test_rules_are_read_as_an_editor_saves_them(tmp_path):
    assert read_rules(tmp_path, IDS) == Rules()
    (tmp_path / "rules.txt").write_bytes(b"\xef\xbb\xbfLate: 10% a day\r\nTogether: s1, s2\r\nnothing: 0\r\n")
    assert read_rules(tmp_path, IDS) == Rules({}, Worth(0.1, True), {}, (("s1", "s2"),), True)
    (tmp_path / "rules.txt").write_bytes("sp\xe4t: 1".encode("latin-1"))
    with pytest.raises(CommandError, match="is not UTF-8"):
        read_rules(tmp_path, IDS)


def test_the_rules_of_the_teacher_s_page_are_rules(tmp_path):
    page = (Path(__file__).parents[2] / "book" / "teaching.md").read_text(encoding="utf-8")
    (lines,) = [text for text in re.findall(r"```text\n(.*?)```", page, re.S) if "together" in text]
    rule(tmp_path, lines)
    part = find_part("part1")
    known = {one.grade_id: one.mistakes for one in part.exercises}
    rules = read_rules(tmp_path, IDS, known)
    assert rules.mistakes == {("latency", "no leak"): Worth(0.5, True), ("any", "seconds"): Worth(1.0, False)}
    assert (rules.late, rules.days) == (Worth(0.1, True), {"s3": 0})
    assert rules.together == (("s1", "s2"),) and rules.nothing


# --- delay ---


WORKSHEET = (
    "Identifier,Full name,ID number,Email address,Status,Grade\n"
    "Participant 7,Ada Lovelace,,ada@uni.example,Submitted for grading - 1 day 3 hours late,-\n"
    "Participant 8,Bo Ek,,bo@uni.example,Submitted for grading - Graded,-\n"
    "Participant 9,Zoë M,,zoe@uni.example,No submission - Assignment is overdue by: 2 days,-\n"
    "Participant 10,Grace Hopper,,grace@uni.example,Submitted for grading - 4 mins 2 secs late,-\n"
)


def test_moodle_s_worksheet_says_who_was_late(class_, tmp_path, capsys):
    file = tmp_path / "worksheet.csv"
    file.write_text(WORKSHEET, encoding="utf-8")
    assert cli.main(["collect", str(file), "--class", str(class_)]) == 0
    out = capsys.readouterr().out
    assert "Late: s1 (2 days).\nIn the worksheet and not in the class: Grace Hopper.\n" in out
    assert days_late(class_) == {"s1": 2, "s2": 0}  # Zoë may still be late with what she hands in
    assert points(class_) == {"s1": 6.0, "s2": 9.0}  # nobody has said what a day takes off
    rule(class_, "late: 10 % a day")  # of 11 points
    assert points(class_) == pytest.approx({"s1": 6.0 - 2 * 1.1, "s2": 9.0}, rel=1e-12, abs=0)
    rule(class_, "late: 4 points a day")
    assert points(class_) == {"s1": 0.0, "s2": 9.0}  # and not less
    rule(class_, "late: 1 point a day", "s1 late: 1 day", "s2 late: 3 days")
    assert points(class_) == {"s1": 5.0, "s2": 6.0}


def test_canvas_says_it_in_the_names_of_files(tmp_path, monkeypatch):
    """And not by how much, which is one day, unless the teacher knows better."""
    monkeypatch.setattr(module, "find_part", lambda name: TOY)
    folder = tmp_path / "class"
    key = new_class(folder)
    zipped = pack(
        tmp_path / "c.zip",
        [(canvas(ADA, late=True), notebook(key, ADA)), (canvas(BO, upload=88002), notebook(key, BO))],
    )
    assert cli.main(["collect", str(zipped), "--class", str(folder)]) == 0
    for id in ("s1", "s2"):
        give(folder, key, id, 2, 3, 2, 4, sha=sha256(folder / "submitted" / id / "toy.ipynb"))
    rule(folder, "late: 2 points a day")
    assert points(folder) == {"s1": 9.0, "s2": 11.0}
    rule(folder, "late: 2 points a day", "s1 late: 0 days")
    assert points(folder) == {"s1": 11.0, "s2": 11.0}


def test_who_hands_in_after_the_worksheet_is_late_all_the_same(class_, tmp_path, capsys):
    """The worksheet says that Bo had handed in nothing; then Canvas says that he was late."""
    file = tmp_path / "worksheet.csv"
    file.write_text(WORKSHEET.replace("Submitted for grading - Graded", "No submission"), encoding="utf-8")
    assert cli.main(["collect", str(file), "--class", str(class_)]) == 0
    rule(class_, "late: 1 point a day")
    _, out = fill(class_, capsys)
    assert "the worksheet tells nothing of what they handed in; collect it anew: s2." in out
    key = json.loads((class_ / "key.json").read_text(encoding="utf-8"))
    zipped = pack(tmp_path / "c.zip", [(canvas(BO, late=True), notebook(key, BO))])
    assert cli.main(["collect", str(zipped), "--class", str(class_)]) == 0
    give(class_, key, "s2", 2, 3, 0, 4, sha=sha256(class_ / "submitted/s2/toy.ipynb"))
    assert points(class_) == {"s1": 4.0, "s2": 8.0}
    assert "collect it anew" not in fill(class_, capsys)[1]


def test_a_status_that_tells_of_days_in_another_way_is_shown(class_, tmp_path, capsys):
    file = tmp_path / "worksheet.csv"
    status = "Submitted for grading - late by 2 days"
    file.write_text(WORKSHEET.replace("Submitted for grading - Graded", status), encoding="utf-8")
    assert cli.main(["collect", str(file), "--class", str(class_)]) == 0
    said = f'Read as in time, so look whether that is so: s2 ("{status}").'
    out = capsys.readouterr().out
    assert said in out and out.count("in time") == 1


def test_another_worksheet_is_added(class_, tmp_path, capsys):
    head, *lines = WORKSHEET.splitlines()
    file = tmp_path / "worksheet.csv"
    for some in ([lines[0]], [lines[1]]):
        file.write_text("\n".join([head, *some, ""]), encoding="utf-8")
        assert cli.main(["collect", str(file), "--class", str(class_)]) == 0
    assert days_late(class_) == {"s1": 2, "s2": 0}
    file.write_text("\n".join([head, lines[0].replace("1 day 3 hours", "3 days"), ""]), encoding="utf-8")
    assert cli.main(["collect", str(file), "--class", str(class_)]) == 0
    assert days_late(class_) == {"s1": 3, "s2": 0}
    file.write_text("\n".join([head, lines[3], ""]), encoding="utf-8")  # Grace is in no such class
    assert cli.main(["collect", str(file), "--class", str(class_)]) == 2
    assert "tells of nobody in this class" in capsys.readouterr().err
    assert days_late(class_) == {"s1": 3, "s2": 0}


@pytest.mark.parametrize("zips", [1, 2])
def test_the_same_bytes_once_more_and_late_were_there_in_time(tmp_path, monkeypatch, capsys, zips):
    monkeypatch.setattr(module, "find_part", lambda name: TOY)
    folder = tmp_path / "class"
    key = new_class(folder)
    members = [
        (canvas(ADA), notebook(key, ADA)),
        (canvas(ADA, upload=88009, late=True), notebook(key, ADA)),
    ]
    for k in range(zips):
        zipped = pack(tmp_path / f"{k}.zip", members if zips == 1 else members[k : k + 1])
        assert cli.main(["collect", str(zipped), "--class", str(folder)]) == 0
    assert "Late:" not in capsys.readouterr().out and days_late(folder) == {}
    give(folder, key, "s1", 2, 3, 2, 4, sha=sha256(folder / "submitted/s1/toy.ipynb"))
    rule(folder, "late: 2 points a day")
    assert points(folder) == {"s1": 11.0}


def test_ids_are_read_as_collect_reads_them(tmp_path):
    ids = ["#12", "zo\u00eb", "S2", "ada,jr"]
    rule(
        tmp_path,
        "#12 late: 2 days",
        "# S2 late: 3 days is a note",
        "together: zoe\u0308 s2",
        "s2 late: 1 day",
    )
    rules = read_rules(tmp_path, ids)
    assert rules.days == {"#12": 2, "S2": 1} and rules.together == (("zo\u00eb", "S2"),)
    rule(tmp_path, "together: ada,jr s2", "ada,jr late: 1 day", "#13 late: 2 days")
    rules = read_rules(tmp_path, ids)
    assert rules.together == (("ada,jr", "S2"),) and rules.days == {"ada,jr": 1}


def test_marks_says_which_rules_it_has_read(class_, capsys):
    lines = [
        "first, too much: 50 %",
        "late: 1 point a day",
        "s2 late: 2 days",
        "together: s1 s3",
        "nothing: 0",
    ]
    rule(class_, *lines)
    assert (
        "Rules of rules.txt: first, too much: 50 %; late: 1 point a day; s2 late: 2 d; together: s1 s3; "
        "nothing: 0.\n"
    ) in fill(class_, capsys)[1]
    (class_ / "rules.txt").rename(class_ / "rules.txt.txt")
    out = fill(class_, capsys)[1]
    assert "Rules of" not in out and "Not read: rules.txt.txt. Rules stand in rules.txt, written so.\n" in out


def test_rules_of_exercises_that_are_not_here(class_, monkeypatch, capsys):
    def gone(name):
        raise CommandError("there is no such part")

    monkeypatch.setattr(module, "find_part", gone)
    rule(class_, "first, to much: 50 %")
    assert (
        "mistakes in rules.txt could not be looked up: a misspelt one does nothing."
        in fill(class_, capsys)[1]
    )
    rule(class_, "frist, too much: 50 %")
    with pytest.raises(CommandError, match='no exercise "frist", only first, middle, last, essay, and any'):
        standings(class_)


@pytest.mark.parametrize(
    ("status", "days"),
    [
        ("Submitted for grading - 2 days late", 2),
        ("Submitted for grading - 59 mins 3 secs late - Graded", 1),
        ("Submitted for grading - 1 year 2 days late", 367),
        ("Zur Bewertung abgegeben - 1 Tag 1 Stunde verspätet", 2),
        ("Remis pour évaluation - 3 jours 2 heures en retard", 4),
        ("Enviado para calificar - 1 día después", 1),
        ("Submitted for grading - Extension granted until: Friday, 27 November 2026", 0),
        ("-", 0),
    ],
)
def test_delay_as_moodle_writes_it(status, days):
    assert days_of_status(status) == days


def test_a_table_that_tells_of_no_delay_is_a_sentence(class_, tmp_path, capsys):
    file = tmp_path / "table.csv"
    for text, said in (
        ("id,name\ns1,Ada\n", "has no column Status"),
        ("id,name,status\nx1,Nobody,active\n", "tells of nobody in this class"),
        ("id,status\ns1,x - 2 moons late\n", "cannot be read: export it in English"),
    ):
        file.write_text(text, encoding="utf-8")
        assert cli.main(["collect", str(file), "--class", str(class_)]) == 2
        assert said in capsys.readouterr().err
    assert not (class_ / "late.csv").exists()
    (class_ / "late.csv").write_text("id,days\ns1\n", encoding="utf-8")
    with pytest.raises(CommandError, match="collect the worksheet again"):
        days_late(class_)


# --- pairs, and those who hand in nothing ---


def fill(folder, capsys):
    file = folder.parent / "gradebook.csv"
    file.write_text("ID number,toy\ns1,\ns2,\ns3,\n", encoding="utf-8")
    assert cli.main(["marks", str(folder), "--into", str(file)]) == 0
    rows = (folder.parent / "gradebook-filled.csv").read_text(encoding="utf-8").splitlines()[1:]
    return rows, capsys.readouterr().out


def test_one_hand_in_counts_for_both_names(class_, capsys):
    rule(class_, "together: s1 s3", "late: 1 point a day", "s1 late: 2 days")
    rows, out = fill(class_, capsys)
    assert rows == ["s1,4", "s2,9", "s3,4"]
    assert "Counts for whoever is together with them: s3 (s1)." in out
    assert "Taken off, because it came late: s1 2 (2 d), s3 2 (2 d)." in out
    assert cli.main(["feedback", str(class_)]) == 0
    page = (class_ / "feedback/s3.html").read_text(encoding="utf-8")
    assert "Handed in by Ada Lovelace, for you together." in page and "4 of 11 points" in page
    assert not re.search(r"\bs1\b", page)  # an id may be a matriculation number
    assert "2 days late, which took off 2 points." in page


def test_who_has_a_hand_in_of_their_own_keeps_it(class_):
    rule(class_, "together: s1 s2")
    assert points(class_) == {"s1": 6.0, "s2": 9.0}
    rule(class_, "together: s1 s2 s3")  # whose of the two would count for s3?
    assert points(class_) == {"s1": 6.0, "s2": 9.0}


def test_nothing_is_0_only_if_that_is_said_and_nothing_lies_there(class_, capsys):
    rows, out = fill(class_, capsys)
    assert rows == ["s1,6", "s2,9", "s3,"] and "Left, because nothing of theirs is marked: s3." in out
    rule(class_, "nothing: 0")
    rows, out = fill(class_, capsys)
    assert rows == ["s1,6", "s2,9", "s3,0"] and "0 points, because nothing was handed in: s3." in out
    own = class_ / "submitted" / "s3"
    own.mkdir(parents=True)
    (own / "toy.ipynb").write_bytes(b"{}")  # it waits to be marked
    rows, out = fill(class_, capsys)
    said = "Left, because nothing of theirs is marked: s3 (their file waits to be marked)."
    assert rows == ["s1,6", "s2,9", "s3,"] and said in out


def lay(folder, student, name="toy.ipynb"):
    own = folder / "submitted" / student
    own.mkdir(parents=True, exist_ok=True)
    (own / name).write_bytes(b"{}")


def test_a_partner_of_somebody_whose_file_waits_waits_too(class_, capsys):
    (class_ / "marks/s1.json").unlink()
    lay(class_, "s1")
    rule(class_, "together: s1 s3", "nothing: 0")
    rows, out = fill(class_, capsys)
    assert rows == ["s1,", "s2,9", "s3,"]
    assert "s3 (s1's file waits to be marked)" in out and "s1 (their file waits to be marked)" in out


def test_whose_of_two_counts_for_a_third_is_asked_and_no_0_is_given(class_, capsys):
    said = "s3 (s1 and s2 have handed in: leave in their line together the one whose counts for s3)"
    for more in ([], ["nothing: 0"]):
        rule(class_, "together: s1 s2 s3", *more)
        rows, out = fill(class_, capsys)
        assert rows == ["s1,6", "s2,9", "s3,"] and said in out
    rule(class_, "together: s2 s3", "nothing: 0")
    assert fill(class_, capsys)[0] == ["s1,6", "s2,9", "s3,9"]


def test_a_pair_who_both_hand_in_keep_their_own_and_it_is_said(class_, capsys):
    give(class_, json.loads((class_ / "key.json").read_text()), "s1", 0, 0, 0, 0)
    give(class_, json.loads((class_ / "key.json").read_text()), "s2", 2, 3, 2, 4)
    rule(class_, "together: s1 s2")
    rows, out = fill(class_, capsys)
    assert rows == ["s1,0", "s2,11", "s3,"]
    said = "each who has handed in keeps the points of their own: s1 0 (beside s2), s2 11 (beside s1)."
    assert said in out
    assert cli.main(["feedback", str(class_)]) == 0
    page = (class_ / "feedback/s1.html").read_text(encoding="utf-8")
    assert "has handed in as well; these points are for yours." in page


def test_what_was_handed_in_twice_with_one_token_is_no_nothing(tmp_path, monkeypatch, capsys):
    """Two accounts hand in Bo's token, so both files wait for the teacher."""
    monkeypatch.setattr(module, "find_part", lambda name: TOY)
    folder = tmp_path / "class"
    key = new_class(folder)
    give(folder, key, "s1", 2, 3, 2, 4)
    stranger = canvas(BO, upload=88003).replace("_50_", "_77_")
    members = [(canvas(BO), notebook(key, BO)), (stranger, notebook(key, BO, essay="x"))]
    assert cli.main(["collect", str(pack(tmp_path / "z.zip", members)), "--class", str(folder)]) == 0
    lost = sorted(file.relative_to(folder).as_posix() for file in (folder / "unmatched").iterdir())
    assert len(lost) == 2
    for more in ([], ["together: s2 s3"]):
        rule(folder, "nothing: 0", *more)
        rows, out = fill(folder, capsys)
        assert rows == ["s1,11", "s2,", "s3," if more else "s3,0"]
        assert f"{', '.join(lost)} may be theirs: say whose with `collect --take`" in out
    (folder / lost[0]).unlink()
    rows, out = fill(folder, capsys)
    assert rows == ["s1,11", "s2,", "s3,"] and lost[0] not in out and f"{lost[1]} may be theirs" in out
    (folder / lost[1]).unlink()
    assert fill(folder, capsys)[0] == ["s1,11", "s2,0", "s3,0"]


def test_a_file_that_may_be_of_two_of_one_name_or_of_anybody_is_nobody_s_nothing(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.setattr(module, "find_part", lambda name: TOY)
    bare = json.dumps({"snnlab": 1, "part": "toy", "answers": {"essay": "Mine."}}).encode()
    for name, people, rows in (
        ("Bo Ek/answers.json", (ADA, BO, BO._replace(id="s3", email="")), ["s1,11", "s2,", "s3,"]),
        ("mail/answers.json", PEOPLE, ["s1,11", "s2,", "s3,"]),
        ("s2/answers.json", PEOPLE, ["s1,11", "s2,", "s3,0"]),  # it is Bo's, and waits to be marked
    ):
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        give(folder, new_class(folder, people), "s1", 2, 3, 2, 4)
        rule(folder, "nothing: 0")
        zipped = pack(tmp_path / f"{folder.name}.zip", [(name, bare)])
        assert cli.main(["collect", str(zipped), "--class", str(folder)]) == 0
        assert fill(folder, capsys)[0] == rows, name


def test_whatever_else_is_there_of_somebody_is_no_nothing(class_, capsys):
    rule(class_, "nothing: 0")
    lay(class_, "s3", "by mail.txt")
    rows, out = fill(class_, capsys)
    assert rows[2] == "s3," and "s3 (something of s3's lies there and is not marked)" in out
    (class_ / "submitted/s3/by mail.txt").unlink()
    sheet = class_ / "manual-me.csv"
    sheet.write_text("id,exercise,points,comment\ns3,first,2,on paper\n", encoding="utf-8")
    rows, out = fill(class_, capsys)
    assert rows[2] == "s3," and "s3 (points were given to s3 by hand, and nothing was handed in)" in out


def test_points_by_hand_go_to_whose_hand_in_it_is(class_, capsys):
    rule(class_, "together: s1 s3")
    sheet = class_ / "manual-me.csv"
    sheet.write_text("id,exercise,points,comment\ns3,first,2,well\n", encoding="utf-8")
    with pytest.raises(
        CommandError, match=r"manual-me.csv gives points to s3, for whom the hand-in of s1 cou"
    ):
        standings(class_)
    sheet.write_text("id,exercise,points,comment\ns1,first,2,well\n", encoding="utf-8")
    assert points(class_) == {"s1": 8.0, "s2": 9.0, "s3": 8.0}


def test_what_somebody_has_handed_in_who_left_counts_for_their_partner(class_, capsys):
    rule(class_, "together: s1 s3", "nothing: 0")
    write_roster(class_ / "roster.csv", [BO, ZOE])
    rows, _ = fill(class_, capsys)
    assert rows == ["s1,", "s2,9", "s3,6"]
    assert cli.main(["feedback", str(class_)]) == 0
    assert "Handed in by one of you" in (class_ / "feedback/s3.html").read_text(encoding="utf-8")
    assert "2 hand-ins of 2 students are marked" in (class_ / "overview.html").read_text(encoding="utf-8")


def test_feedback_tells_of_a_part_of_the_points(class_):
    rule(class_, "first, too much: 50 %")
    assert cli.main(["feedback", str(class_)]) == 0
    page = (class_ / "feedback/s1.html").read_text(encoding="utf-8")
    assert "1 of 2 points: too much." in page and page.count("For this mistake a part of the points") == 1


def test_no_page_stays_for_whom_nothing_counts_any_more(class_, capsys):
    rule(class_, "together: s1 s3")
    assert cli.main(["feedback", str(class_)]) == 0
    (class_ / "feedback/mine.html").write_text("<p>of the teacher", encoding="utf-8")
    rule(class_)
    capsys.readouterr()
    assert cli.main(["feedback", str(class_)]) == 0
    assert "Taken away, because no mark counts for them any more: s3." in capsys.readouterr().out
    there = sorted(file.name for file in (class_ / "feedback").glob("*.html"))
    assert there == ["mine.html", "s1.html", "s2.html"]


def test_a_partner_s_feedback_goes_to_their_own_number(class_, capsys):
    write_roster(
        class_ / "roster.csv", [one._replace(login=f"Participant {k}") for k, one in enumerate(PEOPLE)]
    )
    rule(class_, "together: s1 s3")
    assert cli.main(["feedback", str(class_)]) == 0
    assert "has 3 of them under names that the LMS takes back" in capsys.readouterr().out
