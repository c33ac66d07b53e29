"""`snnlab mark`: all that was handed in, on all cores, each student's marks in a file of their own.

It goes on where it stopped: what is marked already and has not changed is left alone. A submission that was
stopped while others used the machine is run once more, alone, so that no mark depends on a neighbour's code.
"""

import os
import sys
from pathlib import Path

from snnlab.course.classroom.assessment.reading_page import write_reading_page
from snnlab.course.classroom.assessment.rounds import Round
from snnlab.course.classroom.assessment.shares import Share
from snnlab.course.classroom.assessment.suiting import refuse_other_judges, refuse_other_results
from snnlab.course.classroom.key import judgement, read_key, student_variant
from snnlab.course.classroom.marks import (
    ToRead,
    comments_alone,
    machine_s,
    new_sheet,
    read_by_hand,
    read_mark,
    reread,
    sha256,
    shown_answer,
    with_hand,
    write_mark,
    write_template,
)
from snnlab.course.classroom.parts import Part
from snnlab.course.classroom.reading import find_part
from snnlab.course.classroom.roster import ROSTER, roster_of
from snnlab.course.classroom.sandbox.choosing import find_isolation
from snnlab.course.classroom.sandbox.limits import Limits
from snnlab.course.classroom.whole_files import need_writable
from snnlab.course.errors import CommandError
from snnlab.course.printable import printable, say

__all__ = ["WITH_YOUR_RIGHTS", "limits_of", "mark_class", "submissions"]

WITH_YOUR_RIGHTS = "Students' code runs with your rights here: it can read and change your files."


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
    refuse_other_judges(folder, key, part)
    limits = limits_of(seconds)
    need_writable(folder)
    if template:
        new_sheet(folder, template)  # what is wrong with it is told now, and not when all is marked
    worth = {exercise.grade_id: exercise.points for exercise in part.exercises}
    by_hand = read_by_hand(folder, worth, key["students"])
    files, strange = submissions(folder, key, share)
    fresh = {s: file for s, file in files.items() if again or not _is_marked(folder, key, s, file)}

    refuse_other_results(folder, key, part, fresh)

    def keep(mark: dict) -> None:
        _refuse_old_judgement(folder, part)
        write_mark(folder, with_hand(_with_past(read_mark(folder, mark["id"]), mark), by_hand))

    this = Round(key, part, limits, keep)
    if fresh:
        isolation = find_isolation([folder], limits, no_isolation)
        if not isolation.isolated:
            say(WITH_YOUR_RIGHTS)
        this.mark(fresh, isolation)
    if count := len(this.marked):
        each = f"{this.seconds:.0f} s, {this.seconds / count:.1f} s each, {this.at_a_time} at a time"
        say(f"Marked {count} submission{'s' if count != 1 else ''} in {each}, {isolation.name}.")
    if len(files) > len(fresh):
        say(f"Marked before and not changed since: {len(files) - len(fresh)}.")
    roster = [student for student in key["students"] if share.holds(student)]
    if absent := len(roster) - len(files):
        say(f"Nothing handed in by {absent} of {len(roster)} students.")
    if strange:
        say(f"Left out, because nobody in the roster has this id: {', '.join(strange)}.")
    _tell_people(folder, key, part, list(files), by_hand, template)
    for student, reason in this.failed.items():
        complaint = f"snnlab: {student} is not marked: {reason}; run this command again"
        print(printable(complaint), file=sys.stderr)
    return 2 if this.failed else 0


def _refuse_old_judgement(folder: Path, part: Part) -> None:
    """Refuse to write what other exercises judge by now: whoever has regraded in another window."""
    if (of := judgement(read_key(folder))) != part.edition:
        raise CommandError(f"{folder} is judged by {of} since this has begun: run this command again")


def limits_of(seconds: float) -> Limits:
    """The limits of a submission that may take so many seconds.

    Raises
    ------
    CommandError
        If these are no seconds, or too many.
    """
    if not 1 <= seconds <= 3600:
        raise CommandError(f"the seconds for a submission lie between 1 and 3600, got {seconds:g}")
    usual = Limits()
    scale = seconds / usual.total
    return usual._replace(total=seconds, cell=usual.cell * scale, calls=usual.calls * scale)


def submissions(folder: Path, key: dict, share: Share) -> tuple[dict[str, Path], list[str]]:
    """The file of each student who handed in, and folders that belong to nobody.

    Raises
    ------
    CommandError
        If nobody has handed in.
    """
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
            mark is not None and mark.get("edition") == judgement(key) and mark.get("sha256") == sha256(file)
        )
    except OSError:
        return False


def _with_past(old: dict | None, new: dict) -> dict:
    """Marks of the same file keep the verdicts that `snnlab regrade` has replaced."""
    if old is None or old.get("sha256") != new["sha256"]:
        return new
    past = {name: machine_s(entry).get("before") for name, entry in old["exercises"].items()}
    exercises = {
        name: {**entry, "before": past[name]} if past.get(name) else entry
        for name, entry in new["exercises"].items()
    }
    return {**new, "exercises": exercises}


def _tell_people(
    folder: Path, key: dict, part: Part, students: list[str], by_hand: dict, template: str
) -> None:
    """Take over what people gave or took back since the last time, and say what is left for them."""
    wanted, other = [], []
    for student in students:
        mark = read_mark(folder, student)
        if mark is None:
            continue
        if (fresh := with_hand(mark, by_hand)) != mark:
            _refuse_old_judgement(folder, part)
            write_mark(folder, fresh)
        for name, one in fresh["exercises"].items():
            if one["needs_eye"]:
                exercise = part[name]
                task = exercise.build(student_variant(key, student, name)) if exercise.manual else None
                asked = task.statement if task else ""
                wanted.append(ToRead(student, name, one["of"], asked, shown_answer(one)))
        other += [f"{student}, {name} ({by_hand[student, name].by})" for name in reread(fresh, by_hand)]
    if other:
        say(f"Points by hand, given for an answer that has changed since: {'; '.join(other)}.")
        say("They stay; take such a line out of its sheet to have the new answer listed.")
    if alone := comments_alone(folder):
        say(f"Comments without points, which no page shows: {'; '.join(alone)}.")
    if wanted:
        need = "1 answer needs" if len(wanted) == 1 else f"{len(wanted)} answers need"
        where = f": write points into {folder / 'manual-NAME.csv'}, which --template NAME makes"
        say(f"{need} a person's eye{'' if template else where}.")
    if template:
        sheet = write_template(folder, template, wanted)
        say(f"Write points into {sheet}, which lists them.")
        if wanted:
            there = (folder / ROSTER).is_file()  # marking needs none
            names = {one.id: one.name for one in roster_of(folder, key["students"])} if there else {}
            page = write_reading_page(folder, template, part, wanted, names)
            say(f"Or open {page} in a browser, read there with the keyboard, and let it make the sheet.")
        for exercise in part.exercises:
            if exercise.rubric and any(name == exercise.grade_id for _, name, *_ in wanted):
                for line in (
                    f"{exercise.grade_id}, {exercise.points:g} points:",
                    *exercise.rubric.split("\n"),
                ):
                    say(line)
