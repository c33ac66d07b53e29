"""Exercise 18.2, the inverse problem: what a loss asks of a charge, told by the slopes of two potentials."""

import math

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["TWO_SLOPES"]

_WIDTH, _BEFORE, _AFTER = 0.4, 0.9, 1.0  # the gate, and the potential at both ends of the step
_BY_BEFORE, _BY_AFTER, _STEP = 0.35, -0.20, 0.05  # the slopes; the step in units of tau_m


def _opening(v: float) -> float:
    return (1.0 + math.cos(2.0 * math.pi * (v - 1.0) / _WIDTH)) / _WIDTH


def _passed(v: float) -> float:
    x = (v - 1.0) / _WIDTH
    return 0.5 + x + math.sin(2.0 * math.pi * x) / (2.0 * math.pi)


_FIRST, _LAST = _opening(_BEFORE), _opening(_AFTER)  # 2.5 and 5


def _told(
    first: float = _FIRST, last: float = _LAST, before: float = _BY_BEFORE, after: float = _BY_AFTER
) -> np.ndarray:
    """The slope by the charge and by the current, with the gate at both ends."""
    by_charge = (before - after) / (last - first)
    return np.array([by_charge, _STEP * (after + last * by_charge)])


_RIGHT = _told()  # 0.22 and 0.045

TWO_SLOPES = Number(
    id="18.2",
    title="Told by two potentials",
    statement=(
        "In one step the current $I$ lifts a non-leaky neuron from $v_t = 0.9$ to $v_{t+1} = v_t + 0.05\\, I "
        "= 1.0$, and its synapse gets the charge $q = G(v_{t+1}) - G(v_t)$, through a gate of width 0.4 "
        "around 1. The way back has found $\\partial L/\\partial v_{t+1} = -0.20$, by all that comes after "
        "the step. For the start it finds $\\partial L/\\partial v_t = 0.35$, by the step and all that comes "
        "after it. What, then, is $\\partial L/\\partial q$, and what $\\partial L/\\partial I$?"
    ),
    stub="slopes = [..., ...]  # by the charge, by the current",
    variable="slopes",
    labels=("Slope by the charge", "Slope by the current"),
    tolerance=0.005,
    solution=_RIGHT,
    next_step=(
        "Let the same step go from 0.95 to 1.05. By which number would the two slopes by the potentials "
        "differ then, whatever the slope by the charge? A crossing in the middle of the gate tells the "
        "potential nothing, and still it tells the current something."
    ),
    mistakes=(
        Mistake(
            "start forgotten",
            _told(first=0.0),
            "Your nudge of the start moves the end of the step, and G there. It moves G at the start as "
            "well, which is taken off the charge.",
        ),
        Mistake(
            "start added",
            _told(first=-_FIRST),
            "You have added the gate at both ends. The charge is a difference: lifting the start takes "
            "charge away.",
        ),
        Mistake(
            "difference the other way",
            _told(first=_LAST, last=_FIRST),
            "You have taken the gate at the start less the gate at the end. The charge is G at the end less "
            "G at the start.",
        ),
        Mistake(
            "integral for the gate",
            _told(first=_passed(_BEFORE), last=_passed(_AFTER)),
            "You have put in G, the charge itself. How it follows the potential is its derivative, the "
            "gate g.",
        ),
        Mistake(
            "later steps forgotten",
            _told(after=0.0),
            "You have given all of 0.35 to the charge of this step. A lifted start lifts the end as well, "
            "and with it all that comes after.",
        ),
        Mistake(
            "sign of the later steps",
            _told(after=-_BY_AFTER),
            "What comes after the step has the slope -0.20. You have reckoned with 0.20.",
        ),
        Mistake(
            "current at the start",
            np.array([_RIGHT[0], _STEP * _BY_BEFORE]),
            "The first slope is right. The current leaves the start of the step where it is, so it takes no "
            "charge away there.",
        ),
        Mistake(
            "current without charge",
            np.array([_RIGHT[0], _STEP * _BY_AFTER]),
            "The first slope is right. The current moves the end of the step, and so the charge, too.",
        ),
        Mistake(
            "length of the step",
            np.array([_RIGHT[0], _RIGHT[1] / _STEP]),
            "The first slope is right. 0.9 is the slope by the end of the step; the current moves that by "
            "0.05 times as much.",
        ),
        Mistake(
            "reversed",
            _RIGHT[::-1],
            "Both slopes are right and stand in the opposite order: first the one by the charge.",
        ),
    ),
)
