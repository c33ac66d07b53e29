"""Exercise 3.1, calculate then verify: the time of the next spike."""

import math

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["NEXT_SPIKE"]

_INPUT, _RISE = 24.0, 15.0  # mV above rest: the sum of the responses, and the threshold
_DEPTH, _TAU = 15.0, 20.0  # mV, ms: of η
_LEFT = _INPUT - _RISE  # what η may still take away
_NEXT = _TAU * math.log(_DEPTH / _LEFT)

NEXT_SPIKE = Number(
    id="3.1",
    title="When does it fire next?",
    statement=(
        "A neuron has just fired. Its threshold lies 15 mV above rest. Its input spikes keep coming, so that "
        "the sum of their responses stays at 24 mV above rest. Its own spike adds "
        "$\\eta(s) = -15\\, e^{-s/20}$ mV, with $s$ in ms. After how many ms does it fire again? Work it out "
        "on paper, then let the cell compare."
    ),
    stub="next_spike = ...  # ms",
    variable="next_spike",
    labels=("It fires again after",),
    unit="ms",
    tolerance=0.01,
    solution=_NEXT,
    next_step=(
        "Now let the input hold it at 30 mV. What does your formula say, and what would a neuron do that "
        "obeys it?"
    ),
    mistakes=(
        Mistake(
            "upside down",
            -_NEXT,
            "A negative time: the fraction in the logarithm is upside down. η shrinks from 15 mV to what it "
            "may still take away, so 15 stands on top.",
        ),
        Mistake(
            "integrate and fire",
            _TAU * math.log(_INPUT / _LEFT),
            "{answer} ms is what a leaky integrate-and-fire neuron takes, which starts from rest and has the "
            "whole 24 mV to climb. This one stands 9 mV above rest right after its spike.",
        ),
        Mistake(
            "time constant",
            _TAU,
            "{answer} ms is the time constant of η: by then η is down to 5.5 mV, less than the 9 mV that it "
            "may take away.",
        ),
        Mistake(
            "input against threshold",
            _TAU * math.log(_INPUT / _RISE),
            "{answer} ms comes from 24 over 15. What shrinks is η, from 15 mV on. How much of it may be left "
            "when 24 mV minus η is 15 mV?",
        ),
        Mistake(
            "straight line",
            _TAU * (_DEPTH - _LEFT) / _DEPTH,
            "{answer} ms lets η fall at its first speed all the time. It slows down as it fades, so it takes "
            "longer.",
        ),
        Mistake(
            "log10",
            _TAU * math.log10(_DEPTH / _LEFT),
            "This is the logarithm to base 10. η is an exponential with base e, so it takes the natural one.",
        ),
        Mistake(
            "ratio times tau",
            _TAU * _LEFT / _DEPTH,
            "{answer} ms is the time constant times 9 over 15. η is an exponential: how long it takes to "
            "fall by a ratio is the logarithm of that ratio, times τ.",
        ),
        Mistake(
            "gone for left",
            -_TAU * math.log(1.0 - _LEFT / _DEPTH),
            "{answer} ms is when 9 of the 15 mV are gone. The neuron fires earlier, when 9 mV are left.",
        ),
    ),
)
