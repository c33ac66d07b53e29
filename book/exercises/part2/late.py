"""A number from own parameters: what a population says whose neurons are late, and how many it takes."""

import math

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, told
from snnlab.course.exercises.kinds import Mistake, Number

UNITS = {"before": "Hz", "after": "Hz", "latest": "ms", "moment": "ms", "bin_width": "ms", "off": "%"}


def activity_and_neurons(before, after, latest, moment, bin_width, off):
    """Those who have heard of it fire faster; then one neuron more at a time."""
    heard = moment / latest
    activity = heard * after + (1 - heard) * before
    n = 1
    while 100 / math.sqrt(n * activity * bin_width / 1000) > off:
        n += 1
    return [activity, n]


def _parameters(rng):
    while True:
        before = 8.0 + 2.0 * int(rng.integers(0, 12))
        latest = 20.0 + 2.0 * int(rng.integers(0, 21))
        own = {
            "before": before,
            "after": before + 20.0 + 2.0 * int(rng.integers(0, 31)),
            "latest": latest,
            "moment": round(latest * float(rng.uniform(0.2, 0.8))) * 1.0,
            "bin_width": 0.5 + 0.5 * int(rng.integers(0, 6)),
            "off": 10.0 + 1.0 * int(rng.integers(0, 21)),
        }
        heard = own["moment"] / latest
        if abs(heard - 0.5) < 0.05:
            continue
        activity = before + heard * (own["after"] - before)
        needed = (100 / own["off"]) ** 2 / (activity * own["bin_width"] / 1000)
        if needed < 5000 and 0.02 < needed % 1 < 0.98:
            return own


def _build(own):
    before, after, latest, moment, width, off = (own[name] for name in UNITS)

    def neurons(activity):
        """As many as make the count scatter by so little."""
        return math.ceil((100 / off) ** 2 / (activity * width / 1000))

    activity = before + (after - before) * moment / latest
    right = np.array([activity, neurons(activity)])
    late = before + (after - before) * (1 - moment / latest)
    return Number(
        id="2.4",
        title=EXERCISE.title,
        statement=(
            f"All neurons of a population fire by chance, at {told(before)} Hz. At time 0 something happens, "
            f"and whoever has heard of it fires at {told(after)} Hz from then on. The neurons hear of it "
            f"late, by anything from 0 to {told(latest)} ms, evenly spread. What is the activity of the "
            f"population at {told(moment)} ms, in Hz? A reader counts all its spikes in a bin of "
            f"{told(width)} ms around this moment. How many neurons does it take, at the fewest, until the "
            f"activity of the bin is off by {told(off)} %, one standard deviation, or less? To within 0.5 %."
        ),
        stub="found = [..., ...]  # activity in Hz; neurons",
        variable=EXERCISE.variable,
        tolerance=0.005,
        solution=right,
        next_step=(
            "One neuron of these, and no delay: for how long would it have to fire like this for an error as "
            "small?"
        ),
        mistakes=(
            Mistake(
                "all have heard",
                np.array([after, neurons(after)]),
                "You let all neurons know of it at once. At this moment only a part of them has heard.",
            ),
            Mistake(
                "nobody has heard",
                np.array([before, neurons(before)]),
                "You let nobody have heard of it yet. Some neurons are late by less than this.",
            ),
            Mistake(
                "half of it",
                np.array([(before + after) / 2, neurons((before + after) / 2)]),
                "You have taken the middle of both rates. That is reached when half of the longest delay is "
                "over.",
            ),
            Mistake(
                "who has not heard",
                np.array([late, neurons(late)]),
                "You have exchanged who has heard and who has not.",
            ),
            Mistake(
                "rise alone",
                np.array([activity - before, neurons(activity)]),
                "The neurons are right. The first is by how much the activity has risen. What it was before "
                "is still there.",
            ),
            Mistake(
                "milliseconds",
                np.array([activity, math.ceil((100 / off) ** 2 / (activity * width))]),
                "The activity is right. For the neurons you have multiplied Hz by ms. Bring both to one "
                "unit.",
            ),
            Mistake(
                "not squared",
                np.array([activity, math.ceil(100 / off / (activity * width / 1000))]),
                "The activity is right. A count of n scatters by the root of n, so its relative error is one "
                "over that root.",
            ),
            Mistake(
                "per cent",
                np.array([activity, math.ceil(1 / off**2 / (activity * width / 1000))]),
                "The activity is right. You have put per cent into the formula. It wants a fraction of 1.",
            ),
            Mistake(
                "spikes",
                np.array([activity, (100 / off) ** 2]),
                "The activity is right. So many spikes are to be counted. How many neurons bring them in one "
                "bin?",
            ),
        ),
    )


EXERCISE = ClassExercise(
    grade_id="common",
    title="Told by a few spikes",
    chapter=6,
    points=2,
    variable="found",
    parameters=_parameters,
    build=_build,
    comments=UNITS,
    answer=activity_and_neurons,
)
