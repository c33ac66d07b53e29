"""A number from own parameters: how brief a push may be, and how many ions cross the membrane for it."""

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, told
from snnlab.course.exercises.kinds import Mistake, Number

UNITS = {"capacitance": "µF/cm²", "current": "µA/cm²", "lift": "mV", "times": ""}
CHARGE = 1.602e-19  # C, of an ion


def duration_and_ions(capacitance, current, lift, times):
    """In µA, µF, mV and ms a charge is in nC; 1 cm² has 10⁸ µm²."""
    charge = capacitance * lift  # nC/cm²
    return [charge / current, times * charge * 1e-9 / 1.602e-19 / 1e8]


def _parameters(rng):
    return {
        "capacitance": round(0.7 + 0.05 * int(rng.integers(0, 13)), 2),
        "current": 20.0 + 1.0 * int(rng.integers(0, 31)),
        "lift": round(5 + 0.25 * int(rng.integers(0, 21)), 2),
        "times": round(2 + 0.5 * int(rng.integers(0, 17)), 1),
    }


def _build(own):
    capacitance, current, lift, times = (own[name] for name in UNITS)
    duration = capacitance * lift / current
    ions = times * capacitance * 1e-6 * lift * 1e-3 / CHARGE * 1e-8
    right = np.array([duration, ions])
    return Number(
        id="1.1",
        title=EXERCISE.title,
        statement=(
            f"An axon at rest fires if a brief current lifts its potential by {told(lift)} mV. Its membrane "
            f"has {told(capacitance)} µF/cm². The current is {told(current)} µA/cm², and nearly all of its "
            "charge stays on the membrane, since in so short a time the channels hardly move. For how many "
            "ms must it flow, at the least, for a first spike? "
            f"Later the membrane lets in {told(times)} times the charge of this push as sodium. An "
            f"ion carries 1.602e-19 C, and a cm² has 10⁸ µm². How many sodium ions cross each µm²? To within "
            "0.5 %."
        ),
        stub="first_spike = [..., ...]  # duration in ms; ions through a µm²",
        variable=EXERCISE.variable,
        tolerance=0.005,
        solution=right,
        next_step="And if the push is so weak that it has to last for 20 ms: why is this sum wrong then?",
        mistakes=(
            Mistake(
                "capacitance left out",
                np.array([lift / current, times * lift * 1e-9 / CHARGE * 1e-8]),
                "The capacitance is missing. The charge is capacitance times potential.",
            ),
            Mistake(
                "capacitance below",
                np.array([lift / current / capacitance, ions]),
                "The ions are right. For the duration you have divided by the capacitance. A membrane that "
                "holds more charge takes longer.",
            ),
            Mistake(
                "seconds",
                np.array([duration / 1000, ions]),
                "The ions are right. The duration is in s. µF times mV by µA is in ms.",
            ),
            Mistake(
                "upside down",
                np.array([1 / duration, ions]),
                "The ions are right. For the duration you have divided the current by the charge.",
            ),
            Mistake(
                "a square centimetre",
                np.array([duration, ions * 1e8]),
                "The duration is right. So many ions cross a whole cm². It has 10⁸ µm².",
            ),
            Mistake(
                "ten thousand",
                np.array([duration, ions * 1e4]),
                "The duration is right. You have taken 10⁴ µm² for a cm². That is how many µm a cm is long.",
            ),
            Mistake(
                "the push alone",
                np.array([duration, ions / times]),
                "The duration is right. These are the ions that the charge of the push is worth. The sodium "
                "is some times as much.",
            ),
            Mistake(
                "volts",
                np.array([duration, ions * 1000]),
                "The duration is right. For the ions you have taken the mV for V.",
            ),
        ),
    )


EXERCISE = ClassExercise(
    grade_id="latency",
    title="The first spike",
    chapter=1,
    points=2,
    variable="first_spike",
    parameters=_parameters,
    build=_build,
    comments=UNITS,
    answer=duration_and_ions,
)
