"""Exercise 18.1, calculate then verify: the charge of an excursion that turns back half way."""

import math

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["TURNED_BACK"]

_WIDTH, _SPEED, _PEAK, _END = 0.4, 0.05, 1.1, 0.9  # speed in thresholds a ms


def _opening(v: float) -> float:
    return (1.0 + math.cos(2.0 * math.pi * (v - 1.0) / _WIDTH)) / _WIDTH


def _passed(v: float, wave: float = 1.0 / (2.0 * math.pi)) -> float:
    """G within the zone; `wave` is what the sine is multiplied by."""
    x = (v - 1.0) / _WIDTH
    return 0.5 + x + wave * math.sin(2.0 * math.pi * x)


_MOST, _LEFT = _passed(_PEAK), _passed(_END)  # 0.909 and 0.091
_HEARD = _opening(1.0) * _SPEED  # 0.25 a ms

TURNED_BACK = Number(
    id="18.1",
    title="Up, and half the way back",
    statement=(
        "A gate of width 0.4 stands around the threshold, 1. A potential rises from 0 by 0.05 thresholds a "
        "ms, turns at 1.1, falls by as much a ms, and stays at 0.9. Which charge has it passed on when it "
        "turns, and which is left in the end? What is the largest value of $g\\, \\dot v$ on the way up, "
        "in 1/ms? Work it out on paper; `gate_charge` verifies the first two."
    ),
    stub="numbers = [..., ..., ...]  # charge at the turn, charge in the end, largest value in 1/ms",
    variable="numbers",
    labels=("Charge at the turn", "Charge in the end", "Largest value, in 1/ms"),
    tolerance=0.005,
    solution=np.array([_MOST, _LEFT, _HEARD]),
    next_step=(
        "The two charges add up to 1, and not by accident. Which property of the gate does it? And what "
        "would be left if the potential came back at ten times the speed?"
    ),
    mistakes=(
        Mistake(
            "nothing left",
            np.array([_MOST, 0.0, _HEARD]),
            "The other two are right. All of it would be taken back below 0.8, where the zone ends. The "
            "potential stays at 0.9, inside.",
        ),
        Mistake(
            "both ways added",
            np.array([_MOST, 2.0 * _MOST - _LEFT, _HEARD]),
            "The other two are right. You have added what passes on the way down. There dv/dt is negative, "
            "and charge is taken back.",
        ),
        Mistake(
            "taken back",
            np.array([_MOST, _LEFT - _MOST, _HEARD]),
            "The other two are right. This is what the way down takes back. What is left of the charge?",
        ),
        Mistake(
            "box",
            np.array([0.75, 0.25, _SPEED / _WIDTH]),
            "This is a gate that is open by 1/w in all of its zone. Ours is a raised cosine: G has a sine, "
            "and the peak is twice as high.",
        ),
        Mistake(
            "gate for its integral",
            np.array([_opening(_PEAK), _opening(_END), _HEARD]),
            "The last one is right. The first two are how far the gate is open, g, a charge for each "
            "threshold. Its integral G is the charge.",
        ),
        Mistake(
            "sine not divided",
            np.array([_passed(_PEAK, 1.0), _passed(_END, 1.0), _HEARD]),
            "A charge lies between 0 and 1. The integral of a cosine of 2 pi x is a sine over 2 pi: divide.",
        ),
        Mistake(
            "half of the zone",
            np.array([1.0, 0.0, 2.0 * _HEARD]),
            "Your zone reaches from 0.9 to 1.1. With a width of 0.4 it reaches from 0.8 to 1.2.",
        ),
        Mistake(
            "speed forgotten",
            np.array([_MOST, _LEFT, _opening(1.0)]),
            "The charges are right. 5 is how far the gate is open at the most. The synapse hears that times "
            "the speed of the potential.",
        ),
        Mistake(
            "heard at the turn",
            np.array([_MOST, _LEFT, _opening(_PEAK) * _SPEED]),
            "The charges are right. The last one is what is heard just before the turn. On its way up the "
            "potential has been where the gate is open widest.",
        ),
        Mistake(
            "exchanged",
            np.array([_LEFT, _MOST, _HEARD]),
            "All three are right, and the two charges stand in the opposite order: first that at the turn.",
        ),
    ),
)
