"""`snnlab mark`: all that was handed in, two at a time, each student's marks in a file of his own.

It goes on where it stopped: what is marked already and has not changed is left alone. A submission that was
stopped while others used the machine is run once more, alone, so that no mark depends on a neighbour's code.
"""

import os
import sys
import threading
import time
from collections.abc import Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from pathlib import Path

from snnlab._progress import Bar
from snnlab.course.classroom.assessing import Assessed, assess
from snnlab.course.classroom.choosing import find_isolation
from snnlab.course.classroom.isolation import Isolation
from snnlab.course.classroom.key import read_key
from snnlab.course.classroom.limits import Limits
from snnlab.course.classroom.marks import (
    mark_file,
    read_by_hand,
    read_mark,
    sha256,
    with_hand,
    write_mark,
    write_template,
)
from snnlab.course.classroom.parts import Part, find_part
from snnlab.course.classroom.shares import Share
from snnlab.course.classroom.student_pipe import Halted, NotStarted
from snnlab.course.errors import CommandError

__all__ = ["mark_class"]

AT_A_TIME = 2


def mark_class(
    folder: str | Path,
    share: Share = Share(),
    no_isolation: bool = False,
    again: bool = False,
    seconds: float = Limits().total,
    template: str = "",
) -> int:
    """Mark a class.

    Parameters
    ----------
    folder : str or Path
        Of the class, with ``submitted``.
    share : Share
        Whose submissions.
    no_isolation : bool
        Run students' code with this user's rights.
    again : bool
        Mark also what is marked already.
    seconds : float
        What a submission's cells and calls may take.
    template : str
        Make ``manual-TEMPLATE.csv`` for what a person has to look at.

    Returns
    -------
    int
        0, or 2 if some could not be marked.

    Raises
    ------
    CommandError
        If there is nothing to mark, or no way to do it safely.
    """
    folder = Path(folder)
    key = read_key(folder)
    part = find_part(key["part"])
    if part.edition != key["edition"]:
        raise CommandError(
            f"this class was handed out in edition {key['edition']}, and the exercises here are of "
            f"{part.edition}: mark with the copy of the course that you handed out with"
        )
    if not 1 <= seconds <= 3600:
        raise CommandError(f"the seconds for a submission lie between 1 and 3600, got {seconds:g}")
    limits = _limits(seconds)
    worth = {exercise.grade_id: exercise.points for exercise in part.exercises}
    by_hand = read_by_hand(folder, worth)
    files, strange = _submissions(folder, key, share)
    open_files = {
        student: file
        for student, file in files.items()
        if again or not _is_marked(folder, key, student, file)
    }
    round_ = _Round(folder, key, part, limits, by_hand)
    if open_files:
        isolation = find_isolation([folder], limits, no_isolation)
        round_.mark(open_files, isolation)
    _refresh(folder, files, by_hand)
    return _report(folder, files, open_files, round_, strange, template)


def _limits(seconds: float) -> Limits:
    usual = Limits()
    scale = seconds / usual.total
    return usual._replace(total=seconds, cell=usual.cell * scale, calls=usual.calls * scale)


def _submissions(folder: Path, key: dict, share: Share) -> tuple[dict[str, Path], list[str]]:
    """The file of each student who handed in, and folders that belong to nobody."""
    place = folder / "submitted"
    if not place.is_dir():
        raise CommandError(f"nothing was handed in yet: `snnlab collect … --class {folder}` fills {place}")
    files, strange = {}, []
    for own in sorted(place.iterdir()):
        if own.is_dir() and own.name not in key["students"]:
            strange.append(own.name)
        elif own.is_dir() and share.holds(own.name):
            names = (f"{key['part']}.ipynb", "answers.json")
            found = [own / name for name in names if os.path.lexists(own / name)]
            found += sorted(path for path in own.iterdir() if path.suffix == ".ipynb" and path not in found)
            if found:
                files[own.name] = found[0]
    return files, strange


def _is_marked(folder: Path, key: dict, student: str, file: Path) -> bool:
    mark = read_mark(folder, student)
    try:
        return (
            mark is not None and mark.get("edition") == key["edition"] and mark.get("sha256") == sha256(file)
        )
    except OSError:
        return False


class _Round:
    """What the threads of one call share."""

    def __init__(self, folder: Path, key: dict, part: Part, limits: Limits, by_hand: dict):
        self.folder, self.key, self.part, self.limits, self.by_hand = folder, key, part, limits, by_hand
        self.halt = threading.Event()
        self.marked: list[str] = []
        self.failed: dict[str, str] = {}
        self.seconds = 0.0
        self.way = ""

    def mark(self, files: dict[str, Path], isolation: Isolation) -> None:
        """Two at a time, and at the end one by one those that others may have disturbed."""
        self.way, start, bar = isolation.name, time.monotonic(), Bar(len(files))
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
        """Write the marks unless the student has another try."""
        try:
            assessed = future.result()
        except NotStarted as error:
            if last:
                self.failed[student] = f"the process did not start ({error})"
            return False
        except Halted:
            return True
        except OSError as error:
            self.failed[student] = str(error)
            return True
        if assessed.innocent and not last:
            return False
        write_mark(self.folder, with_hand(assessed.mark, self.by_hand))
        self.marked.append(student)
        return True


def _refresh(folder: Path, students: Iterable[str], by_hand: dict) -> None:
    """Take over what people gave since the last time, and what they took back."""
    for student in students:
        mark = read_mark(folder, student)
        if mark is not None and (fresh := with_hand(mark, by_hand)) != mark:
            write_mark(folder, fresh)


def _report(
    folder: Path,
    files: dict[str, Path],
    opened: dict[str, Path],
    done: _Round,
    strange: list[str],
    template: str,
) -> int:
    marks = [mark for student in files if (mark := read_mark(folder, student)) is not None]
    wanted = [
        (mark["id"], name) for mark in marks for name, one in mark["exercises"].items() if one["needs_eye"]
    ]
    count = len(done.marked)
    if count:
        each = done.seconds / count
        how = f"{done.seconds:.0f} s, {each:.1f} s each, {AT_A_TIME} at a time, {done.way}"
        print(f"Marked {count} submission{'s' if count != 1 else ''} in {how}.")
    if len(files) > len(opened):
        print(f"{len(files) - len(opened)} were marked before and have not changed.")
    absent = len(done.key["students"]) - len({
        *files,
        *[s for s in done.key["students"] if _has_mark(folder, s)],
    })
    if absent:
        print(f"{absent} of {len(done.key['students'])} students in the roster have no submission here.")
    if strange:
        print(f"Left out, because nobody in the roster has this id: {', '.join(strange)}.")
    if wanted:
        print(
            f"{len(wanted)} answers need a person's eye: write points into {folder / 'manual-NAME.csv'} and "
            "run this command again."
        )
    if template:
        print(f"Their list is {write_template(folder, template, wanted)}.")
    for student, reason in done.failed.items():
        print(f"snnlab: {student} is not marked: {reason}; run this command again", file=sys.stderr)
    return 2 if done.failed else 0


def _has_mark(folder: Path, student: str) -> bool:
    return mark_file(folder, student).is_file()
