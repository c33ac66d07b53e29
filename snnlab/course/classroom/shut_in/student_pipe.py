"""The marking side of one student's process: it starts it, asks it, watches it, and kills it."""

import contextlib
import queue
import subprocess
import tempfile
import threading
import time
from typing import IO

import numpy as np

from snnlab.course.classroom.shut_in.isolation import Isolation
from snnlab.course.classroom.shut_in.limits import Limits, own_session, stop
from snnlab.course.classroom.shut_in.plain import Reply, join, read_frame, read_reply, write_frame
from snnlab.course.classroom.shut_in.watching import available_memory, family, usage

__all__ = ["Halted", "NotStarted", "Stopped", "StudentPipe"]

_LOOK = 0.2  # s between two looks at what the process uses
_LEAST = 0.05  # of the machine's memory: below it whoever runs is stopped
_PATIENCE = 10.0  # times the limit on the clock, for a process that others keep waiting
_CROWD = 8  # a process with so many around it keeps itself waiting


class Halted(Exception):
    """Somebody has asked the marking to stop."""


class NotStarted(Exception):
    """The process did not come up, so nothing of the student's has run; the message is what it said."""


class Stopped(Exception):
    """The process answers no more.

    Parameters
    ----------
    reason : str
        "late", "died", "memory", or "forged" (what came was no answer to what was asked).
    innocent : bool
        Whether others on this machine may have brought it about.
    """

    def __init__(self, reason: str, innocent: bool = False):
        super().__init__(reason)
        self.reason, self.innocent = reason, innocent


class StudentPipe:
    """A fresh process for a student's cells.

    Parameters
    ----------
    isolation : Isolation
        How it is shut in.
    limits : Limits
        What it may use.
    halt : threading.Event, optional
        Once it is set, the next wait ends with `Halted`.

    Raises
    ------
    NotStarted
        From ``with``, if it does not come up.
    """

    def __init__(self, isolation: Isolation, limits: Limits, halt: threading.Event | None = None):
        self.isolation, self.limits = isolation, limits
        self._halt = halt or threading.Event()
        self._frames: queue.Queue[bytes | None] = queue.Queue(4)
        self._closed = threading.Event()
        self._number = 0
        self.spent = 0.0
        """How long the replies took, s, without the time that others kept the process waiting."""

    def __enter__(self) -> "StudentPipe":
        # Where nothing shuts it in, what it writes is at least not left among the teacher's files.
        self._folder = tempfile.TemporaryDirectory(prefix="snnlab-", ignore_cleanup_errors=True)
        try:
            self.process = subprocess.Popen(
                self.isolation.python(self.limits),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=self.isolation.environment(),
                cwd=self._folder.name,
                **own_session(),
            )
        except OSError as error:
            self._folder.cleanup()
            raise NotStarted(str(error)) from None
        assert self.process.stdin and self.process.stdout and self.process.stderr
        self._requests, self.student = self.process.stdin, self.process.pid
        threading.Thread(target=self._listen, args=(self.process.stdout,), daemon=True).start()
        try:
            ready = self._next(self.limits.start)
            self.spent = 0.0
            self.student = family(self.process.pid)[-1]
            if ready.kind == "ready":
                return self
        except Stopped:
            pass
        except BaseException:
            self.__exit__()
            raise
        self._closed.set()
        stop(self.process)
        said = self.process.stderr.read(2000).decode(errors="replace")
        self.__exit__()
        raise NotStarted(" ".join(said.split()[-40:]) or "it says nothing")

    def __exit__(self, *_: object) -> None:
        self._closed.set()
        stop(self.process)
        for stream in (self.process.stdin, self.process.stderr):
            if stream is not None:
                with contextlib.suppress(OSError):  # what was not sent yet is lost on purpose
                    stream.close()
        self._folder.cleanup()

    def ask(self, head: dict, arrays: list[np.ndarray], seconds: float) -> Reply:
        """Send a request and wait for its reply.

        Parameters
        ----------
        head : dict
            Of the request, as `snnlab.course.classroom.shut_in.student_process` knows it.
        arrays : list of array
            Of its arguments.
        seconds : float
            How long it may take, not counting the time that others kept it waiting.

        Raises
        ------
        Stopped
            If there is no reply, or none that can be one. The process must not be asked again.
        """
        self._number += 1
        if seconds <= 0:
            raise Stopped("late")
        sending = threading.Thread(  # a process that does not read must not hold this one
            target=_send, args=(self._requests, join({**head, "number": self._number}, arrays)), daemon=True
        )
        sending.start()
        reply = self._next(seconds)
        if reply.number != self._number:
            raise Stopped("forged")
        return reply

    def _next(self, seconds: float) -> Reply:
        start, before, waited = time.monotonic(), usage(self.process.pid, self.student).waited, 0.0
        try:
            while True:
                try:
                    frame = self._frames.get(timeout=_LOOK)
                    break
                except queue.Empty:
                    waited = self._look(before)
                clock = time.monotonic() - start
                if clock - waited >= seconds or clock >= _PATIENCE * seconds:
                    raise Stopped("late", innocent=clock - waited < seconds)
        finally:
            self.spent += time.monotonic() - start - waited
        if frame is None:
            raise Stopped("died")
        try:
            return read_reply(frame)
        except ValueError:
            raise Stopped("forged") from None

    def _look(self, before: float) -> float:
        """How long others have kept the process waiting; stops it if it takes more memory than it may."""
        if self._halt.is_set():
            raise Halted
        now = usage(self.process.pid, self.student)
        if now.memory > self.limits.together:
            raise Stopped("memory")
        if available_memory() < _LEAST:
            raise Stopped("memory", innocent=True)
        return 0.0 if now.members > _CROWD else max(0.0, now.waited - before)

    def _listen(self, pipe: IO[bytes]) -> None:
        """Pass frames on; a process that writes without being asked fills the queue and waits."""
        frame: bytes | None = b""
        with pipe:
            while frame is not None and not self._closed.is_set():
                with contextlib.suppress(OSError, ValueError):
                    frame = read_frame(pipe)
                if frame == b"":  # a length that is none: nothing behind it can be read
                    self._put(b"")
                    frame = None
                self._put(frame)

    def _put(self, frame: bytes | None) -> None:
        while not self._closed.is_set():
            with contextlib.suppress(queue.Full):
                self._frames.put(frame, timeout=_LOOK)
                return


def _send(requests: IO[bytes], frame: bytes) -> None:
    with contextlib.suppress(OSError, ValueError):
        write_frame(requests, frame)
