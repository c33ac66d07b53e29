"""The inverse problem: the window of a synapse, from two measurements of it."""

import math

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, told
from snnlab.course.exercises.kinds import Mistake, Number

UNITS = {"pairs": "", "near": "ms", "by_near": "", "far": "ms", "by_far": ""}


def window_of_growth(pairs, near, by_near, far, by_far):
    """Two points of an exponential, for each pair."""
    tau_grow = (far - near) / math.log(by_near / by_far)
    return [tau_grow, by_near / pairs * math.exp(near / tau_grow)]


def _parameters(rng):
    pairs, near = 10 * int(rng.integers(4, 10)), 4.0 + 1.0 * int(rng.integers(0, 9))
    far = near + 8.0 + 1.0 * int(rng.integers(0, 17))
    largest, tau = float(rng.uniform(0.002, 0.008)), float(rng.uniform(10, 30))
    by_near, by_far = (float(f"{pairs * largest * math.exp(-t / tau):.4g}") for t in (near, far))
    return {"pairs": pairs, "near": near, "by_near": by_near, "far": far, "by_far": by_far}


def _build(own):
    pairs, near, by_near, far, by_far = (own[name] for name in UNITS)
    steep = math.log(by_near / by_far) / (far - near)  # of the logarithm
    right = np.array([1 / steep, (by_near**far / by_far**near) ** (1 / (far - near)) / pairs])
    tau, largest = right
    return Number(
        id="5.1",
        title=EXERCISE.title,
        statement=(
            "Somebody measures the learning window of a synapse. The presynaptic spike comes first, and "
            f"{pairs} such pairs follow one another so slowly that they do not touch. With "
            f"{told(near)} ms between the two spikes the weight has grown by {told(by_near)} in the end, "
            f"with {told(far)} ms by {told(by_far)}. The rule is the additive one of chapter 20, and no "
            "bound is near. What is the time constant of this side of the window, in ms? And by how much "
            "does a single pair make the weight grow if hardly any time lies between its spikes? To within "
            "0.5 %."
        ),
        stub="pairing = [..., ...]  # time constant in ms; growth by one pair",
        variable=EXERCISE.variable,
        tolerance=0.005,
        solution=right,
        next_step="Which third measurement would tell you that the window is no exponential?",
        mistakes=(
            Mistake(
                "base 10",
                np.array([tau * math.log(10), by_near / pairs * math.exp(near / tau / math.log(10))]),
                "You have taken the logarithm to base 10. The window is an exponential to base e.",
            ),
            Mistake(
                "straight line",
                np.array([
                    near + by_near * (far - near) / (by_near - by_far),
                    (by_near + near * (by_near - by_far) / (far - near)) / pairs,
                ]),
                "You have drawn a straight line through both measurements. The window is an exponential.",
            ),
            Mistake(
                "all pairs",
                np.array([tau, largest * pairs]),
                "The time constant is right. The second number is for all pairs together.",
            ),
            Mistake(
                "at the nearer distance",
                np.array([tau, by_near / pairs]),
                "The time constant is right. This is what a pair does at the nearer of the two distances. "
                "Follow the window back to 0.",
            ),
            Mistake(
                "away from 0",
                np.array([tau, by_near / pairs * math.exp(-near / tau)]),
                "The time constant is right. You have followed the window away from 0. Towards 0 it grows.",
            ),
            Mistake(
                "upside down",
                np.array([1 / tau, largest]),
                "The second number is right. The first is one over the time constant.",
            ),
            Mistake(
                "half of it",
                np.array([tau * math.log(2), largest]),
                "The second number is right. The first is after how many ms half is left. After the time "
                "constant it is one over e.",
            ),
            Mistake(
                "reversed",
                right[::-1],
                "Both numbers are right, and have changed places: the time constant is the first one.",
            ),
        ),
    )


EXERCISE = ClassExercise(
    grade_id="spikes",
    title="What pairs do",
    chapter=20,
    points=2,
    variable="pairing",
    parameters=_parameters,
    build=_build,
    comments=UNITS,
    answer=window_of_growth,
)
