"""Names of files that strangers have chosen, as every system can write them.

A file system counts bytes, and one character may have four: 255 bytes are the most that a name may have on
most systems, 143 on an encrypted one.
"""

import hashlib
from pathlib import PurePosixPath

__all__ = ["fitting"]

MOST = 120  # bytes of a name
_ENDING = 12  # bytes of an ending that is kept


def fitting(name: str) -> str:
    """A name of at most 120 bytes; what is cut off lives on in four bytes of its hash.

    Two long names that begin alike stay two, and the ending stays, which says what a file is.

    Parameters
    ----------
    name : str
        Of a file or a folder, without ``/``.

    Examples
    --------
    >>> fitting("part1.ipynb")
    'part1.ipynb'
    >>> short = fitting(100 * "雷" + ".ipynb")
    >>> len(short.encode("utf-8")) <= 120, short.endswith(".ipynb")
    (True, True)
    """
    data = name.encode("utf-8", errors="replace")
    if len(data) <= MOST:
        return data.decode("utf-8")
    suffix = PurePosixPath(name).suffix.encode("utf-8", errors="replace")
    ending = suffix if len(suffix) <= _ENDING else b""
    tail = f"~{hashlib.sha256(data).hexdigest()[:8]}".encode("ascii") + ending
    return data[: MOST - len(tail)].decode("utf-8", errors="ignore") + tail.decode("utf-8")
