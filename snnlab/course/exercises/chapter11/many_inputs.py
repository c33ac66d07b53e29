"""Exercise 11.3, sketch then plot: the break-even against the number of inputs that share the steps."""

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["MANY_INPUTS"]

_ADD, _MULTIPLY, _READ, _STEPS = 0.9, 3.7, 5.0, 50  # pJ, 1
_DEEP, _UPDATE, _SPIKE = _ADD + _MULTIPLY + _READ, _ADD + 2 * _MULTIPLY, _ADD + _READ
_LEAST = _STEPS * _UPDATE / _DEEP  # inputs
_LIMIT = _DEEP / _SPIKE
_RIGHT = np.array([_LEAST, _LIMIT])

MANY_INPUTS = Number(
    id="11.3",
    title="Shared by many",
    statement=(
        "An addition costs 0.9 pJ, a multiplication 3.7 pJ, a number from the memory 5 pJ. A spiking neuron "
        "keeps its current and its potential in registers and is updated in 50 steps, each for two "
        "multiplications and an addition. Sketch the break-even number of spikes of each input against the "
        "number m of inputs, from 10 to 1000. Then plot it: `m = np.arange(10, 1001)`, "
        '`plots.curves({"break-even": (m, ...)}, "inputs", "spikes of each input")`. Where does it leave 0? '
        "And which value does it come near for very many inputs?"
    ),
    stub="numbers = [..., ...]  # inputs at which it leaves 0, spikes for very many inputs",
    variable="numbers",
    labels=("Inputs where it leaves 0", "Spikes for very many inputs"),
    tolerance=0.02,  # 43 and 44 whole inputs are right as well
    solution=_RIGHT,
    next_step=(
        "With fewer inputs than that a spiking neuron loses without a single spike. Which would you rather "
        "change, the number of inputs or of steps, and what would it cost?"
    ),
    mistakes=(
        Mistake(
            "reversed",
            _RIGHT[::-1],
            "Both are right and stand in the opposite order: first the inputs.",
        ),
        Mistake(
            "memory forgotten in the deep neuron",
            np.array([_STEPS * _UPDATE / (_ADD + _MULTIPLY), _LIMIT]),
            "The spikes are right. For the inputs you let the deep neuron have its weights for nothing: it "
            "reads each of them for 5 pJ.",
        ),
        Mistake(
            "one multiplication a step",
            np.array([_STEPS * (_ADD + _MULTIPLY) / _DEEP, _LIMIT]),
            "The spikes are right. In a step the current decays and the potential decays: two "
            "multiplications and an addition.",
        ),
        Mistake(
            "no addition in a step",
            np.array([_STEPS * 2 * _MULTIPLY / _DEEP, _LIMIT]),
            "The spikes are right. In each step the current is also added to the potential, for 0.9 pJ.",
        ),
        Mistake(
            "a spike's cost for the deep one's",
            np.array([_STEPS * _UPDATE / _SPIKE, _LIMIT]),
            "The spikes are right. It leaves 0 where the steps cost as much as the deep neuron does, not as "
            "much as one spike of each input.",
        ),
        Mistake(
            "arithmetic alone",
            np.array([_LEAST, (_ADD + _MULTIPLY) / _ADD]),
            "The inputs are right. For very many inputs the steps are forgotten, the memory is not: both "
            "neurons read a weight.",
        ),
        Mistake(
            "memory alone",
            np.array([_LEAST, 1.0]),
            "The inputs are right. It goes to 1 where the memory costs much more than the arithmetic. "
            "Here it costs 5 pJ.",
        ),
        Mistake(
            "where it reaches one",
            np.array([_STEPS * _UPDATE / (_DEEP - _SPIKE), _LIMIT]),
            "The spikes are right. These are the inputs at which it reaches 1. It leaves 0 earlier.",
        ),
        Mistake(
            "cost of the steps",
            np.array([_STEPS * _UPDATE, _LIMIT]),
            "The spikes are right. This is what the steps cost, in pJ. Of how many inputs does a deep neuron "
            "cost as much?",
        ),
    ),
)
