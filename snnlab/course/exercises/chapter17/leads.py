"""Exercise 17.2, sketch then plot: how far ahead the right output must be until a sample hardly teaches."""

import math

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["LEADS"]

_BETA, _LEFT = np.array([1.0, 20.0]), 0.1
_RIGHT = math.log(1.0 / _LEFT - 1.0) / _BETA  # 2.197 and 0.110

LEADS = Number(
    id="17.2",
    title="How far ahead is enough",
    statement=(
        "Two outputs race, and the right one is ahead by $d$ units of time. Sketch how hard the loss pulls "
        "at it, $\\partial L/\\partial \\hat t = 1 - p$, against $d$ from 0 to 3, for $\\beta = 1$ and for "
        "$\\beta = 20$. Then plot it. At which lead has it fallen to 0.1, for each? Find both to within 2 %."
    ),
    stub="leads = [..., ...]  # for beta = 1, for beta = 20",
    variable="leads",
    labels=("For β = 1", "For β = 20"),
    tolerance=0.02,
    solution=_RIGHT,
    next_step=(
        "In the panels a unit is 10 ms, and with β = 1 the closest races are won by hundredths of a "
        "millisecond. How much of a pull is left there, and what does it say about samples that are right?"
    ),
    mistakes=(
        Mistake(
            "reversed",
            _RIGHT[::-1],
            "Both leads are right and stand in the opposite order. The sharper loss is content with less.",
        ),
        Mistake(
            "in ms",
            10.0 * _RIGHT,
            "These are the leads in ms, with a unit of 10 ms as in the panels. They are wanted in units of "
            "time.",
        ),
        Mistake(
            "behind",
            -_RIGHT,
            "With this sign the right output is behind, and the pull is 0.9. How far ahead must it be?",
        ),
        Mistake(
            "own time forgotten",
            -math.log(_LEFT) / _BETA,
            "At these leads exp(-beta d) is 0.1, but 1 - p is exp(-beta d) over 1 + exp(-beta d): the right "
            "output counts in the sum, too.",
        ),
        Mistake(
            "times beta",
            _RIGHT[0] * _BETA,
            "The first lead is right. In the exponent the lead is multiplied by beta: what is twenty times "
            "as sharp needs a twentieth of the lead.",
        ),
        Mistake(
            "the same for both",
            np.full(2, _RIGHT[0]),
            "The first lead is right. With a beta of 20 a lead counts twenty times as much.",
        ),
        Mistake(
            "one hundredth",
            math.log(99.0) / _BETA,
            "At these leads the pull is 0.01. It is to be 0.1.",
        ),
        Mistake(
            "a tenth of the start",
            math.log(19.0) / _BETA,
            "Here a tenth of the pull at lead 0 is left, 0.05. It is to be 0.1.",
        ),
        Mistake(
            "decimal logarithm",
            math.log10(9.0) / _BETA,
            "You have taken the decimal logarithm. The exponential of the softmax has the base e.",
        ),
    ),
)
