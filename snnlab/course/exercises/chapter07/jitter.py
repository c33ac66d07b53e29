"""Exercise 7.3, sketch then plot: how much jitter a vector strength survives."""

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["JITTER"]

_PERIOD = 125.0
_LEFT = np.array([0.5, 0.1])
_RIGHT = _PERIOD / (2 * np.pi) * np.sqrt(-2 * np.log(_LEFT))

JITTER = Number(
    id="7.3",
    title="How loose may it be?",
    statement=(
        "A neuron fires at one phase of a rhythm of 125 ms, each spike early or late by a normal random "
        "number of standard deviation σ. Sketch its vector strength against σ, from 0 to 60 ms: how does "
        "the curve leave 1, and how does it approach 0? Then plot it: `s = np.linspace(0, 60)`, "
        '`plots.curves({"R": (s, np.exp(-2 * (np.pi * s / 125) ** 2))}, "jitter (ms)", "vector '
        'strength")`. At which σ is the vector strength 0.5, and at which 0.1, to within 2 %?'
    ),
    stub="sigma = [..., ...]  # ms, for 0.5 and for 0.1",
    variable="sigma",
    labels=("For 0.5", "For 0.1"),
    unit="ms",
    tolerance=0.02,
    solution=_RIGHT,
    next_step=(
        "With a jitter of a third of the period hardly anything is left. For a tone of 500 Hz that is less "
        "than a millisecond. What does it say about neurons that hear the phase of a tone?"
    ),
    mistakes=(
        Mistake(
            "reversed",
            _RIGHT[::-1],
            "Both are right and stand in the opposite order: first the one for 0.5.",
        ),
        Mistake(
            "two too many",
            _RIGHT / np.sqrt(2),
            "There is a 2 too many in the exponent: R = exp(−2 (π σ / T)²).",
        ),
        Mistake(
            "half a turn",
            _RIGHT * 2,
            "Twice too large: a full turn is 2π, so the jitter in radians is 2π σ / T.",
        ),
        Mistake(
            "share of the cycle",
            _RIGHT / _PERIOD,
            "These are shares of the cycle. Multiply by the period to get ms.",
        ),
        Mistake(
            "radians",
            _RIGHT * 2 * np.pi / _PERIOD,
            "These are angles in radians. A full turn, 2π, is 125 ms.",
        ),
        Mistake(
            "straight line",
            np.array([0.5, 0.9]) * 60,
            "This is a straight line from 1 at 0 to 0 at 60 ms. The curve leaves 1 flat and falls most "
            "steeply near σ = 20 ms.",
        ),
        Mistake(
            "no square root",
            _PERIOD / (2 * np.pi) * -2 * np.log(_LEFT),
            "A square root is missing: σ stands squared in the exponent.",
        ),
        Mistake(
            "no two",
            _RIGHT * np.sqrt(2),
            "You left out the 2 in the exponent: R = exp(−2 (π σ / T)²).",
        ),
        Mistake(
            "two pi",
            _RIGHT / 2,
            "Half of it. The exponent holds π σ / T, not 2π σ / T: its 2 stands before the square.",
        ),
        Mistake(
            "root forgotten",
            _PERIOD / np.pi * -np.log(_LEFT) / 2,
            "You solved for the square of σ / T and forgot the root.",
        ),
        Mistake(
            "log10",
            _RIGHT / np.sqrt(np.log(10)),
            "You took the logarithm to base 10. The curve is an exponential with base e: np.log.",
        ),
    ),
)
