"""Exercise 4.5, calculate then verify: by how much one hazard makes a train likelier than another."""

import math

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["LIKELIER"]

_SPIKES, _TIME = 12, 1.0  # s
_SLOW, _FAST = 10.0, 20.0  # Hz
_AT_SPIKES = _SPIKES * math.log(_SLOW / _FAST)
_EXPECTED = (_FAST - _SLOW) * _TIME
_NATS, _BEST = _AT_SPIKES + _EXPECTED, _SPIKES / _TIME

LIKELIER = Number(
    id="4.5",
    title="Which is likelier?",
    statement=(
        "A neuron is held still and has no refractory time, so its hazard is constant. In one second it "
        "fires 12 times. By how many nats (natural logarithms) is this train likelier with a hazard of 10 Hz "
        "than with one of 20 Hz? And with which hazard, in Hz, is it likeliest of all?"
    ),
    stub="likelier = [..., ...]  # nats, Hz",
    variable="likelier",
    labels=("Nats", "Hazard (Hz)"),
    tolerance=0.01,
    solution=np.array([_NATS, _BEST]),
    next_step=(
        "The likeliest constant hazard is the spikes over the time, so a count is the best estimate of it. "
        "By how many nats does 10 Hz fall short of that?"
    ),
    mistakes=(
        Mistake(
            "expected spikes forgotten",
            np.array([_AT_SPIKES, _BEST]),
            "The hazard is right. Your nats are those of the 12 spikes alone. The time without spikes speaks "
            "too: every spike that a model expects costs it one nat, and 20 Hz expects 10 more.",
        ),
        Mistake(
            "spikes forgotten",
            np.array([_EXPECTED, _BEST]),
            "The hazard is right. Your nats are what the silence says. Each of the 12 spikes is twice as "
            "likely with 20 Hz, and that speaks for 20 Hz.",
        ),
        Mistake(
            "the other way round",
            np.array([-_NATS, _BEST]),
            "The hazard is right. In the nats a sign is turned round: by so many is the train likelier with "
            "20 Hz than with 10 Hz.",
        ),
        Mistake(
            "one spike",
            np.array([math.log(_SLOW / _FAST) + _EXPECTED, _BEST]),
            "The hazard is right. In your nats one spike counts. The logarithm of the hazard stands in the "
            "sum once for each of the 12.",
        ),
        Mistake(
            "a ratio",
            np.array([math.exp(_NATS), _BEST]),
            "The hazard is right. Your first number says how many times likelier the train is. Nats are the "
            "natural logarithm of that.",
        ),
        Mistake(
            "in bits",
            np.array([_NATS / math.log(2), _BEST]),
            "The hazard is right. Your first number is in bits, logarithms to the base 2. Nats are natural "
            "logarithms.",
        ),
        Mistake(
            "decimal logarithm",
            np.array([_SPIKES * math.log10(_SLOW / _FAST) + _EXPECTED, _BEST]),
            "The hazard is right. In your nats stands a logarithm to the base 10. It has to be the natural "
            "one.",
        ),
        Mistake(
            "each spike",
            np.array([_NATS / _SPIKES, _BEST]),
            "The hazard is right. Your first number is for each spike; the whole train is asked.",
        ),
        Mistake(
            "the better of the two",
            np.array([_NATS, _SLOW]),
            "The nats are right. 10 Hz is the better of the two, and a hazard in between is better still: "
            "where does 12 ln ρ − ρ stop growing?",
        ),
        Mistake(
            "in the middle",
            np.array([_NATS, (_SLOW + _FAST) / 2]),
            "The nats are right. The middle is not the best: find where 12 ln ρ − ρ stops growing.",
        ),
        Mistake(
            "in milliseconds",
            np.array([_NATS, _BEST / 1000.0]),
            "The nats are right. Your hazard is in spikes a millisecond; it is asked in Hz.",
        ),
        Mistake(
            "reversed",
            np.array([_BEST, _NATS]),
            "Both are right and stand in the opposite order: first the nats.",
        ),
    ),
)
