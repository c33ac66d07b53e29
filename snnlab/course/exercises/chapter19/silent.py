"""Exercise 19.1, calculate then verify: how high a burst lifts a threshold, and how long that can be read."""

import math

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["SILENT"]

_REST, _BETA_A, _TAU_A = 0.01, 1.7, 1200.0
_SPIKES, _INTERVAL, _LATER, _DRIVE = 10, 20.0, 1000.0, 0.014
_ONE = _BETA_A * (1.0 - math.exp(-1.0 / _TAU_A))  # what one spike adds
_BETWEEN, _LEFT = math.exp(-_INTERVAL / _TAU_A), math.exp(-_LATER / _TAU_A)


def _burst(one: float = _ONE, spikes: int = _SPIKES, between: float = _BETWEEN) -> float:
    """What a burst has added right after its last spike."""
    return one * sum(between**k for k in range(spikes))


def _told(raised: float) -> np.ndarray:
    """Both thresholds, and how long the drive stays below."""
    return np.array([
        _REST + raised,
        _REST + raised * _LEFT,
        _TAU_A * math.log(raised / (_DRIVE - _REST)),
    ])


_RAISED = _burst()  # 0.0132
_RIGHT = _told(_RAISED)  # 0.0232, 0.0157 and 1428 ms

SILENT = Number(
    id="19.1",
    title="Who spoke is silent",
    statement=(
        "An adaptive neuron has the threshold $\\vartheta = 0.01$ when it has not fired, $\\beta_a = "
        "1.7$ and $\\tau_a = 1200$ ms. In steps of 1 ms, $\\theta = \\vartheta + \\beta_a b$ and $b "
        "\\leftarrow \\rho b + (1 - \\rho) s$, with $\\rho = e^{-1/1200}$. It hears its symbol and fires "
        "ten times, every 20 ms. How high is its threshold right after the tenth spike, and how high 1 s "
        "later? At a recall a drive lifts its potential to 0.014. Until how many ms after the tenth "
        "spike would such a drive not make it fire? Work it out on paper."
    ),
    stub="numbers = [..., ..., ...]  # threshold after the burst, 1 s later, silent for so many ms",
    variable="numbers",
    labels=("After the burst", "1 s later", "Silent for, in ms"),
    tolerance=0.005,
    solution=_RIGHT,
    next_step=(
        "A neuron beside it preferred the other symbol and has not fired: the same drive makes it fire. "
        "What these two say is a negative image of what was said. Which sign do the weights from them to the "
        "readout have, then?"
    ),
    mistakes=(
        Mistake(
            "nothing decays in the burst",
            _told(_SPIKES * _ONE),
            "You have taken ten times what one spike adds. When the tenth comes, the first is 180 ms old "
            "and has come down already.",
        ),
        Mistake(
            "whole spikes",
            _told(_burst(_BETA_A)),
            "In yours a spike adds 1 to b. It adds 1 - rho, less than a thousandth.",
        ),
        Mistake(
            "decays to nothing",
            np.array([
                _REST + _RAISED,
                (_REST + _RAISED) * _LEFT,
                _TAU_A * math.log((_REST + _RAISED) / _DRIVE),
            ]),
            "The first is right. You have let the whole threshold come down towards 0. What the spikes have "
            "added comes down; 0.01 stays.",
        ),
        Mistake(
            "what is added alone",
            np.array([_RAISED, _RAISED * _LEFT, _RIGHT[2]]),
            "The time is right. The first two are what the spikes have added. The threshold is that and "
            "0.01.",
        ),
        Mistake(
            "one spike",
            np.array([_REST + _ONE, _REST + _ONE * _LEFT, 0.0]),
            "This is what one spike does. The neuron has fired ten times, and each adds to what is left of "
            "those before.",
        ),
        Mistake(
            "nine spikes",
            _told(_burst(spikes=_SPIKES - 1)),
            "You have nine spikes. There are nine intervals, and ten spikes.",
        ),
        Mistake(
            "settled",
            _told(_ONE / (1.0 - _BETWEEN)),
            "This is where the threshold would settle if the neuron fired every 20 ms for ever. After ten "
            "spikes it is far from that.",
        ),
        Mistake(
            "20 ms later",
            _told(_RAISED * _BETWEEN),
            "You have let the tenth spike decay for 20 ms, too. Right after it there is all of it.",
        ),
        Mistake(
            "from the first spike",
            np.array([*_RIGHT[:2], _RIGHT[2] + (_SPIKES - 1) * _INTERVAL]),
            "The thresholds are right. You have counted the time from the first spike on; from the tenth is "
            "wanted.",
        ),
        Mistake(
            "straight line",
            np.array([_RIGHT[0], _REST + _RAISED * (1.0 - _LATER / _TAU_A), _RIGHT[2]]),
            "The other two are right. 1 s later you have gone down a straight line. What was added decays "
            "exponentially.",
        ),
        Mistake(
            "decimal logarithm",
            np.array([*_RIGHT[:2], _TAU_A * math.log10(_RAISED / (_DRIVE - _REST))]),
            "The thresholds are right. For the time you have taken the decimal logarithm.",
        ),
        Mistake(
            "until 1 s",
            np.array([*_RIGHT[:2], _LATER]),
            "The thresholds are right. After 1 s the threshold is still above 0.014: when does it meet it?",
        ),
    ),
)
