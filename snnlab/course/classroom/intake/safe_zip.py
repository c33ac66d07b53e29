"""Unpack a zip that strangers have filled: nothing outside the folder, nothing too large, nothing run.

Each member is looked at before it is written, and no more of it is written than the zip says, for what a zip
says of its own sizes may be false. Zips inside a zip stay closed.
"""

import contextlib
import errno
import os
import re
import stat
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from snnlab.course.classroom.intake.budgets import Budget, reasons
from snnlab.course.classroom.intake.file_names import fitting
from snnlab.course.errors import CommandError
from snnlab.course.printable import shortened

__all__ = ["NOBODY_S_FAULT", "Refused", "Unzipped", "unzip"]

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
    archive: Path, folder: Path, sender: Callable[[str], str] = str, budget: Budget = Budget()
) -> Unzipped:
    """Unpack `archive` into `folder`.

    Parameters
    ----------
    archive : Path
        A zip, such as an LMS makes of all submissions.
    folder : Path
        Made if it is missing. No file in it is overwritten.
    sender : callable, optional
        By whom a file was sent, as its name tells; without it each file is one by itself.
    budget : Budget
        The most that is written, of one sender and in all.

    Raises
    ------
    CommandError
        If the file is no zip, or a damaged one.
    """
    files: list[Path] = []
    names: list[str] = []
    refused: list[Refused] = []
    try:
        with zipfile.ZipFile(archive) as opened:
            for member, name, reason in _chosen(opened.infolist(), sender, budget):
                target = folder.joinpath(*map(fitting, name.split("/")))
                reason = reason or _write(opened, member, target)
                if reason:
                    refused.append(Refused(shortened(member.filename), reason))
                else:
                    files.append(target)
                    names.append(name)
    except (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError) as error:
        raise CommandError(f"{archive} is no zip, or a damaged one ({error}): download it again") from None
    return Unzipped(files, names, refused)


def _chosen(
    members: list[zipfile.ZipInfo], sender: Callable[[str], str], budget: Budget
) -> list[tuple[zipfile.ZipInfo, str, str]]:
    """All files of a zip in its order, each with the name that is used and why it is not unpacked."""
    looked = [(member, _objection(member)) for member in members]
    looked = [(member, reason) for member, reason in looked if reason or not member.is_dir()]
    names = ["" if reason else "/".join(_parts(member.filename)) for member, reason in looked]
    both = list(zip(looked, names, strict=True))
    left_out = iter(reasons([(sender(name), member.file_size) for (member, _), name in both if name], budget))
    return [(member, name, next(left_out) if name else reason) for (member, reason), name in both]


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


def _write(opened: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path) -> str:
    """Why it was not written; "" if it was."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with opened.open(member) as source, open(target, "xb") as out:
            written = 0
            while piece := source.read(_PIECE):
                written += len(piece)
                if written > member.file_size:
                    raise _TooLarge
                out.write(piece)
        _date(member, target)
    except FileExistsError:
        return "a file of this name is there already"
    except (NotADirectoryError, IsADirectoryError):
        return "its name is that of a folder, or the other way round"
    except _TooLarge:
        target.unlink()
        return "it is larger than it says"
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
