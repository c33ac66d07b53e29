"""Exercise 2.1, calculate then verify: the time to the first spike."""

import math

from snnlab.course.exercises.kinds import Mistake, Number
from snnlab.neurons import LIF, lif_latency

__all__ = ["OVERFLOW"]

_SLOW = LIF(tau_m=30.0)
_CURRENT = 0.25  # nA
_GOAL = _SLOW.r_m * _CURRENT  # 25 mV above rest
_RIM = _SLOW.v_th - _SLOW.v_rest  # 15 mV above rest
_LATENCY = float(lif_latency(_CURRENT, _SLOW))

OVERFLOW = Number(
    id="2.1",
    title="When does it overflow?",
    statement=(
        "A neuron rests at −65 mV. Its threshold is −50 mV, its time constant 30 ms, its resistance 100 MΩ. "
        "At time 0 a current of 0.25 nA is switched on. After how many ms does the neuron fire for the "
        "first time? Work it out on paper, then let the cell compare."
    ),
    stub="first_spike = ...  # ms",
    variable="first_spike",
    labels=("First spike after",),
    unit="ms",
    tolerance=0.01,
    solution=_LATENCY,
    next_step=(
        "Now look at the fraction in the logarithm again: with 0.15 nA or less it has no finite value. What "
        "does the neuron do then?"
    ),
    mistakes=(
        Mistake(
            "upside down",
            -_LATENCY,
            "A negative time: the fraction in the logarithm is upside down. The larger distance stands "
            "above the smaller one.",
        ),
        Mistake(
            "no leak",
            _SLOW.tau_m * _RIM / _GOAL,
            "{answer} ms is the time without a leak, at the speed of the first moment. The bucket leaks "
            "more the fuller it is, so it takes longer.",
        ),
        Mistake(
            "distance to the threshold",
            _SLOW.tau_m * math.log(_GOAL / _RIM),
            "{answer} ms divides by the distance from rest to threshold. Divide by what is still missing "
            "when the level is at the threshold: 10 mV.",
        ),
        Mistake(
            "time constant",
            _SLOW.tau_m,
            "{answer} ms is the time constant: by then the level has come 63 % of its way, to 15.8 mV, "
            "which is above the threshold already.",
        ),
        Mistake(
            "from zero",
            _SLOW.tau_m * math.log(_SLOW.v_th / (_SLOW.v_rest + _GOAL)),
            "{answer} ms counts the potentials from 0 mV. Count them from rest: the threshold is 15 mV up, "
            "the level is drawn to 25 mV.",
        ),
        Mistake(
            "with refractory time",
            _LATENCY + _SLOW.t_ref,
            "{answer} ms has the refractory time in it. That comes after a spike; before the first one "
            "there is none.",
        ),
        Mistake(
            "absolute potentials",
            _SLOW.tau_m * math.log(_SLOW.v_rest / _SLOW.v_th),
            "{answer} ms divides −65 mV by −50 mV. Nothing special happens at 0 mV: measure both from the "
            "level at which the bucket would settle.",
        ),
    ),
)
