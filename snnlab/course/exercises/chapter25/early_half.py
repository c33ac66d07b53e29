"""Exercise 25.3, the inverse problem: what a spike does to its own neuron, told by half a window."""

import math

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["EARLY_HALF"]

_BIAS, _TOLD, _FIRST, _SECOND = -1.0, 0.24, 1.0, 0.5


def _odds(p: float) -> float:
    return math.log(p / (1.0 - p))


_P = 1.0 / (1.0 + math.exp(-_BIAS))
_LESS = _TOLD / (_FIRST + _SECOND)  # by so much less is expected in each of the two bins
_H = _odds(_P - _LESS) - _BIAS
_RIGHT = np.array([_H, _FIRST + _SECOND * _LESS, (_FIRST + _SECOND) * _P])  # -1.1, 1.08 and 0.403
_, _LATE, _MOST = _RIGHT

EARLY_HALF = Number(
    id="25.3",
    title="What the early half tells",
    statement=(
        "A presynaptic spike is heard in the next two bins, as 1 and as 0.5. A spike of the neuron itself "
        "adds $h$ to its potential in the next two bins, the same in both. Without spikes the potential is "
        "−1, the weight is 0, the link logistic, and nothing else fires. For $\\Delta t = 0$, both spikes in "
        "the same bin, the window of the likelihood is $W = 0.24$. How large is $h$? How large is $W$ for "
        "$\\Delta t = 1$? And how large can $W$ for $\\Delta t = 0$ be at most, whatever $h$ is? All to "
        "within 1 %."
    ),
    stub="window = [..., ..., ...]  # h, W for Δt = 1, the largest W for Δt = 0",
    variable="window",
    labels=("h", "W for Δt = 1", "The largest W for Δt = 0"),
    tolerance=0.01,
    solution=_RIGHT,
    next_step=(
        "Which h would make it −0.24 for Δt = 0, a depression, and which neuron has such an h? And what is W "
        "for Δt = −1, a bin earlier?"
    ),
    mistakes=(
        Mistake(
            "first bin alone",
            np.array([_odds(_P - _TOLD) - _BIAS, _FIRST + _SECOND * _TOLD, _FIRST * _P]),
            "You have left out the second bin: there too less is expected, and the presynaptic spike is "
            "still heard, as 0.5.",
        ),
        Mistake(
            "mean of the two",
            np.array([_odds(_P - _TOLD / 2.0) - _BIAS, _FIRST + _SECOND * _TOLD / 2.0, 2.0 * _P]),
            "You weigh both bins alike. What is expected less counts as the presynaptic spike is heard: as 1 "
            "and as 0.5.",
        ),
        Mistake(
            "straight line",
            np.array([-_LESS / (_P * (1.0 - _P)), _LATE, _MOST]),
            "The others are right. For h you have followed the slope of the logistic function. It bends: "
            "take the odds of what is expected with and without.",
        ),
        Mistake(
            "potential",
            np.array([_H + _BIAS, _LATE, _MOST]),
            "The others are right. The first is the whole potential after a spike. h is what is added to −1.",
        ),
        Mistake(
            "excitable",
            np.array([_odds(_P + _LESS) - _BIAS, _LATE, _MOST]),
            "The others are right. With your h a spike makes another one likelier. What is not expected and "
            "does not come is no surprise: W is above 0 where less is expected.",
        ),
        Mistake(
            "sign of the sum",
            np.array([_odds(_P + _LESS) - _BIAS, _LATE, (_FIRST + _SECOND) * (1.0 - _P)]),
            "You have added what the spike makes the neuron expect. It is taken off: W is above 0 where less "
            "is expected, so h is negative.",
        ),
        Mistake(
            "kernel alone",
            np.array([_H, _FIRST, _MOST]),
            "The others are right. For Δt = 1 the kernel is 1. In the bin after it less is expected, and the "
            "presynaptic spike is heard there.",
        ),
        Mistake(
            "minus",
            np.array([_H, _FIRST - _SECOND * _LESS, _MOST]),
            "The others are right. For Δt = 1 you have taken off what is to be added: where less is "
            "expected, silence lowers the weight by less.",
        ),
        Mistake(
            "early half added",
            np.array([_H, _FIRST + _TOLD, _MOST]),
            "The others are right. For Δt = 1 you add what Δt = 0 has. A bin later the presynaptic spike is "
            "heard as 0.5 and no longer as 1.",
        ),
        Mistake(
            "one in all",
            np.array([_H, _LATE, _FIRST + _SECOND]),
            "The others are right. At most all that was expected is no longer expected, and that was "
            "not 1 spike in a bin.",
        ),
        Mistake(
            "probability",
            np.array([_H, _LATE, _P]),
            "The others are right. The last is what is expected in one bin. The presynaptic spike is heard "
            "in two.",
        ),
    ),
)
