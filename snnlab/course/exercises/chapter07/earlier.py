"""Exercise 7.1, calculate then verify: by how much the stronger current comes first."""

import math

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["EARLIER"]

_TAU, _HEIGHT = 20.0, 15.0  # ms, mV from rest to threshold
_WEAK, _STRONG = 20.0, 25.0  # mV: R i


def _latency(drive: float) -> float:
    return _TAU * math.log(drive / (drive - _HEIGHT))


_FIRST, _SECOND = _latency(_STRONG), _latency(_WEAK)

EARLIER = Number(
    id="7.1",
    title="By how much?",
    statement=(
        "Two neurons of chapter 2 sit at rest: 100 MΩ, 20 ms, a threshold 15 mV above rest. At time 0 one "
        "gets 0.20 nA and the other 0.25 nA. By how many milliseconds is the second one's first spike "
        "earlier? Work it out on paper, with the latency of chapter 2; `lif_latency([0.20, 0.25])` of "
        "`snnlab.neurons` verifies it."
    ),
    stub="earlier = ...  # ms",
    variable="earlier",
    labels=("Earlier by",),
    unit="ms",
    tolerance=0.005,
    solution=_SECOND - _FIRST,
    next_step=(
        "A quarter more current is more than 9 ms earlier. Between 0.8 and 1 nA, again a quarter more, it is "
        "less than 1 ms: strong inputs are hard to tell apart by their first spikes."
    ),
    mistakes=(
        Mistake(
            "only the second",
            _FIRST,
            "{answer} ms is when the neuron with 0.25 nA fires. Wanted is how much later the other one does.",
        ),
        Mistake(
            "only the first",
            _SECOND,
            "{answer} ms is when the neuron with 0.20 nA fires. Wanted is how much earlier the other one "
            "does.",
        ),
        Mistake(
            "drive over height",
            _TAU * math.log(_STRONG / _WEAK),
            "You took the logarithm of the two drives alone. Where is the threshold? The potential has to "
            "rise by 15 mV towards 20 mV or 25 mV.",
        ),
        Mistake(
            "straight line",
            _TAU * _HEIGHT / _WEAK - _TAU * _HEIGHT / _STRONG,
            "This would be right without the leak: the potential rises along a straight line. With the leak "
            "it slows down on its way, and the weaker current loses more time.",
        ),
        Mistake(
            "half-life",
            (_SECOND - _FIRST) / math.log(2),
            "This has the logarithm to base 2. In one τ the gap shrinks to 1/e, so it is the natural one: "
            "np.log.",
        ),
        Mistake(
            "log10",
            (_SECOND - _FIRST) / math.log(10),
            "This has the logarithm to base 10. In τ the gap shrinks to 1/e: np.log.",
        ),
        Mistake(
            "difference of rates",
            1000.0 / _FIRST - 1000.0 / _SECOND,
            "{answer} looks like a difference of rates in Hz. Wanted is by how many ms the first spike is "
            "earlier.",
        ),
        Mistake(
            "drive over height, turned",
            -_TAU * math.log(_STRONG / _WEAK),
            "You took the logarithm of drive over threshold. What shrinks is the gap to the drive: from 20 "
            "to 5 mV, and from 25 to 10 mV.",
        ),
        Mistake(
            "ratio",
            _SECOND / _FIRST,
            "{answer} is how many times as long the weaker current takes. Wanted is by how many ms: a "
            "difference.",
        ),
    ),
)
