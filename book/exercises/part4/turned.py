"""The inverse of a batch norm with a negative factor: the largest sum that still makes a neuron fire."""

import math

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, told
from snnlab.course.exercises.kinds import Mistake, Number

UNITS = {"n": "inputs", "gamma": "", "beta": "", "mean": "", "spread": ""}


def largest_sum(n, gamma, beta, mean, spread):
    """Go through the sums from the largest on: the first at which the neuron fires, and who differs there."""
    for differ in range(n + 1):
        z = n - 2 * differ
        if gamma * (z - mean) / spread + beta >= 0:
            return [z, differ]
    raise ValueError("the neuron never fires")


def _parameters(rng):
    """Where a is 0 lies next to a sum that cannot occur, so that the largest one has to be looked for."""
    while True:
        n = int(rng.integers(60, 161))
        numbers = {
            "n": n,
            "gamma": -round(0.4 + 0.1 * int(rng.integers(0, 15)), 1),
            "beta": round((1 if rng.random() < 0.5 else -1) * (0.3 + 0.1 * int(rng.integers(0, 13))), 1),
            "mean": round((1 if rng.random() < 0.5 else -1) * (3 + 0.1 * int(rng.integers(0, 120))), 1),
            "spread": 5.0 + 0.5 * int(rng.integers(0, 21)),
        }
        limit = numbers["mean"] - numbers["beta"] * numbers["spread"] / numbers["gamma"]
        below = math.floor(limit)
        if 5 <= abs(below) <= n / 2 and 0.1 < limit - below < 0.9 and (below - n) % 2:
            return numbers


def _build(variant):
    n, gamma, beta, mean, spread = (variant[name] for name in UNITS)

    def below(limit):
        """The largest sum up to a limit that has the parity of n, and how many inputs differ there."""
        z = math.floor(limit)
        z -= (z - n) % 2
        return np.array([z, (n - z) // 2])

    limit = mean - beta * spread / gamma
    right = below(limit)
    z, differ = int(right[0]), int(right[1])
    return Number(
        id="4.1",
        title=EXERCISE.title,
        statement=(
            f"A neuron of one bit has {n} inputs, each +1 or −1, and {n} weights, each +1 or −1. Batch norm "
            f"makes $a = \\gamma (z - \\mu)/s + \\beta$ of its sum $z$, with $\\gamma$ = {told(gamma)}, "
            f"$\\beta$ = {told(beta)}, $\\mu$ = {told(mean)} and $s$ = {told(spread)}, and it fires if $a$ "
            "is 0 or more. Its weights are not turned round, and yet $\\gamma$ is negative. Which is the "
            "largest sum at which it fires? And how many of its inputs have to differ from their weights at "
            "the least?"
        ),
        stub="found = [..., ...]  # the largest sum; inputs that have to differ",
        variable=EXERCISE.variable,
        tolerance=0.002,
        solution=right,
        next_step=(
            "Turn all its weights round. Which count of inputs that differ is the limit then, and on which "
            "side of it does the neuron fire?"
        ),
        mistakes=(
            Mistake(
                "as if positive",
                np.add(right, (2, -1)),
                "This is the first sum above the limit, as for a positive factor. A negative one turns the "
                "inequality round: the neuron fires below.",
            ),
            Mistake(
                "sign of the shift",
                below(mean + beta * spread / gamma),
                "The shift has the wrong sign. Set a to 0 and solve for the sum: β goes to the other side.",
            ),
            Mistake(
                "spread forgotten",
                below(mean - beta / gamma),
                "The spread is missing. β belongs to the normalised sum, and in units of the sum it is "
                "spread times larger.",
            ),
            Mistake(
                "factor upside down",
                below(mean - beta * spread * gamma),
                "You multiplied by the factor where it divides: the sum is the mean less β times the spread "
                "over the factor.",
            ),
            Mistake(
                "mean forgotten",
                below(-beta * spread / gamma),
                "This would be right for a mean of 0. Batch norm takes the mean off first.",
            ),
            Mistake(
                "not whole",
                np.array([limit, (n - limit) / 2]),
                "This is where a vanishes. A sum of signs is a whole number, and so is a count of inputs.",
            ),
            Mistake(
                "a sum that cannot occur",
                np.array([math.floor(limit), differ]),
                "The count is right. The sum is whole, but no pattern of inputs has it: an input that "
                "changes moves the sum by 2.",
            ),
            Mistake(
                "half an input",
                np.array([math.floor(limit), (n - math.floor(limit)) / 2]),
                "Your count has half an input in it. Sums go in steps of 2 from the number of inputs on, "
                "so yours cannot occur.",
            ),
            Mistake(
                "agreeing",
                np.array([z, n - differ]),
                "The sum is right. That many inputs agree with their weights; those that differ are asked "
                "for.",
            ),
            Mistake(
                "not halved",
                np.array([z, n - z]),
                "The sum is right. An input that differs takes 2 from the sum of all that agree: halve what "
                "is missing.",
            ),
            Mistake(
                "reversed",
                right[::-1],
                "Both numbers are right, and have changed places: the sum is the first one.",
            ),
        ),
    )


EXERCISE = ClassExercise(
    grade_id="turned",
    title="Of one bit",
    chapter=12,
    points=2,
    variable="found",
    parameters=_parameters,
    build=_build,
    comments=UNITS,
    answer=largest_sum,
)
