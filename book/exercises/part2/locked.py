"""The inverse problem: a jitter, told by a vector strength, and the spikes that it takes to be believed."""

import math

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, told
from snnlab.course.exercises.kinds import Mistake, Number

UNITS = {"strength": "", "period": "ms", "faster": "ms", "chance": ""}


def jitter_and_spikes(strength, period, faster, chance):
    """The jitter by halving; then one spike more at a time, until chance is as unlikely as that."""

    def kept(sigma, period):
        return math.exp(-2 * (math.pi * sigma / period) ** 2)

    low, high = 0.0, period
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if kept(middle, period) > strength else (low, middle)
    n = 1
    while math.exp(-n * kept(high, faster) ** 2) > chance:
        n += 1
    return [high, n]


def _parameters(rng):
    while True:
        period = 60.0 + 5.0 * int(rng.integers(0, 25))
        own = {
            "strength": round(0.6 + 0.01 * int(rng.integers(0, 36)), 2),
            "period": period,
            "faster": round(period * float(rng.uniform(0.4, 0.75))) * 1.0,
            "chance": [0.05, 0.02, 0.01, 0.005, 0.002, 0.001][int(rng.integers(6))],
        }
        again = own["strength"] ** ((own["period"] / own["faster"]) ** 2)
        needed = -math.log(own["chance"]) / again**2
        if again < 0.75 and 5 < needed < 150 and 0.1 < needed % 1 < 0.9:
            return own


def _build(own):
    strength, period, faster, chance = (own[name] for name in UNITS)
    sigma = period / math.pi * math.sqrt(-math.log(strength) / 2)
    again = strength ** ((period / faster) ** 2)  # in the faster rhythm

    def spikes(strength, logarithm=-math.log(chance)):
        return math.ceil(logarithm / strength**2)

    right = np.array([sigma, spikes(again)])
    return Number(
        id="2.4",
        title=EXERCISE.title,
        statement=(
            f"A neuron fires at one phase of a rhythm of {told(period)} ms, each spike early or late by a "
            "normal random number. Of very many spikes the vector strength is "
            f"{told(strength)}. How large is the jitter, the standard deviation of this number, in ms? With "
            f"the same jitter in ms the neuron then follows a rhythm of {told(faster)} ms, which was chosen "
            "beforehand. How many spikes does it take, at the fewest, until the Rayleigh test gives chance a "
            f"probability of {told(chance)} or less, if the vector strength is what this jitter leaves of "
            "it? To within 0.5 %."
        ),
        stub="found = [..., ...]  # jitter in ms; spikes",
        variable=EXERCISE.variable,
        tolerance=0.005,
        solution=right,
        next_step=(
            "Somebody has tried fifty rhythms and shows you the best. Which probability would you ask for "
            "now?"
        ),
        mistakes=(
            Mistake(
                "share of the period",
                np.array([sigma / period, right[1]]),
                "The spikes are right. The first number is the jitter as a share of the period. It is wanted "
                "in ms.",
            ),
            Mistake(
                "radians",
                np.array([2 * math.pi * sigma / period, right[1]]),
                "The spikes are right. The first number is the jitter as a phase, in radians. It is wanted "
                "in ms.",
            ),
            Mistake(
                "factor 2",
                np.array([sigma * math.sqrt(2), right[1]]),
                "The spikes are right. For the jitter you have lost the 2 in the exponent.",
            ),
            Mistake(
                "not rooted",
                np.array([period / math.pi * -math.log(strength) / 2, right[1]]),
                "The spikes are right. In the exponent the jitter is squared. Take the root.",
            ),
            Mistake(
                "same strength",
                np.array([sigma, spikes(strength)]),
                "The jitter is right. You have kept the vector strength. In a faster rhythm the same "
                "milliseconds are a larger part of the period, and less of it is left.",
            ),
            Mistake(
                "strength in proportion",
                np.array([sigma, spikes(strength ** (period / faster))]),
                "The jitter is right. In the exponent stands the square of jitter by period. You have "
                "changed the exponent by the ratio of the periods itself.",
            ),
            Mistake(
                "strength not squared",
                np.array([sigma, math.ceil(-math.log(chance) / again)]),
                "The jitter is right. In the Rayleigh test the vector strength is squared.",
            ),
            Mistake(
                "base 10",
                np.array([sigma, spikes(again, -math.log10(chance))]),
                "The jitter is right. For the spikes you have taken the logarithm to base 10.",
            ),
            Mistake(
                "rounded down",
                np.array([sigma, right[1] - 1]),
                "The jitter is right. With one spike less than is needed the probability is still a little "
                "too large: round up.",
            ),
        ),
    )


EXERCISE = ClassExercise(
    grade_id="common",
    title="Told by a few spikes",
    chapter=7,
    points=2,
    variable="found",
    parameters=_parameters,
    build=_build,
    comments=UNITS,
    answer=jitter_and_spikes,
)
