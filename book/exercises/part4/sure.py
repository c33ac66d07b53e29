"""A number from own parameters: how long to count until it is sure, and what a reset to zero never says."""

import math

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, told
from snnlab.course.exercises.kinds import Mistake, Number

UNITS = {"scale": "", "within": "", "activation": ""}


def steps_and_what_stays(scale, within, activation):
    """Count on until half a spike is small enough, then fill a neuron until it fires."""
    steps, interval = 1, 1
    while scale / steps / 2 > within:
        steps += 1
    while interval * activation / scale < 1:
        interval += 1
    return [steps, activation - scale / interval]


def _far_from_whole(x):
    return 0.1 < x % 1 < 0.9


def _parameters(rng):
    while True:
        scale = round(1.5 + 0.1 * int(rng.integers(0, 36)), 1)
        within = round(0.02 + 0.005 * int(rng.integers(0, 13)), 3)
        activation = round(scale * float(rng.uniform(0.16, 0.95)), 2)
        if _far_from_whole(scale / within / 2) and _far_from_whole(scale / activation):
            return {"scale": scale, "within": within, "activation": activation}


def _build(variant):
    scale, within, activation = (variant[name] for name in UNITS)
    long, interval = scale / within / 2, math.ceil(scale / activation)
    steps, off = math.ceil(long), activation - scale / interval
    return Number(
        id="4.3",
        title=EXERCISE.title,
        statement=(
            "A neuron in the first layer of a converted network gets a constant input. The scale of its "
            f"layer is {told(scale)}, its threshold 1; it starts at half of that, and a spike takes 1 away. "
            f"The activation that is meant may be any number from 0 to {told(scale)}. How many steps do you "
            "have to count, at the fewest, until you may be sure that what the count says is off by "
            f"{told(within)} or less? Then the reset of this neuron is changed: a spike sets the potential "
            f"to 0. An activation of {told(activation)} is meant. By how much will the count fall short of "
            "it in the end, however long it goes on?"
        ),
        stub="counted = [..., ...]  # steps until it is sure; what is missing with the reset to 0",
        variable=EXERCISE.variable,
        tolerance=0.004,
        solution=np.array([steps, off]),
        next_step=(
            "Is there an activation for which this neuron is right with either reset? Find all of them."
        ),
        mistakes=(
            Mistake(
                "from an empty neuron",
                np.array([math.ceil(2 * long), off]),
                "The second number is right. So many steps does a neuron need that starts from 0. From half "
                "a threshold the count is rounded and not cut off.",
            ),
            Mistake(
                "scale forgotten in the steps",
                np.array([math.ceil(0.5 / within), off]),
                "The second number is right. A spike of this layer is worth the scale over the number of "
                "steps, and not 1 over it.",
            ),
            Mistake(
                "rounded down",
                np.array([math.floor(long), off]),
                "The second number is right. With so many steps half a spike is still a little more than "
                "what is allowed: round up.",
            ),
            Mistake(
                "not whole",
                np.array([long, off]),
                "The second number is right. Steps are whole; with which whole number is half a spike small "
                "enough?",
            ),
            Mistake(
                "in spikes a step",
                np.array([steps, off / scale]),
                "The steps are right. The second number is in spikes a step; each of them is worth the "
                "scale.",
            ),
            Mistake(
                "scale forgotten in the reset",
                np.array([steps, activation - 1 / math.ceil(1 / activation)]),
                "The steps are right. For the second you filled the neuron with the activation itself. It "
                "gets the activation divided by the scale.",
            ),
            Mistake(
                "what it says",
                np.array([steps, activation - off]),
                "The steps are right. The second number is what the count says; how much is missing is "
                "asked for.",
            ),
            Mistake(
                "a step too early",
                np.array([steps, activation - scale / (interval - 1)]),
                "The steps are right. For the second you let the neuron fire a step too early: the "
                "threshold is not reached yet then.",
            ),
            Mistake(
                "nothing is lost",
                np.array([steps, 0.0]),
                "The steps are right. Nothing is missing in the end if a spike takes 1 away. A reset to 0 "
                "throws away what lies above the threshold.",
            ),
            Mistake(
                "share",
                np.array([steps, off / activation]),
                "The steps are right. The second number is a share of the activation; the difference itself "
                "is asked for.",
            ),
        ),
    )


EXERCISE = ClassExercise(
    grade_id="sure",
    title="Told by a count",
    chapter=13,
    points=2,
    variable="counted",
    parameters=_parameters,
    build=_build,
    comments=UNITS,
    answer=steps_and_what_stays,
)
