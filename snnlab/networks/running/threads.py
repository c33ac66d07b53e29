"""The threads that share the turns of a `parallel_kernel`: how many they are."""

import contextlib
import threading
from collections.abc import Iterator

import numba
from numba.core import config

__all__ = ["at_most"]

_ONE_AFTER_THE_OTHER = threading.Lock()


@contextlib.contextmanager
def at_most(n: int) -> Iterator[None]:
    """Call parallel kernels here, and at most so many threads work on them.

    Only one thread of Python can be here at a time, and others wait: Numba's threads, where it has no better
    ones than its own, end the process when two kernels ask for them at once.

    Parameters
    ----------
    n
        How many threads; there are no more than ``numba.config.NUMBA_NUM_THREADS``, which is one for each
        core of the processor.

    Examples
    --------
    >>> with at_most(1):
    ...     print(numba.get_num_threads())
    1
    """
    with _ONE_AFTER_THE_OTHER:
        before = numba.get_num_threads()
        numba.set_num_threads(min(n, config.NUMBA_NUM_THREADS))  # type: ignore[attr-defined]
        try:
            yield
        finally:
            numba.set_num_threads(before)
