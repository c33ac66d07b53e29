"""Exercise 16.3, the inverse problem: the numbers of another tool, read back."""

import math

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["COLLEAGUE"]

_BETA, _SLOPE = 0.95, 25.0
_TAU, _WIDTH = -1.0 / math.log(_BETA), 1.0 / _SLOPE

COLLEAGUE = Number(
    id="16.3",
    title="A colleague's network",
    statement=(
        "A colleague hands you a network that she trained in snnTorch. Its neurons are "
        "`snn.Leaky(beta=0.95, spike_grad=surrogate.fast_sigmoid(slope=25))`, and a step stands for 1 ms. "
        "Which membrane time constant, in ms, and which width of the surrogate, in thresholds, give the same "
        "decay and the same hump here?"
    ),
    stub="numbers = [..., ...]  # tau_m in ms, width in thresholds",
    variable="numbers",
    labels=("τ, in ms", "Width, in thresholds"),
    tolerance=0.005,
    solution=np.array([_TAU, _WIDTH]),
    next_step=(
        "Decay and hump agree. What else differs between the two neurons? Look at the row of the reset in "
        "the "
        "table, and at where the input current is added."
    ),
    mistakes=(
        Mistake(
            "Euler",
            np.array([1.0 / (1.0 - _BETA), _WIDTH]),
            "The width is right. 1 / (1 - beta) is the time constant of an Euler step, which Norse takes. "
            "snnTorch says nothing about dt, and our beta is exp(-dt/tau_m): solve that for tau_m.",
        ),
        Mistake(
            "slope",
            np.array([_TAU, _SLOPE]),
            "The time constant is right. The slope is the reciprocal of the width: the steeper, the "
            "narrower.",
        ),
        Mistake(
            "Euler and slope",
            np.array([1.0 / (1.0 - _BETA), _SLOPE]),
            "Both need a second look: beta = exp(-dt/tau_m), to be solved for tau_m, and the width is one "
            "over "
            "the slope.",
        ),
        Mistake(
            "reversed",
            np.array([_WIDTH, _TAU]),
            "Both numbers are right and stand in the opposite order: first the time constant.",
        ),
        Mistake(
            "sign",
            np.array([-_TAU, _WIDTH]),
            "A negative time constant would make the potential grow. The logarithm of 0.95 is negative, and "
            "so "
            "is the exponent: beta = exp(-dt/tau_m).",
        ),
        Mistake(
            "decimal logarithm",
            np.array([-1.0 / math.log10(_BETA), _WIDTH]),
            "The width is right. The logarithm must be the natural one, math.log or numpy.log.",
        ),
        Mistake(
            "seconds",
            np.array([_TAU / 1000.0, _WIDTH]),
            "The width is right, and so is the time constant, but in seconds. It is wanted in ms.",
        ),
        Mistake(
            "area",
            np.array([_TAU, 2.0 / _SLOPE]),
            "The time constant is right. 0.08 is the area of the hump; its width, where it has fallen to a "
            "quarter, is half of that.",
        ),
        Mistake(
            "decay a step",
            np.array([1.0 / _TAU, _WIDTH]),
            "The width is right. -ln 0.95 is 1 ms divided by the time constant: turn it upside down.",
        ),
    ),
)
