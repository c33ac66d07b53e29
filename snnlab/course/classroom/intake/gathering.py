"""The files of a download, whether it is a zip, a folder or one file; nothing is followed out of it."""

import contextlib
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from snnlab.course.classroom.intake.budgets import Budget, reasons
from snnlab.course.classroom.intake.safe_zip import Refused, unzip
from snnlab.course.errors import CommandError
from snnlab.course.printable import printable

__all__ = ["Gathered", "gathered"]

_MOST_SEEN = 100_000  # files of a folder: beyond, it is none of hand-ins
_LITTER = {"__MACOSX", ".ipynb_checkpoints"}


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
    """Open a download.

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
    elif source.suffix.lower() in (".ipynb", ".json"):
        yield Gathered([(printable(source.name), source)], [])
    else:
        with tempfile.TemporaryDirectory(prefix=".collecting-", dir=folder) as place:
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
    parts = name.split("/")
    return not _LITTER.intersection(parts) and not parts[-1].startswith(".")


def _walk(source: Path, sender: Callable[[str], str], budget: Budget) -> Gathered:
    found: list[tuple[str, Path]] = []
    refused: list[Refused] = []
    for place, folders, names in os.walk(source):
        folders.sort()
        for name in sorted(names):
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
