"""A number from own parameters: when a neuron fires again, and how that follows its only weight."""

import math

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, told
from snnlab.course.exercises.kinds import Mistake, Number

UNITS = {"weight": "thresholds", "tau_m": "ms", "tau_s": "ms"}


def second_spike_and_slope(weight, tau_m, tau_s):
    """Forwards to the second spike, then its adjoints back to the input."""
    x = (1 + math.sqrt(1 - 4 / weight)) / 2  # exp(-s/tau_m) from the input to the first spike
    first = weight * x**2  # the current there
    y = (1 + math.sqrt(1 - 4 / first)) / 2  # and from there to the second
    second = first * y**2
    of_v, of_i = 1 / (second - 1), 0.0
    of_v, of_i = of_v * y, of_i * y**2 + 2 * of_v * (y - y**2)
    of_v *= first / (first - 1)  # the slope of the potential after the reset over that before
    of_i = of_i * x**2 + 2 * of_v * (x - x**2)
    return [-tau_m * math.log(x * y), -tau_s * of_i]


def _parameters(rng):
    tau_s = 5.0 + 0.5 * int(rng.integers(0, 21))
    x = rng.uniform(0.83, 0.92)
    return {"weight": round(float(1 / (x - x**2)), 2), "tau_m": 2 * tau_s, "tau_s": tau_s}


def _build(variant):
    weight, tau_m, tau_s = (variant[name] for name in UNITS)

    def root(current, side=1):
        """What is left of exp(-s/tau_m) when the threshold is met; on the other side it falls through it."""
        return (1 + side * math.sqrt(1 - 4 / current)) / 2

    def follows(left, current):
        """The derivative of that by the current: current (left − left²) is 1."""
        return (left**2 - left) / current / (1 - 2 * left)

    x = root(weight)
    first, by_weight = weight * x**2, follows(x, weight)
    y = root(first)
    begins = -tau_m / x * by_weight  # the derivative of the first spike time
    current_follows = x**2 + 2 * weight * x * by_weight
    shortens = -tau_m / y * follows(y, first)  # that of the interval, by its current
    time, slope = -tau_m * math.log(x * y), begins + shortens * current_follows

    def without_jump(factor):
        of_v = y / (first * y**2 - 1) * factor
        of_i = 2 / (first * y**2 - 1) * (y - y**2)
        return -tau_s * (of_i * x**2 + 2 * of_v * (x - x**2))

    return Number(
        id="6.1",
        title=EXERCISE.title,
        statement=(
            f"A leaky neuron with `tau_m` = {told(tau_m)} ms and `tau_s` = {told(tau_s)} ms gets one input "
            f"spike, at 0 ms: its current jumps from 0 to the weight, {told(weight)}, and decays with "
            "`tau_s`. Its threshold is 1. At a spike the potential is set to 0, and the current goes on. "
            "Where the potential is 0 and the current I, the potential a time s later is "
            "$I (e^{-s/\\tau_m} - e^{-s/\\tau_s})$. When does the neuron fire for the second time, in ms? "
            "And what is the derivative of that time by the weight, in ms? To within 0.5 %."
        ),
        stub="again = [..., ...]  # time of the second spike in ms; its derivative by the weight in ms",
        variable=EXERCISE.variable,
        tolerance=0.005,
        solution=np.array([time, slope]),
        next_step=(
            "Lower the weight until the second spike is lost. What does its derivative do on the way, and "
            "does that of the first spike do it, too?"
        ),
        mistakes=(
            Mistake(
                "first spike",
                np.array([-tau_m * math.log(x), begins]),
                "These are time and derivative of the first spike. The neuron fires again.",
            ),
            Mistake(
                "interval",
                np.array([-tau_m * math.log(y), slope]),
                "The derivative is right. The first number is the time from the first spike to the second; "
                "from the input on is wanted.",
            ),
            Mistake(
                "twice the first",
                np.array([-2 * tau_m * math.log(x), 2 * begins]),
                "You have let the second interval be like the first. The current has decayed until then, and "
                "the neuron takes longer.",
            ),
            Mistake(
                "falling",
                np.array([-tau_m * math.log(x * root(first, -1)), slope]),
                "The derivative is right. At your time the potential would fall through the threshold, if it "
                "were not reset. It rises through it before.",
            ),
            Mistake(
                "factor forgotten",
                np.array([time, without_jump(1.0)]),
                "The time is right. On your way back nothing happens at the first spike. The adjoint of the "
                "potential jumps there: the slope after the reset over that before it.",
            ),
            Mistake(
                "factor upside down",
                np.array([time, without_jump((first - 1) / first)]),
                "The time is right. The factor of the jump is upside down: the slope of the potential after "
                "the reset over that before it.",
            ),
            Mistake(
                "first spike held",
                np.array([time, shortens * x**2]),
                "The time is right. For the derivative you have held the first spike where it is. It comes "
                "earlier itself, and its current is another one then.",
            ),
            Mistake(
                "current held",
                np.array([time, begins]),
                "The time is right. This is the derivative of the first spike. With more weight the interval "
                "after it gets shorter, too.",
            ),
            Mistake(
                "interval's derivative",
                np.array([time, shortens * current_follows]),
                "The time is right. This is how the interval follows the weight. It also begins earlier.",
            ),
            Mistake(
                "sign",
                np.array([time, -slope]),
                "The time is right, and so is the size of the derivative. With more weight the spike comes "
                "earlier.",
            ),
            Mistake(
                "by the logarithm",
                np.array([time, weight * slope]),
                "The time is right. The second number is weight times derivative, what a change in per cent "
                "does.",
            ),
            Mistake(
                "reversed",
                np.array([slope, time]),
                "Both numbers are right, and have changed places: the time is the first one.",
            ),
        ),
    )


EXERCISE = ClassExercise(
    grade_id="again",
    title="It fires again",
    points=3,
    variable="again",
    parameters=_parameters,
    build=_build,
    comments=UNITS,
    answer=second_spike_and_slope,
)
