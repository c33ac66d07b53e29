"""Exercise 13.3, the inverse problem: which activation was meant, from the count of a neuron."""

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["READ_COUNT"]

_N, _STEPS, _SCALE, _V = 41, 60, 2.5, 0.6
_LOW, _HIGH = _SCALE * _N / _STEPS, _SCALE * (_N + 1) / _STEPS
_EXACT = _SCALE * (_N + _V) / _STEPS
_RIGHT = np.array([_LOW, _HIGH, _EXACT])

READ_COUNT = Number(
    id="13.3",
    title="What was meant",
    statement=(
        "In the first layer of a converted network a neuron gets a constant input. It starts from 0, has the "
        "threshold 1, and a spike takes 1 away. The scale of its layer is 2.5. You watch it for 60 steps and "
        "count 41 spikes. Between which two numbers was the activation of the network without spikes? Then "
        "somebody tells you that its potential is 0.6 at the end. What was the activation?"
    ),
    stub="numbers = [..., ..., ...]  # lower end, upper end, activation",
    variable="numbers",
    labels=("Lower end", "Upper end", "Activation"),
    tolerance=0.0025,
    solution=_RIGHT,
    next_step=(
        "The potential at the end is worth as much as the last digit of the count. A neuron of the next "
        "layer hears only spikes: what would it have to be told as well?"
    ),
    mistakes=(
        Mistake(
            "not scaled",
            _RIGHT / _SCALE,
            "These are spikes a step. The activation was divided by the scale of its layer before: multiply "
            "by 2.5.",
        ),
        Mistake(
            "scaled down",
            _RIGHT / _SCALE**2,
            "You have divided by the scale, and the network was divided by it already. Multiply.",
        ),
        Mistake(
            "a spike to both sides",
            np.array([_SCALE * (_N - 1) / _STEPS, _HIGH, _EXACT]),
            "Upper end and activation are right. From 0 a count is never too high: 41 spikes have come out, "
            "so 41 thresholds have gone in.",
        ),
        Mistake(
            "half a spike",
            np.array([_SCALE * (_N - 0.5) / _STEPS, _SCALE * (_N + 0.5) / _STEPS, _EXACT]),
            "The activation is right. Half a spike to both sides would be for a neuron that starts at 0.5.",
        ),
        Mistake(
            "reversed",
            np.array([_HIGH, _LOW, _EXACT]),
            "All three are right, but the ends have changed places: first the lower one.",
        ),
        Mistake(
            "taken off",
            np.array([_LOW, _HIGH, _SCALE * (_N - _V) / _STEPS]),
            "The ends are right. What is still in the neuron has come in as well: add it to the spikes.",
        ),
        Mistake(
            "potential not divided",
            np.array([_LOW, _HIGH, _SCALE * (_N / _STEPS + _V)]),
            "The ends are right. The potential is charge of all 60 steps together, as the spikes are: divide "
            "both by 60.",
        ),
        Mistake(
            "potential not scaled",
            np.array([_LOW, _HIGH, _LOW + _V / _STEPS]),
            "The ends are right. The potential is in thresholds, and a threshold is 2.5 of the activation.",
        ),
        Mistake(
            "charge",
            _RIGHT * _STEPS,
            "This is what came in during all 60 steps. The activation is the input of one.",
        ),
    ),
)
