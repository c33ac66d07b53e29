"""What `snnlab marks` says of the rules: which it has read, and what it could not look up."""

from pathlib import Path

from snnlab.course.classroom.giving_back.standings import number, part_of
from snnlab.course.classroom.intake.lateness import untold
from snnlab.course.classroom.marks import read_mark
from snnlab.course.classroom.rules import RULES, Rules, Worth, read_rules
from snnlab.course.classroom.teams import GROUPS

__all__ = ["rule_notes"]


def rule_notes(folder: Path, key: dict) -> list[str]:
    """Sentences for the teacher.

    Parameters
    ----------
    folder : Path
        Of the class.
    key : dict
        Its key.
    """
    said = []
    if files := [name for name in (RULES, GROUPS) if (folder / name).is_file()]:
        rules = read_rules(folder, key["students"])
        said.append(f"Rules of {' and '.join(files)}: {'; '.join(_told(rules)) or 'none'}.")
        if rules.mistakes and part_of(key) is None:
            said.append(
                f"The exercises of {key['part']} are not here as they were handed out, so the names of "
                f"mistakes in {RULES} could not be looked up: a misspelt one does nothing."
            )
        marked = [id for id in key["students"] if read_mark(folder, id) is not None and id not in rules.days]
        if rules.late.number and (who := untold(folder, marked)):
            said.append(
                "Nothing taken off for delay, because the worksheet tells nothing of what they handed in; "
                f"collect it anew: {', '.join(who)}."
            )
    read = folder / RULES  # which some systems find under other capitals, too
    there = [one for one in folder.iterdir() if one.is_file() and not (read.exists() and one.samefile(read))]
    names = sorted(one.name for one in there)
    if others := [name for name in names if name.casefold().startswith("rules")]:
        said.append(f"Not read: {', '.join(others)}. Rules stand in {RULES}, written so.")
    return said


def _told(rules: Rules) -> list[str]:
    found = [f"{exercise}, {mistake}: {_worth(one)}" for (exercise, mistake), one in rules.mistakes.items()]
    found += [f"late: {_worth(rules.late)} a day"] if rules.late.number else []
    found += [f"{id} late: {days} d" for id, days in rules.days.items()]
    found += [f"together: {' '.join(group)}" for group in rules.together]
    return found + (["nothing: 0"] if rules.nothing else [])


def _worth(one: Worth) -> str:
    if one.share:
        return f"{number(100 * one.number)} %"
    return f"{number(one.number)} point{'s' if one.number != 1 else ''}"
