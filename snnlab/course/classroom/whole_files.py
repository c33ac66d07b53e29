"""Write a file of a class as a whole or not at all, whatever interrupts it: Ctrl-C, a full disk, a crash.

It is written beside its place under a name of this process, and takes the place when all is on the disk. What
was there before stays until then, and nothing half is left behind.
"""

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from snnlab.course.errors import CommandError
from snnlab.course.places import can_write

__all__ = ["copy_whole", "fresh_file", "need_writable", "set_aside", "write_whole"]


def need_writable(folder: Path) -> None:
    """Refuse, before anything is done, a class into which nothing can be written.

    Raises
    ------
    CommandError
        If that is so.
    """
    if not can_write(folder):
        raise CommandError(f"{folder} cannot be written: copy the class to where you may write")


@contextlib.contextmanager
def fresh_file(file: Path, mode: int | None = None) -> Iterator[Path]:
    """A new file to be filled, which takes the place of `file` if nothing goes wrong.

    Parameters
    ----------
    file : Path
        Where it shall stand.
    mode : int, optional
        Its rights; those of the user's other files by default.

    Yields
    ------
    Path
        Empty, in the same folder.

    Raises
    ------
    OSError
        With the name of `file`, which the system leaves out where a disk is full.
    """
    fresh = file.with_name(f".{os.getpid()}.part")
    try:
        fresh.unlink(missing_ok=True)  # of a process of the same number that was killed
        os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666 if mode is None else mode))
        if mode is not None:
            fresh.chmod(mode)
        yield fresh
        with open(fresh, "r+b") as opened:
            os.fsync(opened.fileno())
        fresh.replace(file)
    except OSError as error:
        if error.filename is None or str(fresh) in map(str, (error.filename, error.filename2)):
            error.filename, error.filename2 = str(file), None
        raise
    finally:
        with contextlib.suppress(OSError):
            fresh.unlink(missing_ok=True)


def write_whole(file: Path, text: str | bytes, mode: int | None = None) -> None:
    """Write a file.

    Parameters
    ----------
    file : Path
        Where it shall stand.
    text : str or bytes
        A text is written as UTF-8, its lines as they are.
    mode : int, optional
        Its rights; those of the user's other files by default.
    """
    with fresh_file(file, mode) as fresh:
        fresh.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)


def set_aside(target: Path, data: bytes) -> Path | None:
    """Keep what stands where something else is to be written: somebody may have worked in it.

    Parameters
    ----------
    target : Path
        Where it shall stand.
    data : bytes
        What shall stand there.

    Returns
    -------
    Path or None
        What it is called from now on; None if nothing else stands there.
    """
    if not target.exists() or target.read_bytes() == data:
        return None
    number = 1
    while (free := target.with_name(f"{target.stem}-{number}{target.suffix}")).exists():
        number += 1
    return target.rename(free)


def copy_whole(source: Path, target: Path) -> None:
    """Copy a file with its time, to be read by everybody as far as the folder allows.

    Parameters
    ----------
    source, target : Path
        What is read, and where the copy shall stand.
    """
    with fresh_file(target) as fresh:
        shutil.copy2(source, fresh)
        fresh.chmod(0o644)
