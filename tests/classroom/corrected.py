"""A marked class of the toy part, and corrections of its exercises: what `regrade` is tried on."""

import dataclasses
import json

from classroom.toy_class import TOY, honest

from snnlab.course.classroom.assessment.assessing import Assessed
from snnlab.course.classroom.assessment.verdicts import compared
from snnlab.course.classroom.key import student_variant
from snnlab.course.classroom.marks import sha256
from snnlab.course.other_process.outcome import Outcome

__all__ = ["WORK", "assess", "with_number"]

WORK = {"s0": honest(), "s1": honest(first="first = 2.1 * a"), "s2": honest(first="first = 3 * a")}


def with_number(name, **changed):
    """The part with another judgement of one number: a tolerance, a solution, a table of mistakes."""
    exercises = []
    for one in TOY.exercises:
        if one.grade_id == name:
            one = dataclasses.replace(one, build=lambda v, b=one.build: dataclasses.replace(b(v), **changed))
        exercises.append(one)
    return dataclasses.replace(TOY, edition="2+toy", exercises=tuple(exercises))


def assess(key, part, student, file, limits, isolation, halt):
    """What `assess` says of an honest notebook; the only answer that is computed is the first, and here."""
    cells = json.loads(file.read_text(encoding="utf-8"))["cells"]
    (source,) = (
        "".join(one["source"]) for one in cells if one["metadata"]["nbgrader"]["grade_id"] == "first"
    )
    entries = {}
    for one in part.exercises:
        variant = student_variant(key, student, one.grade_id)
        received = "Because it leaks."
        if one.grade_id == "first":
            received = eval(source.partition("=")[2], {}, variant)
        elif not one.manual:
            received = one.expected(variant)
        if one.grade_id == "middle":
            received = [Outcome("numbers", value) for value in received]
        mark = compared(one, variant, received)
        entries[one.grade_id] = {**mark._asdict(), "of": one.points, "by": "machine", "needs_eye": one.manual}
    mark = {"id": student, "edition": part.edition, "state": "marked", "sha256": sha256(file)}
    return Assessed({**mark, "exercises": entries}, False)
