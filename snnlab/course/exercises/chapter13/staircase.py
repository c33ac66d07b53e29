"""Exercise 13.2, sketch then plot: the staircase of a reset to zero."""

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["STAIRCASE"]

_RIGHT = np.array([1 / 3, 0.2, 0.5])

STAIRCASE = Number(
    id="13.2",
    title="A staircase",
    statement=(
        "The threshold is 1, the reset is to zero, and the neuron starts from 0. Sketch its rate, in spikes "
        "a step, against a constant input a from 0 to 1, and beside it the rate a that is meant. Then plot "
        'both: `a = np.linspace(0.01, 1, 500)`, `plots.curves({"to zero": (a, zero_reset_rate(a)), "meant": '
        '(a, a)}, "input", "spikes a step")`. Which rate has the input 0.45? From which input on does it '
        "fire every fifth step? And how far below a may the rate lie at worst, a distance that it approaches "
        "but never reaches?"
    ),
    stub="numbers = [..., ..., ...]  # rate at 0.45, input, distance",
    variable="numbers",
    labels=("Rate at 0.45", "Input", "Distance"),
    tolerance=0.01,
    solution=_RIGHT,
    next_step=(
        "The worst place is just below 1, where the neuron needs two steps for what should be one. Averaged "
        "over all inputs it misses 0.145. Would a lower threshold help?"
    ),
    mistakes=(
        Mistake(
            "half",
            np.array([0.5, 0.2, 0.5]),
            "The last two are right. 0.45 twice is 0.9, still below the threshold: it needs a third step.",
        ),
        Mistake(
            "as meant",
            np.array([0.45, 0.2, 0.5]),
            "The last two are right. 0.45 is the rate that is meant, and what a reset by subtraction would "
            "give.",
        ),
        Mistake(
            "interval",
            np.array([3.0, 0.2, 0.5]),
            "The last two are right. 3 is the number of steps between two spikes; the rate is one over it.",
        ),
        Mistake(
            "end of the stair",
            np.array([1 / 3, 0.25, 0.5]),
            "The rate and the distance are right. At 0.25 the stair of every fifth step ends, as four steps "
            "are enough there.",
        ),
        Mistake(
            "interval for the input",
            np.array([1 / 3, 5.0, 0.5]),
            "The rate and the distance are right. Five is the number of steps; the input that fills the "
            "neuron in five steps is a fifth of the threshold.",
        ),
        Mistake(
            "at the end",
            np.array([1 / 3, 0.2, 0.0]),
            "The first two are right. At a = 1 the rate is right, but look just below it.",
        ),
        Mistake(
            "second stair",
            np.array([1 / 3, 0.2, 1 / 6]),
            "The first two are right. That is how far the rate comes below just before 0.5. There is a "
            "higher step.",
        ),
        Mistake(
            "mean",
            np.array([1 / 3, 0.2, np.pi**2 / 6 - 1.5]),
            "The first two are right. That is the mean distance over all inputs; the largest is asked for.",
        ),
        Mistake(
            "reversed",
            _RIGHT[::-1],
            "All three are right and stand in the opposite order: first the rate at 0.45.",
        ),
    ),
)
