"""How a class has done: points by exercise, and which mistake was made how often.

Each hand-in counts once, whoever shares it. Points are those that are given, with what people and rules say;
mistakes are those of the subject that the machine has named, whatever was given for them: an exercise that
nobody has begun or a file that is another's is none.
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from snnlab.course.classroom.giving_back.standings import Standing
from snnlab.course.classroom.marks import machine_s

__all__ = ["Tally", "tallies"]

_NO_MISTAKE = {"right", "to be read", "", "not started", "missing", "not compared", "time", "forged"}
_NO_MISTAKE |= {"unreadable", "part", "edition", "student", "token"}  # of the whole file


class Tally(NamedTuple):
    """How one exercise has come out."""

    exercise: str
    of: float
    """What can be had."""
    full: int
    """Hand-ins with all points."""
    part: int
    """With some."""
    none: int
    """With none."""
    unread: int
    """Which a person has still to read."""
    total: float
    """All points together."""
    mistakes: tuple[tuple[str, int], ...]
    """What the machine has named and how often, the most frequent first."""

    @property
    def read(self) -> int:
        """The hand-ins that have points."""
        return self.full + self.part + self.none

    @property
    def mean(self) -> float:
        """Points of a hand-in; 0 if none has any yet."""
        return self.total / self.read if self.read else 0.0


def tallies(all_: Sequence[Standing]) -> list[Tally]:
    """One for each exercise, in the order of the part.

    Parameters
    ----------
    all_ : sequence of Standing
        Of a class.

    Examples
    --------
    >>> from snnlab.course.classroom.roster import Student
    >>> entry = {"points": 0.0, "of": 2, "reason": "no leak"}
    >>> one = Standing(Student("s1"), {"exercises": {"latency": entry}}, False)
    >>> (told,) = tallies([one, one._replace(by="s1")])
    >>> told.none, told.mean, told.mistakes
    (1, 0.0, (('no leak', 1),))
    """
    each = {one.by or one.student.id: one.mark["exercises"] for one in all_ if one.mark is not None}
    marks = list(each.values())
    found = []
    for name in dict.fromkeys(name for mark in marks for name in mark):
        entries = [mark[name] for mark in marks if name in mark]
        of = max(float(one["of"]) for one in entries)
        points = [float(one["points"]) for one in entries if one["points"] is not None]
        reasons = Counter(str(machine_s(one)["reason"]) for one in entries)
        mistakes = sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))
        found.append(
            Tally(
                name,
                of,
                sum(got >= of for got in points),
                sum(0 < got < of for got in points),
                sum(got <= 0 for got in points),
                len(entries) - len(points),
                sum(points),
                tuple(pair for pair in mistakes if pair[0] not in _NO_MISTAKE),
            )
        )
    return found
