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
    labels=("τ, in ms", "a, in mV"),
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
            "inputs themselves, then the threshold",
            _pair((_LONG - _SHORT) / math.log(_INPUTS[1] / _INPUTS[0])),
            "For a you subtracted the threshold, for τ you did not: τ compares 20 with 27 mV. What is left "
            "of η when the neuron fires is 5 mV in the one case and 12 mV in the other, in both steps.",
        ),
        Mistake(
            "upside down",
            _pair(-_FOUND),
            "Your τ is negative. The shorter interval leaves more of η: the ratio in the logarithm is 12 "
            "over 5.",
        ),
        Mistake(
            "multiplied",
            _pair((_LONG - _SHORT) * math.log((_INPUTS[1] - _RISE) / (_INPUTS[0] - _RISE))),
            "You multiplied the difference of the intervals by the logarithm. From 12 / 5 = exp(26.2 / τ) "
            "follows τ = 26.2 / ln(12 / 5).",
        ),
        Mistake(
            "without a logarithm",
            _pair(_LONG - _SHORT),
            "Your τ is the difference of the intervals. In this time η shrinks from 12 to 5 mV, which is "
            "not a factor of e: divide by the logarithm of 12 / 5.",
        ),
        Mistake(
            "what is left",
            np.array([_FOUND, _INPUTS[0] - _RISE]),
            "Your τ is right. 5 mV is what is left of η after 38.4 ms; right after the spike it was deeper, "
            "by the factor exp(38.4 / τ).",
        ),
        Mistake(
            "what is left after the short one",
            np.array([_FOUND, _INPUTS[1] - _RISE]),
            "Your τ is right. 12 mV is what is left of η after 12.2 ms; right after the spike it was "
            "deeper, by the factor exp(12.2 / τ).",
        ),
        Mistake(
            "shrunk once more",
            np.array([_FOUND, (_INPUTS[0] - _RISE) * math.exp(-_LONG / _FOUND)]),
            "Your τ is right. For a you let the 5 mV shrink once more. They are what is left: go back in "
            "time, where η was deeper.",
        ),
        Mistake(
            "intervals crossed",
            np.array([_FOUND, (_INPUTS[0] - _RISE) * math.exp(_SHORT / _FOUND)]),
            "Your τ is right. For a you took the input of 20 mV and the interval of 27 mV. The 5 mV belong "
            "to 38.4 ms.",
        ),
        Mistake(
            "input without the threshold",
            np.array([_FOUND, _INPUTS[0] * math.exp(_LONG / _FOUND)]),
            "Your τ is right. For a you took all of the 20 mV: when the neuron fires, η has faded to what "
            "lies above the threshold, 5 mV.",
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
