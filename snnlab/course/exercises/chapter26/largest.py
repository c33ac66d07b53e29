"""Exercise 26.4, the inverse problem: the largest exponent that is safe."""

import math

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["LARGEST"]

_SPIKES, _MANTISSA, _LIMIT = 20, 100, 2**23
_ROOM = (_LIMIT - 1) / (64 * _MANTISSA * _SPIKES)

LARGEST = Number(
    id="26.4",
    title="The largest safe exponent",
    statement=(
        "A current that forgets nothing ($\\delta_u = 0$) starts at 0 and gets 20 spikes in all, each "
        "through a weight with the mantissa 100. What is the largest weight exponent with which it cannot "
        "overflow? Work it out, then check it with `step_through` if you like."
    ),
    stub="exponent = ...",
    variable="exponent",
    labels=("Largest exponent",),
    tolerance=0.001,
    solution=float(math.floor(math.log2(_ROOM))),
    next_step=(
        "It just fits: one spike more, and it overflows. With a decay of 410 and a spike in each step, only "
        "about ten of them count. Which mantissa would then be safe with exponent 7?"
    ),
    mistakes=(
        Mistake(
            "the sign is a bit too",
            float(math.floor(math.log2(2 * _LIMIT / (64 * _MANTISSA * _SPIKES)))),
            "With {answer} the current passes 2²³. You counted 24 bits for the magnitude, but one of them is "
            "the sign.",
        ),
        Mistake(
            "64 forgotten",
            float(math.floor(math.log2((_LIMIT - 1) / (_MANTISSA * _SPIKES)))),
            "{answer} is more than an exponent can be. A weight is multiplied by 64 before it is added to "
            "the current.",
        ),
        Mistake(
            "one spike",
            float(math.floor(math.log2((_LIMIT - 1) / (64 * _MANTISSA)))),
            "{answer} is what one spike could have, if there were such an exponent. All 20 add up, because "
            "nothing is forgotten.",
        ),
        Mistake(
            "the power",
            2.0 ** math.floor(math.log2(_ROOM)),
            "{answer} is the power of two. Its exponent is wanted.",
        ),
        Mistake(
            "too careful",
            float(math.floor(math.log2(_ROOM)) - 1),
            "With {answer} it is safe, and so it is with one more: 20 · 100 · 64 · 2⁶ is 8,192,000, and the "
            "register goes to 8,388,607.",
        ),
    ),
)
