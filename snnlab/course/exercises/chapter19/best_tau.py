"""Exercise 19.2, sketch then plot: with which time constant most is left of a spike after a delay."""

import math

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["BEST_TAU"]

_DELAY, _LONGEST = 1500.0, 20_000.0  # ms; the largest time constant of the plot


def _shorter(share: float) -> float:
    """The time constant below the best one at which a share of the most is left, by halving."""

    def left(x: float) -> float:  # of 1, at the best; x is the delay over the time constant
        return x * math.exp(1.0 - x)

    low, high = 1.0, 50.0
    for _ in range(100):
        middle = (low + high) / 2.0
        low, high = (middle, high) if left(middle) > share else (low, middle)
    return _DELAY / high


_RIGHT = np.array([_DELAY, _shorter(0.5)])  # 1500 and 560

BEST_TAU = Number(
    id="19.2",
    title="How slow should it be",
    statement=(
        "A spike raises the threshold by $\\beta_a (1 - \\rho)$, with $\\rho = e^{-\\Delta t/\\tau_a}$, "
        "and what it has added decays with $\\tau_a$. Somebody asks 1500 ms later. $\\beta_a$ is the "
        "same for all. Sketch what is left by then against $\\tau_a$, from 100 to 20 000 ms, with a "
        "logarithmic axis. Then plot `(1 - np.exp(-1 / tau)) * np.exp(-1500 / tau)` for `tau = "
        "np.geomspace(100, 20000, 1000)`. At which $\\tau_a$ is most left? And at which shorter one half "
        "as much? Find both, in ms, to within 2 %."
    ),
    stub="taus = [..., ...]  # where most is left, where half as much, in ms",
    variable="taus",
    labels=("Most, in ms", "Half as much, in ms"),
    tolerance=0.02,
    solution=_RIGHT,
    next_step=(
        "Look for the other place where half as much is left: 6500 ms. Somebody who does not know the delay "
        "had better be too slow than too fast. What does a threshold pay that comes back too slowly, when "
        "the next symbol is to be stored?"
    ),
    mistakes=(
        Mistake(
            "the slower the better",
            np.array([_LONGEST, _DELAY / (math.log(2.0) + _DELAY / _LONGEST)]),
            "You have let a spike add as much whatever tau_a is. With the same beta_a it adds 1 - rho, which "
            "is the less the slower the decay.",
        ),
        Mistake(
            "half the time constant",
            np.array([_DELAY, _DELAY / 2.0]),
            "The first is right. The second is half of that time constant, and more than half of the spike "
            "is left there. Look for half the height.",
        ),
        Mistake(
            "the longer one",
            np.array([_DELAY, _DELAY / 0.2319610]),
            "The first is right. The second is the other place where half as much is left; the shorter time "
            "constant is wanted.",
        ),
        Mistake(
            "half-life",
            np.array([_DELAY, _DELAY / math.log(2.0)]),
            "The first is right. With the second a spike decays to half of itself in 1500 ms. Wanted is half "
            "of the most that can be left.",
        ),
        Mistake(
            "half-life below",
            np.array([_DELAY, _DELAY * math.log(2.0)]),
            "The first is right. The second is the half-life of that decay. At which time constant is half "
            "of the most left?",
        ),
        Mistake(
            "a tenth",
            np.array([_DELAY, _shorter(0.1)]),
            "The first is right. With the second a tenth of the most is left. Half is wanted.",
        ),
        Mistake(
            "down by 1/e",
            np.array([_DELAY, _shorter(math.exp(-1.0))]),
            "The first is right. With the second the most has fallen by a factor of e. Half is wanted.",
        ),
        Mistake(
            "distance",
            np.array([_DELAY, _DELAY - _shorter(0.5)]),
            "The first is right. The second is how far apart both are. The time constant itself is wanted.",
        ),
        Mistake(
            "reversed",
            _RIGHT[::-1],
            "Both are right and stand in the opposite order: first where most is left.",
        ),
    ),
)
