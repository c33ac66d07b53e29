"""The inverse problem: a weight that is told by one spike, its slope, and the last moment for a spike."""

import math

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, told
from snnlab.course.exercises.kinds import Mistake, Number

UNITS = {"time": "ms", "tau_m": "ms", "tau_s": "ms"}


def weight_slope_and_last(time, tau_m, tau_s):
    """The weight from the time, its slope from how steeply the potential rises, and the peak."""
    lifts = math.exp(-time / tau_m) - math.exp(-time / tau_s)
    rises = -math.exp(-time / tau_m) / tau_m + math.exp(-time / tau_s) / tau_s
    return [1 / lifts, -(lifts**2) / rises, math.log(tau_m / tau_s) * tau_m * tau_s / (tau_m - tau_s)]


def _parameters(rng):
    tau_s = 5.0 + 0.5 * int(rng.integers(0, 21))
    last = 2 * tau_s * math.log(2)
    return {"time": round(float(rng.uniform(0.3, 0.8)) * last, 2), "tau_m": 2 * tau_s, "tau_s": tau_s}


def _build(own):
    time, tau_m, tau_s = (own[name] for name in UNITS)
    x = math.exp(-time / tau_m)  # with a membrane twice as slow the current leaves its square
    weight = 1 / (x - x**2)
    slope = -tau_m * x * (1 - x) ** 2 / (2 * x - 1)
    last = tau_m * math.log(2)
    right = np.array([weight, slope, last])
    return Number(
        id="6.1",
        title=EXERCISE.title,
        statement=(
            f"A leaky neuron with `tau_m` = {told(tau_m)} ms and `tau_s` = {told(tau_s)} ms rests at 0 and "
            "has the threshold 1. It gets one input spike, at 0 ms, of the weight w: a time s later its "
            "potential is $w (e^{-s/\\tau_m} - e^{-s/\\tau_s})$, as long as it has not fired. "
            f"It fires at {told(time)} ms. How large is w? What is the derivative of the time of the spike "
            "by w, in ms? And the weight is made smaller and smaller: towards which moment does the spike "
            "move, in ms, just before it is lost? To within 0.5 %."
        ),
        stub="again = [..., ..., ...]  # weight; derivative by it in ms; last moment of a spike in ms",
        variable=EXERCISE.variable,
        tolerance=0.005,
        solution=right,
        next_step=(
            "What does the derivative do at this last moment, and what does a learning rule make of it?"
        ),
        mistakes=(
            Mistake(
                "sign",
                np.array([weight, -slope, last]),
                "Two are right, and of the derivative its size. With more weight the spike comes earlier.",
            ),
            Mistake(
                "not divided",
                np.array([weight, -(x - x**2), last]),
                "Two are right. The second number is how much the potential changes. Divide it by how "
                "steeply it rises at the spike.",
            ),
            Mistake(
                "weight too many",
                np.array([weight, slope * weight, last]),
                "Two are right. Your derivative is too large by the factor w. A bit of weight lifts the "
                "potential by less than itself, and the potential rises as steeply as w has it.",
            ),
            Mistake(
                "divided twice",
                np.array([weight, slope / weight, last]),
                "Two are right. You have divided by the weight once more. The potential at the spike is 1, "
                "whatever the weight.",
            ),
            Mistake(
                "membrane",
                np.array([weight, slope, tau_m]),
                "Two are right. The third is the time constant of the membrane. The last spike comes where "
                "the potential has its peak.",
            ),
            Mistake(
                "twice the peak",
                np.array([weight, slope, 2 * last]),
                "Two are right. The third is twice as late as the peak of the potential, at which the last "
                "spike comes.",
            ),
            Mistake(
                "one over the weight",
                np.array([1 / weight, slope, last]),
                "Two are right. The first is what a weight of 1 lifts the potential to. How much weight "
                "brings it to the threshold?",
            ),
            Mistake(
                "base 10",
                np.array([weight, slope, tau_m * math.log10(2)]),
                "Two are right. The third has the logarithm to base 10 in it, and the exponentials have the "
                "natural one.",
            ),
        ),
    )


EXERCISE = ClassExercise(
    grade_id="again",
    title="What a spike tells a weight",
    chapter=15,
    points=3,
    variable="again",
    parameters=_parameters,
    build=_build,
    comments=UNITS,
    answer=weight_slope_and_last,
)
