"""Exercise 23.3, the inverse problem: how many weights there are, told by updates that know nothing."""

import math

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["KNOWS_NOTHING"]

_SPREAD, _ANGLE = 2.56, 84.0  # degrees
_EPROP = 1090  # weights in the chapter: ten neurons hear a hundred inputs and one another


def _told(weights: float = math.degrees(1.0) ** 2 / _SPREAD**2, share: float | None = None) -> np.ndarray:
    share = math.cos(math.radians(_ANGLE)) if share is None else share
    return np.array([weights, (90.0 - _ANGLE) / _SPREAD, share])


_RIGHT = _told()  # 501, 2.34 and 0.105
_WEIGHTS, _AWAY, _SHARE = _RIGHT

KNOWS_NOTHING = Number(
    id="23.3",
    title="Ninety, give or take",
    statement=(
        "Somebody draws updates of a layer at random, a thousand of them, and finds angles to the "
        "gradient of 90 ± 2.56 degrees (mean and standard deviation). About how many weights has the "
        "layer? A theory's update is at 84 degrees: how many standard deviations is that from knowing "
        "nothing? And a small step against it lowers the loss; by which fraction of what a step of the "
        "same length against the gradient does? All to within 1 %."
    ),
    stub="numbers = [..., ..., ...]  # weights, standard deviations, fraction",
    variable="numbers",
    labels=("Weights", "Standard deviations", "Fraction"),
    tolerance=0.01,
    solution=_RIGHT,
    next_step=(
        "These draws move each weight by itself. What comes down through random feedback does not: for the "
        f"{_EPROP} weights of the network with spikes below your formula says "
        f"{math.degrees(_EPROP**-0.5):.1f} degrees, and its ten seeds spread more than ten times as "
        "far. So what is chance for a theory's update? Ask feedback that is drawn anew."
    ),
    mistakes=(
        Mistake(
            "degrees for radians",
            _told(1.0 / _SPREAD**2),
            "You have put degrees into 1 over the root of n, which is in radians. There are 57.3 degrees to "
            "a radian.",
        ),
        Mistake(
            "not squared",
            _told(math.degrees(1.0) / _SPREAD),
            "The others are right. The spread goes as 1 over the root of n: square the first.",
        ),
        Mistake(
            "share of 90 degrees",
            _told((90.0 / _SPREAD) ** 2),
            "The others are right. You have compared the spread with 90 degrees. Compare it with a radian, "
            "57.3.",
        ),
        Mistake(
            "two directions",
            _told(2.0 * _WEIGHTS),
            "The others are right. You have counted the weights twice: two random directions spread no more "
            "than a random one around a fixed one.",
        ),
        Mistake(
            "mean of a thousand",
            np.array([_WEIGHTS, _AWAY * math.sqrt(1000.0), _SHARE]),
            "The others are right. You have taken the error of the mean. One update is to be compared with "
            "the spread of single ones.",
        ),
        Mistake(
            "from 0",
            np.array([_WEIGHTS, _ANGLE / _SPREAD, _SHARE]),
            "The others are right. Who knows nothing is at 90 degrees and not at 0: how far is 84 from "
            "there?",
        ),
        Mistake(
            "sine",
            _told(share=math.sin(math.radians(_ANGLE))),
            "The others are right. The sine says how much of the step goes to the side. What goes along the "
            "gradient is the cosine.",
        ),
        Mistake(
            "share of the angle",
            _told(share=(90.0 - _ANGLE) / 90.0),
            "The others are right. You have taken the share of 90 degrees. How much of a step goes along a "
            "direction is the cosine.",
        ),
        Mistake(
            "cosine squared",
            _told(share=_SHARE**2),
            "The others are right. You have squared the cosine. To first order the loss falls by gradient "
            "times step, with one cosine.",
        ),
        Mistake(
            "cosine of degrees",
            _told(share=math.cos(_ANGLE)),
            "The others are right. Your cosine has taken 84 for radians.",
        ),
        Mistake(
            "in per cent",
            _told(share=100.0 * _SHARE),
            "The others are right. The last is a fraction; this is in per cent.",
        ),
    ),
)
