"""The inverse problem: when a neuron has spoken, told by its threshold at two moments."""

import math

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, told
from snnlab.course.exercises.kinds import Mistake, Number

UNITS = {"at_first": "", "later": "ms", "then": "", "fired": "spikes", "each": ""}


def memory_and_moment(at_first, later, then, fired, each):
    """What is above 0.01 fades; follow it back to where all spikes had just been added."""
    tau = later / math.log((at_first - 0.01) / (then - 0.01))
    return [tau, tau * math.log(fired * each / (at_first - 0.01))]


def _parameters(rng):
    fired, each = 3 + int(rng.integers(0, 8)), round(float(rng.uniform(0.01, 0.05)), 3)
    tau, ago = float(rng.uniform(300, 1500)), float(rng.uniform(0.3, 1.1))
    later = 50.0 * int(rng.integers(3, 12))
    raised = fired * each * math.exp(-ago)
    return {
        "at_first": round(0.01 + raised, 5),
        "later": later,
        "then": round(0.01 + raised * math.exp(-later / tau), 5),
        "fired": fired,
        "each": each,
    }


def _build(own):
    at_first, later, then, fired, each = (own[name] for name in UNITS)

    def answer(rest=0.01, begins=fired * each):
        steep = (math.log(at_first - rest) - math.log(then - rest)) / later
        return np.array([1 / steep, (math.log(begins) - math.log(at_first - rest)) / steep])

    right = answer()
    tau, ago = right
    return Number(
        id="7.1",
        title=EXERCISE.title,
        statement=(
            "An adaptive neuron has the threshold 0.01 when it has been silent for very long. Each spike "
            f"raises it by {told(each)}, and what has been added fades with a time constant that you do not "
            f"know. At some moment the neuron fired {fired} spikes, so fast that nothing faded meanwhile, "
            f"and then fell silent. Now its threshold is {told(at_first)}, and {told(later)} ms later it is "
            f"{told(then)}. With which time constant does it fade, in ms? And how many ms before now did the "
            "neuron fire? To within 0.5 %."
        ),
        stub="recall = [..., ...]  # time constant in ms; ms before now",
        variable=EXERCISE.variable,
        tolerance=0.005,
        solution=right,
        next_step="If you knew the time constant, and not how often it fired: what could you still say?",
        mistakes=(
            Mistake(
                "all of it fades",
                answer(rest=0.0),
                "In yours the whole threshold fades. The 0.01 are there for good.",
            ),
            Mistake(
                "base 10",
                np.array([tau * math.log(10), ago]),
                "The second number is right. For the time constant you have taken the logarithm to base 10.",
            ),
            Mistake(
                "half-life",
                np.array([tau * math.log(2), ago]),
                "The second number is right. The first is after how long half is left of it.",
            ),
            Mistake(
                "upside down",
                np.array([-tau, -ago]),
                "Both have the right size. The fraction in your logarithm is upside down.",
            ),
            Mistake(
                "one spike",
                answer(begins=each),
                "The time constant is right. You have gone back to where one spike had been added. All of "
                "them were.",
            ),
            Mistake(
                "down to the second reading",
                np.array([tau, ago + later]),
                "The time constant is right. You have counted from the second reading. Now is the first one.",
            ),
            Mistake(
                "up to the threshold",
                np.array([tau, tau * math.log((0.01 + fired * each) / at_first)]),
                "The time constant is right. For the moment you have let the whole threshold fade. Only what "
                "lies above 0.01 does.",
            ),
            Mistake(
                "reversed",
                right[::-1],
                "Both numbers are right, and have changed places: the time constant is the first one.",
            ),
        ),
    )


EXERCISE = ClassExercise(
    grade_id="recall",
    title="What a threshold remembers",
    chapter=19,
    points=2,
    variable="recall",
    parameters=_parameters,
    build=_build,
    comments=UNITS,
    answer=memory_and_moment,
)
