"""The files of marks: one a student, and what people have given by hand.

``CLASS/marks/ID.json``::

    {"id": "ada", "edition": "…", "state": "marked", "file": "part1.ipynb", "sha256": "…", "notes": ["…"],
     "exercises": {"latency": {"points": 2.0, "of": 2, "reason": "right", "hint": "Right. …", "by": "machine",
                               "needs_eye": false, "answer": "27.5"}}}

``points`` is null while a person has still to decide. A person's points stand in ``CLASS/manual-NAME.csv``
with the columns id, exercise, points and comment. Where they are taken over, ``by`` is NAME and the
machine's own verdict stays under ``machine``, so that taking a line out of the file brings it back. After
`snnlab regrade` the earlier verdicts of an answer stand under ``before``, the oldest first.
"""

import csv
import hashlib
import io
import json
import re
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import NamedTuple

from snnlab.course.classroom.formulas import as_written, harmless
from snnlab.course.classroom.roster import ROSTER, separator_of
from snnlab.course.classroom.whole_files import write_whole
from snnlab.course.errors import CommandError

__all__ = [
    "SHEET",
    "ByHand",
    "ToRead",
    "comments_alone",
    "hand_lines",
    "machine_s",
    "mark_file",
    "new_sheet",
    "read_by_hand",
    "read_mark",
    "reread",
    "sha256",
    "sheet_rows",
    "shown_answer",
    "with_hand",
    "write_mark",
    "write_template",
]

_SPREADSHEETS = (".xlsx", ".xls", ".ods", ".numbers")
COLUMNS = ("id", "exercise", "points", "comment")
SHEET = "manual-{}.csv"


class ByHand(NamedTuple):
    """What a person gave for one answer."""

    points: float
    comment: str
    by: str
    answer: str = ""
    """What was read, as the sheet shows it; "" if it shows nothing."""


class ToRead(NamedTuple):
    """An answer that a person has to look at."""

    id: str
    exercise: str
    of: float
    """The points that can be had."""
    question: str
    answer: str


def mark_file(folder: Path, student: str) -> Path:
    """Where the marks of a student stand."""
    return folder / "marks" / f"{student}.json"


def sha256(file: Path) -> str:
    """What tells one submission from another; "" if it is no file."""
    digest = hashlib.sha256()
    if file.is_symlink() or not file.is_file():
        return ""
    with open(file, "rb") as opened:
        while piece := opened.read(2**20):
            digest.update(piece)
    return digest.hexdigest()


def read_mark(folder: Path, student: str) -> dict | None:
    """The marks of a student, None if there are none or only half a file."""
    try:
        mark = json.loads(mark_file(folder, student).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    whole = (
        isinstance(mark, dict) and mark.get("state") == "marked" and isinstance(mark.get("exercises"), dict)
    )
    return mark if whole else None


def write_mark(folder: Path, mark: dict) -> None:
    """Write the marks of a student, all or nothing."""
    file = mark_file(folder, mark["id"])
    file.parent.mkdir(exist_ok=True)
    text = json.dumps(mark, indent=1, ensure_ascii=True) + "\n"  # a student's text may hold half a character
    write_whole(file, text)


# --- what people give ---


def read_by_hand(
    folder: Path, part: dict[str, float], students: Collection[str] | None = None
) -> dict[tuple[str, str], ByHand]:
    """All points that people have given, by student and exercise.

    Parameters
    ----------
    folder : Path
        Of the class.
    part : dict
        What each exercise is worth.
    students : collection of str, optional
        The ids of the class; without it any is taken.

    Returns
    -------
    dict

    Raises
    ------
    CommandError
        If a line is no points or of nobody, or two people disagree: nothing is decided for them.
    """
    found: dict[tuple[str, str], ByHand] = {}
    _refuse_spreadsheets(folder, part)
    for file in sorted(folder.glob("manual-*.csv")):
        for answer, given in hand_lines(file, part):
            if students is not None and answer[0] not in students:
                raise CommandError(
                    f'{file.name} gives points to "{answer[0]}", and nobody in this class has that id'
                )
            other = found.setdefault(answer, given)
            if other.points != given.points:
                raise CommandError(
                    f"{file.name}: {given.by} gives {answer[0]} {given.points:g} points for {answer[1]}, and "
                    f"{other.by} gives {other.points:g}: agree, and leave one of the two"
                )
    return found


def _refuse_spreadsheets(folder: Path, part: dict[str, float]) -> None:
    """Points that were saved as a spreadsheet are read by nobody, and somebody may wait for them."""
    for file in sorted(folder.glob("manual-*")):
        sheet = file.with_suffix(".csv")
        if file.suffix.lower() in _SPREADSHEETS and not (sheet.exists() and any(hand_lines(sheet, part))):
            raise CommandError(
                f"{file} is a spreadsheet, and points are read from {sheet.name}: save it as CSV in UTF-8, "
                "or move it away"
            )


def hand_lines(file: Path, part: dict[str, float]) -> Iterable[tuple[tuple[str, str], ByHand]]:
    """The points of one file, each with student and exercise; lines without points are passed over."""
    by = file.stem.removeprefix("manual-")
    for line, row, more, behind in _rows(file):
        student, exercise, said = (as_written(row[name].strip()) for name in COLUMNS[:3])
        where = f"{file.name}, line {line}"
        if any(word.strip() in part for word in re.split("[,;]", student)[1:]):
            raise CommandError(
                f"{where}: write between its cells what stands between those of the first line"
            )
        if not said:
            continue
        if exercise not in part:
            raise CommandError(f'{where}: there is no exercise "{exercise}", only {", ".join(part)}')
        if more:
            raise CommandError(
                f"{where} has more cells than the first line: put quotes around a cell with a comma or a "
                "semicolon in it"
            )
        if behind and not (row["answer"] or (row["comment"] and float(behind) == part[exercise])):
            raise CommandError(
                f"{where}: are these {said},{behind} points? Then write {said}.{behind}; if they are {said}, "
                "leave the cell behind them empty"
            )
        points = _points(said, part[exercise], where)
        yield (student, exercise), ByHand(points, row["comment"].strip(), by, row["answer"])


def comments_alone(folder: Path) -> list[str]:
    """Where in the sheets of a class a comment stands without points: nobody reads it, so somebody may wait.

    Parameters
    ----------
    folder : Path
        Of the class.
    """
    return [
        f"{row['id'].strip()}, {row['exercise'].strip()} ({file.name}, line {line})"
        for file in sorted(folder.glob("manual-*.csv"))
        for line, row, _, _ in _rows(file)
        if row["comment"].strip() and not row["points"].strip()
    ]


def _rows(file: Path) -> Iterable[tuple[int, dict[str, str], bool, str]]:
    """Lines with their numbers, whether they have more cells than the first, and a half of points.

    The half is whole digits that stand behind a comma and the points, where the first line names something
    else: they may belong to them. A spreadsheet may have put in a mark of order and semicolons.
    """
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CommandError(f"{file.name} is not UTF-8: save it as CSV UTF-8") from None
    head = text.split("\n", 1)[0]
    sign = ";" if head.count(";") > head.count(",") else ","
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=sign)
    names = {(name or "").strip().lower(): name for name in reader.fieldnames or ()}
    if missing := [name for name in COLUMNS if name not in names]:
        raise CommandError(
            f"{file.name} lacks the column {missing[0]}: its first line is {','.join(COLUMNS)}"
        )
    order = list(names)
    after = next(iter(order[order.index("points") + 1 :]), "")
    try:
        for row in reader:
            cells = {name: row.get(names.get(name, "")) or "" for name in (*COLUMNS, "of", "answer")}
            half = cells[after].strip() if sign == "," and after in ("of", "comment") else ""
            yield reader.line_num, cells, None in row, half if half.isdecimal() else ""
    except csv.Error as error:
        raise CommandError(f"{file.name}, line {reader.line_num}: this is no table ({error})") from None


def _points(said: str, most: float, where: str) -> float:
    number = said.replace(",", ".")
    if not re.fullmatch(r"\d+(\.\d*)?|\.\d+", number) or float(number) > most:
        raise CommandError(f"{where}: points are a number from 0 to {most:g}, got {said!r}")
    return float(number)


def with_hand(mark: dict, by_hand: dict[tuple[str, str], ByHand]) -> dict:
    """The marks of a student with what people gave, and without what they have taken back.

    Parameters
    ----------
    mark : dict
        As in the file; it is not changed.
    by_hand : dict
        Of `read_by_hand`.
    """
    exercises = {}
    for name, entry in mark["exercises"].items():
        machine = machine_s(entry)
        given = by_hand.get((mark["id"], name))
        if given is None:
            exercises[name] = machine
        else:
            own = {"points": given.points, "reason": "by hand", "hint": given.comment, "by": given.by}
            exercises[name] = {**machine, **own, "needs_eye": False, "machine": machine}
    return {**mark, "exercises": exercises}


def machine_s(entry: dict) -> dict:
    """The machine's verdict of an answer, whatever people have given.

    Examples
    --------
    >>> machine_s({"points": 2, "by": "anna", "machine": {"points": 0}})
    {'points': 0}
    """
    return entry.get("machine", entry)


def shown_answer(entry: dict) -> str:
    """What a sheet shows of an answer: itself, or in brackets why there is none."""
    return entry.get("answer") or f"({entry['hint'] or entry['reason']})"


def reread(mark: dict, by_hand: dict[tuple[str, str], ByHand]) -> list[str]:
    """The exercises of a student whose points were given for another answer than the one that counts now."""
    return [
        name
        for name, entry in mark["exercises"].items()
        if (given := by_hand.get((mark["id"], name))) is not None
        and given.answer.strip()
        and _bare(as_written(given.answer)) != _bare(shown_answer(machine_s(entry)))
    ]


def _bare(text: str) -> str:
    """Without what a spreadsheet may change in it."""
    return " ".join(text.encode("utf-8", errors="replace").decode("utf-8").replace(",", ".").split())


def write_template(folder: Path, name: str, wanted: Iterable[ToRead]) -> Path:
    """Make ``manual-NAME.csv`` with a line for each answer that a person has to look at.

    What can be had, the question and the answer stand beside it for the person; nothing else is read but the
    answer, to notice if it is another one later. The file begins with a byte order mark, without which Excel
    shows no accents, and has semicolons if the roster has: Excel takes it apart at one of the two only.

    Parameters
    ----------
    folder : Path
        Of the class.
    name : str
        Of the person.
    wanted : iterable of ToRead
        Lines without points.

    Raises
    ------
    CommandError
        If the file is there: it is never written again.
    """
    file, rows = new_sheet(folder, name), io.StringIO(newline="")
    separator = separator_of(folder / ROSTER)
    csv.writer(rows, delimiter=separator).writerows(sheet_rows(wanted, separator))
    write_whole(file, rows.getvalue().encode("utf-8-sig"))
    return file


def sheet_rows(wanted: Iterable[ToRead], separator: str) -> list[list[str]]:
    """The cells of a sheet without points, those of its first line before the others.

    Parameters
    ----------
    wanted : iterable of ToRead
        A line for each.
    separator : str
        Of its cells, which tells how its country writes a number.

    Examples
    --------
    >>> sheet_rows([ToRead("s1", "essay", 2.5, "Why?", "=1+1")], ";")[1]
    ['s1', 'essay', '', '2,5', '', 'Why?', "'=1+1"]
    """
    point = "," if separator == ";" else "."  # Excel takes 1.5 for the first of May where people write 1,5
    rows = [["id", "exercise", "points", "of", "comment", "question", "answer"]]
    for one in wanted:
        most = f"{one.of:g}".replace(".", point)
        row = [harmless(one.id), one.exercise, "", most, "", harmless(one.question), harmless(one.answer)]
        rows.append([cell.encode("utf-8", errors="replace").decode("utf-8") for cell in row])
    return rows


def new_sheet(folder: Path, name: str) -> Path:
    """``manual-NAME.csv``, where no such file is yet.

    Raises
    ------
    CommandError
        If it is there: it is never written again. Or if this is no such name.
    """
    if not re.fullmatch(r"[\w-]+", name):
        raise CommandError(f"a name in manual-NAME.csv has letters and digits only, got {name!r}")
    file = folder / SHEET.format(name)
    if file.exists():
        raise CommandError(
            f"{file} is there already and may hold points: it is not written again; another name behind "
            "--template makes a sheet of what is still to be read"
        )
    return file
