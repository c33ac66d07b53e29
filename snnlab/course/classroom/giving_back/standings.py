"""Where everybody stands: the marks of a class with what people have given by hand and what rules say.

The marks themselves keep the machine's verdict. Part of the points for a mistake, what delay takes off, and
for whom one hand-in counts are decided here, from ``rules.txt``, which the module ``rules`` reads.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from snnlab.course.classroom.giving_back.whose import handed_in, there_of, unmatched, whose
from snnlab.course.classroom.intake.lateness import days_late
from snnlab.course.classroom.intake.receipts import read_receipts
from snnlab.course.classroom.key import judgement, read_key
from snnlab.course.classroom.marks import ByHand, read_by_hand, read_mark, reread, sha256, with_hand
from snnlab.course.classroom.parts import Part
from snnlab.course.classroom.reading import find_part
from snnlab.course.classroom.roster import Student, roster_of
from snnlab.course.classroom.rules import RULES, Rules, read_rules
from snnlab.course.errors import CommandError

__all__ = ["Standing", "number", "part_of", "standings"]


class Standing(NamedTuple):
    """One student."""

    student: Student
    mark: dict | None
    """As `snnlab.course.classroom.marks` keeps it, with what rules give for mistakes; None if nothing that
    counts for them is marked."""
    stale: bool
    """Whether something else counts now than what was marked."""
    by: str = ""
    """Who has handed in what counts, if it is somebody else."""
    days: int = 0
    """How many days late it came, as far as they take off points."""
    a_day: float = 0.0
    """What each of them takes off."""
    nothing: bool = False
    """Whether they have 0 points because nothing was handed in."""
    name: str = ""
    """Of whoever has handed in what counts, as the roster has it."""
    waits: str = ""
    """Why nothing that counts for them is marked, where something is there or may be."""
    beside: tuple[str, ...] = ()
    """Who stands together with them and has a hand-in of their own, as they have."""
    reread: tuple[str, ...] = ()
    """The exercises for which a person gave points to another answer than the one that counts now."""

    @property
    def open(self) -> list[str]:
        """The exercises that a person has still to read."""
        entries = self.mark["exercises"] if self.mark else {}
        return [name for name, one in entries.items() if one["points"] is None]

    @property
    def off(self) -> float:
        """What delay takes off."""
        return min(self.days * self.a_day, self._sum)

    @property
    def points(self) -> float:
        """The sum so far."""
        return self._sum - self.off

    @property
    def _sum(self) -> float:
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
        If nothing is marked yet, marks are of another edition, two people disagree on points, or a rule
        cannot be read.
    """
    key = read_key(folder)
    students = roster_of(folder, key["students"])
    rules = read_rules(folder, key["students"], _mistakes(key))
    names = {student.id: student.name for student in students}
    concerned = dict.fromkeys([*names, *(other for id in names for other in rules.partners(id))])
    marks = {id: read_mark(folder, id) for id in concerned}  # also of partners who have left the roster
    there = [mark for mark in marks.values() if mark is not None]
    if not there:
        raise CommandError(f"nothing is marked yet: `snnlab mark {folder}` comes first")
    if others := sorted({str(mark.get("edition")) for mark in there} - {judgement(key)}):
        raise CommandError(
            f"some marks are of edition {others[0]}, and the class is of {judgement(key)}: "
            f"`snnlab mark {folder}` makes them anew"
        )
    by_hand = read_by_hand(folder, _worth(there), key["students"])
    given = {id for id, _ in by_hand}
    late = days_late(folder) if rules.late.number else {}
    listed = {one.id for one in read_receipts(folder)}
    handed = {id: there_of(folder, key["part"], id, mark is not None, listed) for id, mark in marks.items()}
    strays = unmatched(folder, key["students"])
    found = []
    for student in students:
        counts = whose(student.id, handed, rules, strays, given)
        by, mark = counts.by or student.id, marks[counts.by] if counts.by else None
        _need_same_hand(student.id, by, by_hand)
        fresh = None if mark is None else _with_rules(with_hand(mark, by_hand), rules)
        stale = mark is not None and _stale(folder, key["part"], mark)
        days = rules.days.get(student.id, rules.days.get(by, late.get(by, 0)))
        nothing = rules.nothing and mark is None and not counts.waits
        one = Standing(student, fresh, stale, "" if by == student.id else by, nothing=nothing)
        other = () if fresh is None else tuple(reread(fresh, by_hand))
        one = one._replace(name=names.get(by, ""), waits=counts.waits, beside=counts.beside, reread=other)
        found.append(one._replace(days=days, a_day=rules.late.of(one.of)))
    return found


def part_of(key: dict) -> Part | None:
    """The part in the edition of the class, None if it is not here."""
    try:
        part = find_part(key["part"])
    except CommandError:
        return None
    return part if part.edition == judgement(key) else None


def _mistakes(key: dict) -> Mapping[str, list[str] | None]:
    """The names of the mistakes that each exercise knows; None where the exercises are not here."""
    part = part_of(key)
    if part is None:
        return {name: None for one in key["students"].values() for name in one["exercises"]}
    return {one.grade_id: one.mistakes for one in part.exercises}


def _need_same_hand(student: str, by: str, by_hand: Mapping[tuple[str, str], ByHand]) -> None:
    """Points that a person gave to somebody for whom another's hand-in counts would be nobody's."""
    if by != student and (lines := [one for (id, _), one in by_hand.items() if id == student]):
        raise CommandError(
            f"manual-{lines[0].by}.csv gives points to {student}, for whom the hand-in of {by} counts: "
            f"write {by} there, for both, or take {student} out of {RULES}"
        )


def _with_rules(mark: dict, rules: Rules) -> dict:
    """With what rules give for mistakes; where a person has decided they give nothing."""
    exercises = dict(mark["exercises"])
    for name, entry in exercises.items():
        granted = rules.granted(name, entry)
        if granted is not None and "machine" not in entry and entry["points"] is not None:
            exercises[name] = {**entry, "points": granted, "granted": True}
    return {**mark, "exercises": exercises}


def _worth(marks: Iterable[dict]) -> dict[str, float]:
    return {name: float(one["of"]) for mark in marks for name, one in mark["exercises"].items()}


def _stale(folder: Path, part: str, mark: dict) -> bool:
    file = handed_in(folder, part, mark["id"])
    return file is not None and sha256(file) != mark.get("sha256")


def number(points: float) -> str:
    """Points as they are written, with at most two decimals.

    Examples
    --------
    >>> number(7.0), number(7.5), number(10 / 3)
    ('7', '7.5', '3.33')
    """
    return f"{points:.2f}".rstrip("0").rstrip(".")
