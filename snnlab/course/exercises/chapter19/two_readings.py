"""Exercise 19.3, the inverse problem: how slow a threshold is, and when it was raised, from two readings."""

import math

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["TWO_READINGS"]

_REST, _BETA_A, _SPIKES = 0.01, 1.8, 8
_FIRST, _SECOND, _APART = 0.01482, 0.01314, 300.0


def _added(tau: float, spikes: int = _SPIKES) -> float:
    """What the burst has added to the threshold."""
    return spikes * _BETA_A * (1.0 - math.exp(-1.0 / tau))


_LIFTED, _LEFT = _FIRST - _REST, _SECOND - _REST
_TAU = _APART / math.log(_LIFTED / _LEFT)  # 700
_SINCE = _TAU * math.log(_added(_TAU) / _LIFTED)  # 1015
_RIGHT = np.array([_TAU, _SINCE])
_SLOW = _APART / math.log(_FIRST / _SECOND)  # of the whole thresholds

TWO_READINGS = Number(
    id="19.3",
    title="When was it said",
    statement=(
        "Of an adaptive neuron you know $\\vartheta = 0.01$ and $\\beta_a = 1.8$, in steps of 1 ms. Some "
        "time ago it fired 8 spikes, so close together that you may take them for one moment. You read its "
        "threshold: 0.01482. It stays silent, and 300 ms later you read 0.01314. What is $\\tau_a$, and how "
        "long before your first reading did it fire, both in ms?"
    ),
    stub="times = [..., ...]  # tau_a, time before the first reading, in ms",
    variable="times",
    labels=("τₐ, in ms", "Time before the first reading, in ms"),
    tolerance=0.01,
    solution=_RIGHT,
    next_step=(
        "Suppose that you did not know how many spikes there were. One reading then stands for few spikes "
        "and little time, or for many and much. What would a second neuron with another tau_a tell you, "
        "which fired as often?"
    ),
    mistakes=(
        Mistake(
            "whole thresholds",
            np.array([_SLOW, _SLOW * math.log((_REST + _added(_SLOW)) / _FIRST)]),
            "You have let the whole threshold come down. Only what was added to 0.01 does: subtract that "
            "from both readings first.",
        ),
        Mistake(
            "ratio of the thresholds",
            np.array([_SLOW, _SLOW * math.log(_added(_SLOW) / _LIFTED)]),
            "For tau_a you have taken the ratio of the whole thresholds. Subtract 0.01 first: only what was "
            "added comes down.",
        ),
        Mistake(
            "one spike",
            np.array([_TAU, _TAU * math.log(_added(_TAU, 1) / _LIFTED)]),
            "The first is right. One spike could not have raised the threshold so high; eight have.",
        ),
        Mistake(
            "whole spikes",
            np.array([_TAU, _TAU * math.log(_SPIKES * _BETA_A / _LIFTED)]),
            "The first is right. In yours a spike raises the threshold by beta_a. It adds 1 - rho to b, "
            "so the threshold rises by beta_a (1 - rho).",
        ),
        Mistake(
            "beta_a forgotten",
            np.array([_TAU, _TAU * math.log(_added(_TAU) / _BETA_A / _LIFTED)]),
            "The first is right. You have taken b for what is added to the threshold. Multiply by beta_a.",
        ),
        Mistake(
            "with the threshold at rest",
            np.array([_TAU, _TAU * math.log((_REST + _added(_TAU)) / _FIRST)]),
            "The first is right. For the time you have compared whole thresholds. Compare what the burst "
            "added with what is left of it.",
        ),
        Mistake(
            "before the second reading",
            np.array([_TAU, _SINCE + _APART]),
            "The first is right. This is the time before the second reading; that before the first is "
            "wanted.",
        ),
        Mistake(
            "half-life",
            np.array([_TAU * math.log(2.0), _SINCE]),
            "The time is right. The first is the half-life. tau_a is the time in which a factor of e is "
            "lost.",
        ),
        Mistake(
            "decimal logarithm",
            np.array([_APART / math.log10(_LIFTED / _LEFT), _SINCE]),
            "The time is right. For tau_a you have taken the decimal logarithm.",
        ),
        Mistake(
            "straight line",
            np.array([_LIFTED / (_FIRST - _SECOND) * _APART, _SINCE]),
            "The time is right. For tau_a you have followed a straight line down to 0.01. It decays "
            "exponentially.",
        ),
        Mistake(
            "reversed",
            _RIGHT[::-1],
            "Both are right and stand in the opposite order: first tau_a.",
        ),
    ),
)
