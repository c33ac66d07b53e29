"""Exercise 24.3, the inverse problem: the time constant of a trace from two experiments."""

import math

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["HOW_LONG"]

_SOON, _LATE, _SOON_GREW, _LATE_GREW = 0.6, 2.1, 12.0, 3.0  # s, s, %, %
_TAU = (_LATE - _SOON) / math.log(_SOON_GREW / _LATE_GREW)

HOW_LONG = Number(
    id="24.3",
    title="How long is the trace?",
    statement=(
        "In a dish, the same pairs of spikes are followed by the same puff of dopamine, in one experiment "
        "after 0.6 s and in another after 2.1 s. The synapse grows by 12 % in the first and by 3 % in the "
        "second. Nothing else is known, neither the puff nor how long it stays. What is $\\tau_c$, in s, if "
        "the rule holds? To three digits."
    ),
    stub="tau_c = ...",
    variable="tau_c",
    labels=("Time constant of the trace",),
    tolerance=0.01,
    unit="s",
    solution=_TAU,
    next_step="And what would the same puff do 5 s after the pairs? Could anybody measure that?",
    mistakes=(
        Mistake(
            "milliseconds",
            1000.0 * _TAU,
            "This is in ms; the answer is wanted in s.",
        ),
        Mistake(
            "late only",
            _LATE / math.log(_SOON_GREW / _LATE_GREW),
            "You divided the whole 2.1 s. But it fell to a quarter from 0.6 s to 2.1 s, which is less.",
        ),
        Mistake(
            "half-life",
            (_LATE - _SOON) / math.log2(_SOON_GREW / _LATE_GREW),
            "This is how long it takes to fall to half. τ_c is how long it takes to fall to 1/e.",
        ),
        Mistake(
            "ten",
            (_LATE - _SOON) / math.log10(_SOON_GREW / _LATE_GREW),
            "The logarithm to the base 10 does not belong to an e-function.",
        ),
        Mistake(
            "straight line",
            (_LATE - _SOON) / (_SOON_GREW - _LATE_GREW) * _SOON_GREW,
            "Along a straight line it would have gone after {answer} s more. The trace fades by a factor in "
            "each second, not by an amount.",
        ),
        Mistake(
            "upside down",
            math.log(_SOON_GREW / _LATE_GREW) / (_LATE - _SOON),
            "This is 1/τ_c, a rate.",
        ),
        Mistake(
            "soon only",
            _SOON / math.log(_SOON_GREW / _LATE_GREW),
            "You divided 0.6 s. It fell to a quarter in the time between the two experiments.",
        ),
        Mistake(
            "multiplied",
            (_LATE - _SOON) * math.log(_SOON_GREW / _LATE_GREW),
            "You multiplied by the logarithm. The ratio 4 is exp(1.5 s / τ_c): solve it for τ_c.",
        ),
    ),
)
