"""The inverse problem: where a potential has stopped in the zone of its gate, told by the charge."""

import math

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, told
from snnlab.course.exercises.kinds import Mistake, Number

UNITS = {"zone": "thresholds", "charge": "", "back": "thresholds"}


def place_gate_and_rest(zone, charge, back):
    """The place by halving, how far the gate is open there, and what is left after a part of the way back."""

    def passed(x):
        return 0.5 + x + math.sin(2 * math.pi * x) / (2 * math.pi)

    low, high = -0.5, 0.5
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if passed(middle) < charge else (low, middle)
    gate = (1 + math.cos(2 * math.pi * high)) / zone
    return [1 + zone * high, gate, passed(high - back / zone)]


def _parameters(rng):
    zone = round(0.3 + 0.02 * int(rng.integers(0, 31)), 2)
    return {
        "zone": zone,
        "charge": round(float(rng.choice([rng.uniform(0.2, 0.42), rng.uniform(0.58, 0.85)])), 3),
        "back": round(zone * float(rng.uniform(0.08, 0.18)), 3),
    }


def _build(own):
    zone, charge, back = (own[name] for name in UNITS)

    def passed(x):
        x = max(-0.5, min(0.5, x))
        return 0.5 + x + math.sin(2 * math.pi * x) / (2 * math.pi)

    x = charge - 0.5
    for _ in range(100):  # Newton's steps: the derivative is 1 plus the cosine
        x -= (passed(x) - charge) / (1 + math.cos(2 * math.pi * x))
    v, gate = 1 + zone * x, (1 + math.cos(2 * math.pi * x)) / zone
    right = np.array([v, gate, passed(x - back / zone)])
    rest = right[2]
    return Number(
        id="6.3",
        title=EXERCISE.title,
        statement=(
            f"The gate of a neuron is a raised cosine of width {told(zone)} around the threshold, 1. The "
            "neuron is pushed up from far below the gate, without a leak, and stops somewhere in it. Until "
            f"then its synapse has been given the charge {told(charge)} of a whole spike, 1. At which "
            "potential has the neuron stopped, in thresholds? How far is the gate open there, in 1 over "
            f"thresholds? And then the potential falls by {told(back)}: how much charge is the synapse left "
            "with? To within 0.5 %."
        ),
        stub="heard = [..., ..., ...]  # potential; how far the gate is open; charge in the end",
        variable=EXERCISE.variable,
        tolerance=0.005,
        solution=right,
        next_step="For the same charge, where would a gate of half the width have stopped the potential?",
        mistakes=(
            Mistake(
                "box",
                np.array([1 + zone * (charge - 0.5), gate, rest]),
                "Two are right. For the first you let the gate be open alike in all of its zone. A raised "
                "cosine lets more through in its middle.",
            ),
            Mistake(
                "share of the zone",
                np.array([x + 0.5, gate, rest]),
                "Two are right. The first number is the share of the zone that the potential has gone "
                "through. Where does the zone lie?",
            ),
            Mistake(
                "from the threshold",
                np.array([zone * x, gate, rest]),
                "Two are right. The first number is how far the potential is from the threshold. The "
                "potential itself is asked for.",
            ),
            Mistake(
                "from the lower end",
                np.array([1 + zone * (x + 0.5), gate, rest]),
                "Two are right. You let the zone begin at the threshold. It begins half a width below.",
            ),
            Mistake(
                "gate not divided",
                np.array([v, gate * zone, rest]),
                "Two are right. The second number is not divided by the width. The narrower a gate, the "
                "higher it is, so that a whole spike has the charge 1.",
            ),
            Mistake(
                "height of a box",
                np.array([v, 1 / zone, rest]),
                "Two are right. The second number is how far a box of this width would be open.",
            ),
            Mistake(
                "cosine alone",
                np.array([v, math.cos(2 * math.pi * x) / zone, rest]),
                "Two are right. For the second number you have taken the cosine alone. Raised by 1 it is "
                "never below 0.",
            ),
            Mistake(
                "nothing taken back",
                np.array([v, gate, charge]),
                "Two are right. For the third you let the charge stay. A potential that falls in the zone "
                "takes charge back.",
            ),
            Mistake(
                "gate times the way",
                np.array([v, gate, charge - gate * back]),
                "Two are right. For the third you have multiplied the gate where it stopped by the way back. "
                "On that way the gate changes: take the integral.",
            ),
            Mistake(
                "what is taken back",
                np.array([v, gate, charge - rest]),
                "Two are right. The third is the charge that was taken back. What is left?",
            ),
        ),
    )


EXERCISE = ClassExercise(
    grade_id="heard",
    title="Bit by bit",
    chapter=18,
    points=2,
    variable="heard",
    parameters=_parameters,
    build=_build,
    comments=UNITS,
    answer=place_gate_and_rest,
)
