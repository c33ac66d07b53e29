"""The outer side: it starts a process, asks it, believes nothing that it says, and kills it."""

import contextlib
import os
import queue
import signal
import subprocess
import threading
from typing import IO, Any

import numpy as np

from snnlab.course.other_process.frames import join, read_frame, read_reply, write_frame
from snnlab.course.other_process.outcome import Outcome

__all__ = ["OtherProcess", "Stopped"]

_LOOK = 0.2  # s between two looks at whether anybody still listens


class Stopped(Exception):
    """The process answers no more.

    Parameters
    ----------
    reason : str
        "late", "died", "memory", "files", or "forged" (what came was no answer to what was asked).
    innocent : bool
        Whether others on this machine may have brought it about.
    """

    def __init__(self, reason: str, innocent: bool = False):
        super().__init__(reason)
        self.reason, self.innocent = reason, innocent


class OtherProcess:
    """A process that runs `snnlab.course.other_process.inside.serve`, and the pipes to it.

    Parameters
    ----------
    command : list of str
        What to start.
    **settings
        Of `subprocess.Popen`.

    Raises
    ------
    OSError
        If this machine cannot start it.
    """

    def __init__(self, command: list[str], **settings: Any):
        if os.name == "nt":
            settings["creationflags"] = getattr(subprocess, "CREATE_NO_WINDOW", 0)
        else:
            settings["start_new_session"] = True  # so that `stop` finds all that it has started
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, **settings)
        self._frames: queue.Queue[bytes | None] = queue.Queue(4)
        self._closed = threading.Event()
        self._number = 0
        threading.Thread(target=self._listen, args=(self.process.stdout,), daemon=True).start()

    def ask(self, head: dict, arrays: list[np.ndarray], seconds: float) -> Outcome:
        """Send a request and wait for its reply.

        Parameters
        ----------
        head : dict
            Of the request, as the process knows it.
        arrays : list of array
            What travels with it.
        seconds : float
            How long it may take.

        Raises
        ------
        Stopped
            If there is no reply, or none that can be one. The process must not be asked again.
        """
        if seconds <= 0:
            raise Stopped("late")
        self._number += 1
        request = join({**head, "number": self._number}, arrays)
        # A process that does not read must not hold this one.
        threading.Thread(target=_send, args=(self.process.stdin, request), daemon=True).start()
        number, outcome = self.wait(seconds)
        if number != self._number:
            raise Stopped("forged")
        return outcome

    def is_ready(self, seconds: float) -> bool:
        """Wait until it says that it is ready; False if it does not come to that."""
        try:
            return self.wait(seconds)[1].kind == "ready"
        except Stopped:
            return False

    def wait(self, seconds: float) -> tuple[int, Outcome]:
        """The next reply with the number of its request; `Stopped` if it is late or none comes."""
        if (reply := self.reply_within(seconds)) is None:
            raise Stopped("late")
        return reply

    def reply_within(self, seconds: float) -> tuple[int, Outcome] | None:
        """As `wait`, but None if nothing has come yet."""
        try:
            frame = self._frames.get(timeout=max(seconds, 0.0))
        except queue.Empty:
            return None
        if frame is None:
            raise Stopped("died")
        try:
            return read_reply(frame)
        except ValueError:
            raise Stopped("forged") from None

    def stop(self) -> None:
        """Kill it, on POSIX with all that is in its session, and wait until it is gone."""
        self._kill()
        for stream in (self.process.stdin, self.process.stderr):
            if stream is not None:
                with contextlib.suppress(OSError):  # what was not sent yet is lost on purpose
                    stream.close()

    def last_words(self) -> str:
        """What it said, if it has stopped before it was ready."""
        self._kill()
        assert self.process.stderr
        return " ".join(self.process.stderr.read(2000).decode(errors="replace").split()[-40:])

    def _kill(self) -> None:
        self._closed.set()
        if os.name != "nt":
            with contextlib.suppress(OSError):
                os.killpg(self.process.pid, signal.SIGKILL)  # noqa: TID251  # never reached on Windows
        self.process.kill()
        self.process.wait()

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
