"""Exercise 27.5, the inverse problem: which rule makes a weight settle where it does, and as fast."""

import math

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["SETTLED"]

_X1, _END, _HALF = 44.0, 176.0, 22.0  # the trace, where the weight settles, spikes to the half of that
_A, _B = 3.0, 5.0


def _with_loss(loss: float) -> np.ndarray:
    """Both exponents, if a spike takes this part of the weight and it settles where it does."""
    b = -math.log2(loss)
    return np.array([b - math.log2(_END / _X1), b])


SETTLED = Number(
    id="27.5",
    title="Which rule was it?",
    statement=(
        "A weight is learned by a rule of the form `dw = 2^-a*x1*y0 - 2^-b*y0*w`, with whole numbers a and "
        "b. It starts at 0, and whenever the compartment fires, x1 is 44. On average over many such "
        "synapses it is 88 after 22 spikes and stays at 176 in the end. Which numbers are a and b?"
    ),
    stub="answer = [..., ...]  # a, b",
    variable="answer",
    labels=("a", "b"),
    tolerance=0.002,  # both are whole: 2.99, which comes of a loss without steps, is not 3
    solution=np.array([_A, _B]),
    next_step=(
        "Suppose that x1 is 44 at one half of the spikes and 0 at the other: where does the weight settle "
        "then? The weights of a compartment are a mean image of what makes it fire."
    ),
    mistakes=(
        Mistake(
            "exchanged",
            np.array([_B, _A]),
            "You have exchanged a and b. By this rule the weight settles where 2^-5 of the trace is as much "
            "as 2^-3 of the weight, at 11.",
        ),
        Mistake(
            "the other way",
            np.array([_B + 2.0, _B]),
            "Your b is right. But where gain and loss are equal, the weight would be a quarter of the trace, "
            "11; it is to be four times the trace.",
        ),
        Mistake(
            "the trace",
            np.array([_B, _B]),
            "Your b is right. With a the same, gain and loss would be equal at a weight of 44, the trace "
            "itself.",
        ),
        Mistake(
            "half of the end",
            np.array([_B - 1.0, _B]),
            "Your b is right. By this a the weight settles at 88, where it stands after 22 spikes.",
        ),
        Mistake(
            "too slow",
            np.array([_A + 1.0, _B + 1.0]),
            "It does settle at 176. But each spike goes a 64th of what is missing, and half of the way takes "
            "44 spikes.",
        ),
        Mistake(
            "too fast",
            np.array([_A - 1.0, _B - 1.0]),
            "It does settle at 176. But each spike goes a 16th of what is missing, and half of the way takes "
            "11 spikes.",
        ),
        Mistake(
            "straight line",
            _with_loss(0.5 / _HALF),
            "It does settle at 176. You shared half of the way out evenly among 22 spikes. Each goes a part "
            "of what is still missing, so the first ones go farther.",
        ),
        Mistake(
            "time constant",
            _with_loss(1 / _HALF),
            "It does settle at 176. After 1/2^-b spikes about 37 % of the way is missing; after 22 it is a "
            "half.",
        ),
        Mistake(
            "without steps",
            _with_loss(math.log(2) / _HALF),
            "You let the weight move without steps, as e to the power of −22·2^-b. It goes its part once a "
            "spike, and a and b are whole.",
        ),
        Mistake(
            "gain of one spike",
            np.array([math.log2(_X1 * _HALF / (_END / 2)), _B]),
            "Your b is right. Your a is what 22 equal gains would have to be, without a loss. Where the "
            "weight stays, gain and loss are equal.",
        ),
        Mistake(
            "the parts",
            np.array([2.0**-_A, 2.0**-_B]),
            "These are the constants. What is wanted is the a of 2^-a and the b of 2^-b.",
        ),
        Mistake(
            "the inverse parts",
            np.array([2.0**_A, 2.0**_B]),
            "You found which part is gained and lost, one 8th and one 32nd. What is wanted is the a of 2^-a "
            "and the b of 2^-b.",
        ),
        Mistake(
            "minus",
            np.array([-_A, -_B]),
            "The minus stands in the rule already: it says 2^-a and 2^-b.",
        ),
    ),
)
