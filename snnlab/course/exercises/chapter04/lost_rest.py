"""Exercise 4.7, calculate then verify: where a neuron that begins to turn loses its rest, in excursion 4y."""

import math

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number
from snnlab.neurons import adex_rheobase
from snnlab.neurons.experiments.phase_plane import TURNING

__all__ = ["LOST_REST"]

_SOFT, _R, _A = TURNING.delta_th, TURNING.r_m, TURNING.a
_RATIO = TURNING.tau_m / TURNING.tau_w


def _at(steep: float) -> float:
    """The potential at which the exponential is `steep`, mV."""
    return TURNING.v_th + _SOFT * math.log(steep)


def _current(v: float, steep: float, a: float = _A) -> float:
    """The current under which v and w stand still at `v`, nA, if the exponential is `steep` there."""
    rise = v - TURNING.v_rest
    return (rise - _SOFT * steep) / _R + a * rise


_STEEP = 1.0 + _RATIO
_RIGHT = np.array([_at(_STEEP), _current(_at(_STEEP), _STEEP)])
assert math.isclose(_RIGHT[1], adex_rheobase(TURNING), rel_tol=1e-12, abs_tol=0.0)
_PARTED = 1.0 + _R * _A

LOST_REST = Number(
    id="4.7",
    title="Where the rest is lost",
    statement=(
        "An AdEx neuron rests at −65 mV without a current, $v_\\mathrm{th}$ is −50 mV, $\\Delta_T$ = 2 mV, "
        "R = 100 MΩ, $\\tau_\\mathrm{m}$ = 20 ms, $\\tau_w$ = 50 ms and $a$ = 0.02 µS. Its current rises "
        "slowly. At which potential does it lose its rest, in mV, and under which current, in nA? Work it "
        "out on paper."
    ),
    stub="lost = [..., ...]  # mV, nA",
    variable="lost",
    labels=("Potential", "Current"),
    tolerance=0.002,
    solution=_RIGHT,
    next_step=(
        f"The lines part at {_current(_at(_PARTED), _PARTED):.3f} nA only: in between there is a crossing at "
        "which nobody can stay. With a slower second current, of 500 ms, would the rest be lost sooner or "
        "later?"
    ),
    mistakes=(
        Mistake(
            "where the lines part",
            np.array([_at(_PARTED), _current(_at(_PARTED), _PARTED)]),
            "You took R a. Here the quotient of the time constants is the smaller one: the state begins to "
            "turn before the lines part.",
        ),
        Mistake(
            "without the second current",
            np.array([_RIGHT[0], _current(_RIGHT[0], _STEEP, a=0.0)]),
            "The potential is right. At rest the second current is a times the height above −65 mV, and the "
            "current has to make up for it.",
        ),
        Mistake(
            "without the exponential",
            np.array([_RIGHT[0], _current(_RIGHT[0], 0.0)]),
            "The potential is right. The exponential helps: it saves its share of the current there.",
        ),
        Mistake(
            "the one forgotten",
            np.array([_at(_RATIO), _current(_at(_RATIO), _RATIO)]),
            "The exponential has to be 1 more than the quotient of the time constants: the leak comes first.",
        ),
        Mistake(
            "the threshold",
            np.array([TURNING.v_th, _current(TURNING.v_th, 1.0)]),
            "At −50 mV the exponential is 1. A neuron without a second current would lose its rest there; "
            "this one holds a little longer.",
        ),
        Mistake(
            "softness forgotten in the potential",
            np.array([TURNING.v_th + math.log(_STEEP), _current(TURNING.v_th + math.log(_STEEP), _STEEP)]),
            "A logarithm is a pure number. It has to be multiplied by the 2 mV of the softness.",
        ),
        Mistake(
            "in the wrong order",
            _RIGHT[::-1],
            "Both numbers are right, but in the wrong order: first the potential, then the current.",
        ),
        Mistake(
            "in pA",
            np.array([_RIGHT[0], 1000.0 * _RIGHT[1]]),
            "The potential is right. The current is in pA; it is asked in nA.",
        ),
        Mistake(
            "above the rest",
            np.array([_RIGHT[0] - TURNING.v_rest, _RIGHT[1]]),
            "The current is right. Your first number is how far above −65 mV that is.",
        ),
    ),
)
