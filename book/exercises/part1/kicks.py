"""A number from own parameters: the first kick that an adaptive threshold withstands."""

import math

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, told
from snnlab.course.exercises.kinds import Mistake, Number

UNITS = {"kick": "mV", "above": "mV above rest", "beta": "mV", "tau_a": "ms", "every": "ms"}


def kick_and_threshold(kick, above, beta, tau_a, every):
    """Kick by kick, until one is too weak."""
    raised, number = 0.0, 1
    while kick > above + raised:
        raised = (raised + beta) * math.exp(-every / tau_a)
        number += 1
    return [number, raised]


def _parameters(rng):
    """It withstands some kick, not by a hair, and not the second one already."""
    while True:
        above = 12.0 + 1.0 * int(rng.integers(0, 7))
        own = {
            "kick": round(above + 4 + 0.25 * int(rng.integers(0, 33)), 2),
            "above": above,
            "beta": round(1 + 0.1 * int(rng.integers(0, 31)), 1),
            "tau_a": 60.0 + 10.0 * int(rng.integers(0, 15)),
            "every": 10.0 + 1.0 * int(rng.integers(0, 21)),
        }
        most = own["beta"] / math.expm1(own["every"] / own["tau_a"])
        spare = own["kick"] - above
        if most < 1.1 * spare:
            continue
        number, raised = kick_and_threshold(**own)
        before = raised / math.exp(-own["every"] / own["tau_a"]) - own["beta"]
        if 4 <= number <= 12 and raised > spare + 0.15 and before < spare - 0.15:
            return own


def _build(own):
    kick, above, beta, tau_a, every = (own[name] for name in UNITS)
    left, spare = math.exp(-every / tau_a), kick - above

    def answer(number):
        """Raised by all spikes before this kick."""
        return np.array([number, beta * left * (1 - left ** (number - 1)) / (1 - left)])

    number = 1
    while answer(number)[1] < spare:
        number += 1
    right = answer(number)
    raised = right[1]
    piled = math.floor(spare / beta) + 2
    return Number(
        id="1.1",
        title=EXERCISE.title,
        statement=(
            f"A neuron gets a kick of current every {told(every)} ms, and each lifts its potential by "
            f"{told(kick)} mV; in the pause the membrane forgets the kick, and the spike. After a long "
            f"silence the threshold lies {told(above)} mV above rest. Each spike raises it by "
            f"{told(beta)} mV, and what it has been raised by sinks back with a time constant of "
            f"{told(tau_a)} ms. Which kick is the first at which the neuron does not fire, counted from 1? "
            "And how many mV above its resting value is the threshold just then? To within 0.5 %."
        ),
        stub="first_spike = [..., ...]  # number of the kick; mV above the resting threshold",
        variable=EXERCISE.variable,
        tolerance=0.005,
        solution=right,
        next_step="Does it fire at the next kick again? And how often does it fire in the long run?",
        mistakes=(
            Mistake(
                "nothing sinks",
                np.array([piled, beta * (piled - 1)]),
                "In yours the threshold never sinks. Between two kicks a part of what it was raised by is "
                "lost.",
            ),
            Mistake(
                "last kick that fires",
                answer(number - 1),
                "At this kick it fires for the last time. Which is the first that is too weak?",
            ),
            Mistake(
                "number of the spikes",
                np.array([number - 1, raised]),
                "The threshold is right. The first number is how often it has fired. The kick after that is "
                "the one.",
            ),
            Mistake(
                "counted from 0",
                np.array([number + 1, raised]),
                "The threshold is right. Your count of the kicks is one too large: the first one has the "
                "number 1.",
            ),
            Mistake(
                "right after the spike",
                np.array([number, raised / left]),
                "The kick is right. This is the threshold right after the last spike. Until the kick it has "
                "sunk.",
            ),
            Mistake(
                "above rest",
                np.array([number, above + raised]),
                "The kick is right. The second number is how far the threshold lies above the resting "
                "potential. Above its own resting value is asked for.",
            ),
            Mistake(
                "what is missing",
                np.array([number, above + raised - kick]),
                "The kick is right. The second number is by how much the kick is too weak.",
            ),
            Mistake(
                "only the last spike",
                np.array([number, beta * left]),
                "The kick is right. This is what the last spike has left. All spikes before it have left "
                "something, too.",
            ),
        ),
    )


EXERCISE = ClassExercise(
    grade_id="latency",
    title="The first spike",
    chapter=4,
    points=2,
    variable="first_spike",
    parameters=_parameters,
    build=_build,
    comments=UNITS,
    answer=kick_and_threshold,
)
