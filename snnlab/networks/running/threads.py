"""The threads that share the turns of a `parallel_kernel`: how many they are."""

import contextlib
import threading
from collections.abc import Iterator

import numba
from numba.core import config

__all__ = ["as_many_as_there_are", "at_most"]

_ONE_AFTER_THE_OTHER = threading.Lock()


def as_many_as_there_are(n: int) -> int:
    """`n` threads, or one for each core of the processor if there are fewer.

    Examples
    --------
    >>> as_many_as_there_are(1)
    1
    """
    return min(n, config.NUMBA_NUM_THREADS)  # type: ignore[attr-defined]


@contextlib.contextmanager
def at_most(n: int) -> Iterator[None]:
    """Call parallel kernels here, and at most so many threads work on them.

    Only one thread of Python can be here at a time, and others wait: Numba's threads, where it has no better
    ones than its own, end the process when two kernels ask for them at once.

    Parameters
    ----------
    n
        How many threads.

    Examples
    --------
    >>> with at_most(1):
    ...     print(numba.get_num_threads())
    1
    """
    with _ONE_AFTER_THE_OTHER:
        before = numba.get_num_threads()
        numba.set_num_threads(as_many_as_there_are(n))
        try:
            yield
        finally:
            numba.set_num_threads(before)
