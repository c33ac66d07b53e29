"""A function to write, as data: all that a page needs to judge a program without asking Python here.

A page runs the program itself. So it gets the arguments of each call, what is right, and what each typical
mistake comes to; who looks into the page finds the right numbers, and no program that gives them.
"""

from typing import Any

import numpy as np

from snnlab.course.exercises.kinds import Function
from snnlab.course.judging.functions import arguments_in_words
from snnlab.course.other_process.outcome import Outcome
from snnlab.course.other_process.worker import run_cases
from snnlab.course.values import plain_numbers

__all__ = ["function_data", "literal", "named_fields"]


def function_data(exercise: Function) -> dict[str, Any]:
    """What a page knows of `exercise`.

    Parameters
    ----------
    exercise : Function

    Returns
    -------
    dict
        Plain data. ``cases`` are tuples as Python writes them, in which arrays have become lists and a named
        tuple a call of its name; ``named`` has the fields of each such name with their defaults, ``told``
        each case in the words of a hint. An array is ``{"shape": [...], "flat": [...]}``, and in it "nan",
        "inf" or "-inf" stand for what JSON does not know.

    Examples
    --------
    >>> from snnlab.course.exercises import find
    >>> data = function_data(find("26.2"))
    >>> data["cases"][0], data["told"][0], data["right"][0]
    ('(-7, 1024)', 'x = -7, delta = 1024', {'shape': [], 'flat': [-5.0]})
    """
    cases = exercise.cases()
    return {
        "id": exercise.id,
        "stub": exercise.stub,
        "variable": exercise.variable,
        "arguments": list(exercise.arguments),
        "unit": exercise.unit,
        "tolerance": exercise.tolerance,
        "says": f"Right. {exercise.next_step}",
        "named": named_fields(cases),
        "cases": [literal(case) for case in cases],
        "told": [arguments_in_words(exercise, case) for case in cases],
        "right": [_array(plain_numbers(exercise.solution(*case))) for case in cases],
        "wrong": [
            {
                "name": mistake.name,
                "hint": mistake.hint,
                "outcomes": [_outcome(outcome) for outcome in run_cases(mistake.answer, cases)],
            }
            for mistake in exercise.mistakes
        ],
    }


def named_fields(cases: list[tuple]) -> dict[str, dict[str, float]]:
    """The fields of each named tuple among the arguments, with their defaults, by the name of its type."""
    named = [value for case in cases for value in case if _is_named(value)]
    return {type(value).__name__: value._field_defaults for value in named}


def literal(value: Any) -> str:
    """`value` as any Python reads it that knows no NumPy.

    Examples
    --------
    >>> literal((0.1, np.array([[True], [False]])))
    '(0.1, [[True], [False]])'
    """
    if isinstance(value, np.ndarray | np.generic):
        return repr(value.tolist())
    if _is_named(value):
        fields = ", ".join(f"{name}={literal(item)}" for name, item in value._asdict().items())
        return f"{type(value).__name__}({fields})"
    if type(value) is tuple:
        return f"({', '.join(map(literal, value))}{',' * (len(value) == 1)})"
    if type(value) in (bool, int, float, str):
        return repr(value)
    raise TypeError(
        f"an argument must be numbers, text, an array or a named tuple, got {type(value).__name__}"
    )


def _is_named(value: Any) -> bool:
    return isinstance(value, tuple) and hasattr(value, "_fields")


def _outcome(outcome: Outcome) -> dict[str, Any]:
    """As much of it as decides whether another one is alike."""
    told = {"kind": outcome.kind, "name": outcome.name}
    return told if outcome.value is None else told | _array(outcome.value)


def _array(value: np.ndarray) -> dict[str, Any]:
    flat = [x if np.isfinite(x) else str(x) for x in value.astype(float).ravel().tolist()]
    return {"shape": list(value.shape), "flat": flat}
