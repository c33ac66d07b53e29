"""Exercise 9.5, calculate then verify: how far a bump strays, and how many neurons hold it."""

import math

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["LASTS"]

_NEURONS, _FAR, _FIRST, _LATER = 500.0, 6.0, 1.0, 9.0  # 1, degrees, s, s
_LONGER = _LATER / _FIRST
_AFTER, _NEEDED = _FAR * math.sqrt(_LONGER), _NEURONS * _LONGER

LASTS = Number(
    id="9.5",
    title="How long does it last?",
    statement=(
        "A bump of 500 neurons is moved by chance alone. Over many runs the root of its mean squared "
        "displacement is 6° after 1 s. The error c is small enough to leave out. How large is it after 9 s, "
        "in degrees? And with how many neurons would it be 6° after 9 s?"
    ),
    stub="answer = [..., ...]  # degrees after 9 s, number of neurons",
    variable="answer",
    tolerance=0.01,
    labels=("displacement after 9 s, in °", "number of neurons"),
    solution=np.array([_AFTER, _NEEDED]),
    next_step=(
        "And how long does a bump of 500 neurons take until it may be anywhere on the ring, say 100° away?"
    ),
    mistakes=(
        Mistake(
            "reversed",
            np.array([_NEEDED, _AFTER]),
            "Both are right and stand in the opposite order: first the degrees.",
        ),
        Mistake(
            "straight line",
            np.array([_FAR * _LONGER, _NEEDED]),
            "The number of neurons is right. It is the square of the displacement that grows nine times; the "
            "displacement grows by the root of that.",
        ),
        Mistake(
            "straight line, and its square",
            np.array([_FAR * _LONGER, _NEURONS * _LONGER**2]),
            "You let the displacement grow in proportion to time. Its square does: it is 2 D t.",
        ),
        Mistake(
            "square",
            np.array([_FAR**2 * _LONGER, _NEEDED]),
            "The number of neurons is right. {answer} is in square degrees: take the root.",
        ),
        Mistake(
            "root of the neurons",
            np.array([_AFTER, _NEURONS * math.sqrt(_LONGER)]),
            "The displacement is right. To make its square nine times smaller, D has to be nine times "
            "smaller, and D falls as 1/N.",
        ),
        Mistake(
            "square of the neurons",
            np.array([_AFTER, _NEURONS * _LONGER**2]),
            "The displacement is right. D itself falls as 1/N, not its root.",
        ),
        Mistake(
            "fewer",
            np.array([_AFTER, _NEURONS / _LONGER]),
            "The displacement is right. But you made the network smaller: D falls as 1/N, so more neurons "
            "hold the bump longer.",
        ),
        Mistake(
            "how many more",
            np.array([_AFTER, _NEEDED - _NEURONS]),
            "The displacement is right. You say how many neurons are to be added; asked is how many there "
            "are.",
        ),
        Mistake(
            "no movement",
            np.array([_FAR, _NEURONS]),
            "Nothing brings the bump back, so it goes on straying: after 9 s it is farther away than after "
            "1 s.",
        ),
        Mistake(
            "eight seconds more",
            np.array([_FAR * math.sqrt(_LATER - _FIRST), _NEURONS * (_LATER - _FIRST)]),
            "You counted 8 s. The time runs from the beginning: 9 s are nine times 1 s.",
        ),
    ),
)
