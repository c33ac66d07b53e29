"""One process writes a file: whoever comes second is told so.

The lock is one of the operating system: it ends with whoever holds it, however that ends. It says nothing to
who reads.
"""

import errno
import sys
from typing import IO

__all__ = ["taken"]

_TAKEN = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)  # a disk that knows no locks says something else

if sys.platform == "win32":
    import msvcrt

    _BEYOND = 2**31 - 2  # of no file of ours: what is locked there cannot be read either

    def _lock(opened: IO) -> None:
        where = opened.tell()
        opened.seek(_BEYOND)
        msvcrt.locking(opened.fileno(), msvcrt.LK_NBLCK, 1)
        opened.seek(where)

else:
    import fcntl  # noqa: TID251  # Windows has its own, above

    def _lock(opened: IO) -> None:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)


def taken(opened: IO) -> bool:
    """Whether another one writes this file; if not, nobody else can until it is closed."""
    try:
        _lock(opened)
    except OSError as error:
        return error.errno in _TAKEN
    return False
