"""Exercise 27.1, calculate then verify: what one epoch does to a weight."""

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["ONE_EPOCH"]

_W, _X1, _Y1 = 90, 44, 20  # before the epoch; x1 at the postsynaptic spike, y1 at the presynaptic one
_UP, _DOWN = 8, 3  # 128ths of x1 and of y1


def _outcome(change: int) -> np.ndarray:
    """The change in 128ths, and the probability that it is rounded up."""
    return np.array([change, change % 128 / 128])


ONE_EPOCH = Number(
    id="27.1",
    title="One epoch",
    statement=(
        "The rule is `dw = 2^-4*x1*y0 - 3*2^-7*x0*y1`, and the weight is 90. In this epoch both neurons have "
        "fired: at the postsynaptic spike x1 was 44, at the presynaptic one y1 was 20. By how many 128ths do "
        "the two terms change the weight together, and with which probability does it become 93?"
    ),
    stub="answer = [..., ...]  # 128ths, probability of 93",
    variable="answer",
    labels=("128ths", "Probability of 93"),
    tolerance=0.005,
    solution=_outcome(_UP * _X1 - _DOWN * _Y1),
    next_step=(
        "All that the chip has to do for this is to multiply 44 by 8 and 20 by 3, and to add to "
        "128 times 90. "
        "What would rounding to the nearest number make of this pair, and of a hundred like it?"
    ),
    mistakes=(
        Mistake(
            "in weights",
            _outcome(_UP * _X1 - _DOWN * _Y1) / np.array([128, 1]),
            "The probability is right. The first number is the change of the weight; in 128ths "
            "it is 128 times "
            "as much.",
        ),
        Mistake(
            "the whole sum",
            _outcome(_UP * _X1 - _DOWN * _Y1) + np.array([128 * _W, 0]),
            "The probability is right. The first number has the 90 in it, 128 times; wanted is "
            "what the terms "
            "add.",
        ),
        Mistake(
            "probability of 92",
            np.array([1, -1]) * _outcome(_UP * _X1 - _DOWN * _Y1) + np.array([0, 1]),
            "The change is right. The second number is the probability that the weight ends at 92.",
        ),
        Mistake(
            "nearest",
            np.array([_UP * _X1 - _DOWN * _Y1, 0.0]),
            "The change is right. Rounding is not to the nearest number: the fraction is the probability of "
            "going up.",
        ),
        Mistake(
            "per cent",
            np.array([1, 100]) * _outcome(_UP * _X1 - _DOWN * _Y1),
            "The change is right. The second number is in per cent; a probability is at most 1.",
        ),
        Mistake(
            "what is left",
            np.array([_UP * _X1 - _DOWN * _Y1, (_UP * _X1 - _DOWN * _Y1) % 128]),
            "The change is right. The second number is how many 128ths are left over. Which share of a whole "
            "weight is that?",
        ),
        Mistake(
            "the change again",
            np.array([1, 1 / 128]) * (_UP * _X1 - _DOWN * _Y1),
            "The change is right. The second number is the change in weights. Its whole part is certain; "
            "what comes after the point is the probability.",
        ),
        Mistake(
            "always up",
            np.array([_UP * _X1 - _DOWN * _Y1, 1.0]),
            "The change is right. It is more than two weights, so 92 is certain; 93 is up to the coin.",
        ),
        Mistake(
            "both added, of 93",
            np.array([1, -1]) * _outcome(_UP * _X1 + _DOWN * _Y1) + np.array([0, 1]),
            "You added the second term. It has a minus: a presynaptic spike takes away here.",
        ),
        Mistake(
            "swapped, of 93",
            np.array([_UP * _Y1 - _DOWN * _X1, 0.0]),
            "You gave each term the other's trace. At the postsynaptic spike the rule reads x1, which is 44.",
        ),
        Mistake(
            "both added",
            _outcome(_UP * _X1 + _DOWN * _Y1),
            "The second term has a minus: it takes away.",
        ),
        Mistake(
            "swapped",
            _outcome(_UP * _Y1 - _DOWN * _X1),
            "The traces are swapped: the term with y0 reads x1, which is 44, and the one with x0 reads y1.",
        ),
        Mistake(
            "no mantissa",
            _outcome(_UP * _X1 - _Y1),
            "The constant of the second term is three 128ths.",
        ),
        Mistake(
            "the first alone",
            _outcome(_UP * _X1),
            "That is the first term alone. Both neurons have fired, so the second one acts as well.",
        ),
    ),
)
