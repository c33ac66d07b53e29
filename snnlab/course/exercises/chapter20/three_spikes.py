"""Exercise 20.1, calculate then verify: what three spikes do to a weight."""

import math

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["THREE_SPIKES"]

_LAMBDA, _ALPHA, _TAU = 0.01, 1.05, 20.0
_FIRST, _SECOND = math.exp(-10.0 / _TAU), math.exp(-20.0 / _TAU)  # Δt = +10 ms and −20 ms
_CHANGE = _LAMBDA * (_FIRST - _ALPHA * _SECOND)

THREE_SPIKES = Number(
    id="20.1",
    title="Three spikes",
    statement=(
        "The presynaptic neuron fires at 0 and at 30 ms, the postsynaptic one at 10 ms, and nothing else "
        "happens. With λ = 0.01, α = 1.05 and both time constants 20 ms, by how much does the weight change? "
        "Work it out on paper, to three digits, then let the cell compare."
    ),
    stub="change = ...",
    variable="change",
    labels=("Change of the weight",),
    tolerance=0.01,
    solution=_CHANGE,
    next_step=(
        "Ten such triples, far apart, and the weight has gone up although depression is the stronger half "
        "of the rule. When would the last presynaptic spike have to come for the two to cancel?"
    ),
    mistakes=(
        Mistake(
            "turned round",
            -_CHANGE,
            "The signs are turned round. Pre first, as in the pair of 0 and 10 ms, is what strengthens.",
        ),
        Mistake(
            "first pair",
            _LAMBDA * _FIRST,
            "{answer} is what the pair of 0 and 10 ms adds. The spike at 30 ms makes a pair with that at 10 "
            "ms, too.",
        ),
        Mistake(
            "no alpha",
            _LAMBDA * (_FIRST - _SECOND),
            "Nearly: the depression is α times as large as the potentiation, and α is 1.05.",
        ),
        Mistake(
            "all grow",
            _LAMBDA * (_FIRST + _ALPHA * _SECOND),
            "You added both pairs. In the second one the postsynaptic spike came first, which takes away.",
        ),
        Mistake(
            "from the first spike",
            _LAMBDA * (_FIRST - _ALPHA * math.exp(-30.0 / _TAU)),
            "The second pair is 10 and 30 ms, so 20 ms apart. You took the 30 ms from the start.",
        ),
        Mistake(
            "both 10 ms",
            _LAMBDA * _FIRST * (1.0 - _ALPHA),
            "You gave both pairs the same distance. One is 10 ms apart, the other 20 ms.",
        ),
        Mistake(
            "without lambda",
            _CHANGE / _LAMBDA,
            "{answer} is the sum of the two exponentials, the second one times -α. The step λ is missing.",
        ),
        Mistake(
            "window turned round",
            _LAMBDA * (_SECOND - _ALPHA * _FIRST),
            "Your window is turned round. In the pair of 0 and 10 ms pre is first, which strengthens by λ; "
            "in that of 10 and 30 ms post is first.",
        ),
        Mistake(
            "second pair",
            -_LAMBDA * _ALPHA * _SECOND,
            "{answer} is what the pair of 10 and 30 ms takes away. The spike at 0 ms makes a pair with that "
            "at 10 ms, too.",
        ),
        Mistake(
            "growing exponentials",
            _LAMBDA * (1 / _FIRST - _ALPHA / _SECOND),
            "Your exponentials grow with the distance. A pair that is farther apart does less: the exponent "
            "is negative.",
        ),
    ),
)
