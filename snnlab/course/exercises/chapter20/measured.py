"""Exercise 20.3, the inverse problem: a rule from two measured changes."""

import math

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["MEASURED"]

_NEAR, _FAR, _AT_NEAR, _AT_FAR, _PAIRS = 10.0, 30.0, 0.18, 0.06, 60
_TAU = (_FAR - _NEAR) / math.log(_AT_NEAR / _AT_FAR)
_LAMBDA = _AT_NEAR / _PAIRS * math.exp(_NEAR / _TAU)
_TAU_10 = (_FAR - _NEAR) / math.log10(_AT_NEAR / _AT_FAR)
_STRAIGHT = _NEAR + (_FAR - _NEAR) * _AT_NEAR / (_AT_NEAR - _AT_FAR)  # where a straight line would reach zero

MEASURED = Number(
    id="20.3",
    title="A rule from two numbers",
    statement=(
        "Somebody measured a synapse. Sixty pairs at 1 Hz with Δt = 10 ms raised its weight from 0.40 to "
        "0.58, sixty with Δt = 30 ms raised that of another one, equal to the first, from 0.40 to 0.46. "
        "Suppose the additive rule. What are τ₊ in ms, and λ?"
    ),
    stub="answer = [..., ...]  # tau_plus in ms, lambda",
    variable="answer",
    labels=("τ₊, in ms", "λ"),
    tolerance=0.02,
    solution=np.array([_TAU, _LAMBDA]),
    next_step=(
        "Two numbers gave two numbers, so they cannot contradict the rule. What would you measure next, to "
        "see whether the window is an exponential at all?"
    ),
    mistakes=(
        Mistake(
            "reversed",
            np.array([_LAMBDA, _TAU]),
            "Both are right and stand in the opposite order: first τ₊.",
        ),
        Mistake(
            "all sixty",
            np.array([_TAU, _LAMBDA * _PAIRS]),
            "The time constant is right. The second number is what sixty pairs bring; λ is what one brings.",
        ),
        Mistake(
            "not at zero",
            np.array([_TAU, _AT_NEAR / _PAIRS]),
            "The time constant is right. The second number is what a pair brings at 10 ms; λ is what it "
            "would bring at no distance at all, which is more.",
        ),
        Mistake(
            "log10",
            np.array([_TAU_10, _AT_NEAR / _PAIRS * math.exp(_NEAR / _TAU_10)]),
            "You took the logarithm to base 10. The window is an exponential with base e.",
        ),
        Mistake(
            "of the weights",
            np.array([
                (_FAR - _NEAR) / math.log(0.58 / 0.46),
                0.58 / _PAIRS * math.exp(_NEAR * math.log(0.58 / 0.46) / (_FAR - _NEAR)),
            ]),
            "You took the weights. What falls off with Δt is their change, 0.18 and 0.06.",
        ),
        Mistake(
            "straight line",
            np.array([_STRAIGHT, _AT_NEAR / _PAIRS * _STRAIGHT / (_STRAIGHT - _NEAR)]),
            f"You drew a straight line through the two, which reaches zero at {_STRAIGHT:.0f} ms. An "
            "exponential never does: it falls to a third in 20 ms, and to a ninth in 40.",
        ),
        Mistake(
            "logarithm on the wrong side",
            np.array([
                (_FAR - _NEAR) * math.log(3),
                _AT_NEAR / _PAIRS * math.exp(_NEAR / ((_FAR - _NEAR) * math.log(3))),
            ]),
            "You multiplied 20 ms by ln 3. From 10 to 30 ms the gain falls to a third, so 20 ms are ln 3 "
            "time constants: divide.",
        ),
        Mistake(
            "down instead of up",
            np.array([_TAU, _AT_NEAR / _PAIRS * math.exp(-_NEAR / _TAU)]),
            "The time constant is right. From 10 ms back to no distance at all the window rises: multiply by "
            "exp(10 ms / τ₊).",
        ),
        Mistake(
            "at 30 ms",
            np.array([_TAU, _AT_NEAR / 3 / _PAIRS]),
            "The time constant is right. The second number is what a pair brings at 30 ms; λ is what it "
            "would bring at no distance at all.",
        ),
        Mistake(
            "sixty at 10 ms",
            np.array([_TAU, 0.18]),
            "The time constant is right. The second number is what sixty pairs bring at 10 ms. λ is for one "
            "pair, and for no distance at all.",
        ),
    ),
)
