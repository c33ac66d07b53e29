"""Exercise 15.4, calculate then verify: the adjoint of a second spike, back through the first one."""

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["BACK_THROUGH"]

_TAU_M, _TAU_S, _THRESHOLD, _RESET = 20.0, 10.0, 1.0, 0.0  # ms, ms, and in thresholds
_FIRST, _SECOND = 16.0 / 3.0, 3.0  # the current at each spike, in thresholds
_X, _Y = 16.0 / 19.0, 3.0 / 4.0  # exp(-s/tau_m) from the arrival to the first spike, and from there on


def _back(lambda_v: float, lambda_i: float, left: float) -> tuple[float, float]:
    """Both adjoints a stretch earlier; `left` is what it leaves of the potential's."""
    return lambda_v * left, lambda_i * left**2 + 2.0 * lambda_v * (left - left**2)


def _told(factor: float, start: float = 1.0 / (_SECOND - _THRESHOLD), both: bool = False) -> np.ndarray:
    """The adjoint of the potential before the first spike, and the slope by the weight."""
    lambda_v, lambda_i = _back(start, 0.0, _Y)
    lambda_v, lambda_i = lambda_v * factor, lambda_i * (factor if both else 1.0)
    return np.array([lambda_v, -_TAU_S * _back(lambda_v, lambda_i, _X)[1]])


_FACTOR = (_FIRST - _RESET) / (_FIRST - _THRESHOLD)  # 16/13
_RIGHT = _told(_FACTOR)  # 0.462 and -2.56 ms
_AT_ONCE = -_TAU_S * _back(1.0 / (_FIRST - _THRESHOLD), 0.0, _X)[1]  # -0.61 ms, the first spike's own

BACK_THROUGH = Number(
    id="15.4",
    title="Back through a spike",
    statement=(
        "A neuron with $\\tau_m = 20$ ms, $\\tau_s = 10$ ms, $\\vartheta = 1$ and $V_r = 0$ gets one spike, "
        "at 0 ms, and fires twice. At its first spike $I = 16/3$ and $e^{-t_1/\\tau_m} = 16/19$, at its "
        "second $I = 3$ and $e^{-(t_2 - t_1)/\\tau_m} = 3/4$. Go back from the second. What is $\\lambda_V$ "
        "just before the first one, and what is $\\partial t_2/\\partial w$, in ms? Here a stretch $s$ turns "
        "$\\lambda_I$ into $\\lambda_I e^{-s/\\tau_s} + 2 \\lambda_V (e^{-s/\\tau_m} - e^{-s/\\tau_s})$."
    ),
    stub="numbers = [..., ...]  # lambda_V before the first spike, slope of the second in ms",
    variable="numbers",
    labels=("λ_V before the first spike", "Slope of the second, in ms"),
    tolerance=0.005,
    solution=_RIGHT,
    next_step=(
        "The slope of the first spike is -0.61 ms, so the second follows the weight four times as much. How "
        "much of it is an interval that begins earlier, and how much one that has a stronger current?"
    ),
    mistakes=(
        Mistake(
            "factor forgotten",
            _told(1.0),
            "You went through the first spike as if nothing happened there. Potential and slope jump, and "
            "lambda_V is multiplied by I - V_r over I - theta.",
        ),
        Mistake(
            "factor upside down",
            _told(1.0 / _FACTOR),
            "Your factor is upside down. It is the slope of the potential after the spike over that before "
            "it, and the reset makes it steeper.",
        ),
        Mistake(
            "current of the second spike",
            _told((_SECOND - _RESET) / (_SECOND - _THRESHOLD)),
            "In your factor stands the current of the second spike. The jump takes place at the first one, "
            "where the current is 16/3.",
        ),
        Mistake(
            "factor in lambda_I",
            _told(_FACTOR, both=True),
            "The first number is right. You have multiplied lambda_I as well. The current knows nothing of "
            "the reset, and its adjoint does not jump.",
        ),
        Mistake(
            "began with 1",
            _told(_FACTOR, start=1.0),
            "You have begun with lambda_V = 1. It begins with 1/(I - theta), a half: the steeper the "
            "crossing, the less the spike moves.",
        ),
        Mistake(
            "threshold forgotten at the start",
            _told(_FACTOR, start=1.0 / _SECOND),
            "You have begun with 1/I. At the second spike the potential is the threshold, so it rises by I - "
            "theta.",
        ),
        Mistake(
            "after the spike",
            np.array([_told(1.0)[0], _RIGHT[1]]),
            "The slope is right. 3/8 is lambda_V just after the first spike. Just before it is wanted.",
        ),
        Mistake(
            "slope of the first",
            np.array([_RIGHT[0], _AT_ONCE]),
            "The first number is right. This is the slope of the first spike. That of the second is wanted, "
            "with lambda_I as it comes back.",
        ),
        Mistake(
            "lambda_I forgotten",
            np.array([_RIGHT[0], -_TAU_S * _back(_RIGHT[0], 0.0, _X)[1]]),
            "The first number is right. At the first spike you have begun lambda_I anew. It has grown to "
            "3/16 by then, and goes on.",
        ),
        Mistake(
            "stopped at the first",
            np.array([_RIGHT[0], -_TAU_S * _back(1.0 / (_SECOND - _THRESHOLD), 0.0, _Y)[1]]),
            "The first number is right. You have read lambda_I off at the first spike. The input arrived at "
            "0 ms: there is another stretch to go.",
        ),
        Mistake(
            "sign",
            np.array([_RIGHT[0], -_RIGHT[1]]),
            "The first number is right, and so is the size of the slope. More weight makes the spike come "
            "earlier.",
        ),
        Mistake(
            "tau_m",
            np.array([_RIGHT[0], _RIGHT[1] * _TAU_M / _TAU_S]),
            "The first number is right. The weight lifts the current, and the slope by the current has the "
            "factor tau_s.",
        ),
        Mistake(
            "tau_s forgotten",
            np.array([_RIGHT[0], _RIGHT[1] / _TAU_S]),
            "The first number is right. The second number is minus lambda_I. The slope has the factor "
            "tau_s, 10 ms.",
        ),
        Mistake(
            "reversed",
            _RIGHT[::-1],
            "Both numbers are right and stand in the opposite order: first lambda_V.",
        ),
    ),
)
