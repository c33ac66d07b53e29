"""A number from own parameters: what a second rate is worth to a model, and how surely it is another one."""

import math

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, told
from snnlab.course.exercises.kinds import Mistake, Number

UNITS = {"quiet_time": "s", "quiet_spikes": "", "loud_time": "s", "loud_spikes": ""}


def bits_and_error(quiet_time, quiet_spikes, loud_time, loud_spikes):
    """Both log-likelihoods at their maxima, and the root of what both counts leave open."""
    together = (quiet_spikes + loud_spikes) / (quiet_time + loud_time)
    gained = -quiet_spikes * math.log(together) - loud_spikes * math.log(together)
    for time, spikes in ((quiet_time, quiet_spikes), (loud_time, loud_spikes)):
        gained += spikes * math.log(spikes / time)
    error = math.sqrt(1 / quiet_spikes + 1 / loud_spikes)
    return [gained / math.log(2) / (quiet_spikes + loud_spikes), error]


def _parameters(rng):
    quiet_time, loud_time = (round(float(rng.uniform(4, 20)), 1) for _ in range(2))
    rate = rng.uniform(5, 20)
    return {
        "quiet_time": quiet_time,
        "quiet_spikes": int(quiet_time * rate),
        "loud_time": loud_time,
        "loud_spikes": int(loud_time * rate * rng.uniform(2, 5)),
    }


def _build(own):
    quiet_time, quiet, loud_time, loud = (own[name] for name in UNITS)
    time, spikes = quiet_time + loud_time, quiet + loud
    shares = np.array([quiet, loud]) / spikes, np.array([quiet_time, loud_time]) / time
    bits = float(shares[0] @ np.log2(shares[0] / shares[1]))
    error = math.sqrt(spikes / (quiet * loud))
    right = np.array([bits, error])
    return Number(
        id="8.1",
        title=EXERCISE.title,
        statement=(
            f"A neuron hears a quiet sound for {told(quiet_time)} s and fires {quiet} spikes, then a loud "
            f"one for {told(loud_time)} s and fires {loud}. One model gives it the same hazard all the time, "
            "another a hazard for each of the sounds; both forget what it has fired, bins are very narrow, "
            "and the hazards are the most probable ones. By how many bits per spike is the second model "
            "better? And the logarithm, to base e, of the ratio of its two hazards: what is its standard "
            "error? To within 0.5 %."
        ),
        stub="weighed = [..., ...]  # bits per spike; standard error",
        variable=EXERCISE.variable,
        tolerance=0.005,
        solution=right,
        next_step=(
            "With four times as long a recording of the same neuron, which of your two numbers changes?"
        ),
        mistakes=(
            Mistake(
                "nats",
                np.array([bits * math.log(2), error]),
                "The error is right. The first number is in nats. Bits have the logarithm to base 2.",
            ),
            Mistake(
                "all spikes",
                np.array([bits * spikes, error]),
                "The error is right. The first number is for all spikes together.",
            ),
            Mistake(
                "per second",
                np.array([bits * spikes / time, error]),
                "The error is right. The first number is in bits a second. It is wanted per spike.",
            ),
            Mistake(
                "mean of two rates",
                np.array([
                    float(shares[0] @ np.log2(np.array([quiet / quiet_time, loud / loud_time])))
                    - math.log2((quiet / quiet_time + loud / loud_time) / 2),
                    error,
                ]),
                "The error is right. For the hazard that never changes you took the mean of the two. The "
                "most probable one is all spikes by all of the time.",
            ),
            Mistake(
                "weighed by time",
                np.array([float(shares[1] @ np.log2(shares[1] / shares[0])), error]),
                "The error is right. You have weighed the logarithms by the times. Each spike brings the "
                "logarithm of its hazard.",
            ),
            Mistake(
                "variance",
                np.array([bits, error**2]),
                "The bits are right. The second number is the square of the error. Take the root.",
            ),
            Mistake(
                "errors added",
                np.array([bits, 1 / math.sqrt(quiet) + 1 / math.sqrt(loud)]),
                "The bits are right. You have added the two errors. They are independent, so their squares "
                "add up.",
            ),
            Mistake(
                "of all spikes",
                np.array([bits, 1 / math.sqrt(spikes)]),
                "The bits are right. This would be the error of the logarithm of one hazard for all. Of two, "
                "each is known by its own spikes.",
            ),
            Mistake(
                "reversed",
                right[::-1],
                "Both numbers are right, and have changed places: the bits come first.",
            ),
        ),
    )


EXERCISE = ClassExercise(
    grade_id="weighed",
    title="Fitted to spikes",
    chapter=25,
    points=2,
    variable="weighed",
    parameters=_parameters,
    build=_build,
    comments=UNITS,
    answer=bits_and_error,
)
