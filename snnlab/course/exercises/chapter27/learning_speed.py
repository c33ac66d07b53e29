"""Exercise 27.6, calculate then verify: how fast PES moves a weight, in excursion 27x."""

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["LEARNING_SPEED"]

_X, _ERROR, _START, _END, _STEPS = 40, 50, 20, 254, 4
_CHANGE = _X * _ERROR / 4  # 128ths: 2^7 of the weight, 2^-9 of the rule


def _steps(change: float, start: float = _START, of_epoch: float = _STEPS) -> float:
    """Steps until a weight is at its end, if each epoch adds `change` 128ths."""
    return float(np.ceil((_END - start) / (change / 128)) * of_epoch)


LEARNING_SPEED = Number(
    id="27.6",
    title="How fast can it learn?",
    statement=(
        "The arm hangs too low. In each epoch of four steps the host sends an error of −50, and the trace "
        "of a compartment stands at 40. By how many 128ths does one epoch change the weight $w_+$ to the "
        "output upwards? And after how many steps has it come from 20 to its end, 254, on average?"
    ),
    stub="answer = [..., ...]  # 128ths in an epoch, steps",
    variable="answer",
    labels=("128ths", "Steps"),
    tolerance=0.005,
    solution=np.array([_CHANGE, _steps(_CHANGE)]),
    next_step=(
        "So at a trace of 40 a weight may come to its end within a quarter of a second. What would you have "
        "to change to give an arm with twice the load the torque that it needs?"
    ),
    mistakes=(
        Mistake(
            "sign",
            np.array([-_CHANGE, _steps(_CHANGE)]),
            "The steps are right. An error below 0 says that the output is too low, and the rule takes the "
            "error with a minus: this weight grows.",
        ),
        Mistake(
            "bits not lost",
            np.array([4 * _CHANGE, _steps(4 * _CHANGE)]),
            "You took 2^-7 from the text of the rule. The product is two bits too long, so that 2^-9 is left "
            "of it.",
        ),
        Mistake(
            "in weights",
            np.array([_CHANGE / 128, _steps(_CHANGE)]),
            "The steps are right. The first number is the change in whole weights; in 128ths it is 128 times "
            "as much.",
        ),
        Mistake(
            "epochs",
            np.array([_CHANGE, _steps(_CHANGE, of_epoch=1)]),
            "The change is right. The second number is that of the epochs, and each has four steps.",
        ),
        Mistake(
            "from nothing",
            np.array([_CHANGE, _steps(_CHANGE, start=0)]),
            "The change is right. The way begins at 20, not at 0.",
        ),
        Mistake(
            "each step",
            np.array([_CHANGE / 4, _steps(_CHANGE)]),
            "The steps are right. The first number is a quarter of what an epoch adds: weights do not move "
            "in the other three steps.",
        ),
        Mistake(
            "whole weights taken",
            np.array([_CHANGE, _steps(128 * _CHANGE)]),
            "The change is right. Then you took 128ths for whole weights: one epoch adds less than 4.",
        ),
        Mistake(
            "rounded down each time",
            np.array([_CHANGE, _steps(2 * 128)]),
            "The change is right. Did you round it down to 2 in each epoch? The coin rounds up as often as "
            "the fraction says, so the mean is not rounded.",
        ),
        Mistake(
            "rounded up each time",
            np.array([_CHANGE, _steps(4 * 128)]),
            "The change is right, and the second number nearly. Each epoch adds a little less than 4 on "
            "average: the coin rounds up often, but not always.",
        ),
    ),
)
