"""Exercise 22.2, sketch then plot: what one own spike does to the weights of two inputs."""

import math

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["GAIN"]

_ETA, _TAU_PRE, _TAU_2 = 0.01, 20.0, 40.0
_AGO, _OWN = np.array([5.0, 30.0]), 20.0  # ms
_X, _Z = np.exp(-_AGO / _TAU_PRE), math.exp(-_OWN / _TAU_2)
_RIGHT = _ETA * _X * _Z
_ROUNDED = np.array([float(f"{growth:.2g}") for growth in _RIGHT])

GAIN = Number(
    id="22.2",
    title="Two inputs, one spike",
    statement=(
        "A neuron fires. Its spike before that was 20 ms ago; input 1 fired 5 ms ago and input 2 fired 30 ms "
        "ago. Sketch the traces of both inputs and the slow trace of the neuron up to that moment, with "
        "τ_pre = 20 ms and τ_post,2 = 40 ms, and mark what the rule reads off. By how much do the two "
        "weights grow, with η_post = 0.01? To three digits."
    ),
    stub="growth = [..., ...]  # of the weights of input 1 and input 2",
    variable="growth",
    labels=("Weight of input 1", "Weight of input 2"),
    tolerance=0.01,
    solution=_RIGHT,
    next_step=(
        "A neuron that fires once and then no more learns nothing: the first spike finds its own slow trace "
        "empty. So a chance spike costs nothing. What does it take to learn an image?"
    ),
    mistakes=(
        Mistake(
            "two digits",
            _ROUNDED,
            "Both are right to two digits. Three are wanted: from 0.00135 to 0.0014 is more than a rounding.",
        ),
        Mistake(
            "before the last spike",
            np.array([_RIGHT[0], 0.0]),
            "The first is right. Input 2 fired before the neuron's last spike, and its trace is still there: "
            "a trace of the input does not know of the spikes of the neuron.",
        ),
        Mistake(
            "since the last spike",
            _ETA * np.exp(-np.abs(_AGO - _OWN) / _TAU_PRE) * _Z,
            "You counted the inputs from the spike before. The traces are read now, at the second spike.",
        ),
        Mistake(
            "own trace forgotten",
            _ETA * _X,
            "You left out the slow trace of the neuron, or took 1 for it. The spike 20 ms ago set it to 1, "
            "and it has decayed since; this spike sets it to 1 only afterwards.",
        ),
        Mistake(
            "time constants swapped",
            _ETA * np.exp(-_AGO / _TAU_2) * math.exp(-_OWN / _TAU_PRE),
            "You have the two time constants swapped: the inputs forget in 20 ms, the neuron in 40 ms.",
        ),
        Mistake(
            "rate forgotten",
            _X * _Z,
            "This is the product of the traces. The learning rate η_post multiplies it.",
        ),
        Mistake(
            "one time constant",
            _ETA * _X * math.exp(-_OWN / _TAU_PRE),
            "The inputs are right. The slow trace of the neuron decays with 40 ms.",
        ),
        Mistake(
            "times added up",
            _ETA * np.exp(-(_AGO + _OWN) / (_TAU_PRE + _TAU_2)),
            "You added up times and time constants. Each trace decays with its own time constant, and the "
            "two are multiplied.",
        ),
    ),
)
