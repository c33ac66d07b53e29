"""Exercise 13.4, calculate: what many small jumps do to a potential, and what smaller ones would."""

import math

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["MEAN_AND_SCATTER"]

_TAU, _HZ = 0.02, 40.0  # s, of each input
_INPUTS, _JUMPS = np.array([100, 25]), np.array([0.5, -1.0])  # mV
_SMALLER = 4


def _answer(
    half: float = 0.5,
    squares: np.ndarray = _JUMPS**2,
    jumps: np.ndarray = _JUMPS,
    inputs: np.ndarray = _INPUTS,
    tau: float = _TAU,
) -> np.ndarray:
    """Mean, and scatter with both sizes of a jump."""
    variance = half * tau * _HZ * float(inputs @ squares)
    return np.array([tau * _HZ * float(inputs @ jumps), math.sqrt(variance), math.sqrt(variance / _SMALLER)])


_RIGHT = _answer()
_MEAN, _SIGMA, _LEFT = _RIGHT

MEAN_AND_SCATTER = Number(
    id="13.4",
    title="Mean and scatter",
    statement=(
        "A neuron has a membrane time constant of 20 ms. It hears 100 inputs with jumps of 0.5 mV and 25 "
        "with jumps of -1 mV, each a Poisson process of 40 Hz. If it never fired, how far above rest would "
        "its potential be on average, and which standard deviation would it have? And which, if every jump "
        "were four times smaller and every input four times faster? In mV, all three."
    ),
    stub="numbers = [..., ..., ...]  # mean, standard deviation, with the smaller jumps",
    variable="numbers",
    labels=("Mean (mV)", "Standard deviation (mV)", "With smaller jumps (mV)"),
    tolerance=0.01,
    solution=_RIGHT,
    next_step=(
        "The mean has not moved, and the scatter is half of what it was. How much smaller must a jump be "
        "until a tenth of the scatter is left, and which curve does the rate follow then?"
    ),
    mistakes=(
        Mistake(
            "variance",
            np.array([_MEAN, _SIGMA**2, _LEFT**2]),
            "The mean is right. The others are variances, in mV²: take the root.",
        ),
        Mistake(
            "half forgotten",
            _answer(half=1.0),
            "The mean is right. The effect of a jump decays, and its square twice as fast: the variance has "
            "half of the time constant.",
        ),
        Mistake(
            "signs in the squares",
            np.array([_MEAN, 0.0, 0.0]),
            "The mean is right. Noise of inhibition does not cancel that of excitation: the square of a "
            "jump downwards is positive, and both add up.",
        ),
        Mistake(
            "not squared",
            np.array([_MEAN, *2 * (_answer(squares=np.abs(_JUMPS))[1],)]),
            "The mean is right. In the variance each jump counts with its square.",
        ),
        Mistake(
            "no inhibition",
            _answer(squares=np.array([0.25, 0.0]), jumps=np.array([0.5, 0.0])),
            "You have left out the 25 inhibitory inputs, in the mean and in the scatter.",
        ),
        Mistake(
            "all upwards",
            _answer(jumps=np.abs(_JUMPS)),
            "The standard deviations are right. Inhibition pulls the mean down: its jumps are negative.",
        ),
        Mistake(
            "one input each",
            _answer(inputs=np.array([1, 1])),
            "That is one input of each kind. There are 100 and 25 of them, and their jumps add up.",
        ),
        Mistake(
            "milliseconds",
            _answer(tau=1000.0 * _TAU),
            "Hz are spikes a second, so the time constant has to be in seconds: 0.02.",
        ),
        Mistake(
            "stays",
            np.array([_MEAN, _SIGMA, _SIGMA]),
            "The first two are right. The mean stays, the scatter does not: a jump counts with its square, "
            "and how often it comes only once.",
        ),
        Mistake(
            "a quarter",
            np.array([_MEAN, _SIGMA, _SIGMA / _SMALLER]),
            "The first two are right. The squares are sixteen times smaller, but there are four times as "
            "many: what is left of the variance? And of its root?",
        ),
    ),
)
