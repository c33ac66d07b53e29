"""Who hands in together, as a table of an LMS tells it.

Moodle's grading worksheet has a column ``Group`` where students submit in groups, and Canvas gives out the
list of a set of groups, with ``group_name``. `snnlab collect` keeps in ``CLASS/groups.csv`` what such a table
says; another is added, and what it says of somebody takes the place of what was said before. A line
``together:`` of ``rules.txt`` comes before it, for all whom it names.

No download alone makes a team: what a group is called stands before a name, and a name anybody can change.
"""

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path

from snnlab.course.classroom.formulas import as_written, harmless
from snnlab.course.classroom.names import Directory
from snnlab.course.classroom.whole_files import write_whole
from snnlab.course.errors import CommandError
from snnlab.course.printable import say

__all__ = ["GROUPS", "collect_groups", "group_column", "read_groups"]

GROUPS = "groups.csv"
_GROUP = ("group", "group_name", "group name", "gruppe", "groupe", "grupo", "gruppo", "groep", "team")
_WHO = re.compile(
    r"(?!canvas_|group)((.*\b)?(id|login|identifier|name|student|e-?mail)(\b.*)?|.*_id|.*[- ]?nummer)"
)  # and no number that Canvas gives to accounts and groups
# what Moodle writes where somebody is in no group, or in several
_NOBODY_S = re.compile(
    r"default group|not a member of any group.*|.*member of more than one group.*", re.I | re.S
)
_LARGEST = 8  # students of a team


def group_column(names: Sequence[str]) -> int | None:
    """The place of the column that tells groups, None if there is none.

    Parameters
    ----------
    names : sequence of str
        Of the columns, in small letters.

    Examples
    --------
    >>> group_column(["name", "canvas_user_id", "group_name"]), group_column(["identifier", "status"])
    (2, None)
    """
    return next((names.index(name) for name in _GROUP if name in names), None)


def collect_groups(
    file: Path, names: Sequence[str], rows: Sequence[Sequence[str]], folder: Path, directory: Directory
) -> None:
    """Keep what a table says of everybody's group.

    Parameters
    ----------
    file : Path
        Of the table, for what is said of it.
    names : sequence of str
        Of its columns, in small letters.
    rows : sequence of sequence of str
        Its cells.
    folder : Path
        Of the class.
    directory : Directory
        Its students.

    Raises
    ------
    CommandError
        If it has no such column, tells of nobody in the class, or of somebody in two groups.
    """
    at = group_column(names)
    if at is None:
        raise CommandError(f"{file} has no column Group")
    who = [k for k, name in enumerate(names) if k != at and _WHO.fullmatch(name)]
    found: dict[str, str] = {}
    unknown: list[str] = []
    for row in rows:
        words = [row[k].strip() for k in who if k < len(row) and row[k].strip()]
        sure = {id for word in words for id in directory.by_id(word) | directory.by_email(word)}
        ids = sure or {id for word in words for id in directory.by_name(word)}
        if len(ids) != 1:
            unknown += words[:1]
            continue
        (id,) = ids
        group = row[at].strip() if at < len(row) else ""
        if found.get(id, group) != group:
            raise CommandError(f"{file} has {id} in two groups, {found[id]!r} and {group!r}: leave one")
        found[id] = "" if _NOBODY_S.fullmatch(group) else group
    if not found:
        raise CommandError(f"{file} tells of nobody in this class: is it the table of another?")
    if unknown:
        say(f"Of nobody, or of more than one in this class: {', '.join(unknown)}.")
    for group, members in _by_group(found).items():
        if group and len(members) > _LARGEST:
            say(f"{len(members)} students stand under {group!r}: too many for a team, so it joins nobody.")
            found |= dict.fromkeys(members, "")
    kept = {id: group for id, group in (_kept(folder) | found).items() if group}
    table = io.StringIO(newline="")
    writer = csv.writer(table, lineterminator="\n")
    writer.writerows([("id", "group"), *((harmless(id), harmless(group)) for id, group in kept.items())])
    write_whole(folder / GROUPS, table.getvalue())
    told = [f"{group}: {' '.join(ids)}" for group, ids in _by_group(kept).items()]
    say(f"Together, by their groups: {'; '.join(told)}." if told else "No group has two of this class.")


def read_groups(folder: Path) -> tuple[tuple[str, ...], ...]:
    """The ids of each group of two or more, as tables have told; none if there was no table.

    Parameters
    ----------
    folder : Path
        Of the class.

    Raises
    ------
    CommandError
        If the list is damaged.
    """
    return tuple(_by_group(_kept(folder)).values())


def _by_group(kept: dict[str, str]) -> dict[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = {}
    for id, group in kept.items():
        groups.setdefault(group, []).append(id)
    return {group: tuple(ids) for group, ids in groups.items() if len(ids) > 1}


def _kept(folder: Path) -> dict[str, str]:
    file = folder / GROUPS
    if not file.is_file():
        return {}
    try:
        rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8"), newline="")))[1:]
        return {as_written(id): as_written(group) for id, group in rows}
    except (ValueError, csv.Error):
        raise CommandError(f"{file} cannot be read: take it away, and collect the table again") from None
