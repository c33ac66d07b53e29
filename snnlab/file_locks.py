"""A file that one process has to itself, as the operating system sees to it.

The lock ends with the process that holds it, however that ends. It says nothing to who only reads.
"""

import contextlib
import errno
import sys
from typing import IO

__all__ = ["let_go", "taken"]

_TAKEN = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)  # a disk that knows no locks says something else

if sys.platform == "win32":
    import msvcrt

    _BEYOND = 2**31 - 2  # of no file of ours: what is locked there cannot be read either

    def _at_the_end(opened: IO, how: int) -> None:
        where = opened.tell()
        opened.seek(_BEYOND)
        try:
            msvcrt.locking(opened.fileno(), how, 1)
        finally:
            opened.seek(where)

    def _lock(opened: IO) -> None:
        _at_the_end(opened, msvcrt.LK_NBLCK)

    def _unlock(opened: IO) -> None:
        _at_the_end(opened, msvcrt.LK_UNLCK)

else:
    import fcntl  # noqa: TID251  # Windows has its own, above

    def _lock(opened: IO) -> None:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(opened: IO) -> None:
        fcntl.flock(opened, fcntl.LOCK_UN)


def taken(opened: IO) -> bool:
    """Whether another one holds this file; if not, nobody else can until it is closed or let go.

    A disk that knows no locks never says so, and there is no sense in waiting for it.

    Parameters
    ----------
    opened : file
        Open for reading at least.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryFile() as file:
    ...     taken(file)
    False
    """
    try:
        _lock(opened)
    except OSError as error:
        return error.errno in _TAKEN
    return False


def let_go(opened: IO) -> None:
    """Let the next one have the file.

    Parameters
    ----------
    opened : file
        As `taken` had it.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryFile() as file:
    ...     taken(file)
    ...     let_go(file)
    False
    """
    with contextlib.suppress(OSError):
        _unlock(opened)
