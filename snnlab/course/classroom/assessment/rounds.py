"""Mark submissions, as many at a time as there are cores, and those that were disturbed once more, alone."""

import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from pathlib import Path

from snnlab.course.classroom.assessment.assessing import Assessed, assess
from snnlab.course.classroom.parts import Part
from snnlab.course.classroom.sandbox.isolation import Isolation
from snnlab.course.classroom.sandbox.limits import Limits
from snnlab.course.classroom.sandbox.student_pipe import Halted, NotStarted
from snnlab.machine_memory import bytes_left
from snnlab.progress import Bar
from snnlab.work_and_memory import as_time

__all__ = ["Round", "as_many_as_fit", "time_left"]


def as_many_as_fit(cores: int, left: float, limits: Limits) -> int:
    """How many submissions are marked at a time.

    One for each core, if each can have half of the memory that one is allowed: few take that much, and who
    is short of it because of others is marked again.

    Parameters
    ----------
    cores : int
        That this process may use.
    left : float
        Bytes of memory.
    limits : Limits
        Of each submission.

    Examples
    --------
    >>> as_many_as_fit(8, 64e9, Limits()), as_many_as_fit(8, 4e9, Limits()), as_many_as_fit(8, 0.0, Limits())
    (8, 3, 1)
    """
    return max(1, int(min(cores, 2 * left / limits.memory)))


def time_left(seconds: float, done: int, of: int) -> str:
    """What is told of the time that the rest will take, "" where nothing is done.

    Parameters
    ----------
    seconds : float
        That have gone by.
    done, of : int
        Submissions.

    Examples
    --------
    >>> time_left(70.0, 10, 111), time_left(70.0, 7, 14), time_left(2.0, 1, 12), time_left(2.0, 0, 12)
    (', about 12 min left', ', about 1 min left', ', about 20 s left', '')
    """
    if not 0 < done < of:
        return ""
    left = seconds / done * (of - done)
    return f", about {as_time(60.0 * round(left / 60) if left >= 55 else max(10.0, round(left, -1)))} left"


def _cores() -> int:
    """That this process may use, which a machine may have more of."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Round:
    """One marking of some submissions, and what its threads share.

    Parameters
    ----------
    key : dict
        Of `snnlab.course.classroom.key`.
    part : Part
        Its exercises.
    limits : Limits
        Of each submission.
    keep : callable
        Gets the marks of each submission, as soon as they are final.
    """

    def __init__(self, key: dict, part: Part, limits: Limits, keep: Callable[[dict], None]):
        self.key, self.part, self.limits, self.keep = key, part, limits, keep
        self.halt = threading.Event()
        self.marked: list[str] = []
        self.failed: dict[str, str] = {}
        self.seconds = 0.0
        self.at_a_time = as_many_as_fit(_cores(), bytes_left(), limits)

    def mark(self, files: dict[str, Path], isolation: Isolation) -> None:
        """Several at a time, and at the end one by one those that others may have disturbed."""
        start, bar = time.monotonic(), Bar(len(files))
        again: list[str] = []
        pool = ThreadPoolExecutor(self.at_a_time)

        def show() -> None:
            done = len(self.marked)
            bar.show(
                done,
                "Marking",
                f"{done}/{len(files)}{time_left(time.monotonic() - start, done, len(files))}",
            )

        try:
            running: dict[Future[Assessed], str] = {
                pool.submit(self._assess, student, file, isolation): student
                for student, file in files.items()
            }
            left = set(running)
            show()
            while left:
                done, left = wait(left, timeout=0.5, return_when=FIRST_COMPLETED)
                again += [running[future] for future in done if not self._keep(running[future], future)]
                show()
            for student in again:
                future = pool.submit(self._assess, student, files[student], isolation)
                while not wait([future], timeout=0.5).done:
                    pass
                self._keep(student, future, last=True)
                show()
        except BaseException:
            self.halt.set()
            raise
        finally:
            pool.shutdown(cancel_futures=True)
            bar.end()
            self.seconds = time.monotonic() - start

    def _assess(self, student: str, file: Path, isolation: Isolation) -> Assessed:
        return assess(self.key, self.part, student, file, self.limits, isolation, self.halt)

    def _keep(self, student: str, future: "Future[Assessed]", last: bool = False) -> bool:
        """Hand over the marks unless the student has another try."""
        try:
            assessed = future.result()
        except NotStarted as error:
            if last:
                self.failed[student] = f"the process did not start ({error})"
            return False
        except Halted:
            return True
        except Exception as error:  # whatever one file brings about, the others are marked
            self.failed[student] = f"{type(error).__name__}: {error}"
            return True
        if assessed.innocent and not last:
            return False
        self.keep(assessed.mark)
        self.marked.append(student)
        return True
