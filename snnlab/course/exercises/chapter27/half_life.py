"""Exercise 27.4, the inverse problem: how leaky a tag is."""

import math

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["HALF_LIFE"]

_TAG, _LEFT, _STEPS = 120.0, 54.3, 25.0
_K = 5.0

HALF_LIFE = Number(
    id="27.4",
    title="How leaky is it?",
    statement=(
        "In an emulator you see a tag of 120, and 25 epochs later, over many synapses, 54.3 on average. In "
        "the meantime nobody has fired. The rule of the tag contains a term `- 2^-k*u0*t`, with a whole "
        "number k. Which one?"
    ),
    stub="k = ...",
    variable="k",
    tolerance=0.005,
    solution=_K,
    next_step=(
        "A reward that comes 25 epochs late still finds almost half of the tag. With k = 7 it "
        "would find more "
        "than four fifths, and so would a reward that is meant for something else."
    ),
    mistakes=(
        Mistake(
            "minus",
            -_K,
            "The minus stands in the rule already: it says 2^-k.",
        ),
        Mistake(
            "straight line",
            -math.log2((1 - _LEFT / _TAG) / _STEPS),
            "You shared the loss out evenly. The term takes a part of what is left, so it takes "
            "less and less.",
        ),
        Mistake(
            "the leak",
            2.0**-_K,
            "{answer} is what the tag loses in an epoch. What is wanted is the k of 2^-k.",
        ),
        Mistake(
            "what stays",
            1 - 2.0**-_K,
            "{answer} is what an epoch leaves of the tag. The rest is lost, and is 2^-k.",
        ),
        Mistake(
            "steps",
            2.0**_K,
            "{answer} is about the number of epochs in which the tag falls to 1/e. It is 2 to "
            "the power of k.",
        ),
        Mistake(
            "one epoch",
            -math.log2(1 - _LEFT / _TAG),
            "You put the whole loss into one epoch. It took 25, and in each of them the same part was lost.",
        ),
    ),
)
