"""What is said to an answer, and when nothing has been answered yet."""

from typing import NamedTuple, cast

from snnlab.course.exercises.kinds import Exercise

__all__ = ["Verdict", "is_untouched", "not_started"]


class Verdict(NamedTuple):
    """What is said to an answer."""

    right: bool
    reason: str
    """"right", "not started", the name of a mistake of the exercise's table, or of a general one."""
    message: str
    """One paragraph."""


def not_started(exercise: Exercise) -> Verdict:
    """The verdict on an untouched stub."""
    return Verdict(
        False,
        "not started",
        f"Not started yet. Replace the dots of `{exercise.variable}` and run the cell again.",
    )


def is_untouched(answer: object) -> bool:
    """Whether the dots of the stub still stand in an answer of numbers."""
    if answer is None or answer is ...:
        return True
    return type(answer) in (list, tuple) and any(item is ... for item in cast(list, answer))
