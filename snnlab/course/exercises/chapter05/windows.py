"""Exercise 5.4, sketch then plot: the Fano factor of a neuron with a dead time."""

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["WINDOWS"]

_RATE, _PAUSE, _SHORT = 0.06, 5.0, 2.0  # per ms, ms, ms
_FIRST, _LAST = 1.0 - _RATE * _SHORT, (1.0 - _RATE * _PAUSE) ** 2

WINDOWS = Number(
    id="5.4",
    title="Short windows and long ones",
    statement=(
        "A neuron fires at 60 Hz, at random but for a dead time of 5 ms. Sketch its Fano factor against the "
        "counting window, from 1 ms to 1 s. In a window of 2 ms there is one spike or none, so there you can "
        "compute it. Then plot it: `train = dead_time_spikes(60, 5, 20_000_000, rng=rng)` is more than five "
        "hours of it, `T = np.array([1, 2, 5, 10, 20, 50, 100, 1000])`, "
        '`plots.fano_curves({"pause": (T, fano_curve(train, T)[:, 0])})`. What is it in windows of '
        "2 ms, and what does it tend to in very long ones, to within 3 %?"
    ),
    stub="fano = [..., ...]  # in windows of 2 ms, in very long windows",
    variable="fano",
    labels=("In windows of 2 ms", "In very long windows"),
    tolerance=0.03,
    solution=np.array([_FIRST, _LAST]),
    next_step=(
        "In short windows nobody sees the pause, in long ones its whole effect. How long must a window be "
        "until half of the way is gone?"
    ),
    mistakes=(
        Mistake(
            "reversed",
            np.array([_LAST, _FIRST]),
            "Both are right and stand in the opposite order: first the window of 2 ms.",
        ),
        Mistake(
            "poisson",
            np.array([1.0, 1.0]),
            "These are the numbers of a Poisson process. The pause after each spike makes counts more alike, "
            "the more so the longer one counts.",
        ),
        Mistake(
            "cv",
            np.array([_FIRST, 1.0 - _RATE * _PAUSE]),
            "The first is right. For the second you gave the CV of the intervals; the Fano factor tends to "
            "its square.",
        ),
        Mistake(
            "one in short windows",
            np.array([1.0, _LAST]),
            "The second is right. The first would be 1 in vanishing windows. In 2 ms there is a spike with "
            "p = 0.12, and a count that is 0 or 1 has the variance p(1 - p).",
        ),
        Mistake(
            "probability",
            np.array([1.0 - _FIRST, _LAST]),
            "The second is right. For the first, 0.12 is the probability of a spike in 2 ms. The variance of "
            "the count is p(1 - p), its mean is p.",
        ),
        Mistake(
            "share",
            np.array([_FIRST, _RATE * _PAUSE]),
            "The first is right. For the second, 0.3 is the share of time spent in pauses. What is left of "
            "the time is 0.7.",
        ),
        Mistake(
            "variance",
            np.array([_FIRST * (1.0 - _FIRST), _LAST]),
            "The second is right. The first is the variance of the count; the Fano factor is the variance "
            "divided by the mean.",
        ),
        Mistake(
            "same",
            np.array([_LAST, _LAST]),
            "The second is right. In 2 ms there is at most one spike, so whether a pause follows does not "
            "matter there.",
        ),
        Mistake(
            "one minus the limit",
            np.array([_FIRST, 1.0 - _LAST]),
            "The first is right. The second is by how much the Fano factor falls below 1. Wanted is where "
            "it ends.",
        ),
    ),
)
