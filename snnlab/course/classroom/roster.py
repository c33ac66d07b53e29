"""The list of a class: who is in it, and under which id.

A table with the columns ``id``, ``name`` and ``email`` in any order, as a spreadsheet writes it: commas,
semicolons or tabs, with or without a byte order mark. Other columns are ignored. What Moodle and Canvas
export, of participants or as a gradebook, is such a table too: there the columns have other names. An id
becomes the name of a folder, so it must be one that every system can write.
"""

import csv
import io
import re
import unicodedata
from pathlib import Path
from typing import NamedTuple

from snnlab.course.errors import CommandError

__all__ = ["ROSTER", "Student", "read_roster", "write_roster"]

ROSTER = "roster.csv"
_LONGEST = 64
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_EXCEL = re.compile(r"\A\"?sep=.\"?\r?\n")  # a line that tells Excel the separator
_MOST = 10_000_000  # bytes
_NOT_IN_A_NAME = re.compile(r'[<>:"/\\|?*]')
_IDS = ("id", "id number", "sis user id", "id-nummer", "matrikelnummer", "numéro d'identification")
_EMAILS = ("email", "email address", "e-mail", "e-mail-adresse", "adresse de courriel")
_NAMES = ("name", "full name", "student")
_FIRST = ("first name", "vorname", "prénom")
_LAST = ("last name", "surname", "nachname", "nom de famille")
_NO_STUDENT = ("Points Possible", "Student, Test", "Test Student")  # rows of Canvas
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)


class Student(NamedTuple):
    """One row of a roster."""

    id: str
    name: str = ""
    email: str = ""


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
    text = _text(Path(file))
    text = _EXCEL.sub("", text)
    head = text.partition("\n")[0]
    separator = max(",;\t", key=head.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise CommandError(f"{file} is no table ({error}): save it as CSV") from None
    columns = [name.strip().casefold() for name in rows[0]] if rows else []
    place = _place(columns, _IDS)
    if place is None:
        raise CommandError(
            f"{file} has no column id: its first line must name the columns id, name, email, or be what "
            "Moodle or Canvas exports, with the ID number or the SIS User ID"
        )
    names = _place(columns, _NAMES), _place(columns, _FIRST), _place(columns, _LAST)
    email = _place(columns, _EMAILS)
    students: list[Student] = []
    lines: dict[str, int] = {}
    for number, row in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in row):
            continue
        whole, first, last = (_cell(row, at) for at in names)
        if columns[names[0] or 0] == "student" and whole.startswith(_NO_STUDENT):
            continue
        if columns[names[0] or 0] == "student" and whole.count(", ") == 1:
            whole = " ".join(reversed(whole.split(", ")))
        id = _id(unicodedata.normalize("NFC", _cell(row, place)), file, number)
        student = Student(id, _plain(whole or f"{first} {last}"), _plain(_cell(row, email)))
        twin = lines.setdefault(student.id.casefold(), number)
        if twin != number:
            raise CommandError(
                f'{file} has the id "{student.id}" in lines {twin} and {number}: give each its own'
            )
        students.append(student)
    if not students:
        raise CommandError(f"{file} names no student: a line for each must follow the first")
    return students


def write_roster(file: Path, students: list[Student]) -> None:
    """Write the columns id, name and email, with commas, in UTF-8."""
    rows = io.StringIO(newline="")
    csv.writer(rows, lineterminator="\n").writerows([Student._fields, *students])
    part = file.with_name(file.name + ".part")
    part.write_bytes(rows.getvalue().encode("utf-8"))
    part.replace(file)


def _place(columns: list[str], names: tuple[str, ...]) -> int | None:
    """Where the first of these names stands, None if none of them does."""
    return next((columns.index(name) for name in names if name in columns), None)


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
    if data.startswith(b"PK") or (b"\0" in data and not data.startswith(_UTF16)):
        raise CommandError(f"{file} is no text: save the table as CSV")
    if data.startswith(_UTF16):
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
