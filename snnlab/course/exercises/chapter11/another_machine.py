"""Exercise 11.2, calculate then verify: the break-even of a machine with other prices."""

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["ANOTHER_MACHINE"]

_ADD, _MULTIPLY, _READ = 1.0, 4.0, 10.0  # pJ
_DEEP = _ADD + _MULTIPLY + _READ
_RIGHT = np.array([_DEEP / (_ADD + _READ), _DEEP / (_ADD + 3 * _READ)])

ANOTHER_MACHINE = Number(
    id="11.2",
    title="Another machine",
    statement=(
        "On another machine an addition costs 1 pJ, a multiplication 4 pJ, and a number from the memory or "
        "back 10 pJ. A neuron has 200 inputs, and its steps cost nothing. At how many spikes of each input "
        "does a spiking neuron cost as much as a deep one, if its current stays in a register? And if the "
        "current is read from the memory and written back at each of these spikes? Work it out on paper, "
        "then let the cell compare."
    ),
    stub="numbers = [..., ...]  # spikes of each input: in a register, in the memory",
    variable="numbers",
    labels=("In a register", "In the memory"),
    tolerance=0.005,
    solution=_RIGHT,
    next_step=(
        "The 200 inputs have dropped out. They come back as soon as the steps cost something: then more "
        "inputs share each step."
    ),
    mistakes=(
        Mistake(
            "reversed",
            _RIGHT[::-1],
            "Both are right and stand in the opposite order: first the current in a register.",
        ),
        Mistake(
            "memory forgotten",
            np.array([(_ADD + _MULTIPLY) / _ADD, _RIGHT[1]]),
            "The second is right. The first is the break-even of arithmetic alone: both neurons have to read "
            "their weights from the memory.",
        ),
        Mistake(
            "memory forgotten in both",
            np.array([(_ADD + _MULTIPLY) / _ADD, (_ADD + _MULTIPLY) / (_ADD + 2 * _READ)]),
            "Both leave out that the weight itself has to be read, by the deep neuron as well.",
        ),
        Mistake(
            "weight read by the deep neuron alone",
            np.array([_DEEP / _ADD, _DEEP / (_ADD + 2 * _READ)]),
            "Yours lets only the deep neuron read its weights. A spike needs the weight of its synapse too.",
        ),
        Mistake(
            "read and not written",
            np.array([_RIGHT[0], _DEEP / (_ADD + 2 * _READ)]),
            "The first is right. In the second the weight and the current are read; the new current has to "
            "be written back as well.",
        ),
        Mistake(
            "the deep one writes too",
            np.array([_RIGHT[0], (_DEEP + 2 * _READ) / (_ADD + 3 * _READ)]),
            "The first is right. In the second you let the deep neuron read and write its sum for each "
            "input: it adds up in a register, one neuron after the other.",
        ),
        Mistake(
            "spikes in all",
            200 * _RIGHT,
            "These are the spikes of all 200 inputs together. One input has its share of them.",
        ),
        Mistake(
            "upside down",
            1 / _RIGHT,
            "You have divided the cost of a spike by that of a deep neuron. How often does the smaller one "
            "go into the larger?",
        ),
        Mistake(
            "multiplied by spikes",
            np.array([_DEEP / (_ADD + _MULTIPLY + _READ), _DEEP / (_ADD + _MULTIPLY + 3 * _READ)]),
            "Your spikes are multiplied by weights. A spike is 0 or 1: its weight is added, or it is not.",
        ),
    ),
)
