"""Exercise 21.3, sketch then plot: the speed of a weight against the neuron's rate."""

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["STANDING_STILL"]

_PRE, _A, _ALPHA, _TAU, _EXTRA, _FAST = 20.0, 0.005, 1.05, 0.020, 0.01, 30.0  # Hz, 1, 1, s, 1, Hz


def _speed(post: float, extra: float = _EXTRA) -> float:
    return _PRE * _A * (extra - (_ALPHA - 1.0) * _TAU * post)


_STILL = _EXTRA / ((_ALPHA - 1.0) * _TAU)

STANDING_STILL = Number(
    id="21.3",
    title="Standing still",
    statement=(
        "An input of 20 Hz makes the neuron fire one spike more, at once, with each hundredth of its own "
        "spikes: $e = 0.01$. As in the text, $A_+ = 0.005$, α = 1.05 and both time constants are 20 ms. "
        "Sketch the mean speed of its weight against the rate of the neuron, from 0 to 30 Hz. Then plot it: "
        "with "
        '`r = np.linspace(0, 30, 31)`, `plots.curves({"w": (r, 1000 * speed)}, "rate (Hz)", "change in '
        '1000 s")`. At which rate, in Hz, does the weight stand still? And what is its speed at 30 Hz, a '
        "second?"
    ),
    stub="still = [..., ...]  # rate in Hz, speed at 30 Hz in 1/s",
    variable="still",
    labels=("Rate, in Hz", "Speed at 30 Hz, in 1/s"),
    tolerance=0.01,
    solution=np.array([_STILL, _speed(_FAST)]),
    next_step=(
        "Below this rate the weight grows, and with it the rate; above it falls. A neuron all of whose "
        "inputs follow this line holds its own rate. Where would the rate be with α = 1.1?"
    ),
    mistakes=(
        Mistake(
            "sign",
            np.array([_STILL, -_speed(_FAST)]),
            "The first is right. At 30 Hz the neuron fires more than that, so depression wins and the speed "
            "is negative.",
        ),
        Mistake(
            "no extra spikes",
            np.array([_STILL, _speed(_FAST, 0.0)]),
            "The first is right. The second leaves out what the input causes itself, the e in the bracket.",
        ),
        Mistake(
            "kilohertz",
            np.array([_STILL / 1000.0, _speed(_FAST)]),
            "The second is right. The first is a rate in spikes per ms. In Hz it is a thousand times as "
            "much.",
        ),
        Mistake(
            "milliseconds",
            np.array([_STILL, _speed(_FAST) / 1000.0]),
            "The first is right. The second is the speed per ms; a second has a thousand of them.",
        ),
        Mistake(
            "in 1000 s",
            np.array([_STILL, 1000.0 * _speed(_FAST)]),
            "The first is right. The second is the change in 1000 s, as the figure shows it.",
        ),
        Mistake(
            "alpha itself",
            np.array([_EXTRA / (_ALPHA * _TAU), _speed(_FAST)]),
            "The second is right. For the first you divided by α τ. What chance takes away is only what "
            "depression has more than potentiation, α − 1.",
        ),
        Mistake(
            "only the slope",
            np.array([_STILL, _speed(_FAST) / (_PRE * _A)]),
            "The first is right. The second is the bracket alone. It acts as often as the input fires, and "
            "each time with A.",
        ),
        Mistake(
            "alpha itself, twice",
            np.array([_EXTRA / (_ALPHA * _TAU), _PRE * _A * (_EXTRA - _ALPHA * _TAU * _FAST)]),
            "You took α in the bracket. What chance takes away is only what depression has more than "
            "potentiation, α − 1.",
        ),
        Mistake(
            "without A",
            np.array([_STILL, _speed(_FAST) / _A]),
            "The first is right. The second leaves out A, what one pair does at most.",
        ),
        Mistake(
            "tau in milliseconds",
            np.array([_STILL / 1000.0, _PRE * _A * (_EXTRA - (_ALPHA - 1.0) * 1000.0 * _TAU * _FAST)]),
            "You took τ = 20 with rates in Hz. With rates in spikes a second τ is 0.02 s.",
        ),
        Mistake(
            "spikes a second",
            np.array([_STILL * _PRE, _PRE * _A * (_EXTRA * _PRE - (_ALPHA - 1.0) * _TAU * _FAST)]),
            "You multiplied e by the rate of the input. It is the number of spikes for *each* spike of the "
            "input; that rate stands before the bracket.",
        ),
    ),
)
