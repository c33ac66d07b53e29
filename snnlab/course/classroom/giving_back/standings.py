"""Where everybody stands: the marks of a class with what people have given by hand, added up."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from snnlab.course.classroom.key import judgement, read_key
from snnlab.course.classroom.marks import read_by_hand, read_mark, sha256, with_hand
from snnlab.course.classroom.roster import Student, roster_of
from snnlab.course.errors import CommandError

__all__ = ["Standing", "number", "standings"]


class Standing(NamedTuple):
    """One student."""

    student: Student
    mark: dict | None
    """As `snnlab.course.classroom.marks` keeps it, None if nothing of theirs is marked."""
    stale: bool
    """Whether something else counts now than what was marked."""

    @property
    def open(self) -> list[str]:
        """The exercises that a person has still to read."""
        entries = self.mark["exercises"] if self.mark else {}
        return [name for name, one in entries.items() if one["points"] is None]

    @property
    def points(self) -> float:
        """The sum so far."""
        return sum(one["points"] or 0.0 for one in self.mark["exercises"].values()) if self.mark else 0.0

    @property
    def of(self) -> float:
        """What can be had."""
        return sum(one["of"] for one in self.mark["exercises"].values()) if self.mark else 0.0


def standings(folder: Path) -> list[Standing]:
    """All students of a class, in the order of the roster.

    Parameters
    ----------
    folder : Path
        Of the class.

    Returns
    -------
    list of Standing

    Raises
    ------
    CommandError
        If nothing is marked yet, marks are of another edition, or two people disagree on points.
    """
    key = read_key(folder)
    students = roster_of(folder, key["students"])
    marks = {student.id: read_mark(folder, student.id) for student in students}
    there = [mark for mark in marks.values() if mark is not None]
    if not there:
        raise CommandError(f"nothing is marked yet: `snnlab mark {folder}` comes first")
    if others := sorted({str(mark.get("edition")) for mark in there} - {judgement(key)}):
        raise CommandError(
            f"some marks are of edition {others[0]}, and the class is of {judgement(key)}: "
            f"`snnlab mark {folder}` makes them anew"
        )
    by_hand = read_by_hand(folder, _worth(there), key["students"])
    found = []
    for student in students:
        mark = marks[student.id]
        fresh = None if mark is None else with_hand(mark, by_hand)
        found.append(Standing(student, fresh, mark is not None and _stale(folder, key["part"], mark)))
    return found


def _worth(marks: Iterable[dict]) -> dict[str, float]:
    return {name: float(one["of"]) for mark in marks for name, one in mark["exercises"].items()}


def _stale(folder: Path, part: str, mark: dict) -> bool:
    own = folder / "submitted" / mark["id"]
    for file in (own / f"{part}.ipynb", own / "answers.json"):
        if file.is_file():
            return sha256(file) != mark.get("sha256")
    return False


def number(points: float) -> str:
    """Points as they are written, with at most two decimals.

    Examples
    --------
    >>> number(7.0), number(7.5), number(10 / 3)
    ('7', '7.5', '3.33')
    """
    return f"{points:.2f}".rstrip("0").rstrip(".")
