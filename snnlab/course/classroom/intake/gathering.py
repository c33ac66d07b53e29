"""The files of a download, whether it is a zip, a folder or one file; nothing is followed out of it.

A ZIP that a student has handed in is opened, for many send the folder in which they work. Its files take
its place: they came from whoever sent it, at the time when it came, and what an LMS has put before its name
stands before theirs. A ZIP in such a ZIP stays closed.
"""

import contextlib
import os
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from snnlab.course.classroom.intake.budgets import Budget, reasons
from snnlab.course.classroom.intake.safe_zip import Refused, Unzipped, unzip
from snnlab.course.errors import CommandError
from snnlab.course.printable import printable

__all__ = ["Gathered", "gathered"]

_WORK = (".ipynb", ".json")
_ZIPPED = b"PK\x03\x04"  # how every zip begins that is not empty
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
        Of the class; zips are unpacked there and taken away again.
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
    if source.is_file() and source.suffix.lower() in _WORK:
        yield Gathered([(printable(source.name), source)], [])
        return
    for left in folder.glob(f"{_UNPACKED}*"):  # by a call that was killed: nobody else is at work here
        shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=_UNPACKED, dir=folder) as name:
        place = Path(name)
        try:
            found = _walk(source, sender, budget) if source.is_dir() else _all(source, place, sender, budget)
            found = _opened(found, place, sender, budget)
        except OSError as error:  # a full disk
            error.filename = str(folder)
            raise
        yield _filled(found, source)


def _all(source: Path, place: Path, sender: Callable[[str], str], budget: Budget) -> Gathered:
    unzipped = unzip(source, place / "0", sender, budget)
    files = list(zip(map(printable, unzipped.names), unzipped.files, strict=True))
    return Gathered([one for one in files if _wanted(one[0])], unzipped.refused)


def _filled(found: Gathered, source: Path) -> Gathered:
    if not found.files and not found.refused:
        raise CommandError(f"{source} is empty: has anybody handed in, and is it the right download?")
    return found


def _opened(found: Gathered, place: Path, sender: Callable[[str], str], budget: Budget) -> Gathered:
    """All files, and in place of each zip among them what is in it."""
    zips = [one for one in found.files if _is_zip(one[1])]
    if not zips:
        return found
    files, refused = [one for one in found.files if one not in zips], list(found.refused)
    numbers = Counter(sender(name) for name, _ in files)
    sizes: Counter[str] = Counter()
    for name, file in files:
        sizes[sender(name)] += file.stat().st_size
    for k, (name, file) in enumerate(zips, 1):
        who = sender(name)
        left = Budget(
            budget.files - numbers.total(),
            budget.bytes - sizes.total(),
            budget.files_of_one - numbers[who],
            budget.bytes_of_one - sizes[who],
        )
        try:
            inside = _inside(file, place / str(k), who, left)
        except CommandError:
            refused.append(Refused(name, "it is a damaged ZIP"))
            continue
        refused += [Refused(f"{name}: {one.name}", one.reason) for one in inside.refused]
        for inner, unpacked in zip(inside.names, inside.files, strict=True):
            if _wanted(inner):
                numbers[who] += 1
                sizes[who] += unpacked.stat().st_size
                files.append((_name_inside(name, inner), unpacked))
    return Gathered(files, refused)


def _is_zip(file: Path) -> bool:
    """Whether it is a zip that is called so or as a hand-in; a text of an office is none."""
    if file.suffix.lower() not in (".zip", *_WORK):
        return False
    try:
        with open(file, "rb") as opened:
            return opened.read(len(_ZIPPED)) == _ZIPPED
    except OSError:  # which is told where it is read
        return False


def _inside(file: Path, place: Path, who: str, budget: Budget) -> Unzipped:
    """Unpack a zip that somebody has sent; its files are as old as it is, the newest of them first of all."""
    inside = unzip(file, place, lambda _: who, budget)
    came = int(file.stat().st_mtime)
    for rank, one in enumerate(sorted(inside.files, key=lambda one: one.stat().st_mtime, reverse=True)):
        os.utime(one, (came - rank, came - rank))
    return inside


def _name_inside(name: str, inner: str) -> str:
    """What a file in a zip is called: behind what an LMS has put first, nothing may look like that.

    Examples
    --------
    >>> _name_inside("lovelaceada_4711_88001_work.zip", "part1/part1_new.ipynb")
    'lovelaceada_4711_88001_work-part1-part1-new.ipynb'
    """
    return f"{name.rpartition('.')[0]}-{re.sub('[/_]', '-', printable(inner))}"


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
