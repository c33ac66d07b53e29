"""Exercise 23.2, sketch then plot: how far equilibrium propagation is off, with one nudge and with two."""

import math

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["NUDGES"]

_UP = 0.6
_STIFF = 1.0 - _UP**2  # what pulls the output back to where it settles alone
_OFF = 0.01


def _nudges(off: float = _OFF, stiff: float = _STIFF) -> np.ndarray:
    """One nudge gives k/(k + β) of the gradient, two give k²/(k² − β²)."""
    return stiff * np.array([off / (1.0 - off), math.sqrt(off / (1.0 + off))])


_RIGHT = _nudges()  # 0.00646 and 0.0637
_ONE, _TWO = _RIGHT

NUDGES = Number(
    id="23.2",
    title="One nudge or two",
    statement=(
        "Take the network `RateNetwork((np.array([[1.0]]), np.array([[0.6]])), linear=True)`, whose weights "
        "lead both ways, with `x = [[3.0]]` and `target = [[1.0]]`. What equilibrium propagation finds for "
        "its first weight is `equilibrium_propagation(network, x, target, beta=beta).gradient[0]`; with "
        "`symmetric=True` it nudges to both sides. Sketch by which fraction each misses that of "
        "`settled_gradient(network, x, target)`, against $\\beta$ from 0.001 to 0.5, both axes logarithmic. "
        "Then plot it for `np.geomspace(0.001, 0.5, 50)`. At which $\\beta$ do they miss it by 1 %, with one "
        "nudge and with two? Find both to within 2 %."
    ),
    stub="betas = [..., ...]  # with one nudge, with two",
    variable="betas",
    labels=("β with one nudge", "β with two"),
    tolerance=0.02,
    solution=_RIGHT,
    next_step=(
        "Halve β: the first misses by half as much, the second by a quarter. A neuron that is nudged so "
        "little must tell the difference from its noise. How much more of a nudge do two of them allow?"
    ),
    mistakes=(
        Mistake(
            "the same for both",
            np.full(2, _ONE),
            "The first is right. With two nudges what is off goes as the square of beta, and is far smaller "
            "here.",
        ),
        Mistake(
            "without feedback",
            np.array([_OFF, math.sqrt(_OFF)]),
            "There beta and its square are 0.01. So it would be without feedback. In this network the "
            "push on the output comes back to it, which makes it softer, by 1 less 0.36.",
        ),
        Mistake(
            "feedback added",
            _nudges(stiff=1.0 + _UP**2),
            "Your feedback makes the output stiffer. It helps the nudge: the output gives way more than "
            "alone.",
        ),
        Mistake(
            "weight not squared",
            _nudges(stiff=1.0 - _UP),
            "The way from the output to the hidden unit and back goes through the weight twice, so it counts "
            "as a square.",
        ),
        Mistake(
            "ten per cent",
            _nudges(0.1),
            "There they miss the gradient by 10 %. It is to be 1 %.",
        ),
        Mistake(
            "a tenth of a per cent",
            _nudges(0.001),
            "There they miss the gradient by 0.1 %. It is to be 1 %.",
        ),
        Mistake(
            "squared",
            np.array([_ONE, _STIFF * _OFF**2]),
            "The first is right. What is off goes as the square of beta, so its root is needed: two nudges "
            "allow a larger beta.",
        ),
        Mistake(
            "only two",
            np.full(2, _TWO),
            "The second is right. One nudge misses the gradient in proportion to beta, and needs a far "
            "smaller one.",
        ),
        Mistake(
            "reversed",
            _RIGHT[::-1],
            "Both are right and stand in the opposite order: first with one nudge.",
        ),
    ),
)
