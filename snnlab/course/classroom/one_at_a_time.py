"""Commands that change a class, one after the other.

Two `snnlab collect` at once would each write their own list of what was handed in, and the later would lose
what the earlier has found. The lock is one of the operating system, on an empty file ``CLASS/.lock`` that
nobody writes, replaces or takes away: it ends with the process that holds it, however that ends.
"""

import contextlib
import errno
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from snnlab.course.classroom.key import KEY, no_class

__all__ = ["LOCK", "alone_with"]

LOCK = ".lock"
_PAUSE = 0.1  # s
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
    opened = _opened(folder / LOCK)
    if opened is None:
        yield
        return
    with opened:
        said = False
        while not _lock(opened):
            if not said:
                print(f"Another command is at work in {folder}: this one waits for it.", file=sys.stderr)
                said = True
            time.sleep(_PAUSE)
        try:
            yield
        finally:
            _unlock(opened)


def _opened(file: Path) -> BinaryIO | None:
    """The file, made if need be; None in a class without one that may only be read, which is told later."""
    for mode in ("a+b", "rb"):
        try:
            return open(file, mode)
        except FileNotFoundError:
            break
        except OSError as error:
            if error.errno not in _ONLY_READ:
                raise
    return None


if sys.platform == "win32":
    import msvcrt

    def _lock(opened: BinaryIO) -> bool:
        opened.seek(0)
        try:
            msvcrt.locking(opened.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError as error:
            return _nothing_to_wait_for(error)
        return True

    def _unlock(opened: BinaryIO) -> None:
        opened.seek(0)
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
