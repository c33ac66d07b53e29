"""Exercise 27.3, sketch then plot: how far a window reaches that counts in whole numbers."""

import math

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["WINDOW"]

_TOP, _KEPT = 16.0, 0.9  # what a pair adds at Δt = 0 from above, and what a step leaves of it


def _first_below(level: float, top: float = _TOP, kept: float = _KEPT) -> float:
    """The first whole Δt at which top · kept^Δt is below `level`."""
    return float(math.floor(math.log(level / top) / math.log(kept)) + 1)


WINDOW = Number(
    id="27.3",
    title="As far as the window reaches",
    statement=(
        "Sketch, for Δt from −60 to 60 steps, what a pair adds under `dw = 2^-2*x1*y0 - 2^-2*x0*y1` if both "
        "traces have an impulse of 64 and a step leaves 0.9 of them. Then plot it: `d = np.arange(-60, 61)`, "
        '`plots.curves({"whole numbers": (d, pairing_change(delta_t=d, rng=np.random.default_rng(1))'
        '.mean(axis=0)), "real numbers": (d, pairing_change_real(delta_t=d))}, "Δt (steps)", "change")`. At '
        "which is the first positive Δt at which a pair adds less than half a weight on average, so that "
        "rounding to the nearest number would see nothing?"
    ),
    stub="steps = ...",
    variable="steps",
    labels=("Steps",),
    unit="steps",
    tolerance=0.002,
    solution=_first_below(0.5),
    next_step=(
        "Beyond it each pair still adds its mean: one synapse in two, in three, in ten moves by one. How far "
        "would the window reach if the trace itself were rounded to the nearest number?"
    ),
    mistakes=(
        Mistake(
            "between two steps",
            math.log(0.5 / _TOP) / math.log(_KEPT),
            "{answer} is where the curve crosses a half. Δt goes in whole steps: which is the first below?",
        ),
        Mistake(
            "a place in the array",
            60.0 + _first_below(0.5),
            "{answer} is a place in the array `d`, which begins at −60. Which Δt stands there?",
        ),
        Mistake(
            "the other side",
            -_first_below(0.5),
            "On the left side the pair takes away. Wanted is the first positive Δt, post after pre.",
        ),
        Mistake(
            "the first of all",
            -60.0,
            "At −60 a pair takes away, and that is less than a half, too. Look at positive Δt only.",
        ),
        Mistake(
            "exponential",
            _first_below(0.5, kept=math.exp(-0.1)),
            "You took e^(-Δt/10). Here a step leaves 1 - 1/10 of a trace, which is a little less.",
        ),
        Mistake(
            "of the trace",
            _first_below(0.5, top=64.0),
            "{answer} is where the trace falls below a half. The term adds a quarter of the trace.",
        ),
        Mistake(
            "half of the top",
            _first_below(8.0),
            "{answer} is where the window has fallen to half of its height. What is wanted is half a weight.",
        ),
        Mistake(
            "less than one",
            _first_below(1.0),
            "From {answer} steps on a pair adds less than one. Rounding to the nearest number "
            "sees everything "
            "down to a half.",
        ),
        Mistake(
            "one after",
            _first_below(0.5) + 1.0,
            "At {answer} it is less than a half, but so it is a step earlier. The mean over whole numbers is "
            "still a little noisy: read it off the curve of real numbers, or calculate it.",
        ),
        Mistake(
            "one before",
            _first_below(0.5) - 1.0,
            "At {answer} a pair still adds a little more than a half: 0.9 to the power of "
            "{answer}, times 16.",
        ),
    ),
)
