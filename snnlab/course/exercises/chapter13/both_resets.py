"""Exercise 13.1, calculate then verify: the same input with both resets."""

import math

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["BOTH_RESETS"]

_A, _STEPS = 0.3, 25
_N = math.floor(_A * _STEPS + 1e-9)
_LEFT = _A * _STEPS - _N
_ZERO = _STEPS // math.ceil(1 / _A)
_RIGHT = np.array([_N, _LEFT, _ZERO])

BOTH_RESETS = Number(
    id="13.1",
    title="The same input, twice",
    statement=(
        "A neuron without leak starts from 0, has the threshold 1 and gets 0.3 in each of 25 steps. How many "
        "spikes does it fire with the reset by subtraction, and which potential has it then? And how many "
        "spikes with the reset to zero? Work it out on paper, then let the cell compare."
    ),
    stub="numbers = [..., ..., ...]  # spikes and potential (subtraction), spikes (to zero)",
    variable="numbers",
    labels=("Spikes, by subtraction", "Potential at the end", "Spikes, to zero"),
    tolerance=0.005,
    solution=_RIGHT,
    next_step=(
        "To zero it is a rate of 0.24, where 0.3 is meant. To which rate does each of them come in a million "
        "steps?"
    ),
    mistakes=(
        Mistake(
            "rounded",
            np.array([8, -0.5, _ZERO]),
            "In all 7.5 thresholds have come in, and half of one is no spike: it is still there. Only a "
            "start at 0.5 would round up.",
        ),
        Mistake(
            "not rounded",
            np.array([_A * _STEPS, 0.0, _ZERO]),
            "That is the charge that has come in. Spikes are whole; what is left over is the potential.",
        ),
        Mistake(
            "the same with both",
            np.array([_N, _LEFT, _N]),
            "The first two are right. To zero: after four steps 1.2 is reached, and the reset throws 0.2 "
            "away each time.",
        ),
        Mistake(
            "three steps",
            np.array([_N, _LEFT, _STEPS // 3]),
            "The first two are right. Three steps bring 0.9, which is below the threshold: it needs four for "
            "a spike.",
        ),
        Mistake(
            "not whole to zero",
            np.array([_N, _LEFT, _STEPS / 4]),
            "The first two are right. 25 / 4 is not whole: after the sixth spike one step is left over.",
        ),
        Mistake(
            "exchanged",
            np.array([_ZERO, _LEFT, _N]),
            "The potential is right, the spikes are exchanged: who throws charge away fires less often.",
        ),
        Mistake(
            "potential to zero",
            np.array([_N, _A, _ZERO]),
            "The spikes are right. 0.3 is what is left with the reset to zero; by subtraction all charge is "
            "in the spikes or in the potential.",
        ),
        Mistake(
            "potential after the reset",
            np.array([_N, 0.0, _ZERO]),
            "The spikes are right. The potential was 0 only at the start: 7.5 has come in, and 7 spikes have "
            "taken 7.",
        ),
        Mistake(
            "rates",
            _RIGHT / [_STEPS, 1, _STEPS],
            "These are spikes a step. The question asks for how many there are in all 25.",
        ),
    ),
)
