"""Exercise 26.3, sketch then plot: what is left of a weight, by two conventions."""

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number
from snnlab.loihi import BRIAN2_LOIHI, LAVA, Synapse, stored_weights

__all__ = ["STORED"]

_W, _BITS = np.array([-43.0, 43.0]), 5
_BOTH = [stored_weights(_W, Synapse(bits=_BITS), convention) for convention in (BRIAN2_LOIHI, LAVA)]

STORED = Number(
    id="26.3",
    title="What is stored?",
    statement=(
        "The weights of a group have both signs, and 5 bits each, one of them for the sign. Sketch what is "
        "stored against what was wanted, from −64 to 64: once by truncation towards zero, as brian2-loihi "
        "has it, and once rounded down, as lava has it. Then read off both stairs: what becomes of −43 and "
        "of 43 by truncation, and what when rounded down?"
    ),
    stub="stored = [..., ..., ..., ...]  # −43 and 43 by truncation, −43 and 43 rounded down",
    variable="stored",
    labels=("−43 by truncation", "43 by truncation", "−43 rounded down", "43 rounded down"),
    tolerance=0.001,
    solution=np.concatenate(_BOTH).astype(float),
    choices=True,
    next_step=(
        "Rounded down, every weight loses something, so the whole group is shifted by half a stair. What "
        "does that do to a neuron with a hundred inputs?"
    ),
    mistakes=(
        Mistake(
            "to the nearest",
            np.array([-48.0, 48.0, -48.0, 48.0]),
            "The stairs are 16 wide, and you went to the nearest. Neither rule does: truncation goes "
            "towards zero, and rounding down goes down for both signs.",
        ),
        Mistake(
            "sign bit forgotten",
            np.array([-40.0, 40.0, -48.0, 40.0]),
            "Your stairs are 8 wide, which is right for weights of one sign. The sign takes one of the 5 "
            "bits, so 4 are left for the magnitude, and a stair is twice as wide.",
        ),
        Mistake(
            "swapped",
            np.array([-48.0, 32.0, -32.0, 32.0]),
            "The two rules are swapped: truncation brings −43 nearer to zero, rounding down takes it away "
            "from zero.",
        ),
        Mistake(
            "always towards zero",
            np.array([-32.0, 32.0, -32.0, 32.0]),
            "Truncation is right. Rounded down, −43 goes to the next stair below it, which is further from "
            "zero.",
        ),
        Mistake(
            "as wanted",
            np.array([-43.0, 43.0, -43.0, 43.0]),
            "Only multiples of the width of a stair can be stored, and 43 is none of them.",
        ),
        Mistake(
            "away from zero",
            np.array([-32.0, 32.0, -48.0, 48.0]),
            "Truncation is right, and so is the third number. Rounded down is down for both signs: 43 goes "
            "to the stair below it, not away from zero.",
        ),
        Mistake(
            "both rounded down",
            np.array([-48.0, 32.0, -48.0, 32.0]),
            "The last two are right. Truncation drops the lowest bits of the magnitude, so −43 goes towards "
            "zero.",
        ),
        Mistake(
            "stairs of 8 bits",
            np.array([-42.0, 42.0, -44.0, 42.0]),
            "Your stairs are 2 wide, as with 8 bits. Each of the three bits that are missing makes them "
            "twice as wide.",
        ),
    ),
)
