"""How many days late somebody was, as an LMS tells it.

Canvas and ILIAS say of a file that it was late, and not by how much: that is one day. Moodle says it in the
grading worksheet, once the time is over: ``Submitted for grading - 2 days 3 hours late`` in the column of the
status. A day counts as soon as it has begun; what is less than an hour beyond whole days Moodle leaves out.
`snnlab collect` reads a worksheet when it is given one, and keeps in ``CLASS/late.csv`` what it says of all
who have handed in. Another is added, and what it says of somebody takes the place of what was said before.
The number of a participant is one of one assignment only: a worksheet of another one, taken for its groups,
says nothing of delay.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from snnlab.course.classroom.formulas import as_written, harmless
from snnlab.course.classroom.intake.downloads import origin
from snnlab.course.classroom.intake.receipts import late_ids, read_receipts
from snnlab.course.classroom.names import Directory, participant_number
from snnlab.course.classroom.roster import read_roster, read_rows
from snnlab.course.classroom.teams import collect_groups, group_column
from snnlab.course.classroom.whole_files import write_whole
from snnlab.course.errors import CommandError
from snnlab.course.printable import say

__all__ = ["LATE", "collect_report", "days_late", "days_of_status", "untold"]

LATE = "late.csv"
_STATUS = ("status", "estado", "statut", "stato", "stav")
_NOTHING = {  # first words where nothing was handed in; "Kein Versuch", "Aucun travail remis", "Sin entrega"
    "no", "not", "nothing", "kein", "keine", "nicht", "nichts", "aucun", "aucune", "pas", "non", "sin",
    "nessun", "nessuna", "geen", "niet",
}  # fmt: skip
_LATENESS = re.compile(r"(\d+) ([^\W\d]+)\.?(?: (\d+) ([^\W\d]+)\.?)?\s+\S.*")
_UNITS = {  # the first letters of a word, in the languages that we have looked up
    "year": ("year", "jahr", "an", "año", "jaar"),
    "day": ("day", "tag", "jour", "día", "dia", "giorn", "dag"),
    "less": ("hour", "min", "sec", "stunde", "sek", "heure", "hora", "seg", "or", "uur", "uren", "now"),
}


def days_of_status(status: str) -> int | None:
    """The days that have begun since the end of the time.

    Parameters
    ----------
    status : str
        As Moodle's worksheet has it.

    Returns
    -------
    int or None
        0 if it tells of no delay, None if it tells of one in words that nobody has taught us.

    Examples
    --------
    >>> days_of_status("Submitted for grading - 2 days 3 hours late - Graded")
    3
    >>> days_of_status("Zur Bewertung abgegeben - 45 Minuten später"), days_of_status("No submission")
    (1, 0)
    >>> days_of_status("No submission - Assignment is overdue by: 2 days"), days_of_status("x - 2 moons late")
    (0, None)
    """
    for piece in status.split(" - "):
        if found := _LATENESS.fullmatch(piece.strip()):
            numbers = [(int(found[k]), _unit(found[k + 1])) for k in (1, 3) if found[k] and found[k + 1]]
            if not numbers or numbers[0][1] == "":
                return None
            days = sum({"year": 365, "day": 1}.get(unit, 0) * count for count, unit in numbers)
            return days + any(unit not in ("year", "day") and count for count, unit in numbers)
    return 0


def _handed_in(status: str) -> bool:
    """Whether a status says so; of an empty one or a hyphen nothing is known."""
    words = re.findall(r"[^\W\d_]+", status.casefold())
    return bool(words) and words[0] not in _NOTHING


def _tells_time(status: str) -> bool:
    return any(_unit(word) for word in re.findall(r"\d+ ([^\W\d]+)", status))


def _unit(word: str) -> str:
    found = (unit for unit, begins in _UNITS.items() if word.casefold().startswith(begins))
    return next(found, "")


def collect_report(file: Path, folder: Path, directory: Directory) -> None:
    """Keep what a grading worksheet says of everybody's delay and group, or another table of groups.

    Parameters
    ----------
    file : Path
        As Moodle exports it.
    folder : Path
        Of the class.
    directory : Directory
        Its students.

    Raises
    ------
    CommandError
        If it is no such table, is of another assignment, tells of nobody in the class, or if a status cannot
        be read.
    """
    names, rows = read_rows(file)
    if group_column(names) is not None:
        collect_groups(file, names, [row for _, row in rows], folder, directory)
    at = next((names.index(name) for name in _STATUS if name in names), None)
    if at is None and group_column(names) is not None:
        return
    if at is None:
        raise CommandError(
            f"{file} has no column Status: of tables `collect` takes Moodle's grading worksheet, which tells "
            "who was late, a list of groups, and for all else a zip or a folder"
        )
    said: dict[str, tuple[str, str]] = {}  # the number and the status of each
    nobody: list[str] = []
    for student, (_, row) in zip(read_roster(file), rows, strict=True):
        number = participant_number(student)
        who = directory.by_number(number) or directory.by_id(student.id) or directory.by_email(student.email)
        if len(who) != 1:
            nobody.append(student.name or student.id)
        else:
            (id,) = who
            said[id] = (number, row[at] if at < len(row) else "")
    if not said:
        raise CommandError(f"{file} tells of nobody in this class: is it the worksheet of another?")
    others = _others(said, _numbers(folder, directory))
    if others and others.keys() == said.keys():
        if group_column(names) is None:
            id, numbers = next((id, numbers) for id, numbers in others.items() if numbers)
            raise CommandError(
                f"{file} is of another assignment: {id} is participant {said[id][0]} there, and {numbers} in "
                "what was handed out and in; collect what was handed in there first, or the right worksheet"
            )
        say(f"{file} is of another assignment, so its groups are taken, and nothing of who was late.")
        return
    _keep_days(file, folder, {id: status for id, (_, status) in said.items() if id not in others})
    if others:
        say(f"Nothing taken of these, who have other numbers in this assignment: {', '.join(others)}.")
    if nobody:
        say(f"In the worksheet and not in the class: {'; '.join(nobody)}.")


def _numbers(folder: Path, directory: Directory) -> dict[str, set[str]]:
    """By student, the numbers of Moodle's that are known: from the roster, and from what was handed in."""
    found: dict[str, set[str]] = {}
    for id, student in directory.students.items():
        if number := participant_number(student):
            found.setdefault(id, set()).add(number)
    for one in read_receipts(folder):
        told = origin(one.file, directory, "")
        owners = told.owners or {one.id} - {""}
        if len(owners) == 1 and (account := re.fullmatch(r"moodle (\d+)", told.account)):
            found.setdefault(next(iter(owners)), set()).add(account[1])
    return found


def _others(said: Mapping[str, tuple[str, str]], known: Mapping[str, set[str]]) -> dict[str, str]:
    """Who stands in a worksheet under the number of another assignment, and the numbers that are theirs.

    Of whom no number is known there is nothing to compare: they go with the others.
    """
    compared = {id: number in known[id] for id, (number, _) in said.items() if number and id in known}
    if not any(compared.values()) and compared:
        return {id: " or ".join(sorted(known.get(id, ()))) for id in said}
    return {id: " or ".join(sorted(known[id])) for id, fits in compared.items() if not fits}


def _keep_days(file: Path, folder: Path, said: Mapping[str, str]) -> None:
    """Write what a worksheet says of these students, whose status it has."""
    days: dict[str, int] = {}
    odd: list[str] = []  # which speak of hours or days in another way
    for id, status in said.items():
        late = days_of_status(status)
        if late is None:
            raise CommandError(f'{file} says of {id} "{status}", which cannot be read: export it in English')
        if _handed_in(status):  # who had handed in nothing when it was made may be late with what comes
            days[id] = late
            odd += [f'{id} ("{status}")'] if late == 0 and _tells_time(status) else []
    table = io.StringIO(newline="")
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(("id", "days"))
    try:
        before = _kept(folder)
    except CommandError:  # it is damaged, and this worksheet is what it asks for
        before = {}
    writer.writerows((harmless(id), late) for id, late in (before | days).items())
    write_whole(folder / LATE, table.getvalue())
    late_ones = [f"{id} ({late} day{'s' if late > 1 else ''})" for id, late in days.items() if late]
    say(f"Late: {', '.join(late_ones)}." if late_ones else "Nobody was late.")
    changed = [f"{id} {before[id]} → {late}" for id, late in days.items() if before.get(id, late) != late]
    if changed:
        say(f"Other numbers of days than an earlier worksheet had: {', '.join(changed)}.")
    if odd:
        say(f"Read as in time, so look whether that is so: {', '.join(odd)}.")


def days_late(folder: Path) -> dict[str, int]:
    """How many days late what counts came, for whoever of a class is known to have been.

    Parameters
    ----------
    folder : Path
        Of the class.

    Raises
    ------
    CommandError
        If a list of it is damaged.
    """
    found = _kept(folder)
    for id in late_ids(read_receipts(folder)):
        found[id] = max(1, found.get(id, 0))
    return found


def untold(folder: Path, students: Iterable[str]) -> list[str]:
    """Who of these handed in after the worksheet was made, or does not stand in it; nobody if there is none.

    Parameters
    ----------
    folder : Path
        Of the class.
    students : iterable of str
        Whose hand-ins count.
    """
    told = days_late(folder) if (folder / LATE).is_file() else None
    return [] if told is None else [id for id in students if id not in told]


def _kept(folder: Path) -> dict[str, int]:
    """What worksheets have said."""
    file = folder / LATE
    if not file.is_file():
        return {}
    try:
        rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8"), newline="")))[1:]
        return {as_written(id): int(days) for id, days in rows}
    except (ValueError, csv.Error):
        raise CommandError(f"{file} cannot be read: collect the worksheet again") from None
