"""The files of a download, whether it is a zip, a folder or one file; nothing is followed out of it."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from snnlab.course.classroom.intake.budgets import Budget, reasons
from snnlab.course.classroom.intake.safe_zip import Refused, unzip
from snnlab.course.errors import CommandError
from snnlab.course.printable import printable

__all__ = ["Gathered", "gathered"]

_WORK = (".ipynb", ".json")
_MOST_SEEN = 100_000  # files of a folder: beyond, it is none of hand-ins
_LITTER = {"__MACOSX", ".ipynb_checkpoints"}
_UNPACKED = ".collecting-"


class Gathered(NamedTuple):
    """What a download holds."""

    files: list[tuple[str, Path]]
    """Names in the download, with ``/``, as a terminal may show them, and where they can be read."""
    refused: list[Refused]
    """What was left out, and why."""


@contextlib.contextmanager
def gathered(
    source: Path, folder: Path, sender: Callable[[str], str] = str, budget: Budget = Budget()
) -> Iterator[Gathered]:
    """Open a download, while no other command is at work in the class.

    Parameters
    ----------
    source : Path
        A zip, a folder, a notebook or the answers of a page.
    folder : Path
        Of the class; a zip is unpacked there and taken away again.
    sender : callable, optional
        By whom a file was sent, as its name tells; without it each file is one by itself.
    budget : Budget
        The most that is taken, of one sender and in all.

    Yields
    ------
    Gathered

    Raises
    ------
    CommandError
        If there is nothing, or if it is the class itself.
    """
    if not source.exists():
        raise CommandError(f"there is no {source}: give the zip that your LMS makes of all submissions")
    if source.is_dir():
        inner, outer = source.resolve(), folder.resolve()
        if inner == outer or inner in outer.parents or outer in inner.parents:
            raise CommandError(
                f"{source} is or holds the class {folder}: put what was handed in into a folder of its own"
            )
        yield _filled(_walk(source, sender, budget), source)
    elif source.suffix.lower() in _WORK:
        yield Gathered([(printable(source.name), source)], [])
    else:
        for left in folder.glob(f"{_UNPACKED}*"):  # by a call that was killed: nobody else is at work here
            shutil.rmtree(left, ignore_errors=True)
        with tempfile.TemporaryDirectory(prefix=_UNPACKED, dir=folder) as place:
            try:
                unzipped = unzip(source, Path(place), sender, budget)
            except OSError as error:  # a full disk
                error.filename = str(folder)
                raise
            files = list(zip(map(printable, unzipped.names), unzipped.files, strict=True))
            yield _filled(Gathered([one for one in files if _wanted(one[0])], unzipped.refused), source)


def _filled(found: Gathered, source: Path) -> Gathered:
    if not found.files and not found.refused:
        raise CommandError(f"{source} is empty: has anybody handed in, and is it the right download?")
    return found


def _wanted(name: str) -> bool:
    """Whether it is no litter of a system; a hidden file may be somebody's work."""
    *folders, last = name.split("/")
    if _LITTER.intersection((*folders, last)) or last.startswith("._"):
        return False
    return not last.startswith(".") or last.lower().endswith(_WORK)


def _walk(source: Path, sender: Callable[[str], str], budget: Budget) -> Gathered:
    found: list[tuple[str, Path]] = []
    refused: list[Refused] = []

    def closed(error: OSError) -> None:
        where = printable(Path(error.filename).relative_to(source).as_posix())
        refused.append(Refused(where, f"it is a folder that cannot be opened ({error.strerror})"))

    for place, folders, names in os.walk(source, onerror=closed):
        folders.sort()
        links = [name for name in folders if Path(place, name).is_symlink()]  # which are not walked into
        for name in sorted([*names, *links]):
            file = Path(place, name)
            shown = printable(file.relative_to(source).as_posix())
            if not _wanted(shown):
                continue
            if file.is_symlink() or not file.is_file():
                refused.append(Refused(shown, "it is a link or a device and no file"))
            elif len(found) == _MOST_SEEN:
                raise CommandError(f"{source} holds more than {_MOST_SEEN} files: is it the right folder?")
            else:
                found.append((shown, file))
    why = reasons([(sender(name), file.stat().st_size) for name, file in found], budget)
    refused += [Refused(name, reason) for (name, _), reason in zip(found, why, strict=True) if reason]
    return Gathered([one for one, reason in zip(found, why, strict=True) if not reason], refused)
