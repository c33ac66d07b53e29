"""The inverse problem: a gate and an excursion, told by what a synapse heard of them."""

import math

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, told
from snnlab.course.exercises.kinds import Mistake, Number

UNITS = {"speed": "thresholds a ms", "most": "1/ms", "lasts": "ms"}


def width_peak_and_charge(speed, most, lasts):
    """The height tells the width, the duration how far it got, and both the charge."""
    width = 2 * speed / most
    peak = 1 - width / 2 + speed * lasts / 2
    x = (peak - 1) / width
    return [width, peak, 0.5 + x + math.sin(2 * math.pi * x) / (2 * math.pi)]


def _parameters(rng):
    while True:
        width, share = rng.uniform(0.3, 0.8), rng.uniform(0.56, 0.9)  # how much of the zone it goes through
        speed = round(float(rng.uniform(0.02, 0.2)), 3)
        numbers = {
            "speed": speed,
            "most": round(2 * speed / float(width), 3),
            "lasts": round(2 * float(share * width) / speed, 1),
        }
        width, peak, _ = width_peak_and_charge(**numbers)
        if 0.05 < (peak - 1) / width < 0.42:
            return numbers


def _build(variant):
    speed, most, lasts = (variant[name] for name in UNITS)
    width = 2 * speed / most

    def charge(x):
        """G, of a place in units of the width."""
        x = max(-0.5, min(0.5, x))
        return 0.5 + x + math.sin(2 * math.pi * x) / (2 * math.pi)

    def found(width=width, peak=None):
        peak = 1 - width / 2 + speed * lasts / 2 if peak is None else peak
        return np.array([width, peak, charge((peak - 1) / width)])

    right = found()
    _, peak, passed = right
    x = (peak - 1) / width
    return Number(
        id="6.3",
        title=EXERCISE.title,
        statement=(
            "A non-leaky neuron is pushed up from 0 at a steady speed of "
            f"{told(speed)} thresholds a ms. Before it has come through the zone of its gate it turns, and "
            "it falls back to 0 at the same speed. Its synapse hears g times dv/dt. That is largest, "
            f"{told(most)} per ms, some time before the neuron turns. From the first moment to the last the "
            f"synapse hears something for {told(lasts)} ms in all. The gate is a raised cosine around the "
            "threshold, 1. How wide is it, in thresholds? How far did the potential get, in thresholds? And "
            "which charge had passed when it turned? To within 0.5 %."
        ),
        stub="heard = [..., ..., ...]  # width; how far the potential got; charge when it turned",
        variable=EXERCISE.variable,
        tolerance=0.005,
        solution=right,
        next_step=(
            "Suppose that you did not know the speed. Which of the three numbers could you still find from "
            "what the synapse heard?"
        ),
        mistakes=(
            Mistake(
                "box",
                found(speed / most),
                "You have taken the peak of the gate for 1/w. A raised cosine is twice as high in its "
                "middle.",
            ),
            Mistake(
                "gate for what is heard",
                found(2 / most),
                "You have taken what is heard for the gate itself. It is the gate times the speed.",
            ),
            Mistake(
                "one way",
                np.array([width, 1 - width / 2 + speed * lasts, 1.0]),
                "The width is right. You have let the potential rise all the time. Half of the time it "
                "falls.",
            ),
            Mistake(
                "from the threshold on",
                found(peak=1 + speed * lasts / 2),
                "The width is right. You have counted from the threshold on. The zone begins half a width "
                "below it.",
            ),
            Mistake(
                "from a whole width below",
                found(peak=1 - width + speed * lasts / 2),
                "The width is right. Your zone begins a whole width below the threshold. It is half a width.",
            ),
            Mistake(
                "above the threshold",
                np.array([width, peak - 1, passed]),
                "Width and charge are right. The second number is how far it got above the threshold; the "
                "potential itself is wanted.",
            ),
            Mistake(
                "share of the zone",
                np.array([width, peak, 0.5 + x]),
                "The first two are right. The third is the share of the zone that was gone through. A raised "
                "cosine passes more on in its middle.",
            ),
            Mistake(
                "taken back",
                np.array([width, peak, 0.0]),
                "The first two are right. In the end nothing is left. How much had passed when it turned?",
            ),
            Mistake(
                "what was missing",
                np.array([width, peak, 1 - passed]),
                "The first two are right. This is the charge that was still missing.",
            ),
            Mistake(
                "gate at the turn",
                np.array([width, peak, (1 + math.cos(2 * math.pi * x)) / width]),
                "The first two are right. The third is how far the gate was open at the turn. Its integral "
                "is the charge.",
            ),
            Mistake(
                "sine not divided",
                np.array([width, peak, 0.5 + x + math.sin(2 * math.pi * x)]),
                "The first two are right. In the charge the sine has to be divided by 2 pi.",
            ),
            Mistake(
                "reversed",
                right[[1, 0, 2]],
                "All three are right, and the first two have changed places: the width first.",
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
    answer=width_peak_and_charge,
)
