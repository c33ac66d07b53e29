"""What has been handed in so far: one line a file, in ``CLASS/submitted.csv``.

The columns are id, file (its name in the download), time, late, chosen ("yes", or "by hand" where the teacher
has decided), duplicate of (the file that is taken instead), why, kept (where it lies in CLASS) and sha256. A
line without an id is a file that nobody could be found for.
"""

import csv
import io
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from snnlab.course.classroom.formulas import as_written, harmless
from snnlab.course.classroom.whole_files import write_whole
from snnlab.course.errors import CommandError

__all__ = ["BY_HAND", "SUBMITTED", "Receipt", "late_ids", "read_receipts", "write_receipts"]

SUBMITTED = "submitted.csv"
BY_HAND = "by hand"
_COLUMNS = ("id", "file", "time", "late", "chosen", "duplicate of", "why", "kept", "sha256")


class Receipt(NamedTuple):
    """One file that was handed in."""

    id: str
    file: str
    time: str
    late: str
    chosen: str
    duplicate_of: str
    why: str
    kept: str
    sha256: str

    @property
    def name(self) -> str:
        """The last part of `file`."""
        return PurePosixPath(self.file).name


def read_receipts(folder: Path) -> list[Receipt]:
    """The lines of a class, none if nothing was collected yet.

    Raises
    ------
    CommandError
        If the file is there and none of these.
    """
    file = folder / SUBMITTED
    try:
        rows = list(csv.reader(io.StringIO(file.read_bytes().decode("utf-8-sig"), newline="")))
    except FileNotFoundError:
        return []
    except (UnicodeDecodeError, csv.Error):
        rows = []
    if not rows or tuple(rows[0]) != _COLUMNS:
        raise CommandError(
            f"{file} was changed by another program: take it from your backup, or move it away together with "
            f"{folder / 'submitted'} and collect again"
        )
    return [Receipt(*map(as_written, row)) for row in rows[1:] if len(row) == len(_COLUMNS)]


def late_ids(receipts: Iterable[Receipt]) -> list[str]:
    """Who was late with what counts.

    Who has handed in one file only, in time and once more, was not; but who has gone back to it from another.

    Examples
    --------
    >>> in_time = Receipt("s1", "a.ipynb", "", "", "", "b.ipynb", "", "", "9f")
    >>> again = Receipt("s1", "b.ipynb", "", "late", "yes", "", "", "", "9f")
    >>> late_ids([again]), late_ids([in_time, again])
    (['s1'], [])
    >>> late_ids([in_time, again, in_time._replace(sha256="07")])
    ['s1']
    """
    all_ = list(receipts)
    found = []
    for one in all_:
        if one.chosen and one.late:
            mine = [other for other in all_ if other.id == one.id]
            same = len({other.sha256 for other in mine}) == 1
            found += [] if same and not all(other.late for other in mine) else [one.id]
    return found


def write_receipts(folder: Path, receipts: list[Receipt]) -> None:
    """Write all lines, or none."""
    rows = io.StringIO(newline="")
    writer = csv.writer(rows, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows(map(harmless, receipt) for receipt in sorted(receipts))
    write_whole(folder / SUBMITTED, rows.getvalue().encode("utf-8", errors="replace"))
