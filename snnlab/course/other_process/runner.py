"""Run a student's function in another process, within a time limit.

One worker process serves all checks of a notebook: it takes a moment to start and then a fraction of a
millisecond a check. When it does not answer in time, or dies, it is killed and the next check starts another.
It ends with the notebook, because its standard input is closed then.
"""

import atexit
import functools
import os
import sys
import threading
import time
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from snnlab.course.other_process.frames import encode
from snnlab.course.other_process.outcome import Outcome
from snnlab.course.other_process.outside import OtherProcess, Stopped
from snnlab.course.other_process.worker import Worker

__all__ = ["LIMIT", "Run", "Runner", "shared_runner"]

LIMIT = 5.0  # s for all calls of a check
START_LIMIT = 60.0  # s; a laptop with a cold disk and a virus scanner needs several


class Run(NamedTuple):
    """What became of a request."""

    outcomes: list[Outcome]
    """One for each call."""
    stopped: str = ""
    """Why there are no outcomes: "late" or "died"."""
    alone: bool = False
    """True if no second process could be started, so that the calls ran in this one, without a limit."""


class Runner:
    """A worker process and the pipe to it.

    Parameters
    ----------
    limit : float
        Seconds that one request may take.
    command : list of str, optional
        What to start. This Python and `snnlab.course.other_process.worker` if left out.

    Examples
    --------
    >>> from numba import cloudpickle
    >>> with Runner() as runner:
    ...     run = runner.run(cloudpickle.dumps(max), [(1, 2), (5, 3)])
    >>> print([int(outcome.value) for outcome in run.outcomes])
    [2, 5]
    """

    def __init__(self, limit: float = LIMIT, command: list[str] | None = None):
        self.limit = limit
        self._command = command or [sys.executable, "-P", "-m", "snnlab.course.other_process.worker"]
        self._worker: OtherProcess | None = None
        self._ready = False
        self._lock = threading.Lock()

    def __enter__(self) -> "Runner":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def process_id(self) -> int | None:
        """Of the worker, None if there is none."""
        return self._worker.process.pid if self._worker else None

    def start(self) -> bool:
        """Start the worker unless it runs, without waiting for it; False if this machine cannot."""
        if self._worker is not None and self._worker.process.poll() is None:
            return True
        self.stop()
        path = os.pathsep.join(str(entry) or os.getcwd() for entry in sys.path)
        try:  # the worker finds what the notebook finds
            self._worker = OtherProcess(self._command, env={**os.environ, "PYTHONPATH": path})
        except (OSError, ValueError, TypeError, RuntimeError):
            return False
        return True

    def run(self, travelling: bytes, cases: list[tuple]) -> Run:
        """Call a pickled function once for each of `cases`.

        Parameters
        ----------
        travelling
            The function, by `numba.cloudpickle`.
        cases
            Arguments of each call.
        """
        with self._lock:
            worker = self._await_ready()
            if worker is None:
                self.stop()
                return Run(_calls(Worker().answer, travelling, cases), alone=True)
            end = time.monotonic() + self.limit

            def ask(head: dict, arrays: list[np.ndarray]) -> Outcome:
                left = end - time.monotonic()
                return worker.ask({**head, "seconds": left}, arrays, left)

            try:
                outcomes = _calls(ask, travelling, cases)
                if ask({"do": "rest"}, []).kind == "busy":
                    self._restart()
                return Run(outcomes)
            except Stopped as stopped:
                self._restart()
                return Run([], "late" if stopped.reason == "late" else "died")
            except BaseException:  # an interrupt: whatever the worker is doing, it is not needed any more
                self.stop()
                raise

    def _await_ready(self) -> OtherProcess | None:
        """The worker, once it answers; None if it does not come to that."""
        if self.start() and self._worker is not None and not self._ready:
            self._ready = self._worker.is_ready(START_LIMIT)
        return self._worker if self._ready else None

    def _restart(self) -> None:
        """Another worker instead of this one, ready when the next check comes."""
        self.stop()
        self.start()

    def stop(self) -> None:
        """Kill the worker, if there is one, and wait until it is gone."""
        self._ready = False
        if self._worker is not None:
            self._worker.stop()
            self._worker = None


def _calls(
    ask: Callable[[dict, list[np.ndarray]], Outcome], travelling: bytes, cases: list[tuple]
) -> list[Outcome]:
    """Ask for one call after the other, as `snnlab.course.other_process.worker.Worker` knows it."""
    unpacked = ask({"do": "unpack"}, [np.frombuffer(travelling, np.uint8)])
    if unpacked.kind != "done":
        return [unpacked]
    outcomes: list[Outcome] = []
    for case in cases:
        arrays: list[np.ndarray] = []
        arguments = encode(case, arrays)
        outcomes.append(ask({"do": "call", "arguments": arguments}, arrays))
        if outcomes[-1].kind == "exit":
            break
    return outcomes


@functools.cache
def shared_runner() -> Runner:
    """The one runner of this process."""
    runner = Runner()
    atexit.register(runner.stop)
    return runner
