"""A number from own parameters: when events cost as much as a clock, and how near two inputs must be."""

import math

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, told
from snnlab.course.exercises.kinds import Mistake, Number

UNITS = {"synapses": "", "tick": "ms", "fading": "ms", "one": "thresholds", "another": "thresholds"}


def rate_and_gap(synapses, tick, fading, one, another):
    """As many input spikes as ticks in a second; and the first input faded to what is missing."""
    ticks = 1000 / tick
    return [ticks / synapses, fading * math.log(one / (1 - another))]


def _parameters(rng):
    while True:
        own = {
            "synapses": 20 * int(rng.integers(3, 26)),
            "tick": round(0.1 + 0.05 * int(rng.integers(0, 19)), 2),
            "fading": 8.0 + 1.0 * int(rng.integers(0, 25)),
            "one": round(0.5 + 0.01 * int(rng.integers(0, 46)), 2),
            "another": round(0.2 + 0.01 * int(rng.integers(0, 61)), 2),
        }
        if own["one"] + own["another"] > 1.1 and own["one"] != own["another"]:
            return own


def _build(own):
    synapses, tick, fading, one, another = (own[name] for name in UNITS)
    rate = 1000 / (synapses * tick)
    gap = -fading * (math.log1p(-another) - math.log(one))
    right = np.array([rate, gap])
    return Number(
        id="3.3",
        title=EXERCISE.title,
        statement=(
            f"A neuron hears {synapses} inputs that fire at random, all at the same rate. A clock updates it "
            f"every {told(tick)} ms, events update it at each input spike. At which rate of each input, in "
            "Hz, would both update it equally often? The neuron rests at 0, its threshold is 1, and its "
            f"potential leaks with a time constant of {told(fading)} ms. Out of rest it gets an input of the "
            f"weight {told(one)}, later another of the weight {told(another)}. Up to how many ms may lie "
            "between the two for the neuron to fire? To within 0.3 %."
        ),
        stub="looked = [..., ...]  # rate of each input in Hz; longest gap in ms",
        variable=EXERCISE.variable,
        tolerance=0.003,
        solution=right,
        next_step="Does the longest gap stay the same if the two inputs change places?",
        mistakes=(
            Mistake(
                "all inputs",
                np.array([rate * synapses, gap]),
                "The gap is right. The first number is the rate of all input spikes together. Each input has "
                "its share.",
            ),
            Mistake(
                "milliseconds",
                np.array([rate / 1000, gap]),
                "The gap is right. The first number is in spikes a millisecond.",
            ),
            Mistake(
                "upside down",
                np.array([1 / rate, gap]),
                "The gap is right. The first number is how many seconds lie between two spikes of an input.",
            ),
            Mistake(
                "product",
                np.array([synapses * tick, gap]),
                "The gap is right. You have multiplied the inputs by the tick. One over that is a rate.",
            ),
            Mistake(
                "changed places",
                np.array([rate, fading * math.log(another / (1 - one))]),
                "The rate is right. You let the later input fade. The first one does, until the second "
                "comes.",
            ),
            Mistake(
                "to the threshold",
                np.array([rate, fading * abs(math.log(one))]),
                "The rate is right. You have let the first input fade from the threshold to its own weight. "
                "How much of it must be left when the other comes?",
            ),
            Mistake(
                "as large as the other",
                np.array([rate, fading * abs(math.log(one / another))]),
                "The rate is right. You let the first input fade until it is as large as the other. It may "
                "fade until both together are at the threshold.",
            ),
            Mistake(
                "base 10",
                np.array([rate, gap / math.log(10)]),
                "The rate is right. For the gap you have taken the logarithm to base 10.",
            ),
            Mistake(
                "straight line",
                np.array([rate, fading * (one + another - 1) / one]),
                "The rate is right. For the gap you let the potential fall in a straight line, as at its "
                "first moment. It falls ever more slowly.",
            ),
            Mistake(
                "no leak",
                np.array([rate, fading]),
                "The rate is right. This is the time constant. After it one over e of the first input is "
                "left.",
            ),
        ),
    )


EXERCISE = ClassExercise(
    grade_id="frames",
    title="Only when something happens",
    chapter=10,
    points=2,
    variable="looked",
    parameters=_parameters,
    build=_build,
    comments=UNITS,
    answer=rate_and_gap,
)
