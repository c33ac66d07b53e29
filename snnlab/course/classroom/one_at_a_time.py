"""Commands that change a class, one after the other.

Two `snnlab collect` at once would each write their own list of what was handed in, and the later would lose
what the earlier has found. The lock is one of the operating system on the roster of the class: it ends with
the process that holds it, however that ends, and leaves no file behind. `snnlab assign` puts another roster
in place of the one that it has locked, so whoever gets the lock looks whether it is still that of the class.
It does so last, since from then on nobody waits for it.
"""

import contextlib
import errno
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from snnlab.course.classroom.key import KEY, no_class
from snnlab.course.classroom.roster import ROSTER
from snnlab.course.errors import CommandError

__all__ = ["alone_with"]

_PAUSE = 0.1  # s
_FAR = 2**30  # a byte behind the end of every roster: on Windows what is locked cannot be read
_ONLY_READ = (errno.EACCES, errno.EPERM, errno.EROFS)
_TAKEN = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)


@contextlib.contextmanager
def alone_with(folder: Path) -> Iterator[None]:
    """Wait until no other command changes this class, and hold the others up.

    Parameters
    ----------
    folder : Path
        Of the class.

    Yields
    ------
    None

    Raises
    ------
    CommandError
        If it is no class.
    """
    if not (folder / KEY).is_file():
        raise no_class(folder)
    said = False
    while True:
        with _roster(folder) as opened:  # closed while this waits: Windows replaces no file that is open
            if locked := _lock(opened):
                try:
                    if _in_place(opened, folder / ROSTER):
                        yield
                        return
                finally:
                    _unlock(opened)
        if not locked:
            if not said:
                print(f"Another command is at work in {folder}: this one waits for it.", file=sys.stderr)
                said = True
            time.sleep(_PAUSE)


def _roster(folder: Path) -> BinaryIO:
    try:
        return _open(folder / ROSTER)
    except FileNotFoundError:
        raise CommandError(f"{folder / ROSTER} is missing: take it from your backup") from None


def _in_place(opened: BinaryIO, file: Path) -> bool:
    """Whether an open file is still the one of this name."""
    try:
        return os.path.samestat(os.fstat(opened.fileno()), file.stat())
    except FileNotFoundError:
        return False


def _open(file: Path) -> BinaryIO:
    try:
        return open(file, "r+b")
    except OSError as error:
        if error.errno not in _ONLY_READ:
            raise
        return open(file, "rb")  # whoever wants to write into such a class is told later


if sys.platform == "win32":
    import msvcrt

    def _lock(opened: BinaryIO) -> bool:
        opened.seek(_FAR)
        try:
            msvcrt.locking(opened.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError as error:
            return _nothing_to_wait_for(error)
        return True

    def _unlock(opened: BinaryIO) -> None:
        opened.seek(_FAR)
        with contextlib.suppress(OSError):
            msvcrt.locking(opened.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl  # noqa: TID251  # Windows has its own, above

    def _lock(opened: BinaryIO) -> bool:
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            return _nothing_to_wait_for(error)
        return True

    def _unlock(opened: BinaryIO) -> None:
        with contextlib.suppress(OSError):
            fcntl.flock(opened, fcntl.LOCK_UN)


def _nothing_to_wait_for(error: OSError) -> bool:
    """Whether there is no sense in waiting: a disk that knows no locks will not learn it."""
    return error.errno not in _TAKEN
