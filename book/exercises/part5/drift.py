"""A number from own parameters: how fast chance pulls a weight down, and when a synapse stands still."""

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, told
from snnlab.course.exercises.kinds import Mistake, Number

UNITS = {"r_in": "Hz", "r_out": "Hz", "a": "", "ratio": "", "tau_ms": "ms", "w_0": "of its range"}


def pulled_down(r_in, r_out, a, ratio, tau_ms, w_0):
    """Speed of the weight in 1/s, and the seconds until it is at 0."""
    speed = r_in * r_out * a * (1 - ratio) * tau_ms / 1000
    return [speed, -w_0 / speed]


def _parameters(rng):
    return {
        "r_in": 10.0 + 5.0 * int(rng.integers(0, 9)),
        "r_out": 6.0 + 2.0 * int(rng.integers(0, 10)),
        "a": round(0.002 + 0.001 * int(rng.integers(0, 9)), 3),
        "ratio": round(1.05 + 0.01 * int(rng.integers(0, 16)), 2),
        "tau_ms": 10.0 + 5.0 * int(rng.integers(0, 5)),
        "w_0": round(0.3 + 0.1 * int(rng.integers(0, 7)), 1),
    }


def _build(variant):
    r_in, r_out, a, ratio, tau_ms, w_0 = (variant[name] for name in UNITS)
    speed, seconds = pulled_down(**variant)
    grown, only = r_in * r_out * a * tau_ms / 1000, r_in * r_out * a * ratio * tau_ms / 1000
    return Number(
        id="5.3",
        title=EXERCISE.title,
        statement=(
            f"An input fires at {told(r_in)} Hz and the neuron at {told(r_out)} Hz, both at random, "
            "and neither knows of the other. The largest potentiation of a pair is $A_+$ = "
            f"{told(a)}, depression is larger by the factor α = {told(ratio)}, both time constants "
            f"are {told(tau_ms)} ms, and all pairs count. By how much does the weight change in one "
            "second on average, with its sign? And after how many seconds has it come from "
            f"{told(w_0)} down to 0? To within 1 %."
        ),
        stub="drift = [..., ...]  # change in one second; seconds until the weight is 0",
        variable=EXERCISE.variable,
        tolerance=0.01,
        solution=np.array([speed, seconds]),
        next_step=(
            "Twice the output rate, and it falls twice as fast. Why do all synapses of a neuron pay the "
            "same tax?"
        ),
        mistakes=(
            Mistake(
                "sign",
                np.array([-speed, seconds]),
                "The weight falls, since depression is the stronger half: the change is negative.",
            ),
            Mistake(
                "milliseconds",
                np.array([1000 * speed, seconds / 1000]),
                "Your rates are in spikes a second and your time constant in ms. The window's area "
                "is A₊τ with τ in s.",
            ),
            Mistake(
                "growth only",
                np.array([grown, w_0 / grown]),
                "This is the potentiation alone. The depression takes back more than that.",
            ),
            Mistake(
                "loss only",
                np.array([-only, w_0 / only]),
                "This is the depression alone. The potentiation gives most of it back.",
            ),
            Mistake(
                "output forgotten",
                np.array([speed / r_out, seconds * r_out]),
                "The neuron's own rate is missing. There are r_pre · r_post pairs a second for each "
                "second of the window.",
            ),
        ),
    )


EXERCISE = ClassExercise(
    grade_id="drift",
    title="Tax and income",
    chapter=21,
    points=2,
    variable="drift",
    parameters=_parameters,
    build=_build,
    comments=UNITS,
    answer=pulled_down,
)
