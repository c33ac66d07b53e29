"""Exercise 3.2, sketch then plot: how far apart two inputs may be to make a spike."""

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number
from snnlab.neurons import exponential_psp

__all__ = ["TOGETHER"]

_W, _RISE = 15.0, 15.0  # mV: weight of each input, and the threshold above rest
_S = np.arange(0.0, 100.0, 0.01)  # ms


def _highest(gap: float) -> float:
    """The highest point of two responses that begin `gap` ms apart, mV above rest."""
    return float((_W * (exponential_psp(_S) + exponential_psp(_S - gap))).max())


def _widest(rise: float) -> float:
    """The largest gap with which two responses still reach `rise`, by halving."""
    near, far = 0.0, 80.0
    for _ in range(60):
        middle = (near + far) / 2
        near, far = (middle, far) if _highest(middle) >= rise else (near, middle)
    return near


_PEAK = float(_S[exponential_psp(_S).argmax()])
_HEIGHT = _W * float(exponential_psp(_PEAK))
_GAP = _widest(_RISE)
_AT_PEAK = float(_S[(_S > _PEAK) & (_W * exponential_psp(_S) >= _RISE - _HEIGHT)].max()) - _PEAK

TOGETHER = Number(
    id="3.2",
    title="Close enough",
    statement=(
        "Two input spikes of weight 15 mV arrive at a resting neuron. ε is the exponential one, with "
        "20 ms for the membrane and 5 ms for the synapse. The threshold lies 15 mV "
        "above rest. Sketch ε for each of them and their sum, for a small gap and for a large one. Up to "
        "which gap, in ms, do the two make the neuron fire? Mark a guess. Then plot "
        "`15 * exponential_psp(s) + 15 * exponential_psp(s - gap)` and find it to within 2 %."
    ),
    stub="gap = ...  # ms",
    variable="gap",
    labels=("Longest gap",),
    unit="ms",
    tolerance=0.02,
    solution=_GAP,
    next_step=(
        "So this neuron tells whether two spikes came within about seventeen milliseconds of one another. "
        "What would you change to make it choosier?"
    ),
    mistakes=(
        Mistake(
            "at the peak",
            _AT_PEAK,
            "{answer} ms takes the sum at the moment when the second response peaks. The sum peaks a little "
            "earlier, when the first has fallen less, so the gap may be a little larger.",
        ),
        Mistake(
            "time to peak",
            _PEAK,
            "{answer} ms is when one response peaks. The gap may be larger: at its peak the first still "
            "leaves enough for the second to add to.",
        ),
        Mistake(
            "time constant",
            20.0,
            "{answer} ms is the membrane time constant. With that gap the sum stops at 14.3 mV: plot it, and "
            "bring the two together until it just touches 15 mV.",
        ),
        Mistake(
            "jumps",
            20.0 * np.log(_HEIGHT / (_RISE - _HEIGHT)),
            "{answer} ms treats each response as a jump to its peak. ε takes time to rise, and meanwhile the "
            "first one falls.",
        ),
        Mistake(
            "never apart",
            0.0,
            "At gap 0 the two reach 18.9 mV, well above 15 mV: they need not be simultaneous.",
        ),
        Mistake(
            "time of the sum",
            float(_S[(exponential_psp(_S) + exponential_psp(_S - _GAP)).argmax()]),
            "{answer} ms is when the sum is largest, counted from the first input spike. The gap is the "
            "time between the two input spikes.",
        ),
        Mistake(
            "first stands still",
            float(_S[(_S > _PEAK) & (_W * exponential_psp(_S) >= _RISE - _HEIGHT)].max()),
            "{answer} ms adds the peak of the second response to what the first is when the second begins. "
            "The second takes time to rise, and meanwhile the first goes on falling.",
        ),
        Mistake(
            "half and half",
            float(_S[(_S > _PEAK) & (_W * exponential_psp(_S) >= _RISE / 2)].max()),
            "{answer} ms is when the first response has fallen to half the threshold. At that moment the "
            "second has only begun: plot the sum of both.",
        ),
    ),
)
