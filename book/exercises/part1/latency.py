"""A number from own parameters: the time to the first spike."""

import math

from snnlab.course.classroom.parts import ClassExercise, told
from snnlab.course.exercises.kinds import Mistake, Number

UNITS = {"tau_m": "ms", "r_m": "MΩ", "v_rest": "mV", "v_th": "mV", "i": "nA"}


def latency(tau_m, r_m, v_rest, v_th, i):
    """From rest towards v_rest + r_m * i, until v_th is reached."""
    goal = r_m * i
    return tau_m * math.log(goal / (goal - (v_th - v_rest)))


def _parameters(rng):
    v_rest, rim = -70.0 + int(rng.integers(0, 11)), 10.0 + int(rng.integers(0, 9))
    r_m = 50.0 + 10.0 * int(rng.integers(0, 11))
    return {
        "tau_m": 12.0 + int(rng.integers(0, 29)),
        "r_m": r_m,
        "v_rest": v_rest,
        "v_th": v_rest + rim,
        "i": round(rim / r_m * float(rng.uniform(1.25, 1.9)), 3),
    }


def _build(variant):
    tau_m, r_m, v_rest, v_th, i = (variant[name] for name in UNITS)
    right, goal, rim = latency(**variant), r_m * i, v_th - v_rest
    return Number(
        id="1.1",
        title=EXERCISE.title,
        statement=(
            f"A leaky integrate-and-fire neuron rests at {told(v_rest)} mV. Its threshold is "
            f"{told(v_th)} mV, its time constant {told(tau_m)} ms, its resistance {told(r_m)} MΩ. At "
            f"time 0 a current of {told(i)} nA is switched on. After how many ms does it fire for the "
            "first time, to within 1 %?"
        ),
        stub="first_spike = ...  # ms",
        variable=EXERCISE.variable,
        unit="ms",
        tolerance=0.01,
        solution=right,
        next_step="Twice the current would more than halve this time. Why more?",
        mistakes=(
            Mistake(
                "upside down",
                -right,
                "Your time is negative, so the logarithm is that of a number below 1. Turn its fraction "
                "round.",
            ),
            Mistake(
                "no leak",
                tau_m * rim / goal,
                "{answer} ms is the time without a leak, at the speed of the first moment. The neuron "
                "leaks more the higher its potential, so it takes longer.",
            ),
            Mistake(
                "distance to the threshold",
                tau_m * math.log(goal / rim),
                "{answer} ms divides by the distance from rest to threshold. Divide by what is still "
                "missing when the potential is at the threshold.",
            ),
            Mistake(
                "time constant",
                tau_m,
                "{answer} ms is the time constant, after which 63 % of the way to where the "
                "potential is drawn are done. The threshold lies elsewhere.",
            ),
        ),
    )


EXERCISE = ClassExercise(
    grade_id="latency",
    title="The first spike",
    chapter=2,
    points=2,
    variable="first_spike",
    parameters=_parameters,
    build=_build,
    comments=UNITS,
    answer=latency,
)
