"""The files of marks, and points given by hand."""

import json

import pytest
from classroom.toy_class import WORTH

from snnlab.course.classroom.marks import (
    ByHand,
    ToRead,
    mark_file,
    read_by_hand,
    read_mark,
    reread,
    shown_answer,
    with_hand,
    write_mark,
    write_template,
)
from snnlab.course.classroom.roster import Student, write_roster
from snnlab.course.errors import CommandError


def mark(points=0.0, **more):
    entry = {"points": points, "of": 2, "reason": "wrong", "hint": "No.", "by": "machine", "needs_eye": True}
    return {"id": "ada", "edition": "1", "state": "marked", "exercises": {"first": {**entry, **more}}}


def test_what_is_written_is_read(tmp_path):
    odd = mark(answer="half a character: \ud800")
    write_mark(tmp_path, odd)
    assert read_mark(tmp_path, "ada") == odd
    assert [file.name for file in (tmp_path / "marks").iterdir()] == ["ada.json"]


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"state": "marked"}', '{"state": "begun", "exercises": {}}']
)
def test_half_a_file_is_no_mark(tmp_path, text):
    (tmp_path / "marks").mkdir()
    mark_file(tmp_path, "ada").write_text(text, encoding="utf-8")
    assert read_mark(tmp_path, "ada") is None


def test_a_write_that_fails_leaves_the_old_marks(tmp_path, monkeypatch):
    write_mark(tmp_path, mark(1.0))

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("snnlab.course.classroom.whole_files.os.replace", full)
    with pytest.raises(OSError):
        write_mark(tmp_path, mark(2.0))
    assert read_mark(tmp_path, "ada") == mark(1.0)
    assert [file.name for file in (tmp_path / "marks").iterdir()] == ["ada.json"]


def by_hand(folder, text, name="anna", encoding="utf-8"):
    (folder / f"manual-{name}.csv").write_bytes(text.encode(encoding))
    return read_by_hand(folder, WORTH)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("id,exercise,points,comment\nada,first,1.5,Nearly\n", "utf-8"),
        ("id;exercise;points;comment\r\nada;first;1,5;Nearly\r\n", "utf-8-sig"),
        ('Comment, Points ,ID,Exercise,more\n"Nearly",1.5, ada,first ,x\nx,,ada,essay,\n', "utf-8"),
    ],
)
def test_points_by_hand_are_read_as_spreadsheets_write_them(tmp_path, text, encoding):
    assert by_hand(tmp_path, text, encoding=encoding) == {("ada", "first"): ByHand(1.5, "Nearly", "anna")}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("ada,first,3,", "manual-anna.csv, line 2: points are a number from 0 to 2, got '3'"),
        ("ada,first,-1,", "from 0 to 2, got '-1'"),
        ("ada,first,nan,", "got 'nan'"),
        ("ada,first,1e0,", "got '1e0'"),
        ("ada,fourth,1,", 'there is no exercise "fourth"'),
    ],
)
def test_a_line_that_is_no_points_is_named(tmp_path, line, said):
    with pytest.raises(CommandError) as found:
        by_hand(tmp_path, f"id,exercise,points,comment\n{line}\n")
    assert said in str(found.value)


def test_points_for_nobody_are_not_dropped_in_silence(tmp_path):
    by_hand(tmp_path, "id,exercise,points,comment\nada,first,1,\n")
    assert read_by_hand(tmp_path, WORTH, ["ada"])
    with pytest.raises(
        CommandError, match=r'manual-anna\.csv gives points to "ada", and nobody in this class'
    ):
        read_by_hand(tmp_path, WORTH, ["bo"])


def test_a_table_without_its_columns_and_one_in_another_code_are_named(tmp_path):
    with pytest.raises(CommandError, match="lacks the column comment"):
        by_hand(tmp_path, "id,exercise,points\n")
    with pytest.raises(CommandError, match="is not UTF-8"):
        by_hand(tmp_path, "id,exercise,points,comment\nada,first,1,gut für dich\n", encoding="latin-1")


def test_two_who_disagree_are_told_and_two_who_agree_are_not(tmp_path):
    by_hand(tmp_path, "id,exercise,points,comment\nada,first,1,a\n")
    assert (
        by_hand(tmp_path, "id,exercise,points,comment\nada,first,1,b\n", "bo")[("ada", "first")].by == "anna"
    )
    with pytest.raises(CommandError, match="bo gives ada 2 points for first, and anna gives 1"):
        by_hand(tmp_path, "id,exercise,points,comment\nada,first,2,b\n", "bo")


def test_a_person_wins_and_may_take_it_back():
    given = {("ada", "first"): ByHand(2.0, "I see what you mean.", "anna")}
    fresh = with_hand(mark(), given)["exercises"]["first"]
    assert (fresh["points"], fresh["by"], fresh["needs_eye"]) == (2.0, "anna", False)
    assert fresh["hint"] == "I see what you mean." and fresh["machine"] == mark()["exercises"]["first"]
    assert with_hand(with_hand(mark(), given), given) == with_hand(mark(), given)
    assert with_hand(with_hand(mark(), given), {}) == mark()


def test_the_template_is_never_written_twice(tmp_path):
    file = write_template(tmp_path, "anna", [ToRead("ada", "essay", 3, "Which cell?", "=1+1, and\nwhy")])
    assert file.read_bytes().decode("utf-8-sig") == (
        'id,exercise,points,of,comment,question,answer\r\nada,essay,,3,,Which cell?,"\'=1+1, and\nwhy"\r\n'
    )
    assert read_by_hand(tmp_path, WORTH) == {}
    with pytest.raises(CommandError, match="may hold points: it is not written again; another name behind"):
        write_template(tmp_path, "anna", [])
    with pytest.raises(CommandError, match="letters and digits only"):
        write_template(tmp_path, "../anna", [])


def test_a_class_whose_roster_has_semicolons_gets_sheets_with_them(tmp_path):
    """Excel takes a table apart at the sign of its country only."""
    write_roster(tmp_path / "roster.csv", [Student("ada", "Ada")], ";")
    file = write_template(tmp_path, "anna", [ToRead("ada", "essay", 2.5, "Which; cell?", "a, b")])
    assert file.read_bytes().decode("utf-8-sig") == (
        'id;exercise;points;of;comment;question;answer\r\nada;essay;;2,5;;"Which; cell?";a, b\r\n'
    )
    text = file.read_text(encoding="utf-8-sig").replace("essay;;2", "essay;1,5;2")
    assert by_hand(tmp_path, text)["ada", "essay"].points == 1.5


@pytest.mark.parametrize("signs", [";,", ",;"])
def test_a_line_with_another_sign_than_the_first_is_not_passed_over(tmp_path, signs):
    first, line = "id,exercise,points,comment\n", "ada,first,1,Nearly\n"
    text = first.replace(",", signs[0]) + line.replace(",", signs[1])
    with pytest.raises(CommandError, match="line 2: write between its cells what stands between those"):
        by_hand(tmp_path, text)
    note = first.replace(",", signs[0]) + f"a note{signs[1]} of one's own{signs[1]} for oneself\n"
    assert by_hand(tmp_path, note) == {}


FIRST = "id,exercise,points,of,comment,question,answer\n"


@pytest.mark.parametrize("line", ["ada;first;1,5;;Nearly;;", "ada;first;1;2;Nearly, but not quite;;"])
def test_nor_is_one_that_has_the_sign_of_the_first_in_a_cell(tmp_path, line):
    """As Excel saves a sheet with commas in a country that writes 1,5."""
    with pytest.raises(CommandError, match="line 2: write between its cells what stands between those"):
        by_hand(tmp_path, FIRST + line)


@pytest.mark.parametrize(
    ("sign", "line"),
    [
        (",", "ada,first,1,5,,Nearly,,"),
        (",", "ada,first,1,2,Nearly, but not quite,Which cell?,27.5"),
        (";", "ada;first;1,5;2;Nearly; but not quite;;"),
    ],
)
def test_a_cell_that_falls_into_two_is_not_read_by_half(tmp_path, sign, line):
    with pytest.raises(CommandError, match="line 2 has more cells than the first line: put quotes around"):
        by_hand(tmp_path, FIRST.replace(",", sign) + line)


@pytest.mark.parametrize(
    ("first", "line"),
    [
        (FIRST, "ada,first,1,5,,Nearly"),  # a comma for each cell but those at the end
        (FIRST, "ada,first,1,5,,Nearly,"),
        (FIRST, "ada,first,1,5"),
        (FIRST, "ada,first,1,2"),  # 1 of 2, or 1.2?
        (FIRST, "ada,first,1,5,Nearly,,"),
        ("id,exercise,points,comment\n", "ada,first,1,5"),
    ],
)
def test_nor_where_the_half_of_a_number_finds_an_empty_cell(tmp_path, first, line):
    with pytest.raises(CommandError, match=r"line 2: are these 1,[25] points\? Then write 1\.[25]; if they"):
        by_hand(tmp_path, f"{first}{line}\n")


@pytest.mark.parametrize(
    ("line", "comment"),
    [
        ("ada,first,1", ""),
        ("ada,first,1,,Nearly", "Nearly"),
        ("ada,first,1,2,Nearly", "Nearly"),  # what can be had is repeated, and the comment is in its place
        ("ada,first,1,2,,Which cell?,27.5", ""),  # a line of ours
        ("ada,first,1.0,,5", "5"),
    ],
)
def test_a_line_of_one_s_own_needs_no_commas_at_its_end(tmp_path, line, comment):
    (given,) = by_hand(tmp_path, f"{FIRST}{line}\n").values()
    assert (given.points, given.comment) == (1.0, comment)


def test_in_quotes_it_is_read(tmp_path):
    found = by_hand(tmp_path, FIRST + 'ada,first,"1,5",2,"Nearly, but not quite",,\n')
    assert found == {("ada", "first"): ByHand(1.5, "Nearly, but not quite", "anna")}


@pytest.mark.parametrize("answer", ["=1+1;=2", "so;\n-1;'@x", "'=1"])
def test_an_answer_that_could_be_a_formula_is_known_again(tmp_path, answer):
    """And so is an id."""
    before = {**mark(answer=answer), "id": "=ada"}
    file = write_template(tmp_path, "anna", [ToRead("=ada", "first", 2, "", answer)])
    file.write_text(file.read_text(encoding="utf-8-sig").replace("first,,2", "first,1,2"), encoding="utf-8")
    given = read_by_hand(tmp_path, WORTH, ["=ada"])
    assert given["=ada", "first"].points == 1 and reread(before, given) == []
    assert reread({**mark(answer="other"), "id": "=ada"}, given) == ["first"]


def test_points_for_an_answer_that_has_changed_are_noticed(tmp_path):
    """As a spreadsheet saves the sheet: with other line ends, a comma in a number, and lines of one's own."""
    before = mark(answer="=1.5 mV,\nbecause it leaks")
    line = ToRead(before["id"], "first", 2, "", shown_answer(before["exercises"]["first"]))
    file = write_template(tmp_path, "anna", [line])
    text = file.read_text(encoding="utf-8-sig").replace("first,,2", "first,1,2").replace("1.5", "1,5")
    file.write_text(text, encoding="utf-8")
    given = read_by_hand(tmp_path, WORTH)
    assert given["ada", "first"].points == 1.0
    assert reread(before, given) == [] == reread(with_hand(before, given), given)
    assert reread(mark(answer="It does not leak."), given) == ["first"]
    assert reread(mark(answer="It does not leak."), {("ada", "first"): ByHand(1.0, "", "anna")}) == []


def test_marks_are_plain_json(tmp_path):
    write_mark(tmp_path, mark(answer="Müller"))
    assert json.loads(mark_file(tmp_path, "ada").read_bytes())["exercises"]["first"]["answer"] == "Müller"


@pytest.mark.parametrize("ending", ["xlsx", "ODS", "numbers"])
def test_points_in_a_spreadsheet_are_not_passed_over(tmp_path, ending):
    spreadsheet = tmp_path / f"manual-anna.{ending}"
    spreadsheet.write_bytes(b"PK")
    for sheet in (None, "id,exercise,points,comment\nada,essay,,\n"):
        if sheet is not None:
            (tmp_path / "manual-anna.csv").write_text(sheet, encoding="utf-8")
        with pytest.raises(CommandError, match=f"manual-anna.{ending} is a spreadsheet, and points are read"):
            read_by_hand(tmp_path, WORTH)
    assert by_hand(tmp_path, "id,exercise,points,comment\nada,essay,1,\n")  # saved as both
