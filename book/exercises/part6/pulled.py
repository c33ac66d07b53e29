"""A number from own parameters: the loss of a race, and how far ahead is enough."""

import math

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, told
from snnlab.course.exercises.kinds import Mistake, Number

UNITS = {"times": "units of time", "label": "counted from 0", "sharpness": "1/unit of time", "left": ""}


def loss_and_lead(times, label, sharpness, left):
    """The softmax of the times, and by halving how much earlier the right output has to fire."""

    def share(earlier=0.0):
        moved = [t - earlier * (k == label) for k, t in enumerate(times)]
        weights = [math.exp(-sharpness * t) for t in moved]
        return weights[label] / sum(weights)

    low, high = -50.0, 50.0
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if 1 - share(middle) > left else (low, middle)
    return [-math.log(share()) / sharpness, high]


def _parameters(rng):
    """The right output comes second, so that it has something to learn; no two are alike."""
    first = float(rng.uniform(0.8, 1.6))
    times = np.round(first + np.cumsum([0, *rng.uniform(0.08, 0.4, 3)]), 2).tolist()
    right = times.pop(1)
    label = int(rng.integers(4))
    others = [times[k] for k in rng.permutation(3)]
    return {
        "times": [*others[:label], right, *others[label:]],
        "label": label,
        "sharpness": round(2.0 + 0.5 * int(rng.integers(0, 9)), 1),
        "left": round(0.05 + 0.01 * int(rng.integers(0, 16)), 2),
    }


def _row(numbers):
    *most, last = (told(x) for x in numbers)
    return f"{', '.join(most)} and {last}"


def _build(own):
    times, label, sharpness, left = (own[name] for name in UNITS)
    late = [t - times[label] for k, t in enumerate(times) if k != label]
    rivals = [math.exp(-sharpness * t) for t in late]  # each against the right output

    def loss(rivals):
        return math.log(1 + sum(rivals)) / sharpness

    def lead(rivals, odds=(1 - left) / left):
        return math.log(odds * sum(rivals)) / sharpness

    right = np.array([loss(rivals), lead(rivals)])
    turned = [1 / one for one in rivals]
    return Number(
        id="6.2",
        title=EXERCISE.title,
        statement=(
            f"Four outputs race, and fire at `times` = {_row(times)}. The right one is number {label}, "
            f"counted from 0. The loss is that of chapter 17, with the sharpness β = {told(sharpness)}. How "
            "large is it? And how much earlier would the right output have to fire, the others as they are, "
            f"until the loss pulls at it with no more than {told(left)}, the size of its derivative by that "
            "time? To within 0.5 %."
        ),
        stub="race = [..., ...]  # loss; how much earlier, in units of time",
        variable=EXERCISE.variable,
        tolerance=0.005,
        solution=right,
        next_step=(
            "Let the loss be ten times as sharp. Which of your two numbers falls, and is that what somebody "
            "wants who reads the outputs by a slow clock?"
        ),
        mistakes=(
            Mistake(
                "later is better",
                np.array([loss(turned), lead(turned)]),
                "In your softmax the latest output has the largest share. The earliest one is to win, so the "
                "time has a minus before it.",
            ),
            Mistake(
                "loss not divided",
                np.array([right[0] * sharpness, right[1]]),
                "The second number is right. The loss is the logarithm divided by β, so that it is a time.",
            ),
            Mistake(
                "share",
                np.array([1 / (1 + sum(rivals)), right[1]]),
                "The second number is right. The first is the share of the right output. The loss is minus "
                "its logarithm, over β.",
            ),
            Mistake(
                "base 10",
                right / math.log(10),
                "Your logarithms have the base 10. Where a softmax is, they have the base e.",
            ),
            Mistake(
                "best rival alone",
                np.array([right[0], lead([max(rivals)])]),
                "The loss is right. For the second you raced against the first of the others alone. Each of "
                "them has a share.",
            ),
            Mistake(
                "share for pull",
                np.array([right[0], lead(rivals, left / (1 - left))]),
                "The loss is right. You let its share become that small. It is what is missing of 1 that "
                "pulls.",
            ),
            Mistake(
                "without the odds",
                np.array([right[0], lead(rivals, 1 / left)]),
                "The loss is right. You have divided by the small number alone. It is a share of all, the "
                "right one included: odds are one share over the other.",
            ),
            Mistake(
                "lead not divided",
                np.array([right[0], right[1] * sharpness]),
                "The loss is right. The second is β times the time that was asked for.",
            ),
            Mistake(
                "ahead of the first",
                np.array([right[0], right[1] + min(late)]),
                "The loss is right. This is by how much it is ahead of the fastest other one in the end. How "
                "much earlier than now is that?",
            ),
            Mistake(
                "reversed",
                right[::-1],
                "Both numbers are right, and have changed places: the loss is the first one.",
            ),
        ),
    )


EXERCISE = ClassExercise(
    grade_id="race",
    title="Who comes first",
    chapter=17,
    points=2,
    variable="race",
    parameters=_parameters,
    build=_build,
    comments=UNITS,
    answer=loss_and_lead,
)
