"""The other process of a notebook: it runs a student's function, which so cannot reach the notebook.

``python -m snnlab.course.other_process.worker`` is asked for three things: to unpack a function, to call it,
and to rest. `runner` is the side that starts it, asks it, and kills it when it does not answer.
"""

import faulthandler
import os
import sys
import threading
from collections.abc import Callable

import numba
import numpy as np
from numba import cloudpickle

from snnlab.course.other_process.frames import decode
from snnlab.course.other_process.inside import serve
from snnlab.course.other_process.outcome import Outcome, call, failure

__all__ = ["Worker", "run_cases"]

GRACE = 1.0  # s beyond the limit, after which the worker ends itself even if nobody is left to kill it


def run_cases(function: Callable, cases: list[tuple]) -> list[Outcome]:
    """Call `function` once for each tuple of arguments.

    Parameters
    ----------
    function
        Of the student, or a reference, or a typical mistake: all are run alike.
    cases
        Arguments of each call; they are copied, so that a call cannot change the next one's.

    Returns
    -------
    list of Outcome
        As long as `cases`, shorter if a call tried to end Python.

    Examples
    --------
    >>> [outcome.kind for outcome in run_cases(lambda x: 1 / x, [(2,), (0,)])]
    ['numbers', 'error']
    """
    worker, outcomes = Worker(function), []
    for case in cases:
        outcomes.append(worker.call(case))
        if outcomes[-1].kind == "exit":
            break
    return outcomes


class Worker:
    """What is asked of the process, one thing at a time.

    Parameters
    ----------
    function
        What is called, if it is here already.
    """

    def __init__(self, function: Callable | None = None):
        self.function = function
        self._deepest, self._process = sys.getrecursionlimit(), os.getpid()

    def answer(self, head: dict, arrays: list[np.ndarray]) -> Outcome:
        """What is asked for in a request: to unpack a function, to call it, or to rest."""
        if head["do"] == "unpack":
            return self.unpack(arrays[0].tobytes())
        if head["do"] == "call":
            return self.call(decode(head["arguments"], arrays))
        sys.setrecursionlimit(self._deepest)  # the function may have changed it
        return Outcome("busy" if threading.active_count() > 1 else "done")

    def unpack(self, travelling: bytes) -> Outcome:
        """Take a function from the bytes of `numba.cloudpickle`; of kind "lost" if that cannot be."""
        try:
            self.function = cloudpickle.loads(travelling)
        except BaseException as error:
            return failure(error, lambda file: -1)._replace(kind="lost")
        return Outcome("done")

    def call(self, arguments: tuple) -> Outcome:
        """One call of the function."""
        code = getattr(getattr(self.function, "py_func", self.function), "__code__", None)
        own = getattr(code, "co_filename", None)
        outcome = call(self.function, arguments, lambda file: 0 if file == own else -1)
        if os.getpid() != self._process:  # the function forked: only one of the two may go on
            os._exit(0)
        return outcome


def _prepare() -> Callable[[dict, list[np.ndarray]], Outcome]:
    import snnlab.neurons  # noqa: F401

    numba.njit(lambda x: x)(1.0)  # the compiler loads itself now, and not on the function's time
    worker, nowhere = Worker(), open(os.devnull, "wb")  # noqa: SIM115  # open as long as the process lives

    def answer(head: dict, arrays: list[np.ndarray]) -> Outcome:
        # This clock ticks outside Python, so it also ends a compiled loop that never lets Python run.
        faulthandler.dump_traceback_later(head["seconds"] + GRACE, exit=True, file=nowhere)
        outcome = worker.answer(head, arrays)
        faulthandler.cancel_dump_traceback_later()
        return outcome

    return answer


if __name__ == "__main__":
    serve(_prepare)
