"""The inverse problem: the activation that was meant, from a count and what is left in the neuron."""

import math

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, told
from snnlab.course.exercises.kinds import Mistake, Number

UNITS = {"layer_scale": "", "watched": "steps", "seen": "spikes", "end": "thresholds"}


def meant_and_with_zero(layer_scale, watched, seen, end):
    """All that came in is in the spikes or in the neuron; then fill one that forgets what is too much."""
    each = (seen + end - 0.5) / watched
    interval = 1
    while interval * each < 1:
        interval += 1
    return [layer_scale * each, layer_scale / interval]


def _parameters(rng):
    while True:
        watched = 20 + int(rng.integers(0, 41))
        seen = int(rng.uniform(0.2, 0.9) * watched)
        end = round(0.05 + 0.01 * int(rng.integers(0, 91)), 2)
        own = {
            "layer_scale": round(1.5 + 0.1 * int(rng.integers(0, 36)), 1),
            "watched": watched,
            "seen": seen,
            "end": end,
        }
        each = (seen + end - 0.5) / watched
        if abs(end - 0.5) > 0.12 and 0.1 < (1 / each) % 1 < 0.9:
            return own


def _build(own):
    scale, steps, spikes, end = (own[name] for name in UNITS)

    def meant(start, end=end):
        return scale * (spikes + end - start) / steps

    activation = meant(0.5)
    rare = scale / math.ceil(scale / activation)
    right = np.array([activation, rare])
    return Number(
        id="4.3",
        title=EXERCISE.title,
        statement=(
            "In the first layer of a converted network a neuron without leak gets a constant input. Its "
            "threshold is 1, it starts at half of that, and a spike takes 1 away. The scale of its layer is "
            f"{told(scale)}. You watch it for {steps} steps, count {spikes} spikes, and find a potential of "
            f"{told(end)} at the end. Which activation was meant? Then its reset is changed, so that a spike "
            "sets the potential to 0, and it is watched for very long. Which activation does its rate say "
            "now? To within 0.5 %."
        ),
        stub="counted = [..., ...]  # activation that was meant; what the rate says with a reset to 0",
        variable=EXERCISE.variable,
        tolerance=0.005,
        solution=right,
        next_step="How many steps would you watch to know the activation as well from the count alone?",
        mistakes=(
            Mistake(
                "from an empty neuron",
                np.array([meant(0.0), rare]),
                "The second number is right. You let the neuron start from 0. Half a threshold was in it "
                "already.",
            ),
            Mistake(
                "what is left forgotten",
                np.array([meant(0.5, 0.5), rare]),
                "The second number is right. You have counted the spikes alone. What has come in since the "
                "last one is still in the neuron.",
            ),
            Mistake(
                "start added",
                np.array([meant(-0.5), rare]),
                "The second number is right. You have added what was in the neuron at the start. That has "
                "not come in: take it off.",
            ),
            Mistake(
                "end taken off",
                np.array([meant(0.5, -end), rare]),
                "The second number is right. You have taken off what is left in the neuron. It has come in "
                "as well.",
            ),
            Mistake(
                "scale forgotten",
                right / scale,
                "These are rates, in spikes a step. An activation is that times the scale of the layer.",
            ),
            Mistake(
                "nothing is lost",
                np.array([activation, activation]),
                "The first number is right. With a reset to 0 what lies above the threshold is lost, and the "
                "rate says less.",
            ),
            Mistake(
                "a step too early",
                np.array([activation, scale / max(1, math.floor(scale / activation))]),
                "The first number is right. For the second you let the neuron fire a step too early: the "
                "threshold is not reached yet then.",
            ),
            Mistake(
                "what is missing",
                np.array([activation, activation - rare]),
                "The first number is right. The second is by how much the rate falls short. What does it "
                "say?",
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
    answer=meant_and_with_zero,
)
