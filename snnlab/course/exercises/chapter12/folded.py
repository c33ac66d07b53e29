"""Exercise 12.1, calculate then verify: a batch norm becomes one whole number."""

import math

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["FOLDED"]

_N, _GAMMA, _BETA, _MEAN, _SD = 51, 0.5, -0.6, 3.6, 9.0


def _answers(limit: float, per: float = 2.0) -> np.ndarray:
    """The least sum, which is odd, and how many inputs may differ, for a limit of the sum."""
    threshold = math.ceil(limit)
    threshold += threshold % 2 == 0
    return np.array([threshold, (_N - threshold) // per])


_LIMIT = _MEAN - _BETA * _SD / _GAMMA  # 14.4
_RIGHT = _answers(_LIMIT)  # 15, 18

FOLDED = Number(
    id="12.1",
    title="One whole number",
    statement=(
        "A neuron has 51 inputs of one bit, so its sum $z$ is an odd number. Batch norm makes "
        "$a = \\gamma (z - \\mu)/s + \\beta$ of it, with $\\gamma = 0.5$, $\\beta = -0.6$, $\\mu = 3.6$ and "
        "$s = 9$, and the neuron fires for $a \\ge 0$. Which is the least sum at which it fires? And how "
        "many of the 51 inputs may differ from their weights at most? Work it out on paper, then let the "
        "cell compare."
    ),
    stub="folded = [..., ...]  # the least sum, how many inputs may differ",
    variable="folded",
    labels=("Least sum", "Inputs that may differ"),
    tolerance=0.002,
    solution=_RIGHT,
    next_step=(
        "Four real numbers have become one count. By how much could β change without anybody noticing, as "
        "the sum jumps by 2?"
    ),
    mistakes=(
        Mistake(
            "sign of the shift",
            _answers(_MEAN + _BETA * _SD / _GAMMA),
            "A negative β makes the neuron harder to please, not easier: solve a = 0 for z once more, β "
            "changes its side.",
        ),
        Mistake(
            "spread forgotten",
            _answers(_MEAN - _BETA / _GAMMA),
            "The spread s is missing. β belongs to the normalised sum; in units of z it is β s/γ.",
        ),
        Mistake(
            "factor upside down",
            _answers(_MEAN - _BETA * _SD * _GAMMA),
            "You have multiplied by γ where it divides: z - μ = -β s/γ.",
        ),
        Mistake(
            "mean forgotten",
            _answers(-_BETA * _SD / _GAMMA),
            "That would be right for a mean of 0. The limit lies 3.6 higher.",
        ),
        Mistake(
            "rounded down",
            np.array([math.floor(_LIMIT), (_N - math.floor(_LIMIT)) // 2]),
            "At a sum of 14 a is still negative, and the sum of 51 signs is odd: round up.",
        ),
        Mistake(
            "rounded down to odd",
            np.array([_RIGHT[0] - 2, _RIGHT[1] + 1]),
            "At a sum of 13 a is still negative. The neuron fires from the next odd number above the limit.",
        ),
        Mistake(
            "not whole",
            np.array([_LIMIT, (_N - _LIMIT) / 2.0]),
            "This is where a vanishes. The sum is a whole number and odd, and a count of inputs is whole as "
            "well.",
        ),
        Mistake(
            "sum whole, count not",
            np.array([_RIGHT[0], (_N - _LIMIT) / 2.0]),
            "The sum is right. A count of inputs is whole, and one more of them would be too many.",
        ),
        Mistake(
            "agreeing",
            np.array([_RIGHT[0], _N - _RIGHT[1]]),
            "The sum is right. That many inputs have to agree; how many may differ?",
        ),
        Mistake(
            "not halved",
            np.array([_RIGHT[0], _N - _RIGHT[0]]),
            "The sum is right. An input that differs takes away 2, the 1 that it does not give and the 1 "
            "that it takes: halve what is left.",
        ),
        Mistake(
            "reversed",
            _RIGHT[::-1],
            "Both numbers are right and stand in the opposite order: first the sum.",
        ),
    ),
)
