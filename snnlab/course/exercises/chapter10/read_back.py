"""Exercise 10.3, the inverse problem: a neuron's recurrent weight, read out of its potentials."""

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["READ_BACK"]

_BETA, _WEIGHT, _INPUT = 0.8, -0.9, 0.3
_PEAK, _AFTER = 1.008, 0.207
_RIGHT = np.array([_BETA, _WEIGHT])

READ_BACK = Number(
    id="10.3",
    title="What it does to itself",
    statement=(
        "A colleague's recurrent network has one neuron, which gets the same input in every step. From rest "
        "its potentials are 0.300, 0.540, 0.732, 0.886, 1.008, 0.207, in units of the threshold. After the "
        "fifth of them it has fired, for the first time. Which decay $\\beta$ and which weight onto itself, "
        "with its sign, has it?"
    ),
    stub="numbers = [..., ...]  # beta, weight onto itself",
    variable="numbers",
    labels=("β", "Weight onto itself"),
    tolerance=0.01,
    solution=_RIGHT,
    next_step=(
        "Its weight is not -1: it hears itself with 0.1 beside a reset of a threshold, or its reset takes "
        "less away. Could any potential tell you which of the two?"
    ),
    mistakes=(
        Mistake(
            "sign",
            -_RIGHT * [-1, 1],
            "The decay is right, and so is the size of the weight. It pulls the potential down: its sign is "
            "negative.",
        ),
        Mistake(
            "drop",
            np.array([_BETA, _AFTER - _PEAK]),
            "The decay is right. 1.008 to 0.207 is the whole fall: without the spike, leak and input would "
            "have carried it from 1.008 to 1.107.",
        ),
        Mistake(
            "input forgotten",
            np.array([_BETA, _AFTER - _BETA * _PEAK]),
            "The decay is right. In the last step the input has come in as well: it belongs to what would "
            "have been there without a spike.",
        ),
        Mistake(
            "leak forgotten",
            np.array([_BETA, _AFTER - _PEAK - _INPUT]),
            "The decay is right. In the last step 1.008 has leaked too: only beta of it is there when the "
            "spike pulls.",
        ),
        Mistake(
            "reset leaks",
            np.array([_BETA, _WEIGHT / _BETA]),
            "The decay is right. You have let the weight leak: it comes in with the step and is not "
            "multiplied by beta.",
        ),
        Mistake(
            "full reset",
            np.array([_BETA, -1.0]),
            "The decay is right. -1 would be a reset of a whole threshold: then 0.107 would follow on 1.008.",
        ),
        Mistake(
            "ratio",
            np.array([0.540 / 0.300, _WEIGHT]),
            "The weight is right. 0.540 holds a second input of 0.3 beside what is left of the first: take "
            "it off before you divide.",
        ),
        Mistake(
            "loss",
            np.array([1 - _BETA, _WEIGHT]),
            "The weight is right. 0.2 is what a step loses; beta is what it leaves.",
        ),
        Mistake(
            "reversed",
            _RIGHT[::-1],
            "Both numbers are right and stand in the opposite order: first the decay.",
        ),
        Mistake(
            "time constant",
            np.array([-1.0 / np.log(_BETA), _WEIGHT]),
            "The weight is right. This is the time constant in steps; beta itself is wanted.",
        ),
    ),
)
