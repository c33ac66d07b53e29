"""What a teacher has set for a class: part of the points for a mistake, days of delay, pairs, and nothing.

``CLASS/rules.txt`` has a rule a line, in any order, and is read whenever points are added up. Marks stay as
they are, so a line that is taken out takes back what it did::

    latency, no leak: 50 %
    any, seconds: 1 point
    late: 10 % a day
    s3 late: 0 days
    together: s1 s2
    nothing: 0

A mistake is worth what its line says, in points or in a share of what can be had there, and the line says in
which of the two, unless it is 0; "any" is every
exercise that knows a mistake of this name. Delay takes off a share of all that can be had, or points, for
each day that has begun, and never more than there is. Those who stand together have one hand-in, by a line or
by the groups of an LMS, and who has
handed in nothing has 0 points. What a person has given by hand no rule changes but the one about delay.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from snnlab.course.classroom.teams import GROUPS, read_groups
from snnlab.course.errors import CommandError

__all__ = ["ANY", "RULES", "Rules", "Worth", "read_rules"]

RULES = "rules.txt"
ANY = "any"
_NUMBER = r"(?P<number>\d+(?:[.,]\d+)?)"
_WORTH = re.compile(rf"{_NUMBER}\s*(?P<unit>%|points?|)(?P<day>\s*(?:a|per) day)?", re.IGNORECASE)
_DAYS = re.compile(r"(?P<number>\d+)\s*days?", re.IGNORECASE)


class Worth(NamedTuple):
    """So many points, or a share of what can be had."""

    number: float
    share: bool

    def of(self, most: float) -> float:
        """In points, and no more than can be had.

        Examples
        --------
        >>> Worth(0.5, True).of(3.0), Worth(2.0, False).of(3.0), Worth(4.0, False).of(3.0)
        (1.5, 2.0, 3.0)
        """
        return min(self.number * most if self.share else self.number, most)


_NO_PENALTY = Worth(0.0, True)


class Rules(NamedTuple):
    """All of a class."""

    mistakes: Mapping[tuple[str, str], Worth] = {}
    """By exercise, or "any", and mistake."""
    late: Worth = _NO_PENALTY
    """What a day takes off."""
    days: Mapping[str, int] = {}
    """By student, whatever an LMS says."""
    together: tuple[tuple[str, ...], ...] = ()
    """The ids of each pair or group."""
    nothing: bool = False
    """Whether who has handed in nothing has 0 points."""

    def partners(self, student: str) -> tuple[str, ...]:
        """The others with whom somebody hands in.

        Examples
        --------
        >>> Rules(together=(("s1", "s2"),)).partners("s2")
        ('s1',)
        """
        group = next((group for group in self.together if student in group), ())
        return tuple(other for other in group if other != student)

    def granted(self, exercise: str, entry: Mapping) -> float | None:
        """What the machine's verdict on an answer is worth by these rules, None if they say nothing of it.

        Examples
        --------
        >>> half = Rules({("latency", "no leak"): Worth(0.5, True)})
        >>> half.granted("latency", {"reason": "no leak", "of": 2})
        1.0
        """
        names = (exercise, entry["reason"]), (ANY, entry["reason"])
        worth = next((self.mistakes[name] for name in names if name in self.mistakes), None)
        return None if worth is None else worth.of(float(entry["of"]))


def read_rules(
    folder: Path, students: Collection[str], mistakes: Mapping[str, Collection[str] | None] | None = None
) -> Rules:
    """The rules of a class; without such a file only groups of an LMS, if a table has told any.

    Parameters
    ----------
    folder : Path
        Of the class.
    students : collection of str
        The ids of its key.
    mistakes : mapping, optional
        The names of the mistakes that each exercise knows, None where they are not known; without it any
        are taken.

    Raises
    ------
    CommandError
        If a line is no rule, names what does not exist, or says otherwise than a line before.
    """
    file = folder / RULES
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        text = ""
    except UnicodeDecodeError:
        raise CommandError(f"{file} is not UTF-8: save it as plain text in UTF-8") from None
    said: dict[tuple[str, ...], object] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not _is_note(line, students):
            name, rule = _rule(line, f"{RULES}, line {number}", students, mistakes)
            if said.setdefault(name, rule) != rule:
                raise CommandError(
                    f"{RULES}, line {number}, says otherwise than one before: leave one of them"
                )
    groups = [rule for rule in said.values() if isinstance(rule, tuple) and not isinstance(rule, Worth)]
    often = Counter(one for group in groups for one in group)
    if twice := [one for one, count in often.items() if count > 1]:
        raise CommandError(f"{RULES} has {twice[0]} together with others twice: make one line of it")
    groups += _groups_of_lms(folder, students, often)
    late = said.get(("late",))
    return Rules(
        {
            (name[1], name[2]): rule
            for name, rule in said.items()
            if isinstance(rule, Worth) and len(name) == 3
        },
        late if isinstance(late, Worth) else _NO_PENALTY,
        {name[1]: rule for name, rule in said.items() if isinstance(rule, int)},
        tuple(groups),
        ("nothing",) in said,
    )


def _groups_of_lms(folder: Path, students: Collection[str], named: Collection[str]) -> list[tuple[str, ...]]:
    """Those of whom nobody stands together with others in a line."""
    found = []
    for group in read_groups(folder):
        ids = [_id(one, students) for one in group]
        if None in ids:
            raise CommandError(f'{GROUPS}: nobody in this class has the id "{group[ids.index(None)]}"')
        left = tuple(one for one in ids if one is not None and one not in named)
        found += [left] if len(left) > 1 else []
    return found


def _is_note(line: str, students: Collection[str]) -> bool:
    """Whether a line begins with #, and not with the id of somebody that begins so."""
    about = line.rpartition(":")[0].split()
    whose = about[0] if len(about) == 2 and about[1].casefold() == "late" else ""
    return line.lstrip().startswith("#") and _id(whose, students) is None


def _id(word: str, students: Collection[str]) -> str | None:
    """The id that is meant, whatever its capitals and however its accents are written."""
    if word in students:
        return word
    wanted = unicodedata.normalize("NFC", word).casefold()
    return next((id for id in students if unicodedata.normalize("NFC", id).casefold() == wanted), None)


def _rule(
    line: str, where: str, students: Collection[str], mistakes: Mapping[str, Collection[str] | None] | None
) -> tuple[tuple[str, ...], Worth | int | tuple[str, ...] | None]:
    """What a line is about, and what it says."""
    about, colon, word = (part.strip() for part in line.rpartition(":"))
    first, _, second = about.rpartition(" ")
    if not colon or not word:
        raise CommandError(f'{where}: a rule has a colon and something behind it, such as "late: 10 % a day"')
    if about.casefold() == "nothing":
        if word != "0":
            raise CommandError(
                f'{where}: who hands in nothing has 0 points or none: "nothing: 0", or no line'
            )
        return ("nothing",), None
    if about.casefold() == "together":
        words = word.split()
        if any(_id(one, students) is None for one in words):  # else a comma is a part of an id
            words = word.replace(",", " ").split()
        group = tuple(dict.fromkeys(_all_in_class(words, students, where)))
        if len(group) < 2:
            raise CommandError(f'{where}: name two or more, "together: s1 s2" for one')
        return ("together", *group), group
    if (
        second.casefold() == "late" and first and ("," not in first or _id(first, students))
    ):  # a mistake may be called so
        (first,) = _all_in_class((first,), students, where)
        if not (days := _DAYS.fullmatch(word)):
            raise CommandError(f"{where}: delay is so many whole days, got {word!r}")
        return ("days", first), int(days["number"])
    worth = _WORTH.fullmatch(word)
    if about.casefold() == "late":
        if not worth or not worth["day"]:
            raise CommandError(
                f'{where}: write what a day takes off, such as "late: 10 % a day", got {word!r}'
            )
        return ("late",), _worth(worth, where)
    if not worth or worth["day"]:
        raise CommandError(
            f'{where}: a mistake is worth points or a share, such as "1 point" or "50 %", got {word!r}'
        )
    exercise, comma, mistake = (part.strip() for part in about.partition(","))
    if not comma:
        raise CommandError(
            f"{where}: a mistake is named by its exercise, a comma and its name, got {about!r}"
        )
    _need_mistake(exercise, mistake, mistakes, where)
    return ("mistake", exercise, mistake), _worth(worth, where)


def _worth(found: re.Match, where: str) -> Worth:
    number = float(found["number"].replace(",", "."))
    if number and not found["unit"]:
        raise CommandError(f"{where}: {number:g} of what? Write {number:g} % or {number:g} points")
    if found["unit"] != "%":
        return Worth(number, False)
    if number > 100:
        raise CommandError(f"{where}: a share is from 0 to 100 %, got {number:g} %")
    return Worth(number / 100, True)


def _all_in_class(words: Sequence[str], students: Collection[str], where: str) -> list[str]:
    """The ids that are meant."""
    ids = [_id(word, students) for word in words]
    if None in ids:
        raise CommandError(f'{where}: nobody in this class has the id "{words[ids.index(None)]}"')
    return [id for id in ids if id is not None]


def _need_mistake(
    exercise: str, mistake: str, mistakes: Mapping[str, Collection[str] | None] | None, where: str
) -> None:
    if mistakes is None:
        return
    if exercise != ANY and exercise not in mistakes:
        raise CommandError(
            f'{where}: there is no exercise "{exercise}", only {", ".join(mistakes)}, and {ANY}'
        )
    lists = [names for id, names in mistakes.items() if exercise in (id, ANY)]
    known = {name for names in lists for name in names or ()}
    if mistake not in known and None not in lists:
        raise CommandError(f"{where}: no such mistake is known, only {', '.join(sorted(known))}")
