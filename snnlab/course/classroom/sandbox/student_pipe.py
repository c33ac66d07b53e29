"""The marking side of one student's process: it starts it, asks it, watches it, and kills it."""

import contextlib
import os
import subprocess
import tempfile
import threading
import time

from snnlab.course.classroom.sandbox.groups import VARIABLE, Group
from snnlab.course.classroom.sandbox.isolation import Isolation
from snnlab.course.classroom.sandbox.limits import Limits
from snnlab.course.classroom.sandbox.watching import Folders, family, usage
from snnlab.course.other_process.outcome import Outcome
from snnlab.course.other_process.outside import OtherProcess, Stopped
from snnlab.machine_memory import available_memory

__all__ = ["Halted", "NotStarted", "StudentPipe"]

_LOOK = 0.2  # s between two looks at what the process uses
_LEAST = 0.05  # of the machine's memory: below it whoever runs is stopped
_PATIENCE = 10.0  # times the limit on the clock, for a process that others keep waiting
_END = 2.0  # s until a process whose pipe is closed has ended
_KILL = 9  # the number of the signal
# The kernel ends a process by whole ticks, each counted to whoever runs when it comes, and shows the time
# that was run: on a busy machine the two differ by several per cent.
_TICKS = 0.75
_MOST_TEXT = 300  # characters of what an exception says


class Halted(Exception):
    """Somebody has asked the marking to stop."""


class NotStarted(Exception):
    """The process did not come up, so nothing of the student's has run; the message is what it said."""


class StudentPipe(OtherProcess):
    """A fresh process for a student's cells, with a clock that does not run while others keep it waiting.

    What waits for its own threads, or for processes that it has started, keeps itself waiting.

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
        self.limits, self._halt = limits, halt or threading.Event()
        self.spent = 0.0
        """How long the replies took, s, without the time that others kept the process waiting."""
        # Where nothing shuts it in, what it writes is at least not left among the teacher's files.
        self._folder = tempfile.TemporaryDirectory(prefix="snnlab-", ignore_cleanup_errors=True)
        self._group: Group | None = None
        self._written, self._isolated = Folders(), isolation.isolated
        environment = isolation.environment()
        try:
            if isolation.branch is not None:
                self._group = Group(isolation.branch, limits)
                environment[VARIABLE] = str(self._group.folder)
            super().__init__(isolation.python(limits), env=environment, cwd=self._folder.name)
        except OSError as error:
            self._clear()
            raise NotStarted(str(error)) from None
        self.student = self.process.pid
        self._seen = 0.0, time.monotonic()

    def __enter__(self) -> "StudentPipe":
        try:
            if not self.is_ready(self.limits.start):
                raise NotStarted(self.last_words() or "it says nothing")
            self.spent, self.student = 0.0, family(self.process.pid)[-1]
            if self._group is not None and not self._group.holds(self.student):
                raise NotStarted("its control group does not hold it")
            if self._isolated:  # else these would be everybody's folders
                self._written.open(self.student)
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Kill it with all that it has started, and forget what it has written."""
        super().stop()
        self._clear()

    def _clear(self) -> None:
        self._written.close()
        if self._group is not None:
            self._group.close()
        self._folder.cleanup()

    def wait(self, seconds: float) -> tuple[int, Outcome]:
        """The next reply with the number of its request; `Stopped` if it is late or none comes."""
        start, before, waited = time.monotonic(), usage(self.process.pid, self.student), 0.0
        self._seen = before.ran, start
        try:
            while (reply := self.reply_within(_LOOK)) is None:
                waited = self._look(before.waited)
                clock = time.monotonic() - start
                if clock - waited >= seconds or clock >= _PATIENCE * seconds:
                    raise Stopped("late", innocent=clock - waited < seconds)
        except Stopped as stopped:
            if stopped.reason == "died":
                if self._group is not None and self._group.overrun():
                    raise Stopped("memory") from None
                if self._was_killed() and self._may_have_run() >= _TICKS * self.limits.processor:
                    raise Stopped("late") from None  # on many cores that comes before the end of the clock
            raise
        finally:
            self.spent += time.monotonic() - start - waited
        number, outcome = reply
        return number, outcome._replace(text=outcome.text[:_MOST_TEXT])

    def addresses(self) -> int:
        """How many bytes of addresses the student's process has now; 0 where the system does not tell."""
        return usage(self.process.pid, self.student).addresses

    def _was_killed(self) -> bool:
        """Whether the kernel has killed the process, which bubblewrap tells as a shell does."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self.process.wait(_END) in (-_KILL, 128 + _KILL)
        return False

    def _may_have_run(self) -> float:
        """How long its threads have run together at the most, s, since nobody saw the last of it."""
        ran, then = self._seen
        return ran + min(os.cpu_count() or 1, self.limits.processes) * (time.monotonic() - then)

    def _look(self, before: float) -> float:
        """How long others have kept the process waiting; stops it if it takes more memory than it may."""
        if self._halt.is_set():
            raise Halted
        then, now = time.monotonic(), usage(self.process.pid, self.student)
        if now.ran >= self._seen[0]:  # else it has ended meanwhile
            self._seen = now.ran, then
        if now.memory > self.limits.together:
            raise Stopped("memory")
        if self._written.count() > self.limits.entries:
            raise Stopped("files")
        if available_memory() < _LEAST:
            raise Stopped("memory", innocent=True)
        return max(0.0, now.waited - before) if now.alone else 0.0
