"""The roster: every spelling of a table that a spreadsheet writes, and every id that cannot be a folder."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snnlab.course.classroom.names import Directory
from snnlab.course.classroom.roster import Student, read_roster, separator_of, write_roster
from snnlab.course.errors import CommandError

CLASS = [Student("ada", "Ada Lovelace", "ada@uni.example"), Student("b-2", "Müller, Bo", "bo@uni.example")]
PLAIN = 'id,name,email\nada,Ada Lovelace,ada@uni.example\nb-2,"Müller, Bo",bo@uni.example\n'


def roster(tmp_path, data):
    file = tmp_path / "roster.csv"
    file.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
    return file


@pytest.mark.parametrize(
    "data",
    [
        PLAIN,
        PLAIN.encode("utf-8-sig"),
        PLAIN.encode("utf-16"),
        PLAIN.encode("cp1252"),
        PLAIN.replace("\n", "\r\n"),
        PLAIN + "\n,,\n  \n",
        "ID ;Name;Group;EMAIL\nada;Ada Lovelace;1;ada@uni.example\nb-2;Müller, Bo;2;bo@uni.example",
        "sep=;\r\nid;name;email\r\nada;Ada Lovelace;ada@uni.example\r\nb-2;Müller, Bo;bo@uni.example\r\n",
        "email\tid\tname\nada@uni.example\tada\tAda Lovelace\nbo@uni.example\t b-2 \tMüller, Bo\n",
    ],
    ids=[
        "plain",
        "byte order mark",
        "utf-16",
        "windows",
        "crlf",
        "empty rows",
        "semicolons",
        "excel",
        "tabs",
    ],
)
def test_every_spelling_of_a_table_is_read(tmp_path, data):
    assert read_roster(roster(tmp_path, data)) == CLASS


def test_name_and_email_may_be_missing_and_short_rows_too(tmp_path):
    assert read_roster(roster(tmp_path, "id\n7\n")) == [Student("7")]
    assert read_roster(roster(tmp_path, "name,id,email\nAda,7\n")) == [Student("7", "Ada")]


def test_leading_zeros_stay(tmp_path):
    assert read_roster(roster(tmp_path, "id\n007\n"))[0].id == "007"


def test_letters_of_every_script_are_one_spelling(tmp_path):
    """An ü may come as one character or as two; systems disagree which names a folder."""
    assert read_roster(roster(tmp_path, "id\nu\u0308mit\n"))[0].id == "ümit"
    assert read_roster(roster(tmp_path, "id\n李雷\n"))[0].id == "李雷"


@pytest.mark.parametrize(
    "id",
    [
        "..", ".", ".hidden", "a/b", "/etc", "a\\b", "C:x", "a b", "a*", "a?", "con", "NUL.txt", "com1", "x.",
        "~root", "-rf", "a\u200bb", "a\u202eb", "<b>", 'a"b', "a|b", "x" * 65,
    ],
)  # fmt: skip
def test_an_id_that_cannot_name_a_folder_is_refused_with_its_line(tmp_path, id):
    file = tmp_path / "roster.csv"
    write_roster(file, [Student("ada"), Student(id)])
    with pytest.raises(CommandError, match="line 3"):
        read_roster(file)


@given(st.text(min_size=1, max_size=80))
def test_whatever_is_let_through_is_one_folder_inside_the_class(tmp_path_factory, id):
    folder = tmp_path_factory.getbasetemp() / "ids"
    folder.mkdir(exist_ok=True)
    file = folder / "roster.csv"
    try:
        write_roster(file, [Student(id)])
        (student,) = read_roster(file)
    except (CommandError, UnicodeEncodeError):  # half a surrogate pair is no text
        return
    assert (folder / student.id).resolve().parent == folder.resolve()
    assert student.id == student.id.strip() and student.id not in ("", ".", "..")


@given(st.binary(max_size=300))
def test_any_bytes_are_a_roster_or_a_sentence(tmp_path_factory, data):
    file = tmp_path_factory.getbasetemp() / "bytes.csv"
    file.write_bytes(data)
    try:
        assert read_roster(file)
    except CommandError as error:
        assert "\n" not in str(error).replace(str(file), "")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "no column id"),
        ("name,email\nAda,x\n", "no column id"),
        ("id,name\n", "names no student"),
        ("id,name\n,Ada\n", "no id in line 2: give each student one"),
        ("First name,Last name,Email address\nAda,Lovelace,\n", "with the ID number or the SIS User ID"),
        ("name,email\nAda,ada@x\nBo,ada@y\n", 'the id "ada" in lines 2 and 3'),
        ("id,name,email\ns1,Ada,ada@x\n,Bo,bo@x\n", "no id in line 3"),
        ("id\nada\nbo\nADA\n", 'the id "ADA" in lines 2 and 4'),
        (b"PK\x03\x04rest", "save the table as CSV"),
        (b"id\nada\0\n", "save the table as CSV"),
    ],
)
def test_what_is_no_roster_is_told_in_a_sentence(tmp_path, data, sentence):
    with pytest.raises(CommandError, match=sentence):
        read_roster(roster(tmp_path, data))


def test_a_roster_that_is_not_there_or_a_folder_is_told_in_a_sentence(tmp_path):
    with pytest.raises(CommandError, match="there is no"):
        read_roster(tmp_path / "none.csv")
    with pytest.raises(CommandError, match="is a folder"):
        read_roster(tmp_path)


@pytest.mark.parametrize(
    "data",
    [
        "First name,Last name,ID number,Email address,Points\nAda,Lovelace,s1,ada@uni.example,-\n",
        "Vorname;Nachname;ID-Nummer;E-Mail-Adresse\nAda;Lovelace;s1;ada@uni.example\n",
        '"Full name","Email address","ID number"\n"Ada Lovelace",ada@uni.example,s1\n',
        "email,id,name,First name\nada@uni.example,s1,Ada Lovelace,A.\n",
    ],
)
def test_what_moodle_exports_is_a_roster(tmp_path, data):
    assert read_roster(roster(tmp_path, data)) == [Student("s1", "Ada Lovelace", "ada@uni.example")]


@pytest.mark.parametrize(
    "head", ["Student,SIS User ID,SIS Login ID,Section", "Student,ID,SIS Login ID,Section"]
)
def test_the_gradebook_of_canvas_is_a_roster(tmp_path, head):
    rows = '    Points Possible,,,\n"Lovelace, Ada",s1,ada,P\n"Student, Test",9,x,P\n'
    assert read_roster(roster(tmp_path, f"{head}\n{rows}")) == [Student("s1", "Ada Lovelace", "", "ada")]


CANVAS = (
    "{who},ID,SIS User ID,SIS Login ID,Section,Reading (4688),part1 (4711),Current Score\n"
    ",{more},,,,,Manual Posting,\n"
    "    Points Possible,{more},,,,5.00,13.00,(read only)\n"
    "{ada},90001,s1,ada@uni.example,P,5.00,,100.00\n"
    "{test},90009,,4f0c,P,,,\n"
)
WHOLE = {"who": "Student", "more": "", "ada": '"Lovelace, Ada"', "test": '"Student, Test"'}
HALVES = {"who": "LastName,FirstName", "more": ",", "ada": "Lovelace,Ada", "test": "Student,Test"}


@pytest.mark.parametrize("names", [WHOLE, HALVES], ids=["whole", "halves"])
@pytest.mark.parametrize("posting", ["Manual Posting", "Manual Posting (scores hidden from instructors)"])
def test_the_gradebook_that_canvas_really_writes_is_a_roster(tmp_path, names, posting):
    """Above the points stands a row that says which grades are posted by hand, with nothing before that."""
    data = CANVAS.format(**names).replace("Manual Posting", posting)
    assert read_roster(roster(tmp_path, data)) == [Student("90001", "Ada Lovelace", "", "ada@uni.example")]


def test_a_student_who_is_called_as_canvas_s_test_student_is_one(tmp_path):
    assert (
        read_roster(roster(tmp_path, "id,First name,Last name\ns1,Test,Student\n"))[0].name == "Test Student"
    )


def test_a_name_is_no_formula_in_the_roster_that_is_written(tmp_path):
    """Students name themselves in most LMS, and a teacher opens the list."""
    odd = [Student("=1", "=HYPERLINK(1)", "+a@x.example", "@b"), Student("s2", "Bo;-Ek")]
    write_roster(tmp_path / "roster.csv", odd)
    text = (tmp_path / "roster.csv").read_text(encoding="utf-8")
    assert text.endswith("'=1,'=HYPERLINK(1),'+a@x.example,'@b\ns2,Bo;'-Ek,,\n")
    assert read_roster(tmp_path / "roster.csv") == odd


BLACKBOARD = (
    '"Last Name"\t"First Name"\t"Username"\t"Student ID"\t"Last Access"\t"Availability"\t'
    '"Weighted Total [Total Pts: up to 100 Percentage] |664616"\t"part1 [Total Pts: 13 Score] |664617"\n'
    '"Lovelace"\t"Ada"\t"ada"\t"s1"\t"2026-11-20 10:00:00"\t"Yes"\t""\t""\n'
    '"Müller-Lüdenscheidt"\t"Zoë"\t"zoe"\t""\t""\t"Yes"\t""\t""\n'
)


ULTRA = re.sub(r'"Last Access","Availability",|"[^"]*","Yes",', "", BLACKBOARD.replace("\t", ","))


@pytest.mark.parametrize(
    "data",
    [
        BLACKBOARD.encode("utf-16"),
        BLACKBOARD.encode("utf-16-le"),
        BLACKBOARD.replace("\t", ",").encode("utf-8-sig"),
        ULTRA,
    ],
    ids=["xls", "xls without its mark", "csv", "csv of ultra"],
)
def test_the_gradebook_of_blackboard_is_a_roster(tmp_path, data):
    """Its .xls is text in UTF-16 with tabs. Not everybody has a Student ID, all have a user name."""
    assert read_roster(roster(tmp_path, data)) == [
        Student("ada", "Ada Lovelace", "", "s1"),
        Student("zoe", "Zoë Müller-Lüdenscheidt"),
    ]


@pytest.mark.parametrize(
    ("head", "row", "id", "login"),
    [
        ("Role/Status,Username,First Name,Last Name,E-Mail", "Member,ada,Ada,Lovelace,a@b", "ada", ""),
        (
            "Rolle;Benutzername;Vorname;Nachname;E-Mail;Matrikelnummer",
            "M;ada;Ada;Lovelace;a@b;071",
            "071",
            "ada",
        ),
        ("Rolle;Anmeldename;Vorname;Nachname;E-Mail;Matrikelnummer", "M;ada;Ada;Lovelace;a@b;", "ada", ""),
    ],
    ids=["english", "german", "not everybody has a number"],
)
def test_the_members_of_ilias_are_a_roster(tmp_path, head, row, id, login):
    assert read_roster(roster(tmp_path, f"{head}\n{row}\n")) == [Student(id, "Ada Lovelace", "a@b", login)]


def test_moodle_s_grading_worksheet_tells_the_numbers_of_the_participants(tmp_path):
    data = (
        "Identifier,Full name,ID number,Email address,Status,Grade\nParticipant 17,Ada Lovelace,s1,a@b,-,\n"
    )
    students = read_roster(roster(tmp_path, data))
    assert students == [Student("s1", "Ada Lovelace", "a@b", "Participant 17")]
    assert Directory(students).by_number("17") == {"s1"} and Directory(students).by_number("1") == set()


@pytest.mark.parametrize(
    ("head", "first"),
    [
        ("ID;Vollständiger Name;ID-Nummer;E-Mail-Adresse;Status;Bewertung", "Teilnehmer/in17"),
        ("ID,Vollständiger Name,Matrikelnummer,E-Mail-Adresse,Status,Bewertung", "Teilnehmer*in17"),
        ("Identifiant,Nom complet,Numéro d’identification,Adresse de courriel,Statut,Note", "Participant17"),
        ("Идентификатор,name,id,email,Status,Grade", "Участник17"),
    ],
    ids=["german", "german of another year", "french", "russian"],
)
def test_the_worksheet_is_read_as_other_languages_write_it(tmp_path, head, first):
    """The column of the numbers may be called ID, as that of the ids often is, and there may be no space."""
    row = f"{first},Ada Lovelace,s1,a@b,-,".replace(",", ";" if ";" in head else ",")
    (student,) = read_roster(roster(tmp_path, f"{head}\n{row}\n"))
    assert student == Student("s1", "Ada Lovelace", "a@b", "Participant 17")


@pytest.mark.parametrize(
    "data",
    [
        "Identifier,Full name,Email address,Status\nParticipant 17,Ada Lovelace,ada@b,-\n",
        "First name,Last name,ID number,Email address\nAda,Lovelace,,ada@b\n",
        "ID;Vollständiger Name;E-Mail-Adresse\nTeilnehmer/in17;Ada Lovelace;ada@b\n",
    ],
)
def test_where_nobody_has_an_id_number_the_address_makes_the_id(tmp_path, data):
    (student,) = read_roster(roster(tmp_path, data))
    assert student[:3] == ("ada", "Ada Lovelace", "ada@b")
    assert student.login == ("Participant 17" if "17" in data else "")


def test_ids_that_look_like_participants_of_their_own_making_are_ids(tmp_path):
    assert read_roster(roster(tmp_path, "id\ns17\ns18\n"))[0] == Student("s17")


@pytest.mark.parametrize("id", ["teilnehmer01", "participant1", "Teilnehmerin2"])
@pytest.mark.parametrize(
    "table",
    [
        "id\n{id}\n",
        "ID;Name\n{id};Teilnehmer 1\n",
        "id,name,email,group\n{id},Teilnehmer 1,a@b,7\n",
        "Vorname;Nachname;ID-Nummer;E-Mail-Adresse\nAda;Lovelace;{id};a@b\n",
        "Rolle;Benutzername;Vorname;Nachname;E-Mail\nM;{id};Ada;Lovelace;a@b\n",
    ],
    ids=["alone", "a name", "all three", "moodle", "ilias"],
)
def test_so_are_those_that_look_like_moodle_s_numbers(tmp_path, table, id):
    (student,) = read_roster(roster(tmp_path, table.format(id=id)))
    assert (student.id, student.login) == (id, "")


@pytest.mark.parametrize("login", ["teilnehmer01", "Participant1"])
@pytest.mark.parametrize("others", ["", "9,Bo,bo@b,bo\n"])
def test_nor_is_a_login_of_such_a_word(tmp_path, login, others):
    students = read_roster(roster(tmp_path, f"id,name,email,login\n7,Ada,a@b,{login}\n{others}"))
    assert students[0] == Student("7", "Ada", "a@b", login)
    write_roster(tmp_path / "again.csv", students)
    assert read_roster(tmp_path / "again.csv") == students


def test_beside_moodle_s_numbers_they_are_ids_too(tmp_path):
    (student,) = read_roster(roster(tmp_path, "ID;Name;E-Mail-Adresse\nTeilnehmer/in17;Ada;ada@b\n"))
    assert student == Student("ada", "Ada", "ada@b", "Participant 17")
    both = [Student("teilnehmer01", "Ada", "ada@b", "Participant 17")]
    write_roster(tmp_path / "roster.csv", both)
    assert read_roster(tmp_path / "roster.csv") == both


def test_a_list_of_canvas_with_ids_of_a_class_as_the_page_adds_them(tmp_path):
    """Its own column ID has become that of the logins."""
    head, *rows = CANVAS.format(**WHOLE).splitlines()
    lines = [head.replace(",ID,", ",login,") + ",id", *(f"{row}{',ada' * ('Ada' in row)}" for row in rows)]
    table = "\n".join(lines).replace("ada@uni.example", "alo")
    assert read_roster(roster(tmp_path, table)) == [Student("ada", "Ada Lovelace", "", "90001")]


def test_what_is_written_is_read_again(tmp_path):
    for students in (CLASS, [CLASS[0]._replace(login="Participant 17"), CLASS[1]]):
        for separator in ",;":
            write_roster(tmp_path / "r.csv", students, separator)
            assert read_roster(tmp_path / "r.csv") == students
            assert separator_of(tmp_path / "r.csv") == separator
    assert separator_of(roster(tmp_path, "id\tname\na\tb\n")) == "," == separator_of(tmp_path / "none.csv")
    (tmp_path / "roster.csv").unlink()
    assert [file.name for file in tmp_path.iterdir()] == ["r.csv"]


def test_a_name_cannot_break_a_line(tmp_path):
    (student,) = read_roster(roster(tmp_path, 'id,name\nada,"Ada\r\nLovelace\t x"\n'))
    assert student.name == "Ada Lovelace x"
