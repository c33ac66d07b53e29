"""Exercise 27.6, calculate: where a weight settles whose loss is its own size."""

import math

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["SETTLED"]

_X1, _GAIN, _LOSS = 44.0, 2.0**-5, 2.0**-6
_END = _GAIN * _X1 / _LOSS
_HALF = math.log(0.5) / math.log(1 - _LOSS)

SETTLED = Number(
    id="27.6",
    title="Where it settles",
    statement=(
        "A compartment learns by `dw = 2^-5*x1*y0 - 2^-6*y0*w`. Whenever it fires, the trace x1 of one pixel "
        "stands at 44. On average, at which weight does its synapse settle, and after how many spikes of "
        "the compartment has it gone half of the way there?"
    ),
    stub="answer = [..., ...]  # weight, spikes",
    variable="answer",
    labels=("Weight", "Spikes"),
    tolerance=0.02,
    solution=np.array([_END, _HALF]),
    next_step=(
        "A pixel that is on at half of these spikes settles at half of that weight: the weights are a mean "
        "image. What is the largest mean trace that still has a weight of its own, if weights end at 255?"
    ),
    mistakes=(
        Mistake(
            "exchanged",
            np.array([_X1 * _LOSS / _GAIN, _HALF]),
            "The spikes are right. The weight is the other way round: it settles where 2^-6 of it is as much "
            "as 2^-5 of the trace.",
        ),
        Mistake(
            "trace",
            np.array([_X1, _HALF]),
            "The spikes are right. The weight would be the trace if both exponents were the same.",
        ),
        Mistake(
            "gain alone",
            np.array([_GAIN * _X1, _HALF]),
            "The spikes are right. The first number is what one spike adds, before the loss.",
        ),
        Mistake(
            "straight line",
            np.array([_END, 0.5 / _LOSS]),
            "The weight is right. You went on in a straight line, with the first step: but each spike goes "
            "a 64th of what is still missing.",
        ),
        Mistake(
            "whole way",
            np.array([_END, 1 / _LOSS]),
            "The weight is right. After 64 spikes 37 % of the way are left, and in a straight line it would "
            "be all of it.",
        ),
        Mistake(
            "gain's rate",
            np.array([_END, math.log(0.5) / math.log(1 - _GAIN)]),
            "The weight is right. How fast it goes there is set by what is lost of it at a spike, 2^-6, and "
            "not by 2^-5.",
        ),
        Mistake(
            "half of them",
            np.array([_END, 0.5 * _HALF]),
            "The weight is right. At half as many spikes a part of 0.71 is still missing.",
        ),
    ),
)
