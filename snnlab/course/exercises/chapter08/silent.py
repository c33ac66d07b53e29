"""Exercise 8.4, calculate then verify: a silent cell decides between the two directions of exercise 6.3."""

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["SILENT"]

_RATES, _WINDOW = np.array([31.4, 0.5]), 0.05  # Hz, of cell 2 in the two directions of exercise 6.3; s
_MEAN = _RATES * _WINDOW
_SILENCE = np.exp(-_MEAN)


def _second(likelihood: np.ndarray) -> float:
    """How probable the second direction is, %."""
    return float(100 * likelihood[1] / likelihood.sum())


_RIGHT = _second(_SILENCE)

SILENT = Number(
    id="8.4",
    title="The cell that said nothing",
    statement=(
        "In exercise 6.3 two directions fitted the spikes of cell 6 equally well, 137° and 210°. There the "
        "tuning curve of cell 2 reads 31.4 Hz and 0.5 Hz. In a window of 50 ms cell 2 stays silent. Take it "
        "for a Poisson neuron, and both directions for equally probable before. How probable is the second "
        "one now, in per cent?"
    ),
    stub="probability = ...  # %",
    variable="probability",
    labels=("Probability",),
    unit="%",
    tolerance=0.005,
    solution=_RIGHT,
    next_step=(
        "One cell that says nothing for 50 ms brings the risk of naming the wrong direction from 50 to 18 %. "
        "After 200 ms of silence it would be 0.2 %."
    ),
    mistakes=(
        Mistake(
            "the first direction",
            100 - _RIGHT,
            "{answer} % is the first direction. Which one does silence speak for?",
        ),
        Mistake(
            "not divided by the sum",
            100 * _SILENCE[1],
            "{answer} % is how probable the silence is in the second direction. Divide it by the sum over "
            "both directions.",
        ),
        Mistake(
            "the rates",
            _second(_RATES[::-1]),
            "You compared the rates. What counts is how probable it is that no spike comes in 50 ms.",
        ),
        Mistake(
            "milliseconds for seconds",
            100.0,
            "Nothing is that certain: with rates in Hz the 50 ms are 0.05 s.",
        ),
        Mistake("a share", _RIGHT / 100, "The probability is right, but not in per cent."),
        Mistake(
            "one spike",
            _second(_MEAN * _SILENCE),
            "This would be right had cell 2 fired once. For no spike the factor in front is 1.",
        ),
        Mistake(
            "the odds",
            float(_SILENCE[1] / _SILENCE[0]),
            "{answer} to 1 are the odds. A probability is the odds over one plus the odds.",
        ),
        Mistake(
            "the prior",
            50.0,
            "This is what was believed before. Silence is evidence, too.",
        ),
        Mistake(
            "the difference",
            float(100 * (_SILENCE[1] - _SILENCE[0])),
            "You took the difference of the two likelihoods. Bayes' rule asks for the share of the second in "
            "their sum.",
        ),
    ),
)
