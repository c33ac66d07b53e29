"""What something would take, said before it takes it: minutes of work and bytes of memory.

`afford` refuses what this machine cannot hold, or would not have done within a day, and tells of what takes
longer than a minute. `turns` does the same for a loop of Python, whose first turns say how long one takes.
`slices` cuts a long loop of a kernel into pieces of a fraction of a second: between two of them Ctrl-C, or
the stop button of JupyterLab, is heard.
"""

import math
import sys
import time
from collections.abc import Iterator

from snnlab.machine_memory import bytes_left

__all__ = ["afford", "as_bytes", "as_time", "slices", "turns"]

TOLD_FROM, _LONGEST = 60.0, 86_400.0  # seconds
_SMALL = 1e7  # bytes: no question is asked, which takes a tenth of a ms
_BETWEEN = 0.2  # seconds of a slice
_MEASURED = 0.5  # seconds of the first turns


def as_time(seconds: float) -> str:
    """A time in words.

    Parameters
    ----------
    seconds : float
        How long.

    Examples
    --------
    >>> as_time(2400.0), as_time(1e30)
    ('40 min', '3.17e+22 years')
    """
    for unit, size in (("years", 31_557_600.0), ("days", 86_400.0), ("h", 3600.0), ("min", 60.0)):
        if seconds >= 2 * size or (unit == "min" and seconds >= size):
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds:.2g} s"


def as_bytes(size: float) -> str:
    """A size of memory in words.

    Parameters
    ----------
    size : float
        In bytes.

    Examples
    --------
    >>> as_bytes(3.2e9)
    '3.2 GB'
    """
    for unit, one in (("TB", 1e12), ("GB", 1e9), ("MB", 1e6)):
        if size >= one:
            return f"{size / one:.3g} {unit}"
    return f"{size / 1e3:.3g} kB"


def afford(what: str, *, numbers: float = 0.0, steps: float = 0.0, ns: float = 10.0) -> None:
    """Refuse what takes more memory than is left or more than a day; tell of what takes more than a minute.

    Parameters
    ----------
    what : str
        Whose size decides, as a sentence begins: ``"n_units and duration"``.
    numbers : float
        How many numbers of 8 bytes have to be held at once.
    steps, ns : float
        How many steps there are to go, and about how long one takes, nanoseconds.

    Raises
    ------
    ValueError
        If it is too much for this machine.

    Examples
    --------
    >>> afford("n_units", numbers=1e30)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    ValueError: n_units must be what fits into ... left here and into a day, got what takes 8e+18 TB
    """
    size, seconds = 8.0 * numbers, 1e-9 * ns * steps
    if size <= _SMALL and seconds <= TOLD_FROM:
        return
    takes = as_bytes(size) if seconds < 1.0 else f"{as_time(seconds)} and {as_bytes(size)}"
    if not (seconds <= _LONGEST and (size <= _SMALL or size <= bytes_left())):
        raise ValueError(
            f"{what} must be what fits into {as_bytes(bytes_left())} left here and into a day, "
            f"got what takes {takes}"
        )
    if seconds > TOLD_FROM:
        tell(f"{what}: this takes about {takes}")


def tell(sentence: str) -> None:
    """A line on the standard error."""
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()


def turns(name: str, n: int) -> Iterator[int]:
    """0 to n − 1, for a loop of Python whose turns all take about as long.

    The first turn is not counted: it may compile.

    Parameters
    ----------
    name : str
        The argument that says how many there are.
    n : int
        How many.

    Yields
    ------
    int
        The number of the turn.

    Raises
    ------
    ValueError
        If they would take more than a day; that is known after some turns, and half a second.

    Examples
    --------
    >>> list(turns("shuffles", 3))
    [0, 1, 2]
    """
    begin, asked = 0.0, False
    for k in range(n):
        if k == 1:
            begin = time.perf_counter()
        elif k and not asked and (gone := time.perf_counter() - begin) > _MEASURED:
            afford(name, steps=n - k, ns=1e9 * gone / (k - 1))
            asked = True
        yield k


def slices(n: int, ns: float) -> Iterator[tuple[int, int]]:
    """Where each piece of a long loop begins and ends.

    Parameters
    ----------
    n : int
        Turns of the loop.
    ns : float
        About how long one takes, nanoseconds.

    Yields
    ------
    tuple of two int
        The first turn of a piece, and the one after its last.

    Examples
    --------
    >>> list(slices(5, 1e8))
    [(0, 2), (2, 4), (4, 5)]
    """
    size = max(1, math.floor(1e9 * _BETWEEN / ns))
    for begin in range(0, n, size):
        yield begin, min(begin + size, n)
