"""`snnlab practice`: play the students and the LMS, so that a teacher can try everything before the class.

Of three students the first solves everything in their notebook, the second hands in the file of the page with
half of it, and what the third uploads is broken. It needs the definitions with their solutions: a clone.
"""

import csv
import io
import json
import zipfile
from pathlib import Path

from snnlab.course.classroom.handout.notebooks import as_text, solution_source, student_notebook
from snnlab.course.classroom.key import read_key, student_variant
from snnlab.course.classroom.names import participant_number
from snnlab.course.classroom.parts import ClassExercise, Part
from snnlab.course.classroom.reading import find_part
from snnlab.course.classroom.roster import Student, roster_of
from snnlab.course.errors import CommandError
from snnlab.course.printable import say

__all__ = ["practise"]

ZIP, GRADEBOOK = "submissions.zip", "gradebook.csv"
_BROKEN = "This is no notebook."


def practise(class_folder: str, lms: str = "moodle") -> int:
    """Write ``submissions.zip`` and ``gradebook.csv``, as an LMS would export them, into the current folder.

    Parameters
    ----------
    class_folder : str
        What `snnlab assign` made.
    lms : str
        "moodle" or "canvas".

    Returns
    -------
    int
        The exit code.

    Raises
    ------
    CommandError
        If one of the two files is there already: it may be a real one.
    """
    folder = Path(class_folder)
    key = read_key(folder)
    part = find_part(key["part"])
    if part.edition != key["edition"]:
        raise CommandError(
            f"{folder} was handed out in edition {key['edition']}: make a new class to practise"
        )
    students = roster_of(folder, key["students"])
    for name in (ZIP, GRADEBOOK):
        if Path(name).exists():
            raise CommandError(f"{name} is here already and may be a real one: move it away first")
    members = [
        (_name(lms, k, student, name), data)
        for k, student in enumerate(students)
        for name, data in [_work(k, key, part, student.id)]
    ]
    with zipfile.ZipFile(ZIP, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, data in members:
            zipped.writestr(name, data)
    rows = io.StringIO(newline="")
    csv.writer(rows, lineterminator="\n").writerows(_gradebook(lms, part, students))
    Path(GRADEBOOK).write_bytes(rows.getvalue().encode("utf-8"))
    say(f"{len(students)} students have handed in {ZIP}, and {GRADEBOOK} awaits their points.")
    say(f"Both lie in {Path.cwd()}.")
    return 0


def _work(k: int, key: dict, part: Part, student: str) -> tuple[str, str]:
    """What a student hands in: the name of their file and what is in it."""
    if k % 3 == 2:
        return f"{part.name}.ipynb", _BROKEN
    variants = {one.grade_id: student_variant(key, student, one.grade_id) for one in part.exercises}
    token = key["students"][student]["token"]
    if k % 3 == 0:
        notebook = student_notebook(part, variants, student, "", token)
        for cell in notebook["cells"]:
            name = cell["metadata"]["nbgrader"]["grade_id"]
            if name in variants:
                one = part[name]
                text = _text(one) if one.manual else solution_source(one, variants[name])
                cell["source"] = text.splitlines(keepends=True)
        return f"{part.name}.ipynb", as_text(notebook)
    numbers = [one for one in part.exercises if one.kind == "number"][:2]
    answers = {one.grade_id: one.expected(variants[one.grade_id]).tolist() for one in numbers}
    answers |= {one.grade_id: _text(one) for one in part.exercises if one.manual}
    own = {"part": part.name, "edition": part.edition, "student": student, "token": token}
    return f"{part.name}-{student}.json", json.dumps({"snnlab": 1, **own, "answers": answers})


def _text(exercise: ClassExercise) -> str:
    return f"{exercise.sample} (Written by `snnlab practice`.)"


def _name(lms: str, k: int, student: Student, file: str) -> str:
    """The name of a file in the download."""
    first, last = _halves(student)
    if lms == "moodle":
        number = participant_number(student) or 1001 + k
        return f"{first} {last}".strip() + f"_{number}_assignsubmission_file/{file}"
    squeezed = "".join(c for c in f"{last}{first}".lower() if c.isalnum())
    return f"{squeezed}_{90001 + k}_{88001 + k}_{file}"


def _halves(student: Student) -> tuple[str, str]:
    first, _, last = (student.name or student.id).partition(" ")
    return first, last


def _gradebook(lms: str, part: Part, students: list[Student]) -> list[list[str]]:
    halves = [(*_halves(student), student) for student in students]
    if lms == "moodle":
        head = ["First name", "Last name", "ID number", "Email address", f"Assignment: {part.name} (Real)"]
        return [head, *([first, last, one.id, one.email, "-"] for first, last, one in halves)]
    total = f"{sum(exercise.points for exercise in part.exercises):.2f}"
    return [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", f"{part.name} (4711)", "Final Score"],
        ["    Points Possible", "", "", "", "", total, "(read only)"],
        *(
            [f"{last}, {first}" if last else first, str(90001 + k), one.id, one.email, "Practice", "", ""]
            for k, (first, last, one) in enumerate(halves)
        ),
    ]
