"""Exercise 27.4, the inverse problem: how leaky a tag is."""

import math

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["HALF_LIFE"]

_TAG, _LEFT, _STEPS = 120.0, 54.3, 25.0
_K = 5.0
_KEPT = (_LEFT / _TAG) ** (1 / _STEPS)  # of the tag in an epoch

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
    labels=("k",),
    tolerance=0.0038,  # k is whole: 4.98, which comes of a decay without steps, is not 5
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
            "straight line, rounded",
            _K + 1.0,
            "With k = 6 some 81 of the 120 would be left after 25 epochs. Did you share the loss out evenly, "
            "or round an exponent up?",
        ),
        Mistake(
            "too leaky",
            _K - 1.0,
            "With k = 4 no more than 24 of the 120 would be left after 25 epochs.",
        ),
        Mistake(
            "without steps",
            -math.log2(-math.log(_KEPT)),
            "You let the tag fade without steps, as e to the power of −25·2^-k. It loses its part once an "
            "epoch, and k is whole.",
        ),
        Mistake(
            "natural logarithm",
            -math.log(1 - _KEPT),
            "You found what is lost in an epoch and took its natural logarithm. k is an exponent of 2.",
        ),
        Mistake(
            "logarithm to base 10",
            -math.log10(1 - _KEPT),
            "You found what is lost in an epoch and took its logarithm to base 10. k is an exponent of 2.",
        ),
        Mistake(
            "halvings",
            math.log2(_TAG / _LEFT),
            "{answer} is how often the tag was halved in all. In each epoch it loses the part 2^-k.",
        ),
        Mistake(
            "half-life",
            _STEPS / math.log2(_TAG / _LEFT),
            "{answer} is the number of epochs in which the tag halves. Which part of it is lost in one?",
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
        Mistake(
            "one epoch, rounded",
            1.0,
            "With k = 1 a single epoch would halve the tag. It took 25 of them to lose a little more than a "
            "half.",
        ),
    ),
)
