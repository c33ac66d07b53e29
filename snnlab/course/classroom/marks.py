"""The files of marks: one a student, and what people have given by hand.

``CLASS/marks/ID.json``::

    {"id": "ada", "edition": "…", "state": "marked", "file": "part1.ipynb", "sha256": "…", "notes": ["…"],
     "exercises": {"latency": {"points": 2.0, "of": 2, "reason": "right", "hint": "Right. …", "by": "machine",
                               "needs_eye": false, "answer": "27.5"}}}

``points`` is null while a person has still to decide. A person's points stand in ``CLASS/manual-NAME.csv``
with the columns id, exercise, points and comment. Where they are taken over, ``by`` is NAME and the
machine's own verdict stays under ``machine``, so that taking a line out of the file brings it back.
"""

import csv
import hashlib
import io
import json
import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from snnlab.course.errors import CommandError

__all__ = [
    "ByHand",
    "hand_lines",
    "harmless",
    "mark_file",
    "read_by_hand",
    "read_mark",
    "sha256",
    "with_hand",
    "write_mark",
    "write_template",
]

COLUMNS = ("id", "exercise", "points", "comment")


class ByHand(NamedTuple):
    """What a person gave for one answer."""

    points: float
    comment: str
    by: str


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
    fresh = file.with_name(f".{file.name}.{os.getpid()}.new")
    text = json.dumps(mark, indent=1, ensure_ascii=True) + "\n"  # a student's text may hold half a character
    try:
        with open(fresh, "w", encoding="utf-8", newline="\n") as opened:
            opened.write(text)
            opened.flush()
            os.fsync(opened.fileno())
        os.replace(fresh, file)
    finally:
        fresh.unlink(missing_ok=True)


# --- what people give ---


def read_by_hand(folder: Path, part: dict[str, float]) -> dict[tuple[str, str], ByHand]:
    """All points that people have given, by student and exercise.

    Parameters
    ----------
    folder : Path
        Of the class.
    part : dict
        What each exercise is worth.

    Returns
    -------
    dict

    Raises
    ------
    CommandError
        If a line is no points, or two people disagree: nothing is decided for them.
    """
    found: dict[tuple[str, str], ByHand] = {}
    for file in sorted(folder.glob("manual-*.csv")):
        for answer, given in hand_lines(file, part):
            other = found.setdefault(answer, given)
            if other.points != given.points:
                raise CommandError(
                    f"{file.name}: {given.by} gives {answer[0]} {given.points:g} points for {answer[1]}, and "
                    f"{other.by} gives {other.points:g}: agree, and leave one of the two"
                )
    return found


def hand_lines(file: Path, part: dict[str, float]) -> Iterable[tuple[tuple[str, str], ByHand]]:
    """The points of one file, each with student and exercise; lines without points are passed over."""
    by = file.stem.removeprefix("manual-")
    for line, row in _rows(file):
        student, exercise, said = (row[name].strip() for name in COLUMNS[:3])
        if not said:
            continue
        where = f"{file.name}, line {line}"
        if exercise not in part:
            raise CommandError(f'{where}: there is no exercise "{exercise}", only {", ".join(part)}')
        yield (student, exercise), ByHand(_points(said, part[exercise], where), row["comment"].strip(), by)


def _rows(file: Path) -> Iterable[tuple[int, dict[str, str]]]:
    """Lines with their numbers; a spreadsheet may have put in a mark of order and semicolons."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CommandError(f"{file.name} is not UTF-8: save it as CSV UTF-8") from None
    head = text.split("\n", 1)[0]
    reader = csv.DictReader(
        io.StringIO(text, newline=""), delimiter=";" if head.count(";") > head.count(",") else ","
    )
    names = {(name or "").strip().lower(): name for name in reader.fieldnames or ()}
    if missing := [name for name in COLUMNS if name not in names]:
        raise CommandError(
            f"{file.name} lacks the column {missing[0]}: its first line is {','.join(COLUMNS)}"
        )
    try:
        for row in reader:
            yield reader.line_num, {name: row.get(names[name]) or "" for name in COLUMNS}
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

    Returns
    -------
    dict
    """
    exercises = {}
    for name, entry in mark["exercises"].items():
        machine = entry.get("machine", entry)
        given = by_hand.get((mark["id"], name))
        if given is None:
            exercises[name] = machine
        else:
            own = {"points": given.points, "reason": "by hand", "hint": given.comment, "by": given.by}
            exercises[name] = {**machine, **own, "needs_eye": False, "machine": machine}
    return {**mark, "exercises": exercises}


def write_template(folder: Path, name: str, wanted: Iterable[tuple[str, str, str]]) -> Path:
    """Make ``manual-NAME.csv`` with a line for each answer that a person has to look at.

    The answer stands in a last column, which nobody reads but the person. The file begins with a byte order
    mark, without which Excel shows no accents.

    Parameters
    ----------
    folder : Path
        Of the class.
    name : str
        Of the person.
    wanted : iterable of (id, exercise, answer)
        Lines without points.

    Returns
    -------
    Path

    Raises
    ------
    CommandError
        If the file is there: it is never written again.
    """
    if not re.fullmatch(r"[\w-]+", name):
        raise CommandError(f"a name in manual-NAME.csv has letters and digits only, got {name!r}")
    file = folder / f"manual-{name}.csv"
    try:
        with open(file, "x", encoding="utf-8-sig", errors="replace", newline="") as opened:
            writer = csv.writer(opened)
            writer.writerow((*COLUMNS, "answer"))
            writer.writerows((id, exercise, "", "", harmless(answer)) for id, exercise, answer in wanted)
    except FileExistsError:
        raise CommandError(f"{file} is there already and may hold points: it is not written again") from None
    return file


def harmless(word: str) -> str:
    """What a student wrote, so that no spreadsheet takes it for a formula.

    Examples
    --------
    >>> print(harmless("=1+1"), harmless("1+1"))
    '=1+1 1+1
    """
    return f"'{word}" if re.match(r"'*[=+\-@\t\r]", word) else word
