"""The files of a download, whether it is a zip, a folder or one file; nothing is followed out of it."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from snnlab.course.classroom.intake.file_names import readable
from snnlab.course.classroom.intake.safe_zip import Refused, unzip
from snnlab.course.errors import CommandError

__all__ = ["Gathered", "gathered"]

MOST_FILES = 5000
MOST_BYTES = 100 * 2**20  # of one file
_LITTER = {"__MACOSX", ".ipynb_checkpoints"}


class Gathered(NamedTuple):
    """What a download holds."""

    files: list[tuple[str, Path]]
    """Names in the download, with ``/``, and where they can be read."""
    refused: list[Refused]
    """What was left out, and why."""


@contextlib.contextmanager
def gathered(source: Path, folder: Path) -> Iterator[Gathered]:
    """Open a download.

    Parameters
    ----------
    source : Path
        A zip, a folder, a notebook or the answers of a page.
    folder : Path
        Of the class; a zip is unpacked there and taken away again.

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
        yield _filled(_walk(source), source)
    elif source.suffix.lower() in (".ipynb", ".json"):
        yield Gathered([(readable(source.name), source)], [])
    else:
        with tempfile.TemporaryDirectory(prefix=".collecting-", dir=folder) as place:
            try:
                unzipped = unzip(source, Path(place))
            except OSError as error:  # a full disk
                error.filename = str(folder)
                raise
            files = list(zip(unzipped.names, unzipped.files, strict=True))
            yield _filled(Gathered([one for one in files if _wanted(one[0])], unzipped.refused), source)


def _filled(found: Gathered, source: Path) -> Gathered:
    if not found.files and not found.refused:
        raise CommandError(f"{source} is empty: has anybody handed in, and is it the right download?")
    return found


def _wanted(name: str) -> bool:
    parts = name.split("/")
    return not _LITTER.intersection(parts) and not parts[-1].startswith(".")


def _walk(source: Path) -> Gathered:
    files: list[tuple[str, Path]] = []
    refused: list[Refused] = []
    for place, folders, names in os.walk(source):
        folders.sort()
        for name in sorted(names):
            file = Path(place, name)
            shown = readable(file.relative_to(source).as_posix())
            if not _wanted(shown):
                continue
            if file.is_symlink() or not file.is_file():
                refused.append(Refused(shown, "it is a link or a device and no file"))
            elif file.stat().st_size > MOST_BYTES:
                refused.append(Refused(shown, f"it is too large ({file.stat().st_size / 2**20:.0f} MB)"))
            elif len(files) == MOST_FILES:
                raise CommandError(f"{source} holds more than {MOST_FILES} files: is it the right folder?")
            else:
                files.append((shown, file))
    return Gathered(files, refused)
