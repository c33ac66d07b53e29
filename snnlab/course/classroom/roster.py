"""The list of a class: who is in it, and under which id.

A table with the columns ``id``, ``name`` and ``email`` in any order, as a spreadsheet writes it: commas,
semicolons or tabs, with or without a byte order mark. Other columns are ignored. What Moodle, Canvas,
Blackboard and ILIAS export, of participants or as a gradebook, is such a table too: there the columns have
other names, and Canvas has rows of no student. A column ``login`` may hold another word by which the LMS
knows a student; of Moodle's grading worksheet it is the number that a student has in that assignment. An id
becomes the name of a folder, so it must be one that every system can write.

Where several columns could be the id, it is the first in which all students have something: Canvas leaves the
SIS User ID empty for guests, and Blackboard the Student ID for whoever has none. Where nobody has any, as in
many a Moodle, it is the address before its @.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

from snnlab.course.classroom.formulas import as_written, harmless
from snnlab.course.classroom.whole_files import write_whole
from snnlab.course.errors import CommandError

__all__ = [
    "ROSTER",
    "STUDENTS",
    "Student",
    "read_roster",
    "read_rows",
    "roster_of",
    "separator_of",
    "write_roster",
]

ROSTER = "roster.csv"
STUDENTS = "students"  # the folder in which everybody on it has one
_LONGEST = 64
_QUOTE = "\N{RIGHT SINGLE QUOTATION MARK}"  # Moodle's in French
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_EXCEL = re.compile(r"\A\"?sep=.\"?\r?\n")  # a line that tells Excel the separator
_MOST = 10_000_000  # bytes
_NOT_IN_A_NAME = re.compile(r'[<>:"/\\|?*]')
_IDS = (
    "id", "id number", "sis user id", "id-nummer", "matrikelnummer", "matriculation number",
    "numéro d'identification", "número de id", "username", "user name", "benutzername", "anmeldename",
    "login", "student id",
)  # fmt: skip
_LOGINS = (
    "login", "sis login id", "username", "user name", "benutzername", "anmeldename", "student id",
    "identifier", "bezeichner", "identifiant",
)  # fmt: skip
_EMAILS = (
    "email", "email address", "e-mail", "e-mail-adresse", "adresse de courriel", "dirección de correo",
    "e-mailadres",
)  # fmt: skip
_NAMES = ("name", "full name", "student", "vollständiger name", "nom complet", "nombre completo")
_FIRST = ("first name", "firstname", "vorname", "prénom")
_LAST = ("last name", "lastname", "surname", "nachname", "nom de famille")
_TEST_STUDENT = {"Student, Test", "Test Student"}  # of Canvas, who sees the course as students do
_POSTING = "Manual Posting"  # a row of Canvas, above that of the points: which grades students cannot see yet
_POSSIBLE = "Points Possible"
_PARTICIPANT = re.compile(  # in the grading worksheet, in the languages of Moodle; some write no space
    r"(?i)(?:participante?|partecipante|teilnehmer(?:[/*:_]?in|nde)?|deelnemer|deltagare|deltaker|deltager"
    r"|osallistuja|uczestnik|účastník|участник|partaidea|dalyvis|peserta)\s?([0-9]+)"
)
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)


class Student(NamedTuple):
    """One row of a roster."""

    id: str
    name: str = ""
    email: str = ""
    login: str = ""
    """Another word by which the LMS knows them, a user name or "Participant 17"; "" if there is none."""


def read_roster(file: str | Path) -> list[Student]:
    """The students of a roster, in its order.

    Parameters
    ----------
    file : str or Path
        A table; see the module.

    Returns
    -------
    list of Student

    Raises
    ------
    CommandError
        If it cannot be read, has no column ``id`` or no row, or if an id is twice there, missing or no name
        for a folder: the sentence names the line.
    """
    columns, lines = read_rows(file)
    numbers = _participants(columns, [row for _, row in lines])
    email = _place(columns, _EMAILS)
    by_address = False
    place = _full_place(columns, _IDS, [row for _, row in lines], numbers)
    if place is None or not any(_cell(row, place) for _, row in lines):
        by_address = bool(lines) and all("@" in _cell(row, email) for _, row in lines)
    if place is None and not by_address:
        raise CommandError(
            f"{file} has no column id: its first line must name the columns id, name, email, or be what "
            "an LMS exports, with the ID number or the SIS User ID, the user name, the matriculation number "
            "or the address of everybody"
        )
    names = _place(columns, _NAMES), _place(columns, _FIRST), _place(columns, _LAST)
    login = numbers
    if login is None:
        others = (columns.index(one) for one in _LOGINS if one in columns)
        login = next((at for at in others if at != place), None)
    students: list[Student] = []
    seen: dict[str, int] = {}
    for number, row in lines:
        whole, first, last = (_cell(row, at) for at in names)
        if columns[names[0] or 0] == "student" and whole.count(", ") == 1:
            whole = " ".join(reversed(whole.split(", ")))
        word = _cell(row, email).rpartition("@")[0] if by_address else _cell(row, place)
        id = _id(unicodedata.normalize("NFC", as_written(word)), file, number)
        whole = whole or f"{first} {last}"
        known_as = _plain(as_written(_cell(row, login)))
        if login == numbers and (found := _PARTICIPANT.fullmatch(known_as)):
            known_as = f"Participant {found[1]}"
        address = _plain(as_written(_cell(row, email)))
        student = Student(id, _plain(as_written(whole)), address, known_as)
        twin = seen.setdefault(student.id.casefold(), number)
        if twin != number:
            raise CommandError(
                f'{file} has the id "{student.id}" in lines {twin} and {number}: give each its own'
            )
        students.append(student)
    if not students:
        raise CommandError(f"{file} names no student: a line for each must follow the first")
    return students


def read_rows(file: str | Path) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The columns of a list of students, in small letters, and each student's row with its line.

    Parameters
    ----------
    file : str or Path
        As for `read_roster`.

    Raises
    ------
    CommandError
        If it cannot be read.
    """
    text = _EXCEL.sub("", _text(Path(file)))
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text)))
    except csv.Error as error:
        raise CommandError(f"{file} is no table ({error}): save it as CSV") from None
    columns = [name.strip().casefold().replace(_QUOTE, "'") for name in rows[0]] if rows else []
    filled = [(number, row) for number, row in enumerate(rows[1:], 2) if any(cell.strip() for cell in row)]
    return columns, [(number, row) for number, row in filled if not _of_canvas(row, columns)]


def roster_of(folder: Path, students: Collection[str]) -> list[Student]:
    """The students of a class, in the order of its roster.

    Parameters
    ----------
    folder : Path
        Of the class.
    students : collection of str
        The ids to which its key gives numbers.

    Raises
    ------
    CommandError
        If the roster is not there or cannot be read.
    """
    if not (folder / ROSTER).is_file():
        raise CommandError(f"{folder / ROSTER} is missing: take it from your backup")
    return [one for one in read_roster(folder / ROSTER) if one.id in students]


def write_roster(file: Path, students: list[Student], separator: str = ",") -> None:
    """Write the columns id, name and email, and login if anybody has one, in UTF-8."""
    width = 4 if any(student.login for student in students) else 3
    rows = io.StringIO(newline="")
    writer = csv.writer(rows, lineterminator="\n", delimiter=separator)
    writer.writerows(map(harmless, row[:width]) for row in (Student._fields, *students))
    write_whole(file, rows.getvalue())


def separator_of(file: str | Path) -> str:
    """What stands between the cells of a table that a spreadsheet of this country can open.

    Parameters
    ----------
    file : str or Path
        A roster.

    Returns
    -------
    str
        "," or ";"; a comma as well if there are tabs, or if there is no such file.
    """
    try:
        return ";" if _separator(_EXCEL.sub("", _text(Path(file)))) == ";" else ","
    except CommandError:
        return ","


def _separator(text: str) -> str:
    head = text.partition("\n")[0]
    return max(",;\t", key=head.count)


def _place(columns: list[str], names: tuple[str, ...]) -> int | None:
    """Where the first of these names stands, None if none of them does."""
    return next((columns.index(name) for name in names if name in columns), None)


def _full_place(
    columns: list[str], names: tuple[str, ...], rows: list[list[str]], numbers: int | None
) -> int | None:
    """The first of these in which every row has something, else in which any has, else that there is."""
    places = [columns.index(name) for name in names if name in columns and columns.index(name) != numbers]
    full = [at for at in places if all(_cell(row, at) for row in rows)]
    some = [at for at in places if any(_cell(row, at) for row in rows)]
    return next(iter(full or some or places), None)


def _participants(columns: list[str], rows: list[list[str]]) -> int | None:
    """The column in which Moodle's grading worksheet has a number of everybody, "ID" or "Identifier"."""
    for at in range(len(columns)):
        cells = [cell for row in rows if (cell := _cell(row, at))]
        if cells and all(map(_PARTICIPANT.fullmatch, cells)) and not _own_ids(columns, at, cells):
            return at
    return None


def _own_ids(columns: list[str], at: int, cells: list[str]) -> bool:
    """Whether these are ids or names of a teacher's making, such as "teilnehmer01".

    A German worksheet calls its numbers "ID", too, but has other words for name and address than our lists.
    """
    if columns[at] == "login":  # of a list of ours, where a number of Moodle's stands behind a space
        return all(map(str.isalnum, cells))
    if columns[at] != "id":
        return columns[at] in (*_IDS, *_NAMES)
    ours = len(columns) == 1 or "name" in columns or "email" in columns
    return ours and all(map(str.isalnum, cells))


def _of_canvas(row: list[str], columns: list[str]) -> bool:
    """Whether a row of Canvas's gradebook is that of no student."""
    if "section" not in columns and "student" not in columns:
        return False
    first = row[0].strip()
    if columns[:2] == ["lastname", "firstname"]:
        whole = f"{first}, {_cell(row, 1)}"
    else:
        whole = _cell(row, columns.index("student")) if "student" in columns else first
    posting = not first and any(cell.strip().startswith(_POSTING) for cell in row)
    return posting or first.startswith(_POSSIBLE) or whole.startswith(_POSSIBLE) or whole in _TEST_STUDENT


def _cell(row: list[str], at: int | None) -> str:
    return row[at].strip() if at is not None and at < len(row) else ""


def _text(file: Path) -> str:
    try:
        if file.stat().st_size > _MOST:
            raise CommandError(f"{file} is larger than any roster: is it the right file?")
        data = file.read_bytes()
    except FileNotFoundError:
        raise CommandError(f"there is no {file}: a roster has the columns id, name, email") from None
    except IsADirectoryError:
        raise CommandError(f"{file} is a folder, and a roster is a file") from None
    wide = data.startswith(_UTF16)
    if not wide and 3 * data[1:2000:2].count(0) > len(data[:2000]):  # Blackboard's .xls, without its mark
        return data.decode("utf-16-le", errors="replace")
    if data.startswith(b"PK") or (b"\0" in data and not wide):
        raise CommandError(f"{file} is no text: save the table as CSV")
    if wide:
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:  # what Excel writes on a Western Windows
        return data.decode("cp1252", errors="replace")


def _plain(text: str) -> str:
    """Without what would break a line or be invisible."""
    return " ".join("".join(c if unicodedata.category(c)[0] != "C" else " " for c in text).split())


def _id(id: str, file: str | Path, line: int) -> str:
    """The id, if it can be the name of a folder everywhere."""
    if not id:
        raise CommandError(
            f"{file} has no id in line {line}: give each student one, such as the address before its @"
        )
    unseen = any(unicodedata.category(c)[0] in "CZ" for c in id)
    if unseen or _NOT_IN_A_NAME.search(id) or id[0] in ".~-" or id.endswith(".") or _DEVICES.fullmatch(id):
        raise CommandError(
            f"{file} has the id {id!r} in line {line}, which cannot be the name of a folder everywhere: use "
            "letters, digits, _ - @ and . inside"
        )
    if len(id) > _LONGEST:
        raise CommandError(f"{file} has an id of {len(id)} characters in line {line}: {_LONGEST} may be used")
    return id
