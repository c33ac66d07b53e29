"""A number from own parameters: what a dead time does to chance."""

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, told
from snnlab.course.exercises.kinds import Mistake, Number

UNITS = {"rate": "Hz", "dead_time": "ms"}


def with_pause(rate, dead_time):
    """CV of the intervals, Fano factor of long windows, rate once the pause is over."""
    awake = 1 - rate * dead_time / 1000
    return [awake, awake**2, rate / awake]


def _parameters(rng):
    return {
        "rate": 30.0 + int(rng.integers(0, 61)),
        "dead_time": 2.5 + 0.5 * int(rng.integers(0, 9)),
    }


def _build(variant):
    rate, dead_time = variant["rate"], variant["dead_time"]
    cv, fano, awake = with_pause(rate, dead_time)
    raw = 1 - rate * dead_time
    return Number(
        id="2.1",
        title=EXERCISE.title,
        statement=(
            f"A neuron fires at {told(rate)} Hz, at random but for a dead time of {told(dead_time)} "
            "ms after each spike. What is the coefficient of variation of its intervals? What does "
            "its Fano factor tend to in very long windows? And at which rate, in Hz, does it fire "
            "once the pause is over? To within 1 %."
        ),
        stub="measures = [..., ..., ...]  # CV; Fano factor; rate in Hz once the pause is over",
        variable=EXERCISE.variable,
        tolerance=0.01,
        solution=np.array([cv, fano, awake]),
        next_step="With half the dead time, which of your three numbers would change most?",
        mistakes=(
            Mistake(
                "milliseconds",
                np.array([raw, raw**2, rate / raw]),
                "Your rate is in spikes a second and your dead time in ms. Bring both to one unit "
                "before you multiply: their product is the share of the time in which the neuron "
                "cannot fire.",
            ),
            Mistake(
                "fano for cv",
                np.array([cv, cv, awake]),
                "Two are right. In long windows the Fano factor of such a train is the square of the CV.",
            ),
            Mistake(
                "slower after the pause",
                np.array([cv, fano, rate * cv]),
                "Two are right. Once the pause is over the neuron fires at a higher rate than on "
                "average: the mean has the pauses in it.",
            ),
            Mistake(
                "pause forgotten",
                np.array([1.0, 1.0, rate]),
                "This is pure chance, without the pause. The pause takes some of the randomness away.",
            ),
            Mistake(
                "share of the pause",
                np.array([1 - cv, (1 - cv) ** 2, awake]),
                "The first number is the share of the time that the pauses take. The CV is what is "
                "left of 1.",
            ),
        ),
    )


EXERCISE = ClassExercise(
    grade_id="pause",
    title="Left to chance",
    chapter=5,
    points=3,
    variable="measures",
    parameters=_parameters,
    build=_build,
    comments=UNITS,
    answer=with_pause,
)
