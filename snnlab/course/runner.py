"""Run a student's function in another process, within a time limit.

One worker process serves all checks of a notebook: it takes a moment to start and then a fraction of a
millisecond a check. When it does not answer in time, or dies, it is killed and the next check starts another.
It ends with the notebook, because its standard input is closed then.
"""

import atexit
import contextlib
import functools
import os
import queue
import subprocess
import sys
import threading
from typing import IO, NamedTuple

from numba import cloudpickle

from snnlab.course.worker import Outcome, read_frame, receive_outcomes, run_packed, send_frame

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
        What to start. This Python and `snnlab.course.worker` if left out.

    Examples
    --------
    >>> with Runner() as runner:
    ...     run = runner.run(cloudpickle.dumps(max), [(1, 2), (5, 3)])
    >>> print([int(outcome.value) for outcome in run.outcomes])
    [2, 5]
    """

    def __init__(self, limit: float = LIMIT, command: list[str] | None = None):
        self.limit = limit
        self._command = command or [sys.executable, "-P", "-m", "snnlab.course.worker"]
        self._process: subprocess.Popen | None = None
        self._requests: IO[bytes] | None = None
        self._frames: queue.SimpleQueue = queue.SimpleQueue()
        self._number = 0
        self._ready = False
        self._lock = threading.Lock()

    def __enter__(self) -> "Runner":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def process_id(self) -> int | None:
        """Of the worker, None if there is none."""
        return self._process.pid if self._process else None

    def start(self) -> bool:
        """Start the worker unless it runs, without waiting for it; False if this machine cannot."""
        if self._process is not None and self._process.poll() is None:
            return True
        self.stop()
        try:
            path = os.pathsep.join(str(entry) or os.getcwd() for entry in sys.path)
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": path},  # the worker finds what the notebook finds
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except (OSError, ValueError, TypeError, RuntimeError):
            return False
        self._requests, self._frames = self._process.stdin, queue.SimpleQueue()
        threading.Thread(target=_listen, args=(self._process.stdout, self._frames), daemon=True).start()
        return True

    def run(self, travelling: bytes, cases: list[tuple]) -> Run:
        """Call a pickled function once for each of `cases`.

        Parameters
        ----------
        travelling
            The function, by `numba.cloudpickle`.
        cases
            Arguments of each call.

        Returns
        -------
        Run
        """
        with self._lock:
            requests = self._await_ready()
            if requests is None:
                self.stop()
                return Run(run_packed(travelling, cases), alone=True)
            self._number += 1
            try:
                return self._ask(requests, cloudpickle.dumps((self._number, self.limit, travelling, cases)))
            except BaseException:  # an interrupt: whatever the worker is doing, it is not needed any more
                self.stop()
                raise

    def _await_ready(self) -> IO[bytes] | None:
        """The pipe for requests, once the worker reads it; None if it does not come to that."""
        if self.start() and not self._ready:
            with contextlib.suppress(queue.Empty):
                self._ready = self._frames.get(timeout=START_LIMIT) == b"ready"
        return self._requests if self._ready else None

    def _ask(self, requests: IO[bytes], request: bytes) -> Run:
        try:
            send_frame(requests, request)
        except OSError:
            self._restart()
            return Run([], "died")
        while True:
            try:
                number, outcomes, leave = receive_outcomes(self._frames.get(timeout=self.limit) or b"")
            except queue.Empty:
                self._restart()
                return Run([], "late")
            except ValueError:  # the pipe was closed, or the function wrote into it
                self._restart()
                return Run([], "died")
            if number == self._number:
                break
        if leave:
            self._restart()
        return Run(outcomes)

    def _restart(self) -> None:
        """Another worker instead of this one, ready when the next check comes."""
        self.stop()
        self.start()

    def stop(self) -> None:
        """Kill the worker, if there is one, and wait until it is gone."""
        self._ready = False
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
        if self._requests is not None:
            with contextlib.suppress(OSError):  # what was not sent yet is lost on purpose
                self._requests.close()
            self._requests = None


def _listen(pipe: IO[bytes], frames: queue.SimpleQueue) -> None:
    """Pass frames on from `pipe`. A thread can wait for a pipe with a time limit on every system."""
    with pipe, contextlib.suppress(OSError):
        while (frame := read_frame(pipe)) is not None:
            frames.put(frame)
    frames.put(None)


@functools.cache
def shared_runner() -> Runner:
    """The one runner of this process."""
    runner = Runner()
    atexit.register(runner.stop)
    return runner
