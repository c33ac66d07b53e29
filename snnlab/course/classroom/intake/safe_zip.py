"""Unpack a zip that strangers have filled: nothing outside the folder, nothing too large, nothing run.

Each member is looked at before it is written, and counted while it is written, because what a zip says of its
own sizes may be false. Zips inside a zip stay closed.
"""

import contextlib
import errno
import os
import re
import stat
import time
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from snnlab.course.classroom.intake.file_names import fitting
from snnlab.course.errors import CommandError

__all__ = ["NOBODY_S_FAULT", "Refused", "Unzipped", "unzip"]

MB = 2**20
_PIECE = 2**16
_NOT_ON_WINDOWS = re.compile(r'[<>:"|?*\x00-\x1f\x7f]')
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|\Z)")
_LONGEST = 500  # characters of a name with its folders; what a system cannot write is shortened
NOBODY_S_FAULT = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)  # errors of the disk, which every file would meet


class Refused(NamedTuple):
    """A member that was not unpacked."""

    name: str
    """As in the zip, but no longer than fits on a line."""
    reason: str
    """Completes the sentence "It was left out because …"."""


class Unzipped(NamedTuple):
    """What became of a zip."""

    files: list[Path]
    """What was written, in the zip's order."""
    names: list[str]
    """What each of them is called in the zip, with ``/``: perhaps longer than a system can write."""
    refused: list[Refused]


def unzip(
    archive: Path,
    folder: Path,
    most_files: int = 5000,
    most_bytes: int = 1024 * MB,
    most_of_one: int = 100 * MB,
) -> Unzipped:
    """Unpack `archive` into `folder`.

    Parameters
    ----------
    archive : Path
        A zip, such as an LMS makes of all submissions.
    folder : Path
        Made if it is missing. No file in it is overwritten.
    most_files : int
        Members beyond are refused.
    most_bytes : int
        Of all files together.
    most_of_one : int
        Of one file.

    Raises
    ------
    CommandError
        If the file is no zip, or a damaged one.
    """
    files: list[Path] = []
    names: list[str] = []
    refused: list[Refused] = []
    left = most_bytes
    try:
        with zipfile.ZipFile(archive) as opened:
            for number, member in enumerate(opened.infolist()):
                reason = _objection(member)
                if number >= most_files:
                    rest = len(opened.infolist()) - most_files
                    refused.append(Refused(_short(member.filename), f"the zip has {rest} files too many"))
                    break
                if member.is_dir() and not reason:
                    continue
                parts = _parts(member.filename) if not reason else ()
                target = folder.joinpath(*map(fitting, parts))
                reason = reason or _write(opened, member, target, min(left, most_of_one))
                if reason:
                    refused.append(Refused(_short(member.filename), reason))
                else:
                    files.append(target)
                    names.append("/".join(parts))
                    left -= target.stat().st_size
    except (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError) as error:
        raise CommandError(f"{archive} is no zip, or a damaged one ({error}): download it again") from None
    return Unzipped(files, names, refused)


def _parts(name: str) -> tuple[str, ...]:
    """The folders and the file of a member, as every system allows them.

    Examples
    --------
    >>> _parts("Ada Lovelace_17_file_/a: b?.ipynb ")
    ('Ada Lovelace_17_file_', 'a_ b_.ipynb')
    """
    parts = []
    for part in PurePosixPath(name).parts:
        part = _NOT_ON_WINDOWS.sub("_", part).rstrip(". ") or "_"
        parts.append(f"_{part}" if _DEVICES.match(part) else part)
    return tuple(parts)


def _objection(member: zipfile.ZipInfo) -> str:
    """Why a member is not even opened; "" if it may be."""
    name = member.filename
    if "\\" in name or name.startswith("/") or re.match(r"[A-Za-z]:", name):
        return "its name leads to a fixed place of a computer"
    parts = PurePosixPath(name).parts
    if ".." in parts:
        return "its name leads out of the folder"
    if not parts or not name.strip():
        return "it has no name"
    if len(parts) > 8 or len(name) > _LONGEST:
        return "its name is too long"
    mode = member.external_attr >> 16
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "it is a link or a device and no file"
    if member.flag_bits & 1:
        return "it is encrypted"
    return ""


def _write(opened: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path, most: int) -> str:
    """Why it was not written; "" if it was."""
    if member.file_size > most:
        return f"it is too large ({member.file_size / MB:.0f} MB)"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with opened.open(member) as source, open(target, "xb") as out:
            written = 0
            while piece := source.read(_PIECE):
                written += len(piece)
                if written > most:
                    raise _TooLarge
                out.write(piece)
        _date(member, target)
    except FileExistsError:
        return "a file of this name is there already"
    except (NotADirectoryError, IsADirectoryError):
        return "its name is that of a folder, or the other way round"
    except _TooLarge:
        target.unlink()
        return "it is larger than it says, and too large"
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        target.unlink(missing_ok=True)
        return f"it is damaged ({error})"
    except OSError as error:
        if error.errno in NOBODY_S_FAULT:
            raise
        return f"this system cannot write it ({error.strerror or error})"
    return ""


def _date(member: zipfile.ZipInfo, target: Path) -> None:
    """Give the file the time that the zip tells, if that is one."""
    with contextlib.suppress(ValueError, OverflowError, OSError):
        then = time.mktime((*member.date_time, 0, 0, -1))
        os.utime(target, (then, then))


class _TooLarge(Exception):
    pass


def _short(name: str) -> str:
    """A name on one line."""
    name = re.sub(r"[\x00-\x1f\x7f]", "?", name)
    return name if len(name) <= 60 else f"{name[:57]}…"
