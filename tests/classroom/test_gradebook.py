"""`snnlab marks`: one column of Moodle's or Canvas's gradebook is filled, and nothing else changes."""

import json
from pathlib import Path

import pytest
from classroom.hand_ins import ADA, BO, PEOPLE, give, new_class

from snnlab.course import cli
from snnlab.course.classroom.roster import Student
from snnlab.course.printable import printable

SAMPLES = Path(__file__).with_name("samples")


@pytest.fixture
def class_(tmp_path):
    """Ada has 7.5 points, Bo 11, and of Zoë something is to be read."""
    folder = tmp_path / "class"
    key = new_class(folder)
    key["part"] = "part1"
    (folder / "key.json").write_text(json.dumps(key), encoding="utf-8")
    give(folder, key, "s1", 2, 1.5, 0, 4)
    give(folder, key, "s2", 2, 3, 2, 4)
    give(folder, key, "s3", 2, 3, 2, None)
    return folder, key


def fill(folder, data, *more, name="gradebook.csv"):
    file = folder.parent / name
    file.write_bytes(data)
    code = cli.main(["marks", str(folder), "--into", str(file), *more])
    assert file.read_bytes() == data  # never the original
    filled = file.with_name("gradebook-filled.csv")
    return code, filled.read_bytes() if filled.exists() else None


def sample(lms):
    data = (SAMPLES / f"{lms}.csv").read_bytes().replace(b"\r\n", b"\n")
    return data.replace(b"\n", b"\r\n") if lms == "moodle" else data


def test_moodle_s_gradebook(class_, capsys):
    folder, _ = class_
    code, filled = fill(folder, sample("moodle"))
    assert code == 0
    expected = (
        sample("moodle").replace(b",5.00,-,,5.00", b",5.00,7.5,,5.00").replace(b",4.50,-,,", b",4.50,11,,")
    )
    assert filled == expected
    out = capsys.readouterr().out
    assert 'Filled the column "Assignment: part1 (Real)" for 2 of 3 students' in out
    assert "Left, because a person has still to read an answer: s3 (essay)." in out
    assert "In the gradebook and not in the class: Grace Hopper." in out


def test_points_for_an_answer_that_has_changed_are_told_of(class_, capsys):
    """They count, for a person gave them; the teacher is told before they leave the machine."""
    folder, _ = class_
    (folder / "manual-me.csv").write_text(
        "id,exercise,points,of,comment,question,answer\n"
        "s1,essay,3,4,,Why?,It leaks.\ns2,essay,4,4,,Why?,So.\n",
        encoding="utf-8",
    )
    for student, answer in (("s1", "It leaks, and more."), ("s2", "So.")):
        file = folder / "marks" / f"{student}.json"
        mark = json.loads(file.read_text(encoding="utf-8"))
        mark["exercises"]["essay"]["answer"] = answer
        file.write_text(json.dumps(mark), encoding="utf-8")
    said = "Points by hand that were given for an answer which has changed since: s1 (essay)."
    assert fill(folder, sample("moodle"))[0] == 0 and said in capsys.readouterr().out
    assert cli.main(["feedback", str(folder)]) == 0 and said in capsys.readouterr().out


def test_a_comment_without_points_is_not_dropped_in_silence(class_, capsys):
    folder, _ = class_
    (folder / "manual-me.csv").write_text(
        "id,exercise,points,comment\ns1,essay,3,So.\ns3,essay,,Say why.\ns2,last,,\n", encoding="utf-8"
    )
    said = "Comments without points, which no page shows: s3, essay (manual-me.csv, line 3)."
    assert fill(folder, sample("moodle"))[0] == 0 and said in capsys.readouterr().out
    assert cli.main(["feedback", str(folder)]) == 0 and said in capsys.readouterr().out


def test_no_name_in_a_gradebook_commands_the_terminal(class_, capsys):
    """Neither of somebody who is in no class, nor of a column, nor what stands in a cell."""
    folder, _ = class_
    nasty = "a\x1b[2J\x9b\u202e\u2028\x07"
    table = f'ID number,"part1 (4711)","Homework{nasty}"\ns1,"1{nasty}",\n"{nasty}\nx",,\n'
    assert fill(folder, table.encode("utf-8"))[0] == 0
    assert fill(folder, table.encode("utf-8"), "--column", "Homewor")[0] == 2
    said = capsys.readouterr()
    assert "s1 1a?[2J???? → 7.5" in said.out and "class: a?[2J????" in said.out
    assert "did you mean --column" in said.err and "Homeworka?[2J" in said.err
    assert all(c == "\n" or printable(c) == c for c in said.out + said.err)


def test_canvas_s_gradebook(class_, capsys):
    folder, _ = class_
    code, filled = fill(folder, sample("canvas"))
    assert code == 0
    expected = sample("canvas").replace(b",4.50,,90", b",4.50,11,90").replace(b",5.00,,100", b",5.00,7.5,100")
    assert filled == expected
    out = capsys.readouterr().out
    assert "In the gradebook" not in out  # no word on Points Possible and the test student
    assert "The gradebook says 13.00 points possible, and there are 11" in out


def test_points_by_hand_are_in_the_sum(class_):
    folder, _ = class_
    (folder / "manual-me.csv").write_text("id,exercise,points,comment\ns3,essay,3.5,good\n", encoding="utf-8")
    assert (
        b"Zo\xc3\xab,M\xc3\xbcller-L\xc3\xbcdenscheidt,s3,,,zoe@uni.example,-,10.5,,"
        in fill(folder, sample("moodle"))[1]
    )


@pytest.mark.parametrize("column", ["part1", "PART1 ", "Assignment: part1 (Real)", "Assignment: part1"])
def test_a_column_may_be_named_shortly(class_, column):
    folder, _ = class_
    assert fill(folder, sample("moodle"), "--column", column) == fill(folder, sample("moodle"))


@pytest.mark.parametrize(
    ("lms", "column", "words"),
    [
        ("moodle", "prat1", 'did you mean --column "Assignment: part1 (Real)"?'),
        ("canvas", "part 1", 'did you mean --column "part1 (4711)"?'),
        ("canvas", "xyzzy", 'name one with --column, of "Reading (4688)", "part1 (4711)"'),
        ("canvas", "Final Score", "computes the column"),
        ("canvas", "SIS User ID", "says who somebody is"),
        ("moodle", "Email address", "says who somebody is"),
    ],
)
def test_a_column_that_is_none_gets_a_suggestion(class_, capsys, lms, column, words):
    folder, _ = class_
    assert fill(folder, sample(lms), "--column", column) == (2, None)
    assert words in capsys.readouterr().err


def test_a_column_of_words_is_not_suggested(class_, capsys):
    """ILIAS takes no grades from a table: what its list of members has besides must not be written over."""
    folder, _ = class_
    members = b"Anmeldename;Matrikelnummer;Rolle\nada;s1;Kursmitglied\nbo;s2;Kursmitglied\n"
    assert fill(folder, members) == (2, None)
    assert 'has no column "part1": name one with --column, of which it has none' in capsys.readouterr().err


def test_several_columns_are_a_question(class_, capsys):
    folder, _ = class_
    twice = sample("canvas").replace(b"Reading (4688)", b"part1 (4688)")
    assert fill(folder, twice)[0] == 2
    assert '--column "part1 (4688)" or "part1 (4711)"' in capsys.readouterr().err
    assert fill(folder, twice, "--column", "part1 (4688)")[0] == 0


HALVES = (
    b"LastName,FirstName,ID,SIS User ID,SIS Login ID,Section,Reading (4688),part1 (4711),Current Score\n"
    b",,,,,,,Manual Posting,\n"
    b"    Points Possible,,,,,,5.00,13.00,(read only)\n"
    b"Ek,Bo,90002,s2,bo@uni.example,P,4.50,,90.00\n"
    b"Lovelace,Ada,90001,s1,ada@uni.example,P,5.00,,100.00\n"
    b"Student,Test,90009,,4f0c,P,,,\n"
)


def test_canvas_s_gradebook_with_first_and_last_names(class_, capsys):
    folder, _ = class_
    expected = HALVES.replace(b"4.50,,90", b"4.50,11,90").replace(b"5.00,,100", b"5.00,7.5,100")
    assert fill(folder, HALVES) == (0, expected)
    out = capsys.readouterr().out
    assert "In the gradebook" not in out  # no word on Points Possible and the test student
    assert "The gradebook says 13.00 points possible, and there are 11" in out
    unknown = HALVES.replace(b",s2,bo@uni.example", b",,").replace(b",s1,ada@uni.example", b",,")
    assert fill(folder, unknown)[1] == expected.replace(b",s2,bo@uni.example", b",,").replace(
        b",s1,ada@uni.example", b",,"
    )


BLACKBOARD = (
    '"Last Name"\t"First Name"\t"Username"\t"Student ID"\t"Last Access"\t"Availability"\t'
    '"Weighted Total [Total Pts: up to 100 Percentage] |664616"\t"part1 [Total Pts: 13 Score] |664617"\r\n'
    '"Lovelace"\t"Ada"\t"s1"\t"071"\t"2026-11-20 10:00:00"\t"Yes"\t"1.00"\t""\r\n'
    '"Ek"\t"Bo"\t"s2"\t""\t""\t"Yes"\t""\t"Needs Grading"\r\n'
)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig"])
@pytest.mark.parametrize("separator", ["\t", ","])
def test_blackboard_s_gradebook(class_, capsys, encoding, separator):
    folder, _ = class_
    data = BLACKBOARD.replace("\t", separator)
    expected = data.replace('"1.00"' + separator + '""', '"1.00"' + separator + '"7.5"')
    expected = expected.replace("Needs Grading", "11")
    assert fill(folder, data.encode(encoding)) == (0, expected.encode(encoding))
    out = capsys.readouterr().out
    assert 'the column "part1 [Total Pts: 13 Score] |664617" for 2 of 3' in out
    assert "The gradebook says 13 points possible, and there are 11" in out
    assert "Another number stood there before: s2 Needs Grading → 11." in out


GERMAN = (
    "Vorname;Nachname;ID-Nummer;E-Mail-Adresse;Aufgabe: Lesen (Punkte);Aufgabe: part1 (Punkte)\r\n"
    "Ada;Lovelace;s1;ada@uni.example;5,00;-\r\n"
    'Bo;Ek;s2;bo@uni.example;4,50;"-"\r\n'
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_commas_for_decimals_and_any_encoding(class_, encoding):
    folder, _ = class_
    expected = GERMAN.replace("5,00;-", "5,00;7,5").replace('"-"', '"11"')
    assert fill(folder, GERMAN.encode(encoding)) == (0, expected.encode(encoding))


def test_a_decimal_comma_between_commas_is_quoted(class_):
    folder, _ = class_
    data = b'ID number,Old,part1\ns1,"5,00",\ns2,"4,50",\n'
    assert fill(folder, data)[1] == b'ID number,Old,part1\ns1,"5,00","7,5"\ns2,"4,50",11\n'


@pytest.mark.parametrize(
    "data",
    [
        b"Email address,part1\nADA@uni.example,\n",
        b'Student,part1\n"Lovelace, Ada",\n',
        b"Full name,part1\nada lovelace,\n",
        b"First name,Surname,part1\nAda,Lovelace,\n",
        b"Matrikelnummer,part1\ns1,\n",
        b"Identifier,Full name,Email address,part1\nParticipant 17,Ada Lovelace,ada@uni.example,\n",
    ],
)
def test_rows_are_found_by_id_address_or_name(class_, data, capsys):
    folder, _ = class_
    assert fill(folder, data) == (0, data[:-1] + b"7.5\n")
    assert "In the class and not in the gradebook: s2, s3." in capsys.readouterr().out


def test_a_row_that_says_two_things_is_left(class_, capsys):
    folder, _ = class_
    data = b"ID number,Email address,part1\ns1,bo@uni.example,\ns2,bo@uni.example,\n"
    assert fill(folder, data) == (
        0,
        b"ID number,Email address,part1\ns1,bo@uni.example,\ns2,bo@uni.example,11\n",
    )
    assert "may be that of s1 or s2" in capsys.readouterr().out


def test_two_of_one_name_are_left_and_said(tmp_path, capsys):
    folder = tmp_path / "class"
    people = [Student("s1", "Jo Park"), Student("s2", "Jo Park"), BO._replace(id="s3")]
    key = new_class(folder, people)
    for person in people:
        give(folder, key, person.id, 1, 1, 1, 1)
    data = b"Student,toy\nJo Park,\nJo Park,\nBo Ek,\n"
    assert fill(folder, data) == (0, b"Student,toy\nJo Park,\nJo Park,\nBo Ek,4\n")
    assert capsys.readouterr().out.count("may be that of s1 or s2") == 2


def test_somebody_twice_is_left(class_, capsys):
    folder, _ = class_
    data = b"ID number,part1\ns1,\ns1,\ns2,\n"
    assert fill(folder, data) == (0, b"ID number,part1\ns1,\ns1,\ns2,11\n")
    assert "s1 stands in more than one row" in capsys.readouterr().out


def test_what_stood_there_is_said_and_excuses_stay(class_, capsys):
    folder, _ = class_
    data = b"ID number,part1\ns1,3.00\ns2,EX\n"
    assert fill(folder, data) == (0, b"ID number,part1\ns1,7.5\ns2,EX\n")
    out = capsys.readouterr().out
    assert "Another number stood there before: s1 3.00 → 7.5." in out and "s2 (EX)" in out
    fill(folder, b"ID number,part1\ns1,7.50\n")
    assert "stood there" not in capsys.readouterr().out


def test_a_newer_submission_is_said(class_, capsys):
    folder, _ = class_
    (folder / "submitted/s1").mkdir(parents=True)
    (folder / "submitted/s1/part1.ipynb").write_text("newer", encoding="utf-8")
    fill(folder, sample("moodle"))
    assert (
        "Handed in something else since it was marked, so run `snnlab mark` again: s1."
        in capsys.readouterr().out
    )


def test_what_stands_in_the_way_is_a_sentence(class_, tmp_path, capsys):
    folder, key = class_
    assert fill(folder, b"Name,part1\nNobody,\n") == (2, None)
    assert "nobody of" in capsys.readouterr().err
    assert fill(folder, b"ID number,part1\n")[0] == 2
    assert fill(folder, b"ID number\ns1\n")[0] == 2
    assert "which it has none" in capsys.readouterr().err
    assert fill(folder, b"ID number,x,part1\ns1\ns2,,\n")[1] == b"ID number,x,part1\ns1\ns2,,11\n"
    assert "the row is too short: s1" in capsys.readouterr().out
    empty = tmp_path / "other"
    new_class(empty, PEOPLE)
    assert fill(empty, b"ID number,toy\ns1,\n")[0] == 2
    assert "nothing is marked yet" in capsys.readouterr().err
    give(folder, {"edition": "old"}, "s1", 1, 1, 1, 1)
    assert fill(folder, sample("moodle"))[0] == 2
    assert "some marks are of edition old" in capsys.readouterr().err
    assert cli.main(["marks", str(folder), "--into", str(tmp_path / "none.csv")]) == 2
    assert ADA.id in key["students"]


def test_what_was_filled_before_is_kept(class_, capsys):
    folder, _ = class_
    _, first = fill(folder, sample("moodle"))
    fill(folder, sample("moodle"))
    assert "is kept as" not in capsys.readouterr().out  # the same once more
    edited = folder.parent / "gradebook-filled.csv"
    edited.write_bytes(b"somebody has worked in it")
    for number in (1, 2):
        assert fill(folder, sample("moodle")) == (0, first)
        assert f"before is kept as gradebook-filled-{number}.csv." in capsys.readouterr().out
        kept = folder.parent / f"gradebook-filled-{number}.csv"
        assert kept.read_bytes() == b"somebody has worked in it"
        edited.write_bytes(b"somebody has worked in it")
