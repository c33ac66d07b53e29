"""Exercise 11.4, the inverse problem: a machine's price of memory, read out of two energies."""

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["WHAT_IT_CHARGES"]

_ADD, _MULTIPLY, _INPUTS = 0.9, 3.7, 100  # pJ, pJ, 1
_READ, _BATCH = 15.0, 4
_EACH, _DEEP = _INPUTS * (_ADD + _READ), _INPUTS * (_ADD + _MULTIPLY + _READ / _BATCH)
_RIGHT = np.array([_READ, _BATCH])

WHAT_IT_CHARGES = Number(
    id="11.4",
    title="What it charges",
    statement=(
        "The maker of a machine says what a neuron with 100 inputs costs on it. Spiking: 1590 pJ for one "
        "spike of each input, with the current in a register. Deep: 835 pJ. An addition costs 0.9 pJ and a "
        "multiplication 3.7 pJ, as everywhere on this page. What does the machine charge for a number from "
        "the memory, in pJ? And how many samples was the deep network shown at once?"
    ),
    stub="numbers = [..., ...]  # pJ for a number from the memory, samples at once",
    variable="numbers",
    labels=("A number from the memory (pJ)", "Samples at once"),
    tolerance=0.005,
    solution=_RIGHT,
    next_step=(
        "Four samples at once, and the break-even is at 0.53 spikes of each input. With one sample at a time "
        "it would be 1.23. Which of the two would you print?"
    ),
    mistakes=(
        Mistake(
            "reversed",
            _RIGHT[::-1],
            "Both are right and stand in the opposite order: first the memory.",
        ),
        Mistake(
            "all inputs",
            np.array([_READ * _INPUTS, _BATCH]),
            "The samples are right. This is what 100 numbers from the memory cost.",
        ),
        Mistake(
            "addition forgotten",
            np.array([_EACH / _INPUTS, _BATCH]),
            "The samples are right. 15.9 pJ is what a spike costs at a synapse: a weight is read and added.",
        ),
        Mistake(
            "addition forgotten in both",
            np.array([_EACH / _INPUTS, (_EACH / _INPUTS) / (_DEEP / _INPUTS - _MULTIPLY)]),
            "In both neurons something is added, for 0.9 pJ at each synapse. Take it off first.",
        ),
        Mistake(
            "spike multiplied",
            np.array([
                _EACH / _INPUTS - _ADD - _MULTIPLY,
                (_EACH / _INPUTS - _ADD - _MULTIPLY) / (_READ / _BATCH),
            ]),
            "You have taken off a multiplication for the spike as well. A spike is 0 or 1: its weight is "
            "only added.",
        ),
        Mistake(
            "price of the deep one",
            np.array([_READ / _BATCH, 1.0]),
            "The deep neuron pays 3.75 pJ for a weight in each sample. The spiking one tells you the "
            "whole price; compare.",
        ),
        Mistake(
            "share of a sample",
            np.array([_READ, 1 / _BATCH]),
            "The memory is right. This is which share of a read each sample pays. How many share it?",
        ),
        Mistake(
            "ratio of the energies",
            np.array([_READ, _EACH / _DEEP]),
            "The memory is right. You have divided one energy by the other. Take the arithmetic off the deep "
            "neuron first: what is left is its share of reading.",
        ),
        Mistake(
            "one at a time",
            np.array([_READ, 1.0]),
            "The memory is right. With one sample at a time the deep neuron would cost 1960 pJ.",
        ),
        Mistake(
            "multiplication kept",
            np.array([_READ, _READ / (_DEEP / _INPUTS - _ADD)]),
            "The memory is right. The deep neuron multiplies too: take 3.7 pJ off as well before you look at "
            "what reading costs it.",
        ),
    ),
)
