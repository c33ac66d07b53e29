"""Exercise 10.4, sketch then plot: how many spikes a network may fire before it does more than a deep one."""

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["SO_MANY_SPIKES"]

_IN, _HIDDEN, _OUT, _SPIKES = 64, 100, 10, 30
_MACS = _IN * _HIDDEN + _HIDDEN * _OUT
_EVEN = (_MACS - _SPIKES * _HIDDEN) / _OUT  # hidden spikes
_STEPS = _MACS / (2 * (_HIDDEN + _OUT))
_RIGHT = np.array([_EVEN, _STEPS])

SO_MANY_SPIKES = Number(
    id="10.4",
    title="So many spikes",
    statement=(
        "A spiking and a deep network have 64 inputs, 100 hidden neurons and 10 outputs, all joined from "
        "layer to layer. An image brings 30 input spikes. Sketch the synaptic operations against the number "
        "S of hidden spikes, from 0 to 600, and the multiply-accumulates of the deep network, which skips no "
        'zeros. Then plot both: `s = np.linspace(0, 600)`, `plots.curves({"spiking": (s, ...), "deep": '
        '(s, ...)}, "hidden spikes", "operations")`. At which S are they equal? And after how many time '
        "steps are the decays of the spiking network, two for each hidden and output neuron and step, as "
        "many as the multiply-accumulates?"
    ),
    stub="numbers = [..., ...]  # hidden spikes, time steps",
    variable="numbers",
    labels=("Hidden spikes", "Time steps"),
    tolerance=0.011,  # 34 whole steps are right as well, 33 are not
    solution=_RIGHT,
    next_step=(
        "So 4.4 spikes for each hidden neuron may be had for the weights, and not 34 steps for the decays. "
        "Which of the two would you try to save first, and how?"
    ),
    mistakes=(
        Mistake(
            "reversed",
            _RIGHT[::-1],
            "Both are right and stand in the opposite order: first the hidden spikes.",
        ),
        Mistake(
            "input spikes forgotten",
            np.array([_MACS / _OUT, _STEPS]),
            "The steps are right. The input spikes take synapses as well, 100 each, before any hidden "
            "neuron fires.",
        ),
        Mistake(
            "hidden synapses",
            np.array([(_MACS - _SPIKES * _HIDDEN) / _HIDDEN, _STEPS]),
            "The steps are right. A hidden spike goes to the 10 outputs, not to 100 neurons.",
        ),
        Mistake(
            "first layer only",
            np.array([(_IN * _HIDDEN - _SPIKES * _HIDDEN) / _OUT, _STEPS]),
            "The steps are right. The deep network has a second layer as well: 100 times 10 more.",
        ),
        Mistake(
            "input spikes to the outputs",
            np.array([(_MACS - _SPIKES * _OUT) / _OUT, _STEPS]),
            "The steps are right. An input spike goes to the 100 hidden neurons, not to the 10 outputs.",
        ),
        Mistake(
            "one decay",
            np.array([_EVEN, 2 * _STEPS]),
            "The spikes are right. Current and potential both decay: two multiplications for each neuron.",
        ),
        Mistake(
            "outputs do not decay",
            np.array([_EVEN, _MACS / (2 * _HIDDEN)]),
            "The spikes are right. The output neurons decay as well: 110 neurons, not 100.",
        ),
        Mistake(
            "inputs decay",
            np.array([_EVEN, _MACS / (2 * (_IN + _HIDDEN + _OUT))]),
            "The spikes are right. The inputs are no neurons here: they are given, and nothing of them "
            "decays.",
        ),
        Mistake(
            "spikes a neuron",
            np.array([_EVEN / _HIDDEN, _STEPS]),
            "The steps are right. These are the spikes of one hidden neuron; the axis counts those of all "
            "100.",
        ),
    ),
)
