"""Exercise 24.5, sketch then plot: how long a trace should last."""

import math

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["LONGER"]

_LATE = 3.0  # s


def _odds(tau: float, late: float = _LATE) -> float:
    return math.exp(-late / tau) / math.sqrt(tau)


_BEST = 2.0 * _LATE
_GAIN = _odds(_BEST) / _odds(1.0)

LONGER = Number(
    id="24.5",
    title="How long to remember",
    statement=(
        "All rewards come T = 3 s late, and dopamine is so short that $\\tau_d$ can be left out. The "
        "head start of the right synapse, signal against noise, is then proportional to "
        "$e^{-T/\\tau_c}/\\sqrt{\\tau_c}$. Sketch it against $\\tau_c$ from 0.5 to 20 s, then plot it with "
        '`plots.curves({"s/σ": (tau, odds)}, "τ_c (s)", "s/σ, relative")`. At which $\\tau_c$, in s, is it '
        "largest? And by how many times is it larger there than at 1 s?"
    ),
    stub="longer = [..., ...]  # the best τ_c in s, and how many times better than 1 s",
    variable="longer",
    labels=("Best τ_c, in s", "Times better than 1 s"),
    tolerance=0.02,
    solution=np.array([_BEST, _GAIN]),
    next_step=(
        "The peak is flat on its right: at 12 s the odds are hardly worse. But each reward then moves all "
        "weights further. What has to become smaller, and what does it cost?"
    ),
    mistakes=(
        Mistake(
            "as long as the delay",
            np.array([_LATE, _odds(_LATE) / _odds(1.0)]),
            "At τ_c = T the curve still rises. Where is its slope zero?",
        ),
        Mistake(
            "noise without root, twice",
            np.array([_LATE, math.exp(2.0) / 3.0]),
            "You divided by τ_c, not by its root: that peak is at T. Which power of τ_c does the noise have?",
        ),
        Mistake(
            "signal alone",
            np.array([20.0, math.exp(_LATE - _LATE / 20.0)]),
            "That is the signal alone, which grows with τ_c for ever. The noise grows too, by its root.",
        ),
        Mistake(
            "end of the axis",
            np.array([20.0, _odds(20.0) / _odds(1.0)]),
            "At 20 s your axis ends, and the curve has been falling for long. Where is its slope zero?",
        ),
        Mistake(
            "by how much",
            np.array([_BEST, _GAIN - 1.0]),
            "The first is right. The second is by how much it is larger; wanted is how many times as large.",
        ),
        Mistake(
            "half the delay",
            np.array([_LATE / 2.0, _odds(_LATE / 2.0) / _odds(1.0)]),
            "Half of T is too short: check the sign of the exponent, and where the slope is zero.",
        ),
        Mistake(
            "trace alone",
            np.array([_BEST, math.exp(-_LATE / _BEST) / math.exp(-_LATE)]),
            "The first is right. The second is by how much more of the trace is left. A longer trace also "
            "keeps more noise, by the root of τ_c.",
        ),
        Mistake(
            "noise without root",
            np.array([_BEST, math.exp(-_LATE / _BEST) / math.exp(-_LATE) / _BEST]),
            "The first is right. For the second you divided by τ_c; it is its root.",
        ),
        Mistake(
            "milliseconds",
            np.array([1000.0 * _BEST, _GAIN]),
            "The second is right. The first is in ms; the answer is wanted in s.",
        ),
        Mistake(
            "not relative",
            np.array([_BEST, _odds(_BEST)]),
            "The first is right. The second is the height of the peak; divide by the height at 1 s.",
        ),
        Mistake(
            "upside down",
            np.array([_BEST, 1.0 / _GAIN]),
            "The first is right, the second upside down.",
        ),
    ),
)
