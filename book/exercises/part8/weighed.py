"""A number from own parameters: the most probable weight of a coin, and how sure it is."""

import math

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, told
from snnlab.course.exercises.kinds import Mistake, Number

UNITS = {"silent": "", "fired": "", "heard_silent": "", "heard_fired": ""}


def weight_and_error(silent, fired, heard_silent, heard_fired):
    """The difference of the two log odds; each count of bins adds its share to the variance."""
    weight = math.log(heard_fired / heard_silent) - math.log(fired / silent)
    return [weight, math.sqrt(1 / silent + 1 / fired + 1 / heard_silent + 1 / heard_fired)]


def _parameters(rng):
    bins, heard = 50 * int(rng.integers(12, 31)), 10 * int(rng.integers(10, 21))
    fired, heard_fired = round(bins * rng.uniform(0.06, 0.14)), round(heard * rng.uniform(0.2, 0.4))
    numbers = bins - fired, fired, heard - heard_fired, heard_fired
    return dict(zip(UNITS, map(int, numbers), strict=True))


def _build(variant):
    silent, fired, heard_silent, heard_fired = (variant[name] for name in UNITS)
    right = np.array(weight_and_error(silent, fired, heard_silent, heard_fired))
    weight, error = right
    share, heard_share = fired / (silent + fired), heard_fired / (heard_silent + heard_fired)
    return Number(
        id="8.1",
        title=EXERCISE.title,
        statement=(
            "A logistic coin has the potential γ, and γ + w in a bin in which it hears a synapse. Where it "
            f"heard nothing, it fired in {told(fired)} bins (`fired`) and was silent in {told(silent)} "
            f"(`silent`). Where it heard the synapse, it fired in {told(heard_fired)} bins (`heard_fired`) "
            f"and was silent in {told(heard_silent)} (`heard_silent`). Which w makes that most probable? And "
            "what is its standard error, from the curvature of the log-likelihood at the maximum, γ being "
            "fitted, too? To within 0.5 %."
        ),
        stub="weighed = [..., ...]  # w; its standard error",
        variable=EXERCISE.variable,
        tolerance=0.005,
        solution=right,
        next_step=(
            "Record for four times as long. How much smaller is the standard error? And which of the four "
            "counts is worth most, if you may record more bins of one kind alone?"
        ),
        mistakes=(
            Mistake(
                "shares for odds",
                np.array([math.log(heard_share / share), error]),
                "The error is right. You have taken the logarithm of the shares. The logistic link has that "
                "of the odds: bins with a spike over bins without.",
            ),
            Mistake(
                "potential",
                np.array([math.log(heard_fired / heard_silent), error]),
                "The error is right. This is the potential where the synapse is heard. The weight is what is "
                "added to γ.",
            ),
            Mistake(
                "turned round",
                np.array([-weight, error]),
                "The error is right, and so is the size of w. Where the synapse is heard a spike is "
                "likelier, so w is positive.",
            ),
            Mistake(
                "difference of shares",
                np.array([heard_share - share, error]),
                "The error is right. You have taken the difference of two probabilities. Take that of the "
                "two potentials.",
            ),
            Mistake(
                "γ known",
                np.array([weight, math.sqrt(1 / heard_silent + 1 / heard_fired)]),
                "The weight is right. Your error is that of a neuron whose γ is known. It is fitted, too, "
                "and is not sure either.",
            ),
            Mistake(
                "γ alone",
                np.array([weight, math.sqrt(1 / silent + 1 / fired)]),
                "The weight is right. Your error is that of γ. The bins in which the synapse is heard belong "
                "to it as well.",
            ),
            Mistake(
                "variance",
                np.array([weight, error**2]),
                "The weight is right. The second is the variance. Its root is the standard error.",
            ),
            Mistake(
                "errors added",
                np.array([
                    weight,
                    math.sqrt(1 / silent + 1 / fired) + math.sqrt(1 / heard_silent + 1 / heard_fired),
                ]),
                "The weight is right. You have added two standard errors. Variances add up, and the root is "
                "taken of their sum.",
            ),
            Mistake(
                "of the shares",
                np.array([
                    weight,
                    math.sqrt(
                        share * (1 - share) / (silent + fired)
                        + heard_share * (1 - heard_share) / (heard_silent + heard_fired)
                    ),
                ]),
                "The weight is right. This is the error of a difference of two probabilities. The weight is "
                "one of potentials, which bend the likelihood by p (1 - p) a bin.",
            ),
            Mistake(
                "spikes alone",
                np.array([weight, math.sqrt(1 / fired + 1 / heard_fired)]),
                "The weight is right. For the error you count the spikes alone. Bins without one belong to "
                "the odds, too.",
            ),
            Mistake(
                "reversed",
                right[::-1],
                "Both numbers are right, and have changed places: w comes first.",
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
    answer=weight_and_error,
)
