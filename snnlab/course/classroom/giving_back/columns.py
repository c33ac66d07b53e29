"""Find one column of a gradebook by its name, which every LMS decorates.

``part1`` is ``Assignment: part1 (Real)`` for Moodle, ``part1 (4711)`` for Canvas and ``part1 [Total Pts: 13
Score] |664617`` for Blackboard.
"""

import difflib
import re

from snnlab.course.classroom.giving_back.tables import Table
from snnlab.course.errors import CommandError

__all__ = ["ID_COLUMN", "find_column"]

_BEFORE = re.compile(r"^[^\W\d_][^:]{0,40}:\s?")  # Moodle's kind of activity
_BEHIND = re.compile(  # Canvas's number, Moodle's kind of grade; Blackboard's points and number
    r"\s*(\([^()]*\)|\[(Total Pts: )?[^\[\]]*\](\s*\|\s*\w+)?)$"
)
ID_COLUMN = re.compile(
    r"(?i)(sis |student |integration )?(id|user ?id|login ?id|id[- ]?number|id[- ]?nummer|number)"
    r"|user ?name|login|matrikelnummer|anmeldename|identifiant|numéro d.identification|número de id"
)
_IDENTITY = re.compile(
    r"(?i)student|section|root account|integration id|.*name|.*e-?mail.*|last access|availability"
)
_READ_ONLY = "(read only)"


def find_column(table: Table, wanted: str, asked: bool) -> int:
    """The place of a column.

    Parameters
    ----------
    table : Table
        The gradebook; its first row names the columns.
    wanted : str
        The name, whole or without what the LMS adds.
    asked : bool
        Whether the teacher has typed it.

    Returns
    -------
    int

    Raises
    ------
    CommandError
        If there is none, or several, or if the LMS lets nobody write into it; the sentence suggests one.
    """
    names = [cell.text.strip() for cell in table.rows[0]]
    target = wanted.strip().casefold()
    levels = [
        [k for k, name in enumerate(names) if name.casefold() == target],
        [k for k, name in enumerate(names) if target in _forms(name)],
        [k for k, name in enumerate(names) if not asked and target in name.casefold()],
    ]
    found = next((level for level in levels if level), [])
    real = [k for k in found if names[k].endswith("(Real)")]  # beside a percentage, a letter, a feedback
    found = real if len(real) == 1 else found
    if len(found) == 1 and not _tells_who(names[found[0]]):
        _writable(table, found[0])
        return found[0]
    if len(found) == 1:
        raise CommandError(f'the column "{names[found[0]]}" says who somebody is and holds no points')
    if found:
        which = " or ".join(f'"{names[k]}"' for k in found)
        raise CommandError(f"{table.file} has several such columns: write --column {which}")
    raise CommandError(_suggestion(table, names, wanted, asked))


def _tells_who(name: str) -> bool:
    return bool(_IDENTITY.fullmatch(name) or ID_COLUMN.fullmatch(name))


def _is_open(table: Table, column: int) -> bool:
    """Whether points may belong there: some cell is empty or has a number, or a hyphen as Moodle's."""
    cells = [row[column].text.strip() for row in table.rows[1:] if column < len(row)]
    return not cells or any(not cell.strip("-") or cell[0].isdecimal() for cell in cells)


def _forms(name: str) -> list[str]:
    """The name with and without what the LMS has put before and behind it."""
    short = _BEHIND.sub("", name)
    return [form.strip().casefold() for form in (name, short, _BEFORE.sub("", name), _BEFORE.sub("", short))]


def _writable(table: Table, column: int) -> None:
    for row in table.rows[1:4]:
        if column < len(row) and row[column].text.strip().casefold() == _READ_ONLY:
            name = table.rows[0][column].text
            raise CommandError(f'the LMS computes the column "{name}" itself: choose that of the assignment')


def _suggestion(table: Table, names: list[str], wanted: str, asked: bool) -> str:
    ordered = sorted(names, key=lambda name: name.endswith("(Real)"))  # the later one stays
    forms = {form: name for name in ordered for form in _forms(name) if form}
    near = difflib.get_close_matches(wanted.strip().casefold(), forms, 1, 0.6)
    near = near or [form for form in forms if wanted.strip().casefold() in form][:1]
    start = f'{table.file} has no column "{wanted}"'
    if near:
        return f'{start}: did you mean --column "{forms[near[0]]}"?'
    rest = [name for k, name in enumerate(names) if name and not _tells_who(name) and _is_open(table, k)]
    shown = ", ".join(f'"{name}"' for name in rest[:12]) + (", …" if len(rest) > 12 else "")
    return f"{start}: name one with --column, of {shown or 'which it has none'}"
