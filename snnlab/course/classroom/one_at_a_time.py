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
from snnlab.file_locks import let_go, taken

__all__ = ["LOCK", "alone_with"]

LOCK = ".lock"
_PAUSE = 0.1  # s
_ONLY_READ = (errno.EACCES, errno.EPERM, errno.EROFS)


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
        while taken(opened):
            if not said:
                print(f"Another command is at work in {folder}: this one waits for it.", file=sys.stderr)
                said = True
            time.sleep(_PAUSE)
        try:
            yield
        finally:
            let_go(opened)


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
