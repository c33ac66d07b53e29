"""Exercise 4.3, the inverse problem: the jump of a threshold that cannot be seen."""

import numpy as np

from snnlab.course.exercises.kinds import Facts, Hidden, Mistake
from snnlab.neurons import AdaptiveLIF
from snnlab.random import uniform

__all__ = ["JUMP"]

_STREAM = np.uint64(43)  # of the generator, so that other exercises draw other numbers


def _draw(seed: int) -> AdaptiveLIF:
    """The neuron of a seed: the standard one with a hidden jump, 3 to 8 mV, and a hidden memory."""
    a, b = (uniform(np.uint64(seed), _STREAM, np.uint64(k)) for k in range(2))
    return AdaptiveLIF(beta=3.0 + 5.0 * a, tau_a=200.0 + 200.0 * b)


def _beta(facts: Facts) -> float:
    assert isinstance(facts.neuron, AdaptiveLIF)
    return facts.neuron.beta


def _rise(facts: Facts) -> float:
    return facts.neuron.v_th - facts.neuron.v_rest


_NOT_YET = (
    "{answer} is not it. With a strong current, which leaves the jump no time to sink, how high has the "
    "potential come when the second spike falls? It begins to climb 2 ms after the first one, and the "
    "threshold stands where it arrives."
)

JUMP = Hidden(
    id="4.3",
    title="How far does a spike raise it?",
    statement=(
        '`hidden = exercise("4.3")` is the standard neuron of chapter 2 (rest and reset −65 mV, threshold '
        "−50 mV, "
        "100 MΩ, 20 ms, refractory time 2 ms) with an adaptive threshold, whose β and τₐ you cannot see. "
        "`spikes = hidden.inject(np.full(2000, 0.3), dt=0.1)` sends 0.3 nA into it for 200 ms, and "
        "`spikes.times` "
        "are its spikes in ms, exactly. You have five trials. β lies between 3 and 8 mV: find it to within "
        "5 %. The "
        "current may be as strong as you like."
    ),
    stub='hidden = exercise("4.3")\n\nbeta = ...  # mV',
    variable="beta",
    unit="mV",
    tolerance=0.05,
    draw=_draw,
    solution=_beta,
    trials=5,
    range=(2.9, 8.1),
    evidence={
        "no trial": "{answer} is a guess: inject a current first and look at the first two spikes.",
        "fired": _NOT_YET,
        "want of time": _NOT_YET,
        "silent": _NOT_YET,
        "never fired": _NOT_YET,
        "never silent": _NOT_YET,
        "open": _NOT_YET,
    },
    next_step=(
        "You used {used} of your {allowed} trials. The stronger the current, the sooner the second spike, "
        "and the "
        "less of the jump has sunk. What would a second spike after a long pause tell?"
    ),
    mistakes=(
        Mistake(
            "where it stands",
            lambda facts: facts.neuron.v_th + _beta(facts),
            "{answer} is where the threshold stands after a first spike. How far is that above −50 mV?",
        ),
        Mistake(
            "above rest",
            lambda facts: _rise(facts) + _beta(facts),
            "{answer} is how far the raised threshold lies above rest. Before the spike it lay 15 mV above "
            "rest "
            "already.",
        ),
        Mistake(
            "volt",
            lambda facts: _beta(facts) / 1000.0,
            "{answer} is the right number in volts. The answer is wanted in mV.",
        ),
        Mistake(
            "downwards",
            lambda facts: -_beta(facts),
            "{answer} would lower the threshold. A spike raises it: the intervals grow.",
        ),
    ),
)
