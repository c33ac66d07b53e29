"""Exercise 25.2, sketch then plot: how far a right model is from the line if bins are forgotten."""

import math

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["NAIVE_CLOCK"]

_FAR, _LIMIT, _RATE = 0.1, 0.043, 0.09  # distances, and spikes a millisecond


def _at(distance: float) -> float:
    """No interval is shorter than one bin, so the first z is 1 − exp(−p)."""
    return -math.log1p(-distance)


_RIGHT = np.array([_at(_FAR), _at(_LIMIT) / _RATE])  # 0.105 and 0.488 ms
_P, _LENGTH = _RIGHT

NAIVE_CLOCK = Number(
    id="25.2",
    title="A right model that fails",
    statement=(
        "A neuron is a coin with the same probability $p$ in every bin, and the model knows it: "
        "`u = np.full(1_000_000, np.log(p / (1 - p)))`. Let it fire, `y = simulate_glm(u, [0.0], "
        "rng=np.random.default_rng(1)).y`. How far from the straight line does the naive test of chapter 5 "
        "find it, `rescale_time_naively(u, y).distance`? Sketch that against $p$ from 0.01 to 0.5. Then plot "
        "it. At which $p$ is the distance 0.1? A thousand intervals that are 0.043 from the line are "
        "rejected at 5 %: how long may the bins of a neuron that fires at 90 Hz be at most, in ms, if the "
        "naive test is to find no more than that? Both to within 1 %."
    ),
    stub="clock = [..., ...]  # p where the distance is 0.1, longest bin in ms",
    variable="clock",
    labels=("p where the distance is 0.1", "Longest bin, ms"),
    tolerance=0.01,
    solution=_RIGHT,
    next_step=(
        "However the coins fall, it comes no nearer: no interval is shorter than one bin. Plot "
        "`rescale_time(u, y, rng=rng).distance` beside it, with twice and four times as many bins. Which of "
        "the two goes down?"
    ),
    mistakes=(
        Mistake(
            "p for the distance",
            np.array([_FAR, _LIMIT / _RATE]),
            "You have taken p itself for the distance. An interval of one bin is p long in the time of the "
            "model; its z is 1 less the exponential of minus that.",
        ),
        Mistake(
            "the other way round",
            np.array([-math.expm1(-_FAR), -math.expm1(-_LIMIT) / _RATE]),
            "These are the distances at p = 0.1 and 0.043. Wanted is the p at which the distance is that.",
        ),
        Mistake(
            "half of it",
            np.array([2.0 * _P, 2.0 * _LENGTH]),
            "You have taken half a bin for what is missing. The line is touched nowhere below the shortest "
            "interval, and that is a whole bin long.",
        ),
        Mistake(
            "hazard of the bin",
            np.array([_FAR / (1.0 + _FAR), _LIMIT / (1.0 + _LIMIT) / _RATE]),
            "Your p is that of odds 0.1. The naive test counts p for each bin, and makes z of it by 1 - "
            "exp(-p).",
        ),
        Mistake(
            "probability for length",
            np.array([_P, _LENGTH * _RATE]),
            "The first is right. The second is the p of a bin. How long is a bin that expects so many spikes "
            "at 90 Hz?",
        ),
        Mistake(
            "first distance for both",
            np.array([_P, _P / _RATE]),
            "The first is right. Your bin is as long as a distance of 0.1 allows. For the test it is to be "
            "0.043.",
        ),
        Mistake(
            "rate for the hazard",
            np.array([_P, -math.log1p(-_at(_LIMIT)) / _RATE]),
            "The first is right. You have taken 90 Hz for the hazard. It is the rate: p is 0.09 a ms times "
            "the bin.",
        ),
        Mistake(
            "in seconds",
            np.array([_P, _LENGTH / 1000.0]),
            "The first is right. The second is in seconds; milliseconds are wanted.",
        ),
        Mistake(
            "times the rate",
            np.array([_P, _LENGTH * _RATE**2]),
            "The first is right. You have multiplied by the rate. A bin of p spikes is p divided by the rate "
            "long.",
        ),
        Mistake(
            "reversed",
            _RIGHT[::-1],
            "Both are right and stand in the opposite order: first p.",
        ),
    ),
)
