"""`snnlab marks`: fill one column of the gradebook that an LMS exports, and touch nothing else.

The filled table is written beside the exported one, which stays as it is, and so does, under another name,
what was filled before. Cells of students whose answers a person has still to read, who have handed in nothing
or are excused, are not touched.
"""

import itertools
import re
from pathlib import Path
from typing import NamedTuple

from snnlab.course.classroom.giving_back.columns import ID_COLUMN, find_column
from snnlab.course.classroom.giving_back.hand_notes import hand_notes
from snnlab.course.classroom.giving_back.rule_notes import rule_notes
from snnlab.course.classroom.giving_back.standings import Standing, number, standings
from snnlab.course.classroom.giving_back.tables import Cell, Table, read_table
from snnlab.course.classroom.key import read_key
from snnlab.course.classroom.names import Directory
from snnlab.course.classroom.whole_files import set_aside, write_whole
from snnlab.course.errors import CommandError
from snnlab.course.printable import say

__all__ = ["fill_gradebook"]

_WHO = 8  # columns in which a name may stand
_NOBODY = ("Points Possible", "Student, Test", "Test Student")  # rows of Canvas
_TEST_STUDENT = ["student", "test"]  # in a table whose first columns are LastName and FirstName
_TOTAL = re.compile(r"\[Total Pts: (\d+(?:[.,]\d+)?)\D")  # in the name of a column of Blackboard
_LEAVE = {"EX", "N/A"}  # Canvas: excused, not assigned
_COMMA, _POINT = re.compile(r"-?\d+,\d+"), re.compile(r"-?\d+\.\d+")


def fill_gradebook(class_folder: str, into: str, column: str | None = None) -> int:
    """Fill one column.

    Parameters
    ----------
    class_folder : str
        Of the class, with its marks.
    into : str
        What the LMS exported. ``gradebook.csv`` becomes ``gradebook-filled.csv``.
    column : str, optional
        The name of the column; by default the one that is called after the part.

    Returns
    -------
    int
        The exit code.

    Raises
    ------
    CommandError
        If there are no marks, no such column, or nobody of the class is in the table.
    """
    folder, file = Path(class_folder), Path(into)
    key = read_key(folder)
    part = key["part"]
    table = read_table(file)
    place = find_column(table, column or part, column is not None)
    standing = {one.student.id: one for one in standings(folder)}
    seats = _seats(table, place, Directory(one.student for one in standing.values()))
    if not seats.rows:
        raise CommandError(f"nobody of {folder} is in {file}: it must tell ids, addresses or names")
    cells, said = _filled(table, place, seats.rows, standing)
    target = file.with_name(f"{file.stem}-filled{file.suffix}")
    data = table.changed(cells)
    kept = set_aside(target, data)
    write_whole(target, data)
    name = table.rows[0][place].text
    say(f'Filled the column "{name}" for {len(cells)} of {len(standing)} students: {target}.')
    if kept is not None:
        say(f"What stood in {target.name} before is kept as {kept.name}.")
    for sentence in [
        *said,
        *hand_notes(folder, standing.values()),
        *rule_notes(folder, key),
        *_worth(table, place, standing),
        *_strangers(seats, standing),
    ]:
        say(sentence)
    return 0


# --- who is in which row ---


class _Seats(NamedTuple):
    rows: dict[str, int]
    """The row of each student who was found."""
    unknown: list[str]
    """Rows of nobody in the class."""
    unclear: list[str]
    """A sentence for each row that may be of two."""


def _seats(table: Table, place: int, directory: Directory) -> _Seats:
    ids = _id_columns(table, place, directory)
    rows: dict[str, int] = {}
    unknown, unclear, twice = [], [], set()
    for number_, row in enumerate(table.rows[1:], 1):
        words = ["" if k == place else cell.text.strip() for k, cell in enumerate(row)]
        label = " ".join(word for word in words[:2] if word)
        halves = [head.text.strip().casefold() for head in table.rows[0][:2]] == ["lastname", "firstname"]
        if not label or label.startswith(_NOBODY):
            continue
        if halves and [word.casefold() for word in words[:2]] == _TEST_STUDENT:
            continue
        levels = [
            {id for k in ids if k < len(words) for id in directory.by_id(words[k])},
            {id for word in words if "@" in word for id in directory.by_email(word)},
            _by_name(words, directory),
        ]
        said = [level for level in levels if level]
        found = set.intersection(*said) if said else set()
        if not said:
            unknown.append(label)
        elif len(found) != 1:
            who = sorted(set.union(*said))
            unclear.append(f"The row of {label} may be that of {' or '.join(who)}: it was left as it is.")
        elif (id := next(iter(found))) in rows or id in twice:
            unclear.append(f"{id} stands in more than one row: all were left as they are.")
            twice.add(id)
            rows.pop(id, None)
        else:
            rows[id] = number_
    return _Seats(rows, unknown, unclear)


def _id_columns(table: Table, place: int, directory: Directory) -> list[int]:
    """Those that are called so, and those before the points that are full of ids."""
    found = []
    for k, head in enumerate(table.rows[0]):
        cells = [row[k].text.strip() for row in table.rows[1:] if k < len(row) and row[k].text.strip()]
        hits = [cell for cell in cells if len(cell) > 3 and directory.by_id(cell)]
        if k != place and (
            ID_COLUMN.fullmatch(head.text.strip()) or (k < _WHO and 2 * len(hits) > len(cells))
        ):
            found.append(k)
    return found


def _by_name(words: list[str], directory: Directory) -> set[str]:
    """A name in one cell, or first and last name in two that are neighbours."""
    first = words[:_WHO]
    pairs = [f"{a} {b}" for a, b in itertools.pairwise(first) if a and b]
    return {id for text in [*first, *pairs] for id in directory.by_name(text)}


# --- what is written ---


def _filled(
    table: Table, place: int, rows: dict[str, int], standing: dict[str, Standing]
) -> tuple[dict[Cell, str], list[str]]:
    comma = _decimal_comma(table)
    cells: dict[Cell, str] = {}
    waiting, kept, short, other, stale = [], [], [], [], []
    missing: dict[str, list[str]] = {}  # by why
    nothing, late, together, both = [], [], [], []
    for id, at in rows.items():
        one, row = standing[id], table.rows[at]
        if one.mark is None and not one.nothing:
            missing.setdefault(one.waits, []).append(id)
        elif one.open:
            waiting.append(f"{id} ({', '.join(one.open)})")
        elif place >= len(row):
            short.append(id)
        elif row[place].text.strip().upper() in _LEAVE:
            kept.append(f"{id} ({row[place].text.strip()})")
        else:
            nothing += [id] if one.nothing else []
            late += [f"{id} {number(one.off)} ({one.days} d)"] if one.off else []
            together += [f"{id} ({one.by})"] if one.by else []
            both += [f"{id} {number(one.points)} (beside {', '.join(one.beside)})"] if one.beside else []
            word = number(one.points).replace(".", "," if comma else ".")
            cells[row[place]] = word
            before = row[place].text.strip()
            if before not in ("", "-") and not _same(before, word):
                other.append(f"{id} {before} → {word}")
            if one.stale:
                stale.append(id)
    left = [", ".join(who) + (f" ({why})" if why else "") for why, who in sorted(missing.items())]
    return cells, [
        f"{words} {', '.join(who)}."
        for words, who in (
            ("Handed in something else since it was marked, so run `snnlab mark` again:", stale),
            ("Left, because a person has still to read an answer:", waiting),
            ("Left, because nothing of theirs is marked:", left),
            ("Left, because the LMS says so:", kept),
            ("Left, because the row is too short:", short),
            ("Another number stood there before:", other),
            ("Taken off, because it came late:", late),
            ("Counts for whoever is together with them:", together),
            ("Together, and each who has handed in keeps the points of their own:", both),
            ("0 points, because nothing was handed in:", nothing),
        )
        if who
    ]


def _same(before: str, word: str) -> bool:
    try:
        return float(before.replace(",", ".")) == float(word.replace(",", "."))
    except ValueError:
        return False


def _decimal_comma(table: Table) -> bool:
    """Whether the file writes 7,5: more of its cells do than write 7.5."""
    cells = [cell.text.strip() for row in table.rows[1:] for cell in row]
    commas = sum(bool(_COMMA.fullmatch(cell)) for cell in cells)
    return commas > sum(bool(_POINT.fullmatch(cell)) for cell in cells)


def _worth(table: Table, place: int, standing: dict[str, Standing]) -> list[str]:
    """Say so if the LMS expects another number of points."""
    of = max(one.of for one in standing.values())
    if (said := _possible(table, place)) and not _same(said, number(of)):
        return [
            f"The gradebook says {said} points possible, and there are {number(of)}: "
            "change that in the LMS, the points were not scaled."
        ]
    return []


def _possible(table: Table, place: int) -> str:
    """The points that the LMS expects, as a row of Canvas or a name of Blackboard says; "" if none does."""
    for row in table.rows[1:4]:
        if row and row[0].text.strip().startswith("Points Possible") and place < len(row):
            return row[place].text.strip()
    found = _TOTAL.search(table.rows[0][place].text)
    return found[1] if found else ""


def _strangers(seats: _Seats, standing: dict[str, Standing]) -> list[str]:
    missing = [id for id in standing if id not in seats.rows]
    said = list(seats.unclear)
    if seats.unknown:
        said.append(f"In the gradebook and not in the class: {'; '.join(seats.unknown)}.")
    if missing:
        said.append(f"In the class and not in the gradebook: {', '.join(missing)}.")
    return said
