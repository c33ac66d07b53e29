"""Tables of numbers in text files, as laboratories write them: what parts columns, and what decimals.

A file is read if there is one way to read it. Columns are parted by tabs, semicolons, commas or blanks;
decimals have a point or a comma. A comma that may be either is refused. Lines that begin with ``#`` or ``%``
and those above the table are left out; a header is the line above the numbers with as many fields as they
have, and a line of units may stand below it.
"""

import csv
import re
from pathlib import Path
from typing import NamedTuple

import numpy as np

__all__ = ["UNITS", "CSVTable", "read_csv"]

UNITS = {
    "ms": ("t", 1.0), "s": ("t", 1e3), "sec": ("t", 1e3), "us": ("t", 1e-3), "µs": ("t", 1e-3),
    "mV": ("v", 1.0), "V": ("v", 1e3), "uV": ("v", 1e-3), "µV": ("v", 1e-3),
    "nA": ("i", 1.0), "pA": ("i", 1e-3), "uA": ("i", 1e3), "µA": ("i", 1e3), "A": ("i", 1e9),
}  # fmt: skip
"""What each unit measures (time, potential, current) and how many ms, mV or nA it has."""

_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?|[+-]?(nan|inf)|", re.IGNORECASE)
_BRACKETS = re.compile(r"(.*?)\s*[(\[]\s*([^()\[\]]+?)\s*[)\]]")
_BEHIND = re.compile(r"(.*?)[\s_/]+(\w+)")


class CSVTable(NamedTuple):
    """The numbers of a file, and what its header says of each column.

    Examples
    --------
    >>> table = CSVTable(np.zeros((2, 1)), ("Vm",), ("mV",))
    >>> table.names, table.units
    (('Vm',), ('mV',))
    """

    values: np.ndarray
    """The numbers, shape (rows, columns)."""
    names: tuple[str, ...]
    """The name of each column without its unit; empty if there is no header."""
    units: tuple[str, ...]
    """The unit of each column as in `UNITS`, or an empty text."""


def read_csv(path: str | Path) -> CSVTable:
    r"""Read a table of numbers from a text file.

    Parameters
    ----------
    path
        The file.

    Raises
    ------
    OSError
        If the file cannot be read.
    ValueError
        If it is no table of numbers, or may be read in two ways.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder) / "cell.csv"
    ...     _ = file.write_text("t (ms);Vm [mV]\n0,0;-65,5\n0,1;-65,4\n", encoding="utf-8")
    ...     table = read_csv(file)
    >>> print(table.names, table.units, table.values[1])
    ('t', 'Vm') ('ms', 'mV') [  0.1 -65.4]
    """
    path = Path(path)
    numbered = [
        (number, line.strip(" \r\n"))
        for number, line in enumerate(_text(path).splitlines(), 1)
        if line.strip() and line.lstrip(' "')[:1] not in "#%"
    ]
    if not numbered:
        raise ValueError(f"{path.name} must hold a table of numbers, got an empty file")
    parted = _parting(numbered[max(0, len(numbered) - 2)][1])  # the last one may have been cut short
    rows = [(number, _fields(line, parted)) for number, line in numbered]
    first = _first_row([row for _, row in rows])
    if first is None:
        raise ValueError(
            f"{path.name} must hold a table of numbers, got {numbered[-1][1][:40]!r} as its last line"
        )
    above, below = rows[:first], rows[first:]
    if all(row[-1] == "" for _, row in below):  # a letter that parts at the end of each line
        below = [(number, row[:-1]) for number, row in below]
    width = len(below[0][1])
    if not above and width > 1 and below[0][1] in [[str(k + n) for k in range(width)] for n in (0, 1)]:
        raise ValueError(
            f"line {below[0][0]} of {path.name} must be a sample or a header in words, "
            f"got {', '.join(below[0][1])[:20]}: are these the numbers of the columns? leave the line out"
        )
    names, units = _header([row[:width] for _, row in above if len([x for x in row if x]) == width])
    if parted == "," and not names and not any("." in x for _, row in below for x in row):
        raise ValueError(
            f"{path.name} has commas and neither points nor a header, so they may be decimals: "
            "write a header with a name for each column, or semicolons between columns"
        )
    return CSVTable(_numbers(path, below, width), names, units)


def _text(path: Path) -> str:
    """The text, in the encodings in which spreadsheets write it."""
    raw = path.read_bytes()
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16")
    if b"\0" in raw:
        raise ValueError(f"{path.name} must be text such as CSV, got a binary file")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _parting(line: str) -> str:
    """What parts the columns of a line of numbers: a tab, a semicolon, a comma or blanks (an empty text)."""
    for letter in "\t;":
        if letter in line:
            return letter
    if "," not in line:
        return ""
    blanks = re.search(r"\S\s+\S", line)
    decimals = re.fullmatch(r"([^\s,]+(,\d+)?\s+)*[^\s,]+(,\d+)?", line)
    return "" if blanks and decimals and '"' not in line else ","


def _fields(line: str, parted: str) -> list[str]:
    if not parted:
        return line.split()
    return [field.strip() for field in next(csv.reader([line], delimiter=parted, skipinitialspace=True))]


def _is_numeric(row: list[str]) -> bool:
    return any(row) and all(_NUMBER.fullmatch(field) for field in row)


def _first_row(lines: list[list[str]]) -> int | None:
    """Where the numbers begin; a line of them above the header counts something and is no sample."""
    width = len(lines[max(0, len(lines) - 2)])
    in_words = (
        k
        for k, row in enumerate(lines)
        if len(row) == width and not any(_NUMBER.fullmatch(field) for field in row)
    )
    header = next(in_words, -1)
    for k, row in enumerate(lines):
        if _is_numeric(row) and (k > header or _is_numeric(lines[k + 1])):
            return k
    return None


def _header(lines: list[list[str]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names and units, from the lines above the numbers that have as many fields."""
    if not lines:
        return (), ()
    if len(lines) > 1 and all(_unit(field.strip("()[] ")) for field in lines[-1]):
        names = lines[-2]
        return tuple(names), tuple(_unit(field.strip("()[] ")) for field in lines[-1])
    parts = [_name_and_unit(field) for field in lines[-1]]
    return tuple(name for name, _ in parts), tuple(unit for _, unit in parts)


def _unit(text: str) -> str:
    """A unit of `UNITS` as it is spelt there, whatever letters were used; else an empty text."""
    text = text.replace("μ", "µ")  # two letters that look alike
    if text in UNITS:
        return text
    alike = {unit.lower(): unit for unit in UNITS}
    return alike.get(text.lower(), "") if len(text) > 1 else ""


def _name_and_unit(field: str) -> tuple[str, str]:
    """Such as ("Vm", "mV") for Vm (mV), Vm_mV, Vm/mV and Vm [mV]."""
    for form in (_BRACKETS, _BEHIND):
        found = form.fullmatch(field)
        if found and _unit(found[2]):
            return found[1], _unit(found[2])
    return field, ""


def _numbers(path: Path, rows: list[tuple[int, list[str]]], width: int) -> np.ndarray:
    """The fields as numbers; the first that is none is named with its line."""
    for number, row in rows:
        if len(row) != width:
            raise ValueError(f"line {number} of {path.name} must have {width} fields, got {len(row)}")
    try:
        values = np.array([[field.replace(",", ".") for field in row] for _, row in rows], dtype=np.float64)
    except ValueError:
        values = np.full((1, width), np.nan)
    if not np.isfinite(values).all():
        number, field = next((k, x) for k, row in rows for x in row if not _is_finite(x))
        if "." in field and "," in field:
            raise ValueError(
                f"line {number} of {path.name} must have points or commas as decimals, got {field!r}: "
                "leave out what parts the thousands"
            )
        raise ValueError(
            f"line {number} of {path.name} must have a number in each field, got {field!r}: "
            "leave such lines or columns out"
        )
    point, comma = (next(((k, x) for k, row in rows for x in row if mark in x), None) for mark in ".,")
    if point and comma:
        number, field = max(point, comma)
        raise ValueError(
            f"line {number} of {path.name} must have points or commas as decimals, got {field!r} beside "
            f"{min(point, comma)[1]!r}: leave out what parts the thousands"
        )
    return values


def _is_finite(field: str) -> bool:
    return bool(field) and bool(_NUMBER.fullmatch(field)) and field.lstrip("+-").lower() not in ("nan", "inf")
