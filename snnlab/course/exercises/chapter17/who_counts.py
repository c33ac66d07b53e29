"""Exercise 17.1, calculate then verify: a spike time, its causal set, and a slope by an input's time."""

import math

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["WHO_COUNTS"]

_W, _TIMES, _THETA = (3.0, -1.0, 2.0), (0.2, 0.3, 0.5), 0.4  # K is 1


def _potential(t: float, n: int) -> float:
    """That of the first n inputs, whether they have come or not."""
    return sum(w * (t - at) * math.exp(at - t) for w, at in zip(_W[:n], _TIMES[:n], strict=True))


def _rise(t: float, n: int) -> float:
    return sum(w * (1.0 - (t - at)) * math.exp(at - t) for w, at in zip(_W[:n], _TIMES[:n], strict=True))


def _crossing(n: int, low: float, high: float) -> float:
    """Where the potential of the first n inputs passes the threshold between two times, by bisection."""
    side = _potential(high, n) > _THETA
    for _ in range(100):
        middle = 0.5 * (low + high)
        if (_potential(middle, n) > _THETA) == side:
            high = middle
        else:
            low = middle
    return low


def _shift(t: float, n: int) -> float:
    """The derivative of the spike time by that of the second input."""
    s = t - _TIMES[1]
    return _W[1] * (1.0 - s) * math.exp(-s) / _rise(t, n)


_T = _crossing(2, 0.3, 0.5)  # 0.399
_S = _T - _TIMES[1]
_ALONE, _ALL = _crossing(1, 0.2, 1.0), _crossing(3, 0.3, 0.5)
_FALLING = _crossing(2, 1.5, 9.0)
_SLOPE = _shift(_T, 2)  # -0.71

WHO_COUNTS = Number(
    id="17.1",
    title="Who counts",
    statement=(
        "A neuron with $K = 1$ and $\\theta = 0.4$ has three inputs. Their weights are 3, −1 and 2, and they "
        "spike at 0.2, 0.3 and 0.5. When does it fire, and what is the derivative of that time by the time "
        "of the second input? Work out the causal set on paper. `lambert_w` gives you $W_0$."
    ),
    stub="numbers = [..., ...]  # spike time, its derivative by the time of the second input",
    variable="numbers",
    labels=("Spike time", "Derivative by the second input's time"),
    tolerance=0.005,
    solution=np.array([_T, _SLOPE]),
    next_step=(
        "The second input holds the neuron back, and the later it comes, the less. What is the derivative by "
        "the time of the first input, then? You need no formula: the two add up to 1."
    ),
    mistakes=(
        Mistake(
            "first alone",
            np.array([_ALONE, 0.0]),
            "The first input alone would fire the neuron at 0.356. By then the second one has come, at 0.3, "
            "and holds it back: it belongs to the causal set.",
        ),
        Mistake(
            "all three",
            np.array([_ALL, _shift(_ALL, 3)]),
            "You have put all three into the sums. What comes out lies before 0.5, so the third input has "
            "not come yet, and has no part in it.",
        ),
        Mistake(
            "other branch",
            np.array([_FALLING, _shift(_FALLING, 2)]),
            "{answer}: there the potential falls through the threshold, on the other branch of Lambert's "
            "function. The neuron fires where it rises through it.",
        ),
        Mistake(
            "sign",
            np.array([_T, -_SLOPE]),
            "The time is right, and so is the size of the derivative. The second weight is negative: where "
            "this input comes later, it holds the neuron back less.",
        ),
        Mistake(
            "by its weight",
            np.array([_T, -_S * math.exp(-_S) / _rise(_T, 2)]),
            "The time is right. The second number is the derivative by the second weight; that by its time "
            "is wanted.",
        ),
        Mistake(
            "no product rule",
            np.array([_T, _W[1] * math.exp(-_S) / _rise(_T, 2)]),
            "The time is right. In the derivative the factor 1 - K s is missing: s exp(-K s) is a product.",
        ),
        Mistake(
            "not divided",
            np.array([_T, _W[1] * (1.0 - _S) * math.exp(-_S)]),
            "The time is right. The second number is how much the potential changes. Divide it by how "
            "steeply the potential rises, v'.",
        ),
        Mistake(
            "counted from the second input",
            np.array([_S, _SLOPE]),
            "The derivative is right. You have counted the spike time from the second input: add its 0.3.",
        ),
        Mistake(
            "reversed",
            np.array([_SLOPE, _T]),
            "Both numbers are right and stand in the opposite order: first the spike time.",
        ),
    ),
)
