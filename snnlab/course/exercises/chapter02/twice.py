"""Exercise 2.3, sketch then plot: which current doubles the rate."""

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number
from snnlab.neurons import LIF, lif_rate, lif_rheobase

__all__ = ["TWICE"]

_STANDARD = LIF()
_WITHOUT_PAUSE = _STANDARD._replace(t_ref=0.0)
_FROM = np.array([0.2, 1.0])  # nA
_RATES = lif_rate(_FROM, _STANDARD)  # 34 and 190 Hz


def _current_for(rate: np.ndarray, neuron: LIF) -> np.ndarray:
    """The current that gives `rate` (Hz): the f–I curve read backwards, for v_reset = v_rest."""
    climb = 1000.0 / rate - neuron.t_ref
    return lif_rheobase(neuron) / -np.expm1(-climb / neuron.tau_m)


_RIGHT = _current_for(2 * _RATES, _STANDARD)

TWICE = Number(
    id="2.3",
    title="Twice as fast",
    statement=(
        "Sketch the f–I curve of the standard neuron, `LIF()`, on paper and mark the currents 0.2 nA and 1 "
        "nA. Which current makes it fire twice as fast as 0.2 nA does? And which twice as fast as 1 nA? "
        "Mark your guesses. Then plot `lif_rate` up to 6 nA and find both currents to within 2 %."
    ),
    stub="currents = [..., ...]  # nA: twice as fast as with 0.2 nA, twice as fast as with 1 nA",
    variable="currents",
    labels=("Twice as fast as with 0.2 nA", "Twice as fast as with 1 nA"),
    unit="nA",
    tolerance=0.02,
    solution=_RIGHT,
    next_step=(
        "Near the rheobase a little more current doubles the rate; far above it the refractory time makes "
        "the second doubling cost almost five times the current. Which rate can no current exceed?"
    ),
    mistakes=(
        Mistake(
            "reversed",
            _RIGHT[::-1],
            "Both currents are right and stand in the opposite order: first the one that doubles the rate of "
            "0.2 nA.",
        ),
        Mistake(
            "units",
            1000 * _RIGHT,
            "Both currents are right, but these are pA. The answer is wanted in nA, as in lif_rate.",
        ),
        Mistake(
            "second proportional",
            np.array([_RIGHT[0], 2 * _FROM[1]]),
            "The first current is right. For the second, twice the current is far from enough: at 2 nA an "
            "interval is short, and much of it is the refractory time, which no current shortens.",
        ),
        Mistake(
            "first proportional",
            np.array([2 * _FROM[0], _RIGHT[1]]),
            "The second current is right. For the first, twice the current is too much: near the rheobase "
            "the curve is steep.",
        ),
        Mistake(
            "proportional",
            2 * _FROM,
            "Twice the current is not twice the rate. The curve starts at the rheobase, not at 0, and it "
            "bends: compare lif_rate at your two currents with the rates you started from.",
        ),
        Mistake(
            "twice above the rheobase",
            2 * _FROM - lif_rheobase(_STANDARD),
            "You have doubled what lies above the rheobase, as if the curve were a straight line from "
            "there. It is steep at first and flat later.",
        ),
        Mistake(
            "neuron without refractory time",
            _current_for(2 * lif_rate(_FROM, _WITHOUT_PAUSE), _WITHOUT_PAUSE),
            "These are the currents of a neuron with t_ref = 0. The standard neuron pauses for 2 ms after "
            "each spike, so the second current must be far larger.",
        ),
        Mistake(
            "refractory time left out",
            _current_for(2 * _RATES, _WITHOUT_PAUSE),
            "The rates are right, but on the way back to a current the refractory time was left out. Of "
            "each interval, t_ref is not spent on climbing.",
        ),
        Mistake(
            "rates",
            2 * _RATES,
            "These are the two doubled rates in Hz. The question is which currents give them.",
        ),
        Mistake(
            "half as fast",
            _current_for(_RATES / 2, _STANDARD),
            "At these currents the neuron fires half as fast: the interval was doubled, not the rate.",
        ),
    ),
)
