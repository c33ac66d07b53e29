"""The inverse problem: how soft a neuron is, told by its rate at the threshold, and its slope there."""

import math

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, told
from snnlab.course.exercises.kinds import Mistake, Number

UNITS = {"rate": "Hz", "tau_m": "ms", "t_ref": "ms"}


def softness_and_slope(rate, tau_m, t_ref):
    """The softness by halving, and the slope as chapter 14 has it."""

    def fires(gamma):
        return 1000 / (t_ref + tau_m * math.log1p(1 / (gamma * math.log(2))))

    low, high = 1e-6, 10.0
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if fires(middle) < rate else (low, middle)
    beyond = high * math.log(2)
    return [high, (rate / 1000) ** 2 * tau_m * 0.5 / (beyond * (1 + beyond)) * 1000]


def _parameters(rng):
    tau_m, t_ref = 10.0 + int(rng.integers(0, 31)), 1.0 + 0.5 * int(rng.integers(0, 7))
    gamma = float(rng.uniform(0.02, 0.3))
    rate = 1000 / (t_ref + tau_m * math.log(1 + 1 / (gamma * math.log(2))))
    return {"rate": round(rate, 1), "tau_m": tau_m, "t_ref": t_ref}


def _build(own):
    rate, tau_m, t_ref = (own[name] for name in UNITS)

    def beyond(pause=t_ref):
        """The soft distance from the threshold that makes it fire so often."""
        return 1 / math.expm1((1000 / rate - pause) / tau_m)

    def slope(rho, steep=0.5):
        return rate**2 / 1000 * tau_m * steep / (rho * (1 + rho))

    rho = beyond()
    right = np.array([rho / math.log(2), slope(rho)])
    softness, steep = right
    return Number(
        id="4.5",
        title=EXERCISE.title,
        statement=(
            "A network is trained with soft LIF neurons, as in chapter 14. At its threshold current such a "
            f"neuron fires at {told(rate)} Hz. Its membrane time constant is {told(tau_m)} ms, its "
            f"refractory time {told(t_ref)} ms. How large is its softness γ, in threshold currents? And how "
            "steep is its curve at the threshold current, in Hz per threshold current? To within 0.5 %."
        ),
        stub="known = [..., ...]  # softness; slope in Hz per threshold current",
        variable=EXERCISE.variable,
        tolerance=0.005,
        solution=right,
        next_step="Make the neuron half as soft. Is its curve at the threshold now steeper or flatter?",
        mistakes=(
            Mistake(
                "distance for softness",
                np.array([rho, steep]),
                "The slope is right. The first number is the soft distance from the threshold. At the "
                "threshold it is the softness times ln 2.",
            ),
            Mistake(
                "multiplied by ln 2",
                np.array([rho * math.log(2), steep]),
                "The slope is right. You have multiplied by ln 2 where you have to divide: the distance at "
                "the threshold is the smaller of the two.",
            ),
            Mistake(
                "no pause",
                np.array([beyond(0.0) / math.log(2), slope(beyond(0.0))]),
                "The refractory time is missing. What is left of the interval without it is the way up to "
                "the threshold.",
            ),
            Mistake(
                "above the threshold",
                np.array([softness, slope(rho, 1.0)]),
                "The softness is right. You let the soft distance rise as fast as the current. Right at the "
                "threshold it rises half as fast.",
            ),
            Mistake(
                "units of time",
                np.array([softness, steep / 1000]),
                "The softness is right. The slope is in spikes a millisecond, for each threshold current.",
            ),
            Mistake(
                "rate not squared",
                np.array([softness, steep / rate * 1000]),
                "The softness is right. In the slope the rate is squared: it is the derivative of one over "
                "an interval.",
            ),
            Mistake(
                "a factor forgotten",
                np.array([softness, steep * (1 + rho)]),
                "The softness is right. Your slope divides by the soft distance alone. The derivative of "
                "ln(1 + 1/ρ) has ρ (1 + ρ) below.",
            ),
            Mistake(
                "of the interval",
                np.array([softness, -tau_m * 0.5 / (rho * (1 + rho))]),
                "The softness is right. This is how the interval follows the current, in ms. That of the "
                "rate is wanted.",
            ),
            Mistake(
                "reversed",
                right[::-1],
                "Both numbers are right, and have changed places: the softness is the first one.",
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
    answer=softness_and_slope,
)
