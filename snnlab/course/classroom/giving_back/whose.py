"""Whose hand-in counts for whom, and for whom nothing was handed in.

A student's own hand-in counts, else that of the one of their group who has one. Where nothing is marked that
counts for them, it may still wait: a file that is not marked, two of their group between whom somebody has to
choose, or a file that belongs to nobody so far and may be theirs. Nothing was handed in only where none of
this is so, for them and for those who stand together with them.
"""

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from snnlab.course.classroom.intake.accounts import accounts_of
from snnlab.course.classroom.intake.desk import Desk
from snnlab.course.classroom.intake.receipts import read_receipts
from snnlab.course.classroom.marks import mark_file
from snnlab.course.classroom.rules import Rules

__all__ = ["Handed", "Whose", "handed_in", "there_of", "unmatched", "whose"]


class Handed(NamedTuple):
    """What is there of one student."""

    marked: bool
    file: bool
    """Whether a file is laid out that counts."""
    more: bool
    """Whether anything else lies there, of whatever kind."""

    @property
    def counts(self) -> bool:
        """Whether they have a hand-in of their own."""
        return self.marked or self.file


class Whose(NamedTuple):
    """What counts for one student."""

    by: str
    """Whose mark it is; "" if there is none."""
    waits: str = ""
    """Why there is none, where something is there or may be; "" if nothing was handed in."""
    beside: tuple[str, ...] = ()
    """Who stands together with them and has handed in as well."""


def handed_in(folder: Path, part: str, student: str) -> Path | None:
    """The file that counts for a student, None if there is none."""
    own = folder / "submitted" / student
    return next((file for file in (own / f"{part}.ipynb", own / "answers.json") if file.is_file()), None)


def there_of(folder: Path, part: str, student: str, marked: bool, listed: Collection[str]) -> Handed:
    """What is there of one student.

    Parameters
    ----------
    folder : Path
        Of the class.
    part, student : str
    marked : bool
        Whether there is a whole mark.
    listed : collection of str
        Who has a line in the list of what was collected.
    """
    own = folder / "submitted" / student
    more = student in listed or mark_file(folder, student).exists()
    more = more or any(not one.is_dir() for one in own.rglob("*"))
    return Handed(marked, handed_in(folder, part, student) is not None, more)


def whose(
    student: str,
    handed: Mapping[str, Handed],
    rules: Rules,
    strays: Mapping[str, list[str]],
    given: Collection[str] = (),
) -> Whose:
    """What counts for a student.

    Parameters
    ----------
    student : str
    handed : mapping
        What is there, of them and of those who stand together with them.
    rules : Rules
    strays : mapping
        Of `unmatched`: which files may be whose.
    given : collection of str
        To whom a person has given points.

    Examples
    --------
    >>> there = {"s1": Handed(False, True, True), "s2": Handed(False, False, False)}
    >>> pair = Rules(together=(("s1", "s2"),))
    >>> whose("s2", there, pair, {})
    Whose(by='', waits="s1's file waits to be marked", beside=())
    >>> whose("s2", there, Rules(), {})
    Whose(by='', waits='', beside=())
    """
    own, partners = handed[student], [one for one in rules.partners(student) if one in handed]
    others = tuple(one for one in partners if handed[one].counts)
    if own.marked:
        return Whose(student, "", others)
    if own.file:
        return Whose("", "their file waits to be marked", others)
    if len(others) > 1:
        named = " and ".join(others)
        return Whose(
            "", f"{named} have handed in: leave in their line together the one whose counts for {student}"
        )
    if others and handed[others[0]].marked:
        return Whose(others[0])
    if others:
        return Whose("", f"{others[0]}'s file waits to be marked")
    group = [student, *partners]
    if files := list(dict.fromkeys(file for one in group for file in strays.get(one, ()))):
        return Whose(
            "", f"{', '.join(files)} may be theirs: say whose with `collect --take`, or take it away"
        )
    if some := [one for one in group if handed[one].more]:
        return Whose("", f"something of {some[0]}'s lies there and is not marked")
    if some := [one for one in group if one in given]:
        return Whose("", f"points were given to {some[0]} by hand, and nothing was handed in")
    return Whose("")


def unmatched(folder: Path, students: Iterable[str]) -> dict[str, list[str]]:
    """Which files that belong to nobody so far may be whose, by student.

    Whoever is named by the token, the account, the folder or the file itself may have handed it in; where
    nothing names anybody, it may be anybody's.

    Parameters
    ----------
    folder : Path
        Of the class.
    students : iterable of str
        All ids of its key.
    """
    lost = [one for one in read_receipts(folder) if not one.id and (folder / one.kept).is_file()]
    if not lost:
        return {}
    desk, all_ = Desk(folder), list(students)
    homes = accounts_of([desk.piece(one) for one in desk.receipts], desk.tokens).homes
    found: dict[str, list[str]] = {}
    for one in lost:
        piece = desk.piece(one)
        named = {desk.tokens.get(piece.claim.token or ""), piece.claim.student, *piece.origin.owners}
        named |= homes.get(piece.origin.account, frozenset())
        for student in [id for id in all_ if id in named] or all_:
            found.setdefault(student, []).append(one.kept)
    return found
