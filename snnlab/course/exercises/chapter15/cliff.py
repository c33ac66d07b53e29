"""Exercise 15.2, sketch then plot: how close to the cliff a slope of a given size is found."""

import math

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["CLIFF"]

_TAU = 7.0  # ms
_STEEP = (10.0, 100.0)  # ms


def _time_at(slope: float) -> float:
    """When a single spike is answered where the slope is −`slope`, over tau, by bisection."""
    low, high = 1e-9, 1.0 - 1e-9
    for _ in range(200):
        u = 0.5 * (low + high)
        if _TAU * u * u * math.exp(1.0 - u) / (1.0 - u) < slope:
            low = u
        else:
            high = u
    return u


_TIMES = np.array([_time_at(slope) for slope in _STEEP])
_RIGHT = 1.0 / (_TIMES * np.exp(1.0 - _TIMES)) - 1.0  # 0.108 and 0.0022

CLIFF = Number(
    id="15.2",
    title="How close the cliff is",
    statement=(
        "A neuron gets a single spike of weight $w$ and has $\\tau = 7$ ms, so that its cliff is at $w = 1$. "
        "Sketch the slope of its spike time against $w$, from 1 to 1.5. Then plot "
        "`spike_slope(w, arrives=0, others=0).slope` for `w = 1 + np.geomspace(1e-4, 0.5, 2000)`. How far "
        "above the cliff, $w - 1$, is the slope −10 ms, and how far is it −100 ms? Find both to within 2 %."
    ),
    stub="above = [..., ...]  # for -10 ms, for -100 ms",
    variable="above",
    labels=("For −10 ms", "For −100 ms"),
    tolerance=0.02,
    solution=_RIGHT,
    next_step=(
        "Ten times the slope takes you about fifty times closer. A parabola alone would say a hundred times. "
        "Try −100 and −1000 ms: is it a hundred there?"
    ),
    mistakes=(
        Mistake(
            "weights",
            1.0 + _RIGHT,
            "These are the weights. How far above the cliff are they?",
        ),
        Mistake(
            "reversed",
            _RIGHT[::-1],
            "Both distances are right and stand in the opposite order: the steeper slope is closer to the "
            "cliff.",
        ),
        Mistake(
            "in per cent",
            100.0 * _RIGHT,
            "These are the distances in per cent of the weight. They are wanted as weights.",
        ),
        Mistake(
            "proportional",
            np.array([_RIGHT[0], _RIGHT[0] / 10.0]),
            "The first distance is right. The slope does not grow like one over the distance: for ten times "
            "the slope you have to go much closer than ten times.",
        ),
        Mistake(
            "parabola",
            np.array([_RIGHT[0], _RIGHT[0] / 100.0]),
            "The first distance is right. The law of the parabola, a hundred times closer, holds very near "
            "the cliff only. Read the second one from the curve.",
        ),
        Mistake(
            "below the cliff",
            -_RIGHT,
            "Below the cliff there is no spike and no slope. Both distances are positive.",
        ),
        Mistake(
            "spike times",
            _TAU * _TIMES,
            "{answer} are spike times. At which weights does the neuron fire then?",
        ),
    ),
)
