"""A number from own parameters: one interval in the time of a model, with and without its bins."""

import math

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, told
from snnlab.course.exercises.kinds import Mistake, Number

UNITS = {"p": "", "r": ""}


def z_of_interval(p, r):
    """The hazards of the whole bins and a part of the last; without bins the probabilities themselves."""
    hazards = [-math.log(1 - chance) for chance in p]
    part = -math.log(1 - r * p[-1])
    return [1 - math.exp(-sum(hazards[:-1]) - part), 1 - math.exp(-sum(p))]


def _parameters(rng):
    p = [round(float(chance), 2) for chance in rng.uniform(0.08, 0.4, int(rng.integers(3, 6)))]
    return {"p": p, "r": round(float(rng.uniform(0.15, 0.6)), 2)}


def _build(variant):
    p, r = variant["p"], variant["r"]
    right = np.array(z_of_interval(p, r))
    corrected, naive = right
    hazard = [-math.log(1 - chance) for chance in p]
    part = -math.log(1 - r * p[-1])

    def z(interval):
        return 1 - math.exp(-interval)

    listed = ", ".join(told(chance) for chance in p)
    return Number(
        id="8.2",
        title=EXERCISE.title,
        statement=(
            "A model gives each bin a probability of a spike. After one spike of a recording these are, bin "
            f"by bin, `p` = [{listed}], and the next spike comes in the last of these bins. For the "
            "correction of bins each hazard is constant within its bin, and the place in the last bin is "
            f"drawn by the number `r` = {told(r)}, as in chapter 25. What is z of this interval, corrected "
            "for bins? And what would the naive test take for it? To within 0.5 %."
        ),
        stub="rescaled = [..., ...]  # z corrected for bins; z of the naive test",
        variable=EXERCISE.variable,
        tolerance=0.005,
        solution=right,
        next_step=(
            "Draw r a thousand times from 0 to 1. Between which two values does the corrected z lie? Which "
            "probabilities of the model do they belong to?"
        ),
        mistakes=(
            Mistake(
                "whole last bin",
                np.array([z(sum(hazard)), naive]),
                "The naive one is right. You have counted the whole last bin. The spike came somewhere in "
                "it: its part is drawn by `r`.",
            ),
            Mistake(
                "last bin left out",
                np.array([z(sum(hazard[:-1])), naive]),
                "The naive one is right. You have left out the last bin. A part of it belongs to the "
                "interval.",
            ),
            Mistake(
                "share of the hazard",
                np.array([z(sum(hazard[:-1]) + r * hazard[-1]), naive]),
                "The naive one is right. You have taken `r` times the hazard of the last bin. That a spike "
                "did come makes early places in the bin likelier: the part is −ln(1 − r p).",
            ),
            Mistake(
                "probabilities for hazards",
                np.array([z(sum(p[:-1]) + part), naive]),
                "The naive one is right. In the whole bins you count p. The hazard of a bin is −ln(1 − p).",
            ),
            Mistake(
                "probabilities throughout",
                np.array([z(sum(p[:-1]) + r * p[-1]), naive]),
                "The naive one is right. You count p and a share of it. The hazard of a bin is −ln(1 − p), "
                "and the part of the last −ln(1 − r p).",
            ),
            Mistake(
                "interval for z",
                np.array([sum(hazard[:-1]) + part, naive]),
                "The naive one is right. The first is the interval itself. z is 1 less the exponential of "
                "minus that.",
            ),
            Mistake(
                "both intervals",
                np.array([sum(hazard[:-1]) + part, sum(p)]),
                "These are the intervals in the time of the model. z is 1 less the exponential of minus each."
                "",
            ),
            Mistake(
                "what is left",
                1 - right,
                "These are 1 less what is wanted.",
            ),
            Mistake(
                "naive with hazards",
                np.array([corrected, z(sum(hazard))]),
                "The first is right. The naive test adds up the probabilities of the bins, and knows nothing "
                "of hazards.",
            ),
            Mistake(
                "naive with a part of the last bin",
                np.array([corrected, z(sum(p[:-1]) + r * p[-1])]),
                "The first is right. The naive test counts the bin of the spike as a whole.",
            ),
            Mistake(
                "naive without the last bin",
                np.array([corrected, z(sum(p[:-1]))]),
                "The first is right. For the naive test you have left out the bin of the spike. It counts as "
                "a whole.",
            ),
            Mistake(
                "interval of the naive test",
                np.array([corrected, sum(p)]),
                "The first is right. The second is the interval. z is 1 less the exponential of minus that.",
            ),
            Mistake(
                "reversed",
                right[::-1],
                "Both numbers are right, and have changed places: the corrected one comes first.",
            ),
        ),
    )


EXERCISE = ClassExercise(
    grade_id="rescaled",
    title="An interval in the time of a model",
    chapter=25,
    points=3,
    variable="rescaled",
    parameters=_parameters,
    build=_build,
    comments=UNITS,
    answer=z_of_interval,
)
