"""Exercise 15.1, calculate then verify: the slope of a spike time with one input."""

import math

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["ONE_SPIKE"]

_TAU, _T = 8.0, 4.0  # ms
_EPSILON = _T / _TAU * math.exp(1.0 - _T / _TAU)  # 0.824
_WEIGHT = 1.0 / _EPSILON  # 1.213
_RISE = 1.0 / _T - 1.0 / _TAU  # x'/x, and x is 1: 1/8 a ms
_SLOPE = -_EPSILON / _RISE  # -6.59 ms

ONE_SPIKE = Number(
    id="15.1",
    title="One weight, one spike",
    statement=(
        "A neuron gets a single spike, at 0 ms, with weight $w$, and $\\tau = 8$ ms. It should cross its "
        "threshold, 1, exactly at $t = 4$ ms. Which weight does it need, and what is "
        "$\\partial t/\\partial w$ there, in ms? Work both out on paper: at the threshold $x = 1$, and "
        "$x'/x = 1/t - 1/\\tau$."
    ),
    stub="numbers = [..., ...]  # weight, slope in ms",
    variable="numbers",
    labels=("Weight", "Slope, in ms"),
    tolerance=0.005,
    solution=np.array([_WEIGHT, _SLOPE]),
    next_step=(
        "Take 1 % off the weight. The slope promises a spike about 0.08 ms later. Does it come a little "
        "later still, or a little sooner, and why?"
    ),
    mistakes=(
        Mistake(
            "sign",
            np.array([_WEIGHT, -_SLOPE]),
            "The weight is right, and so is the size of the slope. More weight makes the spike come earlier, "
            "so the slope is negative.",
        ),
        Mistake(
            "chain rule of the weight",
            np.array([_WEIGHT, -1.0 / _RISE]),
            "The weight is right. -8 ms is the slope by the logarithm of the weight, w times the slope: the "
            "numerator is epsilon, not x.",
        ),
        Mistake(
            "weight in the numerator",
            np.array([_WEIGHT, -_WEIGHT / _RISE]),
            "The weight is right. The numerator is the postsynaptic potential without its weight: epsilon, "
            "not w.",
        ),
        Mistake(
            "slope not divided",
            np.array([_WEIGHT, -_EPSILON]),
            "The weight is right. -0.82 is how much the potential lacks if the weight falls by one. Divide "
            "it by how steeply the potential rises, 1/8 a ms.",
        ),
        Mistake(
            "slope upside down",
            np.array([_WEIGHT, -_RISE / _EPSILON]),
            "The weight is right, and the slope is upside down: the steeper the potential, the less the "
            "spike moves.",
        ),
        Mistake(
            "epsilon for the weight",
            np.array([_EPSILON, _SLOPE]),
            "The slope is right. 0.82 is the height of the postsynaptic potential at 4 ms; the weight has to "
            "bring that to 1.",
        ),
        Mistake(
            "without e",
            np.array([math.exp(_T / _TAU) * _TAU / _T, -_T / _TAU * math.exp(-_T / _TAU) / _RISE]),
            "Your postsynaptic potential peaks at 1/e. Ours has a factor e and peaks at 1: (s/tau) exp(1 - "
            "s/tau).",
        ),
        Mistake(
            "reversed",
            np.array([_SLOPE, _WEIGHT]),
            "Both numbers are right and stand in the opposite order: first the weight.",
        ),
        Mistake(
            "seconds",
            np.array([_WEIGHT, _SLOPE / 1000.0]),
            "The weight is right, and so is the slope, but in seconds. It is wanted in ms.",
        ),
    ),
)
