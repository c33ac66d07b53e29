"""Exercise 23.1, calculate then verify: how weights turn towards feedback that never learns."""

import math

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["TURNING"]

_UP, _FEEDBACK, _WANTED, _RATE = np.array([1.0, 0.0]), np.array([0.0, 1.0]), 1.0, 0.5


def _angles(
    rate: float = _RATE, at_once: bool = True, held: bool = False, uphill: bool = False
) -> np.ndarray:
    """The angle between the feedback and the weights up after each of three steps, in degrees."""
    below, up, found = np.zeros(2), _UP, []
    for _ in range(3):
        error = _WANTED if held else _WANTED - up @ below
        hidden = (-1.0 if uphill else 1.0) * rate * error * _FEEDBACK
        up = up + rate * error * (below if at_once else below + hidden)
        below = below + hidden
        found.append(math.degrees(math.atan2(up[0], up[1])))
    return np.array(found)


_ALL = _angles()
_RIGHT = _ALL[1:]  # 76.0 and 58.0

TURNING = Number(
    id="23.1",
    title="Told by the wrong unit",
    statement=(
        "A linear network has one input, always 1, two hidden units and one output, which should be 1. The "
        "output listens to the first hidden unit, $W^2 = (1, 0)$; the feedback tells the second, $B = (0, "
        "1)^\\top$. The weights of the input are 0. In every step all weights move at once, with rate 0.5, "
        "against what feedback alignment takes for the gradient of $(y - 1)^2/2$. At the start $B$ and "
        "$(W^2)^\\top$ are 90 degrees apart, and so are update and gradient of the hidden layer. What is the "
        "angle after the second step, and what after the third, in degrees? Work it out on paper."
    ),
    stub="angles = [..., ...]  # after the second step, after the third, in degrees",
    variable="angles",
    labels=("After the second step, in degrees", "After the third, in degrees"),
    tolerance=0.005,
    solution=_RIGHT,
    next_step=(
        "Nothing has moved B, and no weight has seen another one. Which product of the rule brings B into "
        "the weights of the output? Draw B anew before every step and follow it once more."
    ),
    mistakes=(
        Mistake(
            "one step behind",
            _ALL[:2],
            "These are the angles after the first step and the second. The first step moves only the lower "
            "weights, since the hidden units are still at 0.",
        ),
        Mistake(
            "nothing turns",
            np.full(2, 90.0),
            "In yours the weights of the output do not turn. They learn from what the hidden units say, and "
            "the second one says something since the first step.",
        ),
        Mistake(
            "new activities",
            _angles(at_once=False)[1:],
            "You have moved the lower weights first and let the output learn from what the hidden units say "
            "after that. All weights move at once.",
        ),
        Mistake(
            "error held",
            _angles(held=True)[1:],
            "The first is right. In the third step the error is no longer 1: the output says 0.25 by then.",
        ),
        Mistake(
            "without the half",
            _angles(2.0 * _RATE)[1:],
            "Your steps are twice as long. The loss has a factor of a half, so that its derivative is y - 1.",
        ),
        Mistake(
            "uphill",
            _angles(uphill=True)[1:],
            "Your lower weights go up: what they are told is B (y - 1), which is negative, and they move "
            "against it.",
        ),
        Mistake(
            "from the start",
            90.0 - _RIGHT,
            "This is how far the weights have turned. Wanted is how far they still are from B.",
        ),
        Mistake(
            "radians",
            np.radians(_RIGHT),
            "These are radians. Degrees are wanted.",
        ),
        Mistake(
            "cosine",
            np.cos(np.radians(_RIGHT)),
            "These are the cosines of the angles.",
        ),
        Mistake(
            "reversed",
            _RIGHT[::-1],
            "Both angles are right and stand in the opposite order: first that after the second step.",
        ),
    ),
)
