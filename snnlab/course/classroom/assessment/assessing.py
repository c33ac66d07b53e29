"""From one submission to its marks: who it is from, what it answers, what that is worth, and why.

Whatever is handed in ends in a mark and a reason. A person's name, a token or points that the file itself
claims decide nothing; an answer of a page is compared like any other.
"""

import threading
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from snnlab.course.classroom.assessment.beside import found_beside
from snnlab.course.classroom.assessment.verdicts import compared, judged, shown
from snnlab.course.classroom.intake.extract import Submission, Unreadable, read_submission
from snnlab.course.classroom.key import handed_out, student_variant
from snnlab.course.classroom.marks import sha256
from snnlab.course.classroom.parts import ClassExercise, Mark, Part, Variant
from snnlab.course.classroom.sandbox.isolation import Isolation
from snnlab.course.classroom.sandbox.limits import Limits
from snnlab.course.classroom.sandbox.running import Answer, Answers, Ask, Source, run
from snnlab.course.other_process.outcome import Outcome

__all__ = ["Assessed", "assess"]

_LONGEST = 20_000  # characters of a text that are kept with the marks


class Assessed(NamedTuple):
    """The marks of a submission."""

    mark: dict
    """As `snnlab.course.classroom.marks` keeps them."""
    innocent: bool
    """Whether it was stopped and others may be to blame: assess it again, alone."""


class _Refused(Exception):
    """The submission is not marked at all: name of the reason, sentence, and what only the teacher reads."""


def assess(
    key: dict,
    part: Part,
    student: str,
    file: Path,
    limits: Limits,
    isolation: Isolation,
    halt: threading.Event | None = None,
) -> Assessed:
    """Mark what one student handed in.

    Parameters
    ----------
    key : dict
        Of the class.
    part : Part
        Its exercises.
    student : str
        The id.
    file : Path
        A notebook, a page's answers, or anything else.
    limits, isolation, halt
        As for `snnlab.course.classroom.sandbox.running.run`.

    Raises
    ------
    NotStarted, Halted
        Of `snnlab.course.classroom.sandbox.student_pipe`, neither of them the student's doing.
    """
    notes: list[str] = []
    innocent = False
    try:
        digest = sha256(file)  # before it is read: what comes in its place meanwhile is marked the next time
    except OSError:
        digest = ""
    try:
        submission = read_submission(file, part.exercises)
        notes += submission.notes
        _refuse_strangers(key, student, submission)
        notes += _unsigned(submission)
        variants = {one.grade_id: student_variant(key, student, one.grade_id) for one in part.exercises}
        exercises, innocent = _exercises(part, variants, submission, limits, isolation, halt)
        edition = handed_out(key, student)
        for name, text in found_beside(part, variants, student, edition, submission, file).items():
            if exercises[name]["points"] != exercises[name]["of"]:
                exercises[name] = _with_what_stands_beside(exercises[name], text)
    except Unreadable as reason:
        exercises = _all(part, "unreadable", str(reason))
    except _Refused as reason:
        name, words, more = reason.args
        notes += [more] if more else []
        exercises = _all(part, name, words)
    mark = {
        "id": student,
        "edition": part.edition,
        "state": "marked",
        "file": file.name,
        "sha256": digest,
        "notes": notes,
        "exercises": exercises,
    }
    return Assessed(mark, innocent)


def _refuse_strangers(key: dict, student: str, submission: Submission) -> None:
    if submission.part is not None and submission.part != key["part"]:
        raise _Refused("part", f"This is {_quoted(submission.part)}, and {key['part']} is being marked.", "")
    edition = handed_out(key, student)
    if submission.edition is not None and submission.edition != edition:
        raise _Refused(
            "edition",
            "This was handed out in another edition, with other exercises or other numbers. Ask for yours "
            "again and copy your answers over.",
            f"The edition is {_quoted(submission.edition)}, and what was handed out is of {edition}.",
        )
    token = key["students"][student].get("token")
    if submission.student is not None and submission.student != student:
        raise _Refused(
            "student",
            "This was made for another student, with other numbers.",
            f"It was made for {_quoted(submission.student)}.",
        )
    if submission.token is not None and submission.token != token:
        raise _Refused(
            "token",
            "This does not carry the mark of the file that was handed out to you.",
            "Its token is another's.",
        )


def _quoted(word: str) -> str:
    return repr(word[:60])


def _unsigned(submission: Submission) -> list[str]:
    missing = [name for name in ("part", "edition", "student") if getattr(submission, name) is None]
    return (
        [f"It does not say its {', '.join(missing)}; it was marked with this student's numbers."]
        if missing
        else []
    )


def _all(part: Part, reason: str, hint: str) -> dict[str, dict]:
    return {exercise.grade_id: _entry(exercise, Mark(0.0, reason, hint), True) for exercise in part.exercises}


def _entry(exercise: ClassExercise, mark: Mark, needs_eye: bool, answer: str = "") -> dict:
    return {
        "points": mark.points,
        "of": exercise.points,
        "reason": mark.reason,
        "hint": mark.hint,
        "by": "machine",
        "needs_eye": needs_eye,
        "answer": answer,
    }


def _with_what_stands_beside(entry: dict, text: str) -> dict:
    """Let a person decide whether `text` is the answer, or the rest of it."""
    answer = "\n\n".join(filter(None, [entry["answer"], text]))[:_LONGEST]
    fresh = {**entry, "answer": answer, "needs_eye": True}
    if not entry["answer"]:  # else the text is read in any case
        fresh["hint"] += " Something beside it may be your answer: a person reads it."
        fresh["points"] = None if entry["reason"] in ("not started", "missing") else entry["points"]
    return fresh


def _exercises(
    part: Part,
    variants: Mapping[str, Variant],
    submission: Submission,
    limits: Limits,
    isolation: Isolation,
    halt: threading.Event | None,
) -> tuple[dict[str, dict], bool]:
    told = submission.numbers
    asked = [one for one in part.exercises if not one.manual and one.grade_id not in told]
    asks = [Ask(one.grade_id, one.variable, one.cases(variants[one.grade_id])) for one in asked]
    sources = [Source(part.setup)]
    for source in submission.sources:
        if submission.page:
            sources.append(Source(part[source.exercise].given(variants[source.exercise])))
        sources.append(source)
    if len(sources) > 1:
        came = run(sources, asks, limits, isolation, halt)
    else:
        came = Answers({ask.exercise: Answer((Outcome("missing"),)) for ask in asks}, {})
    entries = {}
    for exercise in part.exercises:
        name, variant = exercise.grade_id, variants[exercise.grade_id]
        if exercise.manual:
            nothing = "" if submission.page else None  # a page leaves out what was not written
            entries[name] = _text(exercise, variant, submission.texts.get(name, nothing))
            continue
        if name in told:
            mark, answer = compared(exercise, variant, told[name]), shown(told[name])
        else:
            mark, answer = judged(exercise, variant, came, sources)
            if (
                submission.page
                and mark.reason == "missing"
                and not any(one.exercise == name for one in sources)
            ):
                mark = mark._replace(hint="The file of the page holds no answer to this.")
        entries[name] = _entry(exercise, mark, mark.points is None, answer)
    return entries, came.innocent


def _text(exercise: ClassExercise, variant: dict, text: str | None) -> dict:
    if text is None:
        mark = Mark(None, "missing", "The cell for this text is missing.")
        return _entry(exercise, mark, True)
    written = text.strip() not in ("", exercise.stub(variant).strip())
    mark = compared(exercise, variant, text if written else None)
    if not written:
        mark = mark._replace(points=0.0)
    return _entry(exercise, mark, written, text[:_LONGEST] if written else "")
