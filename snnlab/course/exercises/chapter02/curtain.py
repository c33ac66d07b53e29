"""Exercise 2.4, the inverse problem: the rheobase of a neuron that cannot be seen."""

import math

import numpy as np

from snnlab.course.exercises.kinds import Facts, Hidden, Mistake
from snnlab.neurons import LIF, lif_rheobase
from snnlab.random import uniform

__all__ = ["CURTAIN"]

_STREAM = np.uint64(24)  # of the generator, so that other exercises draw other numbers


def _draw(seed: int) -> LIF:
    """The neuron of a seed: a slow one, so that short trials mislead. Its rheobase is 0.1 to 0.4 nA."""
    a, b, c, d = (uniform(np.uint64(seed), _STREAM, np.uint64(k)) for k in range(4))
    v_rest = -70.0 + 10.0 * d
    return LIF(
        tau_m=30.0 + 30.0 * a,
        r_m=60.0 + 60.0 * b,
        v_rest=v_rest,
        v_reset=v_rest,
        v_th=v_rest + 12.0 + 12.0 * c,
        t_ref=2.0,
    )


def _rheobase(facts: Facts) -> float:
    return lif_rheobase(facts.neuron)


def _fires_in_longest_trial(facts: Facts) -> float:
    """The weakest current that still makes it fire before the longest trial ends."""
    return _rheobase(facts) / -math.expm1(-facts.longest / facts.neuron.tau_m)


def _silent(facts: Facts) -> float:
    """The strongest current under which it was silent, unless only for want of time."""
    return facts.silent_at if facts.silent_at < _rheobase(facts) else math.nan


CURTAIN = Hidden(
    id="2.4",
    title="The neuron behind the curtain",
    statement=(
        '`hidden = exercise("2.4")` is a neuron with numbers that you cannot see. `hidden.inject(i, dt)` '
        "sends a current (nA, one value for each step of `dt` ms) into it: "
        "`spikes = hidden.inject(np.full(5000, 0.3), dt=0.1)` is half a second of 0.3 nA, `spikes.n_spikes` "
        "how often it fired, `spikes.times` when (ms); `len(spikes)` counts neurons and is always 1. You "
        "have ten trials; running a cell again uses another. The rheobase, the weakest current that makes "
        "the neuron fire at all, lies between 0.1 and 0.4 nA. Find it to within 2 %."
    ),
    stub='hidden = exercise("2.4")\n\nthreshold_current = ...  # nA',
    variable="threshold_current",
    unit="nA",
    tolerance=0.02,
    draw=_draw,
    solution=_rheobase,
    trials=10,
    range=(0.1, 0.4),
    next_step=(
        "You used {used} of your {allowed} trials; halving the interval each time needs {needs}. A trial "
        "tells more than yes or no, though: the latency depends on the current and on two numbers only, "
        "tau_m and the rheobase. Would the latencies of two trials do?"
    ),
    mistakes=(
        Mistake(
            "threshold potential",
            lambda facts: facts.neuron.v_th,
            "This is a potential, not a current: did you return v_th?",
        ),
        Mistake(
            "rise in mV",
            lambda facts: facts.neuron.v_th - facts.neuron.v_rest,
            "{answer} is how far the threshold lies above rest, in mV. Divided by the resistance it would "
            "be a current.",
        ),
        Mistake(
            "picoampere",
            lambda facts: 1000.0 * _rheobase(facts),
            "{answer} is the right current in pA. The answer is wanted in nA, as in hidden.inject.",
        ),
        Mistake(
            "stopped too early",
            _fires_in_longest_trial,
            "{answer} nA is the current at which it fires within your {longest} ms trial; with a longer "
            "trial a weaker current would do.",
        ),
        Mistake(
            "weakest that fired",
            lambda facts: facts.fired_at,
            "{answer} nA is the weakest current at which you saw it fire. The rheobase is lower: try "
            "between that and the strongest at which it stayed silent.",
        ),
        Mistake(
            "strongest that did not",
            _silent,
            "{answer} nA is the strongest current at which you saw it stay silent. The rheobase is higher: "
            "try between that and the weakest at which it fired.",
        ),
    ),
)
