"""Mark several submissions two at a time, and those that were disturbed once more, alone."""

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
from snnlab.progress import Bar

__all__ = ["AT_A_TIME", "Round"]

AT_A_TIME = 2


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

    def mark(self, files: dict[str, Path], isolation: Isolation) -> None:
        """Two at a time, and at the end one by one those that others may have disturbed."""
        start, bar = time.monotonic(), Bar(len(files))
        again: list[str] = []
        pool = ThreadPoolExecutor(AT_A_TIME)
        try:
            running: dict[Future[Assessed], str] = {
                pool.submit(self._assess, student, file, isolation): student
                for student, file in files.items()
            }
            left = set(running)
            bar.show(0, "Marking", f"0/{len(files)}")
            while left:
                done, left = wait(left, timeout=0.5, return_when=FIRST_COMPLETED)
                again += [running[future] for future in done if not self._keep(running[future], future)]
                bar.show(len(self.marked), "Marking", f"{len(self.marked)}/{len(files)}")
            for student in again:
                future = pool.submit(self._assess, student, files[student], isolation)
                while not wait([future], timeout=0.5).done:
                    pass
                self._keep(student, future, last=True)
                bar.show(len(self.marked), "Marking", f"{len(self.marked)}/{len(files)}")
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
