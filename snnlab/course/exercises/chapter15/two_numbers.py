"""Exercise 15.3, the inverse problem: a time constant and a weight from a spike and how it moves."""

import math

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["TWO_NUMBERS"]

_T, _MOVES = 3.0, 7.5  # ms: when it fires, and how much earlier for one unit of the weight's logarithm
_TAU = 1.0 / (1.0 / _T - 1.0 / _MOVES)  # 5 ms


def _weight(tau: float) -> float:
    """The weight that brings the potential to 1 when the neuron fires."""
    return tau / _T * math.exp(_T / tau - 1.0)


_WEIGHT = _weight(_TAU)  # 1.117
_SUMMED = 1.0 / (1.0 / _T + 1.0 / _MOVES)

TWO_NUMBERS = Number(
    id="15.3",
    title="Told by one spike",
    statement=(
        "A neuron with threshold 1 gets a single spike at 0 ms and fires at 3 ms. Somebody scales its weight "
        "by a few thousandths, up and down, and reports the slope by the logarithm of the weight: "
        "$w\\, \\partial t/\\partial w = -7.5$ ms. Which $\\tau$, in ms, and which weight does it have?"
    ),
    stub="numbers = [..., ...]  # tau in ms, weight",
    variable="numbers",
    labels=("τ, in ms", "Weight"),
    tolerance=0.005,
    solution=np.array([_TAU, _WEIGHT]),
    next_step=(
        "One neuron, one spike, two numbers. With two inputs, what would you have to move besides the "
        "weights to find both of them and τ?"
    ),
    mistakes=(
        Mistake(
            "sum",
            np.array([_SUMMED, _weight(_SUMMED)]),
            "Look at the sign: 1/t - 1/tau = 1/7.5. You have added the two, and a spike would come after the "
            "peak.",
        ),
        Mistake(
            "epsilon for the weight",
            np.array([_TAU, 1.0 / _WEIGHT]),
            "The time constant is right. 0.90 is the height of the postsynaptic potential at 3 ms, and the "
            "weight brings that to 1.",
        ),
        Mistake(
            "without e",
            np.array([_TAU, _TAU / _T * math.exp(_T / _TAU)]),
            "The time constant is right. A postsynaptic potential has a factor e, so that it peaks at 1.",
        ),
        Mistake(
            "reversed",
            np.array([_WEIGHT, _TAU]),
            "Both numbers are right and stand in the opposite order: first the time constant.",
        ),
        Mistake(
            "rate",
            np.array([1.0 / _TAU, _WEIGHT]),
            "The weight is right. 0.2 is one over the time constant: turn it upside down.",
        ),
        Mistake(
            "peak",
            np.array([_T, 1.0]),
            "That neuron would fire at the very peak of its potential, where the slope is infinite. Ours has "
            "not reached it.",
        ),
        Mistake(
            "slope for the time constant",
            np.array([_MOVES, _weight(_MOVES)]),
            "The 7.5 ms are one over the steepness, x/x' at the threshold. The time constant follows from "
            "1/t - 1/tau.",
        ),
        Mistake(
            "difference",
            np.array([_MOVES - _T, _weight(_MOVES - _T)]),
            "You have taken the difference of the times. It is their reciprocals that are subtracted: 1/3 - "
            "1/7.5.",
        ),
    ),
)
