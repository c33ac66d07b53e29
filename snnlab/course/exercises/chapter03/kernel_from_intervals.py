"""Exercise 3.4, the inverse problem: the after-effect of a spike from two intervals."""

import math

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["KERNEL"]

_TAU, _DEPTH, _RISE = 30.0, 18.0, 15.0  # ms, mV, mV: what is hidden, and the threshold above rest
_INPUTS = (20.0, 27.0)  # mV above rest
_INTERVALS = tuple(round(_TAU * math.log(_DEPTH / (h - _RISE)), 1) for h in _INPUTS)  # 38.4 and 12.2 ms
_LONG, _SHORT = _INTERVALS
_FOUND = (_LONG - _SHORT) / math.log((_INPUTS[1] - _RISE) / (_INPUTS[0] - _RISE))


def _pair(tau: float, left: float = _INPUTS[0] - _RISE) -> np.ndarray:
    """The duration (ms), and the depth (mV) with which `left` is left of η after the longer interval."""
    return np.array([tau, left * math.exp(_LONG / tau)])


_RIGHT = _pair(_FOUND)

KERNEL = Number(
    id="3.4",
    title="The kernel behind two intervals",
    statement=(
        "An SRM0 neuron has $\\eta(s) = -a\\, e^{-s/\\tau}$, and its threshold lies 15 mV above rest. While "
        "the sum of its responses to the input is held at 20 mV it fires every 38.4 ms; at 27 mV it fires "
        "every 12.2 ms. What are τ (ms) and $a$ (mV)? Give both to within 2 %."
    ),
    stub="kernel = [..., ...]  # tau in ms, a in mV",
    variable="kernel",
    tolerance=0.02,
    solution=_RIGHT,
    next_step=(
        "Two intervals were enough because you knew the shape of η. If η were a sum of two exponentials, how "
        "many intervals would you need?"
    ),
    mistakes=(
        Mistake(
            "reversed",
            _RIGHT[::-1],
            "Both numbers are right and stand in the opposite order: first τ, then a.",
        ),
        Mistake(
            "inputs themselves",
            _pair((_LONG - _SHORT) / math.log(_INPUTS[1] / _INPUTS[0]), _INPUTS[0]),
            "Your τ compares 20 and 27 mV. When the neuron fires, η has faded to what lies above the "
            "threshold: 5 mV in the one case, 12 mV in the other.",
        ),
        Mistake(
            "log10",
            _pair((_LONG - _SHORT) / math.log10((_INPUTS[1] - _RISE) / (_INPUTS[0] - _RISE))),
            "Your τ comes from the logarithm to base 10. η is an exponential with base e.",
        ),
        Mistake(
            "depth of the threshold",
            np.array([_FOUND, _RISE]),
            "Your τ is right. The depth need not be 15 mV: put τ and one of the intervals into the condition "
            "for firing, and solve it for a.",
        ),
        Mistake(
            "negative depth",
            _RIGHT * [1, -1],
            "Right but for a sign: η itself is negative, a is how deep it goes.",
        ),
        Mistake(
            "integrate and fire",
            np.array([_LONG / math.log(_INPUTS[0] / (_INPUTS[0] - _RISE)), _RISE]),
            "This is the time constant of a leaky integrate-and-fire neuron with the longer interval. An "
            "SRM0 neuron keeps its input at a spike: only η shrinks.",
        ),
    ),
)
