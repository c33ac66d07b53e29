"""The inverse problem: a gradient and a weight, told by two nudges of a network that settles."""

import math

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, told
from snnlab.course.exercises.kinds import Mistake, Number

UNITS = {"weak": "", "by_weak": "", "strong": "", "by_strong": ""}


def gradient_and_weight(weak, by_weak, strong, by_strong):
    """What is found is G k / (k + beta), with k = 1 - w squared: both from two of them."""
    stiff = (strong * by_strong - weak * by_weak) / (by_weak - by_strong)
    return [by_weak * (stiff + weak) / stiff, math.sqrt(1 - stiff)]


def _parameters(rng):
    weight, gradient = rng.uniform(0.4, 0.8), rng.uniform(0.5, 4.0)
    weak, strong = round(float(rng.uniform(0.05, 0.15)), 2), round(float(rng.uniform(0.4, 0.7)), 2)
    stiff = 1 - weight**2
    by_weak, by_strong = (round(float(gradient * stiff / (stiff + b)), 4) for b in (weak, strong))
    return {"weak": weak, "by_weak": by_weak, "strong": strong, "by_strong": by_strong}


def _build(variant):
    weak, by_weak, strong, by_strong = (variant[name] for name in UNITS)
    falls = (by_weak - by_strong) / (strong - weak)
    stiff = (strong * by_strong - weak * by_weak) / (by_weak - by_strong)
    gradient, weight = by_weak * (1 + weak / stiff), math.sqrt(1 - stiff)
    right = np.array([gradient, weight])
    return Number(
        id="7.3",
        title=EXERCISE.title,
        statement=(
            "A linear network settles: its hidden unit is $h = w_1 x + w_2 y$, its output, which is nudged "
            "to t with strength β, $y = (w_2 h + \\beta t)/(1 + \\beta)$. Equilibrium propagation takes "
            "$(h_0 - h_\\beta)\\, x / \\beta$ for the gradient by $w_1$, where $h_0$ is the hidden unit "
            f"without a nudge. With β = {told(weak)} it finds {told(by_weak)}, with β = {told(strong)} it "
            f"finds {told(by_strong)}. Nobody tells you x, t or a weight; $w_2$ is positive. What would it "
            "find for β → 0? And how large is $w_2$? To within 0.5 %."
        ),
        stub="nudged = [..., ...]  # what it would find for β → 0; w_2",
        variable=EXERCISE.variable,
        tolerance=0.005,
        solution=right,
        next_step=(
            "Nudge once more, as weakly and away from the target, and take the mean of the two. By how much "
            "does that miss the gradient here?"
        ),
        mistakes=(
            Mistake(
                "straight line",
                np.array([by_weak + weak * falls, weight]),
                "The weight is right. You have followed a straight line to 0. What is found goes as one over "
                "β and a constant.",
            ),
            Mistake(
                "the weaker nudge",
                np.array([by_weak, weight]),
                "The weight is right. Even the weaker nudge finds too little. What would be found for β → 0?",
            ),
            Mistake(
                "in proportion",
                np.array([by_weak * (1 + weak), weight]),
                "The weight is right. You have multiplied by 1 + β. The feedback makes the output give way "
                "more. With k = 1 less the square of the weight, multiply by 1 + β/k.",
            ),
            Mistake(
                "squared weight",
                np.array([gradient, 1 - stiff]),
                "The first number is right. The second is the square of the weight.",
            ),
            Mistake(
                "what is left of 1",
                np.array([gradient, stiff]),
                "The first number is right. The second is 1 less the square of the weight. Solve that for "
                "the weight.",
            ),
            Mistake(
                "not squared",
                np.array([gradient, 1 - math.sqrt(stiff)]),
                "The first number is right. You have squared 1 less the weight. The constant is 1 less its "
                "square.",
            ),
            Mistake(
                "root alone",
                np.array([gradient, math.sqrt(stiff)]),
                "The first number is right. You have taken the root of the constant. It is 1 less the square "
                "of the weight.",
            ),
            Mistake(
                "square added",
                np.array([gradient, math.sqrt(1 + stiff)]),
                "The first number is right. A network whose w_2 is above 1 would not settle. The constant is "
                "1 less its square.",
            ),
            Mistake(
                "reversed",
                right[::-1],
                "Both numbers are right, and have changed places: what is found for β → 0 comes first.",
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
    answer=gradient_and_weight,
)
