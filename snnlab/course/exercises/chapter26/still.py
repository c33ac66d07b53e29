"""Exercise 26.1, calculate then verify: where a voltage stands still under a bias."""

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number
from snnlab.loihi import Compartment, simulate_compartments

__all__ = ["STILL"]

_BIAS, _DECAY = 7, 128
_BAND = 4096 // _DECAY  # so many numbers lose the same
_END, _EARLIER = (
    simulate_compartments(np.zeros(2000), Compartment(0, decay, 131071), bias=bias).v[-1, 0]
    for decay, bias in ((_DECAY, _BIAS), (32, 3))
)

STILL = Number(
    id="26.1",
    title="Where does it stand still?",
    statement=(
        "A voltage on the chip starts at 0. It loses 128 of 4096 parts in each step, the remainder is "
        "dropped towards zero, and then a bias of 7 is added. There is no other input, and the threshold is "
        "far away. At which number does the voltage stand still?"
    ),
    stub="still = ...",
    variable="still",
    labels=("It stands still at",),
    tolerance=0.001,
    solution=float(_END),
    next_step=(
        "It takes a loss of 7 to stand still, and a voltage loses 7 as soon as it is above 6 times 32. Now "
        "take a bias of 1. Where does that one stop?"
    ),
    mistakes=(
        Mistake(
            "in real numbers",
            float(_BIAS * _BAND),
            "{answer} is where a real number would go, 7 · 4096/128. On the chip each loss is rounded up, "
            "so the voltage stands still as soon as it loses 7.",
        ),
        Mistake(
            "the last gain forgotten",
            float((_BIAS - 1) * _BAND),
            "At {answer} exactly the voltage loses 6 and gains 7. It is not yet standing.",
        ),
        Mistake(
            "the neuron above",
            float(_EARLIER),
            "{answer} is where the neuron of the chapter's beginning stands still. It loses 32 parts and "
            "gains 3; this one loses 128 and gains 7.",
        ),
        Mistake(
            "one band",
            float(_BAND),
            "From 1 to {answer} the voltage loses 1 in each step, and it gains 7. It goes on.",
        ),
        Mistake(
            "the first step",
            float(_BIAS),
            "{answer} is the voltage after the first step. It then loses 1 and gains {answer} again.",
        ),
        Mistake(
            "before the bias",
            float(_END) - _BIAS,
            "{answer} is what the decay leaves of the voltage, before the bias is added. A step ends after "
            "the bias.",
        ),
    ),
)
