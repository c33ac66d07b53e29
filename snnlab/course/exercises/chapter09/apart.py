"""Exercise 9.3, the inverse problem: from two distances back to how fast two worlds part."""

import math

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["APART"]

_FIRST, _LATER, _D_FIRST, _D_LATER = 5.0, 25.0, 0.03, 0.48  # ms, mV
_TIMES = _D_LATER / _D_FIRST
_LAMBDA = 1000.0 * math.log(_TIMES) / (_LATER - _FIRST)
_DOUBLES = 1000.0 * math.log(2.0) / _LAMBDA

APART = Number(
    id="9.3",
    title="How fast do they part?",
    statement=(
        "Two copies of a network differ by one spike. 5 ms after it their potentials are 0.03 mV apart on "
        "average, 25 ms after it 0.48 mV. Suppose that the distance grows exponentially, as "
        "exp(λ t). What is λ, a second, and how many milliseconds does the distance take to double?"
    ),
    stub="answer = [..., ...]  # lambda in 1/s, doubling time in ms",
    variable="answer",
    tolerance=0.01,
    labels=("λ, in 1/s", "doubling time, in ms"),
    solution=np.array([_LAMBDA, _DOUBLES]),
    next_step=(
        "Now let the copies differ by 1e-12 mV in place of a spike. By what the chapter says of the smallest "
        "differences, will they part as well?"
    ),
    mistakes=(
        Mistake(
            "reversed",
            np.array([_DOUBLES, _LAMBDA]),
            "Both are right and stand in the opposite order: first λ.",
        ),
        Mistake(
            "a millisecond",
            np.array([_LAMBDA / 1000.0, _DOUBLES]),
            "The doubling time is right. λ is in 1/ms; a second it is a thousand times as much.",
        ),
        Mistake(
            "log10",
            np.array([
                1000.0 * math.log10(_TIMES) / (_LATER - _FIRST),
                1000.0 * math.log(2.0) / (1000.0 * math.log10(_TIMES) / (_LATER - _FIRST)),
            ]),
            "You took the logarithm to base 10. exp(λ t) has base e.",
        ),
        Mistake(
            "time constant for doubling",
            np.array([_LAMBDA, 1000.0 / _LAMBDA]),
            "Your λ is right. After 1/λ the distance is e times as large; it has doubled after ln 2 / λ.",
        ),
        Mistake(
            "from the start",
            np.array([1000.0 * math.log(_TIMES) / _LATER, math.log(2.0) * _LATER / math.log(_TIMES)]),
            "You divided by 25 ms. From 0.03 to 0.48 mV it took from 5 to 25 ms.",
        ),
        Mistake(
            "straight line",
            np.array([
                1000.0 * (_D_LATER - _D_FIRST) / (_LATER - _FIRST),
                (_LATER - _FIRST) * _D_FIRST / (_D_LATER - _D_FIRST),
            ]),
            "You took a straight line, so many mV a second. It grows exponentially: what is the same in each "
            "ms is the ratio.",
        ),
        Mistake(
            "no logarithm",
            np.array([1000.0 * _TIMES / (_LATER - _FIRST), math.log(2.0) * (_LATER - _FIRST) / _TIMES]),
            "The distance grew 16 times in 20 ms. λ times 20 ms is the logarithm of 16.",
        ),
        Mistake(
            "binary logarithm",
            np.array([1000.0 * math.log2(_TIMES) / (_LATER - _FIRST), _DOUBLES]),
            "The doubling time is right: the distance doubles four times in 20 ms. That is 200 doublings a "
            "second, and λ counts factors of e: multiply by ln 2.",
        ),
        Mistake(
            "fades",
            np.array([-_LAMBDA, _DOUBLES]),
            "The size is right. The distance grows, so λ is above zero.",
        ),
        Mistake(
            "sixteenfold",
            np.array([_LAMBDA, _LATER - _FIRST]),
            "Your λ is right. In 20 ms the distance grows sixteenfold, which is four doublings.",
        ),
    ),
)
