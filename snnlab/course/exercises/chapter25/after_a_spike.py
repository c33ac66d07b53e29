"""Exercise 25.1, calculate then verify: the most probable coin that remembers one bin."""

import math

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["AFTER_A_SPIKE"]

_BINS, _SPIKES, _AFTER = 1000, 200, 10  # of the spikes, so many in the bin right after another
_REST = _BINS - _SPIKES  # bins that come after silence: as many as there are bins without a spike


def _odds(spikes: int, bins: int) -> float:
    return math.log(spikes / (bins - spikes))


def _nats(spikes: int, bins: int) -> float:
    """The log-likelihood of a coin with the share of spikes that came."""
    p = spikes / bins
    return spikes * math.log(p) + (bins - spikes) * math.log1p(-p)


_MEMORY = _nats(_SPIKES - _AFTER, _REST) + _nats(_AFTER, _SPIKES)
_GAMMA = _odds(_SPIKES - _AFTER, _REST)
_LATER = _odds(_AFTER, _SPIKES)  # the potential after a spike
_BITS = (_MEMORY - _nats(_SPIKES, _BINS)) / (_SPIKES * math.log(2.0))
_RIGHT = np.array([_GAMMA, _LATER - _GAMMA, _BITS])  # -1.17, -1.78 and 0.160
_LOGS = math.log((_SPIKES - _AFTER) / _REST), math.log(_AFTER / _SPIKES)

AFTER_A_SPIKE = Number(
    id="25.1",
    title="A coin that remembers one bin",
    statement=(
        "In 1000 bins a neuron fires 200 spikes. None is in the last bin, and 10 of the 200 bins right after "
        "a spike hold one, too. A logistic coin has the potential $\\gamma$ after a bin without a spike and "
        "$\\gamma + h$ after one with a spike; the first bin comes after silence. Which $\\gamma$ and $h$ "
        "are most probable? And by how many bits per spike is that better than a coin that remembers "
        "nothing? Work it out on paper, to within 1 %."
    ),
    stub="coin = [..., ..., ...]  # γ, h, bits per spike",
    variable="coin",
    labels=("γ", "h", "Bits per spike"),
    tolerance=0.01,
    solution=_RIGHT,
    next_step=(
        "At this maximum each of the two kinds of bin expects just as many spikes as it holds. Let none of "
        "the 200 bins after a spike hold another. Which h is most probable then?"
    ),
    mistakes=(
        Mistake(
            "log of the share",
            np.array([_LOGS[0], _LOGS[1] - _LOGS[0], _BITS]),
            "You have taken the logarithm of the share of spikes. That is the exponential link; the logistic "
            "one has the logarithm of the odds, spikes over bins without one.",
        ),
        Mistake(
            "all bins",
            np.array([_odds(_SPIKES, _BINS), _LATER - _odds(_SPIKES, _BINS), _BITS]),
            "Your γ is that of all bins together. The bins after a spike have a potential of their own: "
            "leave them out.",
        ),
        Mistake(
            "all spikes over the other bins",
            np.array([_odds(_SPIKES, _REST), _LATER - _odds(_SPIKES, _REST), _BITS]),
            "For γ you count all 200 spikes in 800 bins. Ten of them are in the bins after a spike.",
        ),
        Mistake(
            "potential after a spike",
            np.array([_GAMMA, _LATER, _BITS]),
            "The others are right. Your h is the whole potential after a spike. It is what is added to γ.",
        ),
        Mistake(
            "sign of h",
            np.array([_GAMMA, _GAMMA - _LATER, _BITS]),
            "The others are right. After a spike another one is less likely here, so h is negative.",
        ),
        Mistake(
            "nats",
            np.array([*_RIGHT[:2], _BITS * math.log(2.0)]),
            "The others are right. The last is in nats: divide by ln 2.",
        ),
        Mistake(
            "for each bin",
            np.array([*_RIGHT[:2], _BITS * _SPIKES / _BINS]),
            "The others are right. The last is for each bin. Divide by the number of spikes.",
        ),
        Mistake(
            "in all",
            np.array([*_RIGHT[:2], _BITS * _SPIKES]),
            "The others are right. The last is for the whole recording. Divide by the number of spikes.",
        ),
        Mistake(
            "not compared",
            np.array([*_RIGHT[:2], -_MEMORY / (_SPIKES * math.log(2.0))]),
            "The others are right. The last is what the coin with a memory leaves open. Wanted is by how "
            "much less that is than for a coin without one.",
        ),
        Mistake(
            "bits after a spike alone",
            np.array([*_RIGHT[:2], (_nats(_AFTER, _SPIKES) - _AFTER * math.log(0.2)
                                    - (_SPIKES - _AFTER) * math.log(0.8)) / (_SPIKES * math.log(2.0))]),
            "The others are right. For the bits you count the bins after a spike alone. The others are known "
            "better, too.",
        ),
    ),
)  # fmt: skip
