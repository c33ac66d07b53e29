"""A number from own parameters: angles of updates that know nothing, and of a gradient with noise."""

import math

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, told
from snnlab.course.exercises.kinds import Mistake, Number

UNITS = {"n_weights": "", "noise": "", "angle": "degrees"}


def scatter_angle_and_examples(n_weights, noise, angle):
    """A direction by chance; a gradient and noise beside it; then one example more at a time."""
    examples = 1
    while math.degrees(math.atan(noise / math.sqrt(examples))) > angle:
        examples += 1
    return [math.degrees(1 / math.sqrt(n_weights)), math.degrees(math.atan(noise)), examples]


def _parameters(rng):
    while True:
        own = {
            "n_weights": 100 * int(rng.integers(4, 60)),
            "noise": round(float(rng.uniform(2, 8)), 1),
            "angle": 20.0 + 1.0 * int(rng.integers(0, 26)),
        }
        needed = (own["noise"] / math.tan(math.radians(own["angle"]))) ** 2
        if 4 < needed < 190 and 0.05 < needed % 1 < 0.95:
            return own


def _build(own):
    n, noise, angle = (own[name] for name in UNITS)
    apart = math.degrees(math.acos(1 / math.sqrt(1 + noise**2)))
    beside = math.tan(math.radians(angle))  # the noise that is allowed, as a share of the gradient
    right = np.array([180 / math.pi / math.sqrt(n), apart, math.ceil((noise / beside) ** 2)])
    scatter, _, examples = right
    return Number(
        id="7.3",
        title=EXERCISE.title,
        statement=(
            f"A layer has {n} weights. Somebody draws updates for it at random, each weight by itself and "
            "from one normal distribution of mean 0. Their angles to the gradient scatter around 90 degrees: "
            "with which standard deviation, in degrees? A theory finds the gradient with noise. For one "
            "example its update is the gradient and, at a right angle to it, noise that is "
            f"{told(noise)} times as long; the noise of different examples is independent and keeps its "
            "size. What is the angle of such an update to the gradient, in degrees? And the mean over how "
            f"many examples, at the fewest, is {told(angle)} degrees from the gradient or less? To within "
            "0.5 %."
        ),
        stub="nudged = [..., ..., ...]  # scatter in degrees; angle in degrees; examples",
        variable=EXERCISE.variable,
        tolerance=0.005,
        solution=right,
        next_step=(
            "By which share of the best step does a step along the update of one example lower the loss? Is "
            "it worth to wait for more?"
        ),
        mistakes=(
            Mistake(
                "scatter in radians",
                right * [math.pi / 180, 1, 1],
                "Two are right. The first number is in radians. Wanted are degrees.",
            ),
            Mistake(
                "no root",
                right * [1 / math.sqrt(n), 1, 1],
                "Two are right. You have divided by the number of weights. The cosine of a random direction "
                "is as large as one over its root.",
            ),
            Mistake(
                "of a right angle",
                right * [math.pi / 2, 1, 1],
                "Two are right. You have divided the right angle by the root. It is a radian: near 90 "
                "degrees the angle moves as the cosine does.",
            ),
            Mistake(
                "lengths added",
                np.array([scatter, math.degrees(math.acos(1 / (1 + noise))), examples]),
                "Two are right. For the angle you have added the two lengths. They stand at a right angle, "
                "so their squares add up.",
            ),
            Mistake(
                "upside down",
                np.array([scatter, math.degrees(math.atan(1 / noise)), examples]),
                "Two are right. This is the angle between the update and the noise.",
            ),
            Mistake(
                "angle in radians",
                right * [1, math.pi / 180, 1],
                "Two are right. The angle is in radians. Wanted are degrees.",
            ),
            Mistake(
                "noise falls with the number",
                np.array([scatter, apart, math.ceil(noise / beside)]),
                "Two are right. You let the noise of the mean fall with the number of examples. It falls "
                "with the root of it.",
            ),
            Mistake(
                "sine",
                np.array([scatter, apart, math.ceil((noise / math.sin(math.radians(angle))) ** 2)]),
                "Two are right. For the examples you have taken the sine of the angle. Noise over gradient "
                "is its tangent.",
            ),
            Mistake(
                "in proportion to the angle",
                np.array([scatter, apart, math.ceil((apart / angle) ** 2)]),
                "Two are right. You let the angle itself fall with the root of the number. It is its tangent "
                "that does.",
            ),
        ),
    )


EXERCISE = ClassExercise(
    grade_id="nudged",
    title="Off the gradient",
    chapter=23,
    points=3,
    variable="nudged",
    parameters=_parameters,
    build=_build,
    comments=UNITS,
    answer=scatter_angle_and_examples,
)
