"""Whether what judges here suits what was handed out: the same exercises, numbers and right results.

A hash says that a file has changed, and not whether that changes anything. What counts is compared itself:
the numbers that the definitions draw from a student's seed with those that the student has, and what is right
for these with what was right when they were handed out.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from snnlab.course.classroom.key import judgement
from snnlab.course.classroom.parts import FORM, ClassExercise, Part, Variant, visible
from snnlab.course.errors import CommandError
from snnlab.course.judging.diagnose import agree, close

__all__ = [
    "changed_files",
    "judged_otherwise",
    "refuse_other_exercises",
    "refuse_other_judges",
    "refuse_other_results",
]

_SAME = 0.01  # of an answer's tolerance: processors differ by far less, another result by more
_ROUNDING = 1e-9
_MOST_NAMED = 3


def changed_files(key: dict, part: Part) -> str:
    """In words, what of the package is not as it was when it judged this class; "" if the key does not say.

    Examples
    --------
    >>> part = Part("part1", "", "", "", "1+a-b", (), {"snnlab/random.py": "1", "snnlab/spikes.py": "2"})
    >>> changed_files({"course": {"snnlab/random.py": "1", "snnlab/spikes.py": "3"}}, part)
    'snnlab/spikes.py'
    """
    before = key.get("course", {})
    if not before:
        return ""
    names = sorted(
        name for name in before.keys() | part.course.keys() if before.get(name) != part.course.get(name)
    )
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return ", ".join(names[:_MOST_NAMED]) + more


def refuse_other_judges(folder: Path, key: dict, part: Part) -> None:
    """Refuse to mark where other files judge than those that have judged this class so far.

    Parameters
    ----------
    folder : Path
        Of the class.
    key : dict
        Of the class.
    part : Part
        As it is here.

    Raises
    ------
    CommandError
        If the exercises are others, or the package around them.
    """
    of = judgement(key)
    if part.definitions != of.partition("-")[0]:
        what, did = ("is judged by", "judged") if "judgement" in key else ("was handed out in", "handed out")
        raise CommandError(
            f"this class {what} edition {of}, and the exercises here are of {part.edition}: mark "
            f"with the copy of the course that you {did} with, or, if you have only corrected what "
            f"judges the answers, see with `snnlab regrade {folder}` whom that changes"
        )
    if part.edition != of:
        files = changed_files(key, part)
        raise CommandError(
            "the course has changed since it judged this class, beside the exercises"
            f"{f' ({files})' if files else ''}: "
            f"see with `snnlab regrade {folder}` whom that changes, or, if you know that it changes nobody, "
            f"say so with `snnlab regrade {folder} --keep`"
        )


def refuse_other_results(folder: Path, key: dict, part: Part, students: Iterable[str]) -> None:
    """Refuse to mark students for whom something else is right than when they were given their numbers.

    Parameters
    ----------
    folder, key, part
        As for `refuse_other_judges`.
    students : iterable of str
        Who is to be marked.

    Raises
    ------
    CommandError
        If that is so.
    """
    if told := judged_otherwise(key, part, students):
        raise CommandError(
            f"{told}, though no file of the course has changed: mark with the versions of NumPy and Numba "
            f"that you handed out with, or see with `snnlab regrade {folder}` whom that changes"
        )


def judged_otherwise(key: dict, part: Part, students: Iterable[str]) -> str:
    """In words, the first right result that is not what the key has; "" if all are.

    Of functions the key has no results: their solution is run when they are marked.
    """
    for student in students:
        for exercise in part.exercises:
            own = key["students"][student]["exercises"].get(exercise.grade_id, {})
            if own.get("expected") is None:
                continue
            try:
                right = np.asarray(exercise.expected(own["parameters"]), dtype=float)
                tolerance = exercise.build(own["parameters"]).tolerance
            except Exception as error:
                return f"{exercise.grade_id} of {student} has no right result here ({_words(error)})"
            was = np.asarray(own["expected"], dtype=float)
            if was.shape != right.shape or not close(was, right, _SAME * tolerance):
                return (
                    f"for {student}, {exercise.grade_id} was {_told(was)} when it was handed out, and is "
                    f"{_told(right)} here"
                )
    return ""


def refuse_other_exercises(key: dict, part: Part, other_numbers: bool = False) -> None:
    """Refuse definitions that cannot judge the numbers which the students have.

    Parameters
    ----------
    key : dict
        Of the class.
    part : Part
        Its corrected definitions.
    other_numbers : bool
        Take definitions that would give other values to these students now; everybody keeps their own.

    Raises
    ------
    CommandError
        If there are other exercises, other names of numbers or, unless that is allowed, other values.
    """
    names = [exercise.grade_id for exercise in part.exercises]
    for student, entry in key["students"].items():
        handed = entry["exercises"]
        if odd := sorted(set(names) ^ set(handed)):
            raise CommandError(
                f"{student} was given other exercises than there are here (only one of the two has "
                f"{', '.join(odd)}): an exercise may be corrected, and none be added or taken away"
            )
        for exercise in part.exercises:
            _refuse_other_numbers(exercise, student, handed[exercise.grade_id], other_numbers)


def _refuse_other_numbers(exercise: ClassExercise, student: str, own: dict, other_numbers: bool) -> None:
    """Whatever is drawn for a student from their seed counts, for which of it was given out mistakes decide.

    Of a pool only the form counts that the student got: the others may take other numbers.
    """
    has = _given(own["parameters"])
    try:
        exercise.build(own["parameters"])
        drawn = []
        for numbers in exercise.draws(own["seed"]):
            drawn.append(json.loads(json.dumps(_given(numbers))))
            if _same(drawn[-1], has):
                return
    except Exception as error:
        raise CommandError(
            f"the definition of {exercise.grade_id} does not suit the numbers that {student} has "
            f"({_words(error)}): correct what judges, and not what is given"
        ) from None
    form = [numbers for numbers in drawn if numbers.get(FORM) == has.get(FORM)]
    if not form:
        raise CommandError(
            f"{exercise.grade_id} gives nobody the form here that {student} has: correct what judges, and "
            "leave the forms and their order as they are"
        )
    alike = [numbers for numbers in form if numbers.keys() == has.keys()]
    if not alike:
        raise CommandError(
            f"{exercise.grade_id} gives other numbers here ({', '.join(visible(form[0]))}) than {student} "
            "has: correct what judges, and not what is given"
        )
    if not other_numbers:
        first = alike[0]
        name = next(name for name in has if not _same(first[name], has[name]))
        raise CommandError(
            f"{exercise.grade_id} would give {student} other numbers here ({name} = {first[name]}, and "
            f"they have {has[name]}): correct what judges, and not what is given; if only the choice among "
            "the numbers has changed, and what each of them means has not, add --other-numbers, and all are "
            "judged by the numbers that they have"
        )


def _given(variant: Variant) -> Variant:
    """What a student sees of a variant: the numbers, and the form to which they belong."""
    return visible(variant) | {name: variant[name] for name in (FORM,) if name in variant}


def _same(one: Any, other: Any) -> bool:
    """Whether two values of JSON are the same, but for the last digits of a processor."""
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(one[name], other[name]) for name in one)
    if isinstance(one, float) and isinstance(other, float | int):
        return bool(agree(np.array(one), np.array(float(other)), _ROUNDING))
    return bool(one == other)


def _told(numbers: np.ndarray) -> str:
    return ", ".join(f"{number:.6g}" for number in numbers.ravel()[:4])


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
