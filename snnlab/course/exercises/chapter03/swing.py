"""Exercise 3.5, calculate then verify: what a second push makes of a swing."""

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["SWING"]

_FREQ, _TAU = 20.0, 100.0  # Hz, ms
_PERIOD = 1000.0 / _FREQ  # ms
_LEFT = np.exp(-np.array([_PERIOD, _PERIOD / 2]) / _TAU)  # of the first swing, when the second spike comes
_SIGNS = np.array([1.0, -1.0])  # after half a period the point is on the other side
_FACTORS = 1.0 + _SIGNS * _LEFT

SWING = Number(
    id="3.5",
    title="Push the swing",
    statement=(
        "A resonate-and-fire neuron has $f$ = 20 Hz and τ = 100 ms. Two equal input spikes come a period "
        "apart, and it does not fire. How many times as large is its swing right after the second spike as "
        "right after the first? And if they come half a period apart? The swing is what stands before the "
        "sine."
    ),
    stub="factors = [..., ...]  # a whole period apart, half a period apart",
    variable="factors",
    labels=("A whole period apart", "Half a period apart"),
    tolerance=0.01,
    solution=_FACTORS,
    next_step=(
        "A neuron that rings for ever would come to 2 and 0: it would add up what comes in step with it, and "
        "forget the rest. How long may τ be, if the neuron is also to notice when the rhythm stops?"
    ),
    mistakes=(
        Mistake(
            "nothing dies away",
            np.array([2.0, 0.0]),
            "You let the first swing last for ever. How much of it is left when the second spike comes?",
        ),
        Mistake(
            "exchanged",
            _FACTORS[::-1],
            "These are the right numbers in the wrong order. When does the second push go the way the swing "
            "goes already?",
        ),
        Mistake(
            "never against",
            1.0 + _LEFT,
            "In half a period the swing has gone over to the other side. What does a push against it do?",
        ),
        Mistake(
            "one wait for both",
            1.0 + _SIGNS * _LEFT[0],
            "You let the first swing die away for a whole period both times. Half of that leaves more of it.",
        ),
        Mistake(
            "only what is left",
            _LEFT,
            "This is what is left of the first swing when the second spike comes. Add the second push, with "
            "its sign.",
        ),
        Mistake(
            "radians",
            1.0 + _SIGNS * np.exp(-np.array([_PERIOD, _PERIOD / 2]) / (2 * np.pi) / _TAU),
            "You took 1/ω for the period. A period is 2π/ω, or 1000 ms divided by f in Hz.",
        ),
        Mistake(
            "against the second",
            _SIGNS[::-1] * _LEFT + 1.0,
            "You turned the sign for the whole period. After a whole period the swing is back where it was.",
        ),
    ),
)
