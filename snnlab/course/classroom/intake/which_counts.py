"""Which of several files of one student counts, and what the teacher is told of the others."""

from collections.abc import Sequence
from typing import NamedTuple

from snnlab.course.classroom.intake.pieces import CHOSEN, SIGNED

__all__ = ["Order", "reason_of", "worth_a_word"]


class Order(NamedTuple):
    """Of two files of one student the larger counts."""

    voice: int
    """How well it is known that it is theirs: no file without a token is put before one with theirs."""
    suits: int
    """Whether it is of this part."""
    upload: int
    """A number or a time of the LMS, 0 if it gives none."""
    minute: str
    copy: int
    notebook: bool
    """If both came together."""
    time: str


def reason_of(orders: Sequence[Order], part: str) -> str:
    """Why the first of two or more files counts; completes "… is taken,".

    Examples
    --------
    >>> old = Order(3, 2, 0, "2026-11-20 12:00", 0, True, "2026-11-20 12:00:00")
    >>> print(reason_of([old, old._replace(minute="2026-11-21 12:00")], "part1"))
    the newest
    >>> print(reason_of([old, old._replace(voice=2, minute="2026-11-21 12:00")], "part1"))
    the only one with their token
    """
    first, *rest = sorted(orders, reverse=True)
    if first.voice > rest[0].voice:
        words = {CHOSEN: "the teacher's choice", SIGNED: "the only one with their token"}
        return words.get(first.voice, "the only one that is not theirs by its name alone")
    if first.suits > rest[0].suits:
        return f"the only one that is surely of {part}"
    if (first.upload, first.minute, first.copy) == (rest[0].upload, rest[0].minute, rest[0].copy):
        return "a notebook before the file of a page" if first.notebook > rest[0].notebook else "the last"
    return "the newest" if all(one.upload for one in (first, *rest)) or not first.upload else "from the LMS"


def worth_a_word(mine: Order, its: Order, by_hand: bool) -> str:
    """What the teacher should know of a file that was passed over, "" if it is only older.

    Parameters
    ----------
    mine, its : Order
        Of the file, and of the one that is taken.
    by_hand : bool
        Whether the teacher has taken that one.

    Examples
    --------
    >>> its = Order(3, 2, 0, "2026-11-20 12:00", 0, True, "2026-11-20 12:00:00")
    >>> print(worth_a_word(its._replace(voice=2, minute="2026-11-21 12:00"), its, False))
    has not their token, may be newer and
    """
    if by_hand:
        return "may be newer and" if mine[1:] > its[1:] else ""  # whoever has decided, the other may be newer
    if mine.voice < its.voice:
        both = bool(mine.upload and its.upload)
        older = mine.upload < its.upload if both else mine.minute < its.minute
        return "" if older else "has not their token, may be newer and"
    unnumbered = bool(its.upload) and not mine.upload  # sent by mail, after one that the LMS has numbered
    return "may be newer and" if unnumbered and mine.suits >= its.suits and mine.minute > its.minute else ""
