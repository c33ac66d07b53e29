"""Exercise 4.2, sketch then plot: what strong adaptation makes of an f–I curve."""

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number
from snnlab.neurons import LIF, AdaptiveLIF, adaptive_lif_rate, lif_rate

__all__ = ["STRAIGHT"]

_CURRENTS = np.array([0.3, 0.6])  # nA
_STRONG = AdaptiveLIF(beta=8.0, tau_a=500.0)
_PLAIN_RATIO = float(np.divide(*lif_rate(_CURRENTS[::-1], LIF())))
_RATES = np.array([lif_rate(0.6, LIF()), adaptive_lif_rate(0.6, _STRONG)])  # Hz
_RATIO = float(np.divide(*adaptive_lif_rate(_CURRENTS[::-1], _STRONG)))

STRAIGHT = Number(
    id="4.2",
    title="The curve of an adapted neuron",
    statement=(
        "Sketch two f–I curves into one picture: that of the standard neuron, `LIF()`, and that of the "
        "same neuron "
        "when each spike raises its threshold by β = 8 mV for τₐ = 500 ms, once the intervals have "
        "settled. Both "
        "begin at 0.15 nA. Then plot both as in exercise 2.3, with `lif_rate(i)` and "
        "`adaptive_lif_rate(i, AdaptiveLIF(beta=8, tau_a=500))`, and compare with your sketch. "
        "How many times faster does each fire at 0.6 nA than at 0.3 nA?"
    ),
    stub="ratios = [..., ...]  # without adaptation, with adaptation",
    variable="ratios",
    labels=("Without adaptation", "With adaptation"),
    tolerance=0.05,
    solution=np.array([_PLAIN_RATIO, _RATIO]),
    next_step=(
        "Adaptation makes the curve low and nearly straight: the current has to lift the potential to the "
        "threshold, and that stands the higher, the faster the neuron fires, in proportion. So the rate "
        "follows how far the current is above about 0.11 nA, and that grows 2.6 times from 0.3 to 0.6 nA."
    ),
    mistakes=(
        Mistake(
            "the same",
            np.array([_PLAIN_RATIO, _PLAIN_RATIO]),
            "You let adaptation divide all rates by one number. It takes more from the fast: the threshold "
            "rises "
            "in proportion to the rate.",
        ),
        Mistake(
            "quite straight",
            np.array([_PLAIN_RATIO, 3.0]),
            "A straight line from 0.15 nA would give 3. The real curve starts more steeply: while spikes are "
            "rare, a jump has nearly sunk back before the next. Farther up the line points to about 0.11 nA.",
        ),
        Mistake(
            "exchanged",
            np.array([_RATIO, _PLAIN_RATIO]),
            "These are the right numbers in the wrong order. Without adaptation the curve leaps up at its "
            "start and "
            "flattens; which of the two ratios is that?",
        ),
        Mistake(
            "both straight",
            np.array([_RATIO, _RATIO]),
            "Both curves of yours are straight from the rheobase. Without adaptation the curve leaps up at "
            "its "
            "start and is flatter afterwards.",
        ),
        Mistake(
            "rates",
            _RATES,
            "These are the two rates at 0.6 nA, in Hz. Divide each by the rate of the same neuron at 0.3 nA.",
        ),
        Mistake(
            "upside down",
            np.array([1.0 / _PLAIN_RATIO, 1.0 / _RATIO]),
            "These are the ratios upside down: the rate at 0.6 nA stands above the line.",
        ),
        Mistake(
            "differences",
            _RATES - np.array([lif_rate(0.3, LIF()), adaptive_lif_rate(0.3, _STRONG)]),
            "These are differences, in Hz. How many times faster is a ratio: divide the rate at 0.6 nA by "
            "the one at 0.3 nA.",
        ),
    ),
)
