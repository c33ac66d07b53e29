"""The inverse problem: how fast two copies of a network part, and when they have nothing in common."""

import math

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, told
from snnlab.course.exercises.kinds import Mistake, Number

UNITS = {
    "n": "neurons", "hit": "neurons", "jump": "mV", "later": "ms", "distance": "mV", "unrelated": "mV",
}  # fmt: skip


def growth_and_moment(n, hit, jump, later, distance, unrelated):
    """The mean of all neurons at the start, and from there as far as it has to grow."""
    start = sum([jump] * hit + [0.0] * (n - hit)) / n
    growth = math.log(distance / start) / later
    return [1000 * growth, math.log(unrelated / start) / growth]


def _parameters(rng):
    while True:
        n, hit = 100 * int(rng.integers(6, 25)), 10 + int(rng.integers(0, 31))
        growth, later = rng.uniform(0.04, 0.2), 10.0 + 2.0 * int(rng.integers(0, 16))
        jump, unrelated = round(0.3 + 0.1 * int(rng.integers(0, 13)), 1), 3.0 + 0.5 * int(rng.integers(0, 9))
        distance = float(f"{jump * hit / n * math.exp(growth * later):.3g}")
        if distance < unrelated / 2:
            return {
                "n": n, "hit": hit, "jump": jump, "later": later, "distance": distance,
                "unrelated": unrelated,
            }  # fmt: skip


def _build(own):
    n, hit, jump, later, distance, unrelated = (own[name] for name in UNITS)

    def answer(start):
        growth = math.log(distance / start) / later
        return np.array([1000 * growth, later + math.log(unrelated / distance) / growth])

    right = answer(hit * jump / n)
    growth, moment = right
    return Number(
        id="3.1",
        title=EXERCISE.title,
        statement=(
            f"A network of {n} neurons is copied, and in the copy one spike gets lost. At once the "
            f"potentials of {hit} neurons differ by {told(jump)} mV each, and all others agree. "
            f"{told(later)} ms after that the potentials are {told(distance)} mV apart on average over all "
            "neurons. The mean distance grows exponentially, as exp(λ t), until the two copies are "
            f"unrelated: then they are {told(unrelated)} mV apart on average. How large is λ, a second? And "
            "how many ms after the spike was lost are they unrelated? To within 0.5 %."
        ),
        stub="network = [..., ...]  # growth a second; unrelated after so many ms",
        variable=EXERCISE.variable,
        tolerance=0.005,
        solution=right,
        next_step=(
            "In a network ten times as large the same spike moves as many neurons. How much later is it "
            "unrelated to its copy, if it grows as fast?"
        ),
        mistakes=(
            Mistake(
                "those that were hit",
                answer(jump),
                "At the start you took the distance of the neurons that were hit. It is the mean over all of "
                "them, those that agree included.",
            ),
            Mistake(
                "sum",
                answer(hit * jump),
                "At the start you added up the differences. Divide by the number of all neurons.",
            ),
            Mistake(
                "milliseconds",
                np.array([growth / 1000, moment]),
                "The moment is right. λ is for a millisecond; for a second it is a thousand times as much.",
            ),
            Mistake(
                "base 10",
                np.array([growth / math.log(10), moment]),
                "The moment is right. For λ you have taken the logarithm to base 10. The distance grows as "
                "an exponential to base e.",
            ),
            Mistake(
                "doublings",
                np.array([growth / math.log(2), moment]),
                "The moment is right. The first number says how often it doubles in a second. In exp(λ t) "
                "the base is e.",
            ),
            Mistake(
                "straight line",
                np.array([1000 * (distance / (hit * jump / n) - 1) / later, moment]),
                "The moment is right. For λ you have divided the growth by the time. It grows by the same "
                "factor in equal times, so take the logarithm of the ratio.",
            ),
            Mistake(
                "counted from the measurement",
                np.array([growth, moment - later]),
                "Your λ is right. The second number is counted from the later of the two moments. The spike "
                "was lost before that.",
            ),
            Mistake(
                "from the jump",
                np.array([growth, 1000 * math.log(unrelated / jump) / growth]),
                "Your λ is right. For the moment you began with the difference of one neuron. The mean over "
                "all neurons is much smaller then.",
            ),
            Mistake(
                "in seconds",
                np.array([growth, moment / 1000]),
                "Your λ is right. The second number is in s, and ms are wanted.",
            ),
        ),
    )


EXERCISE = ClassExercise(
    grade_id="balance",
    title="One among many",
    chapter=9,
    points=2,
    variable="network",
    parameters=_parameters,
    build=_build,
    comments=UNITS,
    answer=growth_and_moment,
)
