"""The inverse problem: how wide a surrogate is, told by a gradient, and which step makes the neuron fire."""

import math

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, told
from snnlab.course.exercises.kinds import Mistake, Number

UNITS = {"weight": "thresholds", "lifts": "times the weight", "told_so": "1/thresholds"}


def width_and_rate(weight, lifts, told_so):
    """The width by halving, and the step that ends where the potential is at the threshold."""
    low, high = 1e-9, 1e9
    for _ in range(300):
        width = math.sqrt(low * high)
        hump = (1 + (1 - lifts * weight) / width) ** -2
        low, high = (width, high) if 2 * hump * lifts < -told_so else (low, width)
    return [low, (weight - 1 / lifts) / told_so]


def _parameters(rng):
    """The hump is below 0.4, so that half of its factors, too, would be a height."""
    while True:
        weight, lifts = round(float(rng.uniform(0.15, 0.5)), 2), round(float(rng.uniform(1.6, 2.8)), 2)
        missing, width = 1 - lifts * weight, float(rng.uniform(0.05, 0.4))
        hump = (1 + missing / width) ** -2
        if 0.1 < missing < 0.8 and 0.04 < hump < 0.3:
            return {"weight": weight, "lifts": lifts, "told_so": -float(f"{2 * hump * lifts:.4g}")}


def _build(own):
    weight, lifts, told_so = (own[name] for name in UNITS)
    missing, size = 1 - lifts * weight, -told_so

    def answer(hump, distance=missing, root=True):
        height = math.sqrt(hump) if root else hump
        return np.array([distance * height / (1 - height), missing / lifts / size])

    right = answer(size / (2 * lifts))
    width, rate = right
    return Number(
        id="6.1",
        title=EXERCISE.title,
        statement=(
            f"A neuron has one input, of the weight {told(weight)}. At its highest its potential is `lifts` "
            f"= {told(lifts)} times the weight, in units of the threshold, so it stays silent: s = 0. It "
            "should have fired, and the loss is $(s - 1)^2$. A surrogate of height 1 stands for the "
            "derivative of the spike, with the hump of chapter 16, and the derivative of the loss by the "
            f"weight comes out as `told_so` = {told(told_so)}. How wide is the surrogate, in thresholds? And "
            "with which learning rate does one step of gradient descent bring the potential to the threshold "
            "at its highest? To within 0.5 %."
        ),
        stub="again = [..., ...]  # width in thresholds; learning rate",
        variable=EXERCISE.variable,
        tolerance=0.005,
        solution=right,
        next_step=(
            "Let the weight start at half of its value. How many steps with this learning rate would it take "
            "now, and which of them are the small ones?"
        ),
        mistakes=(
            Mistake(
                "factor 2",
                answer(size / lifts),
                "The learning rate is right. For the width you took the loss to have the slope −1 where the "
                "neuron is silent. The derivative of a square brings a 2.",
            ),
            Mistake(
                "by the potential",
                answer(size / 2),
                "The learning rate is right. You took the number for the derivative by the potential. By the "
                "weight it has another factor: how much the weight lifts.",
            ),
            Mistake(
                "not squared",
                answer(size / (2 * lifts), root=False),
                "The learning rate is right. Your hump is one over the bracket. It is one over its square.",
            ),
            Mistake(
                "distance from rest",
                answer(size / (2 * lifts), distance=1 - missing),
                "The learning rate is right. You have put the potential into the hump. What counts is how "
                "far it is from the threshold.",
            ),
            Mistake(
                "to the threshold in potentials",
                np.array([width, missing / size]),
                "The width is right. Your step makes the weight larger by what is missing of the potential. "
                "Each bit of weight lifts the potential by more.",
            ),
            Mistake(
                "from nothing",
                np.array([width, 1 / lifts / size]),
                "The width is right. This step would be the whole weight that fires it. A part of that is "
                "there already.",
            ),
            Mistake(
                "uphill",
                np.array([width, -rate]),
                "The width is right, and so is the size of the rate. A step goes against the derivative, "
                "which is below 0 here, so the rate is above 0.",
            ),
            Mistake(
                "step for rate",
                np.array([width, missing / lifts]),
                "The width is right. This is the step itself. It is the learning rate times the size of the "
                "derivative.",
            ),
            Mistake(
                "reversed",
                right[::-1],
                "Both numbers are right, and have changed places: the width is the first one.",
            ),
        ),
    )


EXERCISE = ClassExercise(
    grade_id="again",
    title="What a spike tells a weight",
    chapter=16,
    points=3,
    variable="again",
    parameters=_parameters,
    build=_build,
    comments=UNITS,
    answer=width_and_rate,
)
