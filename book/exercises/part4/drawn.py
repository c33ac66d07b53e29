"""A number from own parameters: how often a neuron fires whose synapses are drawn, and how many it takes."""

import math

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, told
from snnlab.course.exercises.kinds import Mistake, Number

UNITS = {"plus": "synapses", "minus": "synapses", "chance": "", "spike": "", "bias": "", "scatter": ""}


def fires_and_copies(plus, minus, chance, spike, bias, scatter):
    """The normal distribution that stands for the sum, cut half way between 0 and 1."""
    heard = chance * spike  # the probability that something comes over a synapse
    mean = (plus - minus) * heard + bias
    variance = (plus + minus) * heard * (1 - heard)
    p = (1 + math.erf((mean - 0.5) / math.sqrt(2 * variance))) / 2
    copies = 1
    while math.sqrt(p * (1 - p) / copies) > scatter:
        copies += 1
    return [p, copies]


def _fires(mean, variance, cut=0.5):
    return 0.5 * math.erfc((cut - mean) / math.sqrt(2 * variance))


def _parameters(rng):
    while True:
        numbers = {
            "plus": int(rng.integers(20, 61)),
            "minus": int(rng.integers(20, 61)),
            "chance": round(0.3 + 0.05 * int(rng.integers(0, 11)), 2),
            "spike": round(0.3 + 0.05 * int(rng.integers(0, 13)), 2),
            "bias": int(rng.integers(-6, 7)),
            "scatter": round(0.04 + 0.005 * int(rng.integers(0, 13)), 3),
        }
        p, _ = fires_and_copies(**numbers)
        exact = p * (1 - p) / numbers["scatter"] ** 2
        if 0.15 < p < 0.9 and abs(p - 0.5) > 0.05 and 0.1 < exact % 1 < 0.9 and exact > 5:
            return numbers


def _build(variant):
    plus, minus, chance, spike, bias, scatter = (variant[name] for name in UNITS)
    heard = chance * spike
    mean, variance = (plus - minus) * heard + bias, (plus + minus) * heard * (1 - heard)

    def answer(p, copies=None):
        return np.array([p, math.ceil(p * (1 - p) / scatter**2) if copies is None else copies])

    p, copies = right = answer(_fires(mean, variance))
    return Number(
        id="4.5",
        title=EXERCISE.title,
        statement=(
            f"A neuron has {plus} synapses of the strength +1 and {minus} of the strength −1. When it is "
            f"put on a chip, each of them is there with the probability {told(chance)}, independently of "
            f"all others. Each input line carries a spike with the probability {told(spike)}. The neuron "
            f"adds up what comes and {told(bias)}, and fires if the sum is above 0. With which probability "
            "does it fire, by the normal distribution that stands for this sum of whole numbers? Then the "
            "neuron is put on the chip several times, each copy with synapses of its own and its own "
            "spikes, and the share of the copies that fire is taken. How many copies are needed, at the "
            f"fewest, until the standard deviation of this share is {told(scatter)} or less? To within 0.5 %."
        ),
        stub="known = [..., ...]  # the probability that it fires; copies",
        variable=EXERCISE.variable,
        tolerance=0.005,
        solution=right,
        next_step=(
            "Now all copies hear the same spikes, and only their synapses differ. Does the standard "
            "deviation still go to 0 with the number of copies?"
        ),
        mistakes=(
            Mistake(
                "cut at 0",
                answer(_fires(mean, variance, 0.0)),
                "You cut the normal distribution at 0. The sum is whole, so above 0 is at least 1, and the "
                "cut lies half way.",
            ),
            Mistake(
                "cut on the other side",
                answer(_fires(mean, variance, -0.5)),
                "With your cut a sum of 0 makes the neuron fire. It has to be above 0.",
            ),
            Mistake(
                "variance of a rare event",
                answer(_fires(mean, (plus + minus) * heard)),
                "You took the mean count of what comes for its variance, as for a Poisson variable. What "
                "comes over a synapse is 0 or 1, and not rarely 1.",
            ),
            Mistake(
                "only the synapses are drawn",
                answer(_fires(mean, (plus + minus) * spike**2 * chance * (1 - chance))),
                "The mean is right. For the variance you let the synapses be drawn and each line carry its "
                "mean: the spikes come by chance, too.",
            ),
            Mistake(
                "variances subtracted",
                answer(_fires(mean, max(1.0, abs(plus - minus)) * heard * (1 - heard))),
                "You subtracted the variances of both kinds of synapses. Those of independent numbers add "
                "up, whatever their signs.",
            ),
            Mistake(
                "variance for deviation",
                answer(0.5 * math.erfc((0.5 - mean) / (math.sqrt(2) * variance))),
                "You divided by the variance. It is the standard deviation, its root, that belongs there.",
            ),
            Mistake(
                "factor 2",
                answer(0.5 * math.erfc((0.5 - mean) / math.sqrt(variance))),
                "In the error function stands the root of twice the variance.",
            ),
            Mistake(
                "silent",
                answer(1 - p),
                "This is the probability that it stays silent. The number of copies is right.",
            ),
            Mistake(
                "worst case",
                answer(p, math.ceil(0.25 / scatter**2)),
                "The probability is right. So many copies are enough whatever the probability is; with "
                "yours fewer do.",
            ),
            Mistake(
                "variance within",
                answer(p, math.ceil(p * (1 - p) / scatter)),
                "The probability is right. With so many copies the variance of the share is as small as "
                "that; its root is asked for.",
            ),
            Mistake(
                "deviation of one copy",
                answer(p, math.ceil(math.sqrt(p * (1 - p)) / scatter)),
                "The probability is right. The deviation falls with the root of the number of copies, not "
                "with the number.",
            ),
            Mistake(
                "rounded down",
                answer(p, copies - 1),
                "The probability is right. With so many copies the deviation is still a little too large.",
            ),
        ),
    )


EXERCISE = ClassExercise(
    grade_id="drawn",
    title="Known before training",
    chapter=14,
    points=2,
    variable="known",
    parameters=_parameters,
    build=_build,
    comments=UNITS,
    answer=fires_and_copies,
)
