"""Exercises of a class by name, and of a pool each form: "needs, form 0"."""

from dataclasses import replace

from snnlab.course.classroom.reading import find_part

__all__ = ["first_forms", "forms_of", "one_of", "seed_of"]

_BETWEEN = ", form "


def forms_of(exercise) -> list[str]:
    """Its name, or of a pool those of its forms."""
    return [f"{exercise.grade_id}{_BETWEEN}{k}" for k in range(len(exercise.forms))] or [exercise.grade_id]


def first_forms(part):
    """The same part without a choice: of each pool everybody gets the first form."""
    first = [one.forms[0] if one.forms else one for one in part.exercises]
    return replace(part, exercises=tuple(first))


def one_of(part: str, id: str):
    """An exercise, or a form of a pool."""
    name, _, form = id.partition(_BETWEEN)
    exercise = find_part(part)[name]
    return exercise.forms[int(form)] if form else exercise


def seed_of(part: str, id: str, first: int = 3) -> int:
    """A seed from which a student is given this form."""
    name, _, form = id.partition(_BETWEEN)
    if not form:
        return first
    return next(seed for seed in range(first, 99) if find_part(part)[name].draw(seed)["_form"] == int(form))
