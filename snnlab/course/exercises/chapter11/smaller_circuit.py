"""Exercise 11.6, calculate then verify: weight and current of a circuit with fewer synapses."""

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["SMALLER_CIRCUIT"]

_W, _SHARE = 0.0878, 0.04  # nA
_ROOT = float(np.sqrt(_SHARE))
_RIGHT = np.array([_W / _ROOT, 100.0 * (1.0 - _ROOT)])

SMALLER_CIRCUIT = Number(
    id="11.6",
    title="A smaller circuit",
    statement=(
        "In the whole circuit an excitatory synapse weighs 0.0878 nA. A part has 4 % of the neurons, and "
        "each hears 4 % of the synapses. What does a synapse have to weigh there, in nA, so that the input "
        "has the variance of the whole? And how many per cent of the mean input does the constant current "
        "have to bring then? Work it out on paper, then let the cell compare."
    ),
    stub="numbers = [..., ...]  # nA, %",
    variable="numbers",
    labels=("Weight (nA)", "Share of the current (%)"),
    tolerance=0.005,
    solution=_RIGHT,
    next_step=(
        "With a quarter of a hundredth of the synapses only 5 % of the mean would come through them. A "
        "constant current answers nobody: what becomes of a network that hardly hears itself?"
    ),
    mistakes=(
        Mistake(
            "reversed",
            _RIGHT[::-1],
            "Both are right and stand in the opposite order: first the weight.",
        ),
        Mistake(
            "divided by the share",
            np.array([_W / _SHARE, _RIGHT[1]]),
            "The current is right. With your weight the mean would be that of the whole, and no current "
            "would be missing; but the variance goes with the square of the weight.",
        ),
        Mistake(
            "the mean kept",
            np.array([_W / _SHARE, 0.0]),
            "You have kept the mean. The variance goes with the square of the weight, and is 25 times too "
            "large now.",
        ),
        Mistake(
            "times the root",
            np.array([_W * _ROOT, _RIGHT[1]]),
            "The current is right. Your weight is smaller than in the whole: fewer synapses have to weigh "
            "more.",
        ),
        Mistake(
            "weight as it was",
            np.array([_W, 100.0 * (1.0 - _SHARE)]),
            "With the old weight 4 % of the mean are left, that is right, and 4 % of the variance as well. "
            "What has to become of the weight, so that the variance comes back?",
        ),
        Mistake(
            "current for the old weight",
            np.array([_RIGHT[0], 100.0 * (1.0 - _SHARE)]),
            "The weight is right. As it has grown, more than 4 % of the mean come from the synapses.",
        ),
        Mistake(
            "what is left",
            np.array([_RIGHT[0], 100.0 * _ROOT]),
            "The weight is right. The second is what the synapses still bring; asked is what is missing.",
        ),
        Mistake(
            "a fraction",
            np.array([_RIGHT[0], 1.0 - _ROOT]),
            "The weight is right. The second would be right as a fraction; it is asked in per cent.",
        ),
        Mistake(
            "in pA",
            np.array([1000.0 * _RIGHT[0], _RIGHT[1]]),
            "The current is right. The weight would be right in pA; it is asked in nA.",
        ),
    ),
)
