"""Experiments on the Hodgkin–Huxley membrane: what an electrode would measure on it.

Nothing here is a property that the model is given. Thresholds are found by halving an interval of currents,
rates by counting spikes. A pulse, like the refractory periods, depends on how it is measured; each function
says how. A spike is an upward crossing of 0 mV.
"""

import functools
import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import as_real, finite_array, positive
from snnlab.neurons.models.hodgkin_huxley import (
    HodgkinHuxley,
    State,
    check_hodgkin_huxley,
    held_at,
    hh_rest,
    run,
)
from snnlab.neurons.time_grid import whole_steps
from snnlab.work_and_memory import afford

__all__ = [
    "Refractory",
    "hh_rate",
    "hh_rebound",
    "hh_refractory",
    "hh_second_threshold",
    "hh_threshold",
]

_DT = 0.025  # ms
_WAIT = 20.0  # ms: a spike that has not come by then is not counted as the pulse's own
_HALVINGS = 20
_WIDTH = 0.5  # ms, of a brief pulse


class Refractory(NamedTuple):
    """How long a spike stands in the way of the next one.

    Examples
    --------
    >>> Refractory(absolute=9.2, relative=17.0).absolute
    9.2
    """

    absolute: float
    """ms from the first pulse until a second one of five times the resting threshold makes a spike."""
    relative: float
    """ms from the first pulse until the resting threshold does."""


def hh_threshold(width: float = _WIDTH, neuron: HodgkinHuxley = HodgkinHuxley()) -> float:
    """The weakest pulse of current that makes a resting membrane fire.

    Parameters
    ----------
    width : float
        How long the pulse lasts, ms.
    neuron
        The numbers of the membrane.

    Returns
    -------
    float
        µA/cm²; infinite if even 1000 µA/cm² is too weak. A spike is waited for until 20 ms after the pulse.
        A membrane with too few sodium channels has none of its own: the pulse then lifts it over 0 mV.

    Examples
    --------
    >>> print(f"{hh_threshold(0.5):.1f} µA/cm² for 0.5 ms, {hh_threshold(100.0):.2f} µA/cm² for 100 ms")
    13.3 µA/cm² for 0.5 ms, 2.24 µA/cm² for 100 ms
    """
    neuron, width = check_hodgkin_huxley(neuron), _width(width)
    rest = hh_rest(neuron)
    return _weakest(lambda i: _spikes(rest, neuron, (0.0, width, i)) > 0, 1000.0)


def hh_rate(i: ArrayLike, neuron: HodgkinHuxley = HodgkinHuxley()) -> np.ndarray:
    """The rate at which a membrane goes on firing under a constant current.

    Parameters
    ----------
    i : float or array of any shape
        Current density, µA/cm².
    neuron
        The numbers of the membrane.

    Returns
    -------
    array of the shape of `i`
        Hz, from the intervals of the second half of two seconds; 0 where fewer than two spikes are left then.

    Examples
    --------
    >>> print(np.round(hh_rate([6.0, 6.4, 10.0]), 1))
    [ 0.  54.  68.3]
    """
    current = finite_array("i", i, tuple(range(33)), "any")
    neuron = check_hodgkin_huxley(neuron)
    rest, duration = hh_rest(neuron), 2000.0
    rates = []
    for strength in current.ravel():
        times = _times(rest, neuron, duration, (0.0, duration, strength))
        late = times[times > duration / 2]
        rates.append(1000.0 * (late.size - 1) / (late[-1] - late[0]) if late.size > 1 else 0.0)
    return np.reshape(rates, current.shape)


def hh_rebound(current: float, duration: float, neuron: HodgkinHuxley = HodgkinHuxley()) -> float:
    """How long after the end of a current the membrane fires (anode break, for a negative current).

    Parameters
    ----------
    current : float
        Current density, µA/cm².
    duration : float
        How long it flows, ms.
    neuron
        The numbers of the membrane, which starts at rest.

    Returns
    -------
    float
        ms from the end of the current to the first spike after it; infinite if none comes within 20 ms.

    Examples
    --------
    >>> print(f"{hh_rebound(-5.0, 20.0):.1f} ms, {hh_rebound(-1.0, 20.0):.1f} ms")
    4.9 ms, inf ms
    """
    neuron, duration = check_hodgkin_huxley(neuron), positive("duration", duration)
    pulse = (0.0, duration, as_real("current", current))
    whole_steps(duration + _WAIT, _DT)  # a refusal does not wait for a compilation
    times = _times(hh_rest(neuron), neuron, duration + _WAIT, pulse)
    late = times[times > duration]
    return float(late[0] - duration) if late.size else math.inf


def hh_second_threshold(
    interval: ArrayLike, neuron: HodgkinHuxley = HodgkinHuxley(), width: float = _WIDTH
) -> np.ndarray:
    """The weakest second pulse that makes a second spike, some time after a first pulse that made one.

    The first pulse is half as strong again as the resting threshold. Both are of the same width.

    Parameters
    ----------
    interval : float or array of any shape
        From the onset of the first pulse to that of the second, ms; longer than the pulse.
    neuron
        The numbers of the membrane.
    width : float
        How long each pulse lasts, ms.

    Returns
    -------
    array of the shape of `interval`
        µA/cm²; infinite where five times the resting threshold is too weak. The limit is needed: a current
        can be so strong that it lifts any membrane over 0 mV by itself.

    Examples
    --------
    >>> print(np.round(hh_second_threshold([5.0, 10.0, 15.0, 40.0]), 1))
    [ inf 52.6 17.  13.3]
    """
    intervals = finite_array("interval", interval, tuple(range(33)), "any")
    neuron, width = check_hodgkin_huxley(neuron), _width(width)
    if intervals.size and intervals.min() <= width:
        raise ValueError(f"interval must be longer than width ({width:g} ms), got {intervals.min():g}")
    at_rest = hh_threshold(width, neuron)
    fires = _second_fires(neuron, width, 1.5 * at_rest)
    second = [_weakest(functools.partial(fires, t), 5.0 * at_rest) for t in intervals.ravel()]
    return np.reshape(second, intervals.shape)


def hh_refractory(neuron: HodgkinHuxley = HodgkinHuxley(), width: float = _WIDTH) -> Refractory:
    """The absolute and the relative refractory period, measured with two pulses.

    Parameters
    ----------
    neuron
        The numbers of the membrane.
    width : float
        How long each pulse lasts, ms.

    Returns
    -------
    Refractory
        In ms, rounded up to 0.1 ms, from onset to onset of the pulses of `hh_second_threshold`; infinite if
        the second spike is out of reach for 40 ms.

    Examples
    --------
    >>> periods = hh_refractory()
    >>> print(f"absolute {periods.absolute:.1f} ms, relative {periods.relative:.1f} ms")
    absolute 9.2 ms, relative 16.7 ms
    """
    neuron, width = check_hodgkin_huxley(neuron), _width(width)
    intervals = np.arange(math.floor(10 * width) + 1, 401) / 10.0
    at_rest = hh_threshold(width, neuron)
    fires = _second_fires(neuron, width, 1.5 * at_rest)
    absolute = next((t for t in intervals if fires(t, 5.0 * at_rest)), math.inf)
    relative = next((t for t in intervals if fires(t, at_rest)), math.inf)
    return Refractory(float(absolute), float(relative))


def _width(width: object) -> float:
    if positive("width", width) < _DT:
        raise ValueError(f"width must be at least one time step, {_DT} ms, got {width:g}")
    steps = whole_steps(positive("width", width) + _WAIT, _DT)
    afford("width", steps=_HALVINGS * steps, ns=250.0)
    return positive("width", width)


def _second_fires(neuron: HodgkinHuxley, width: float, first: float) -> Callable[[float, float], bool]:
    """Whether there are two spikes if a second pulse comes `interval` ms after the `first`."""
    rest = hh_rest(neuron)

    def fires(interval: float, second: float) -> bool:
        return _spikes(rest, neuron, (0.0, width, first), (interval, width, second)) > 1

    return fires


def _weakest(fires: Callable[[float], bool], limit: float) -> float:
    """The weakest current up to `limit` at which `fires` holds, by halving; infinite if there is none."""
    if not fires(limit):
        return math.inf
    low, high = 0.0, limit
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if fires(middle):
            high = middle
        else:
            low = middle
    return high


def _times(rest: float, neuron: HodgkinHuxley, duration: float, *pulses: tuple) -> np.ndarray:
    """Spike times of a membrane that gets pulses of (onset, width, strength)."""
    steps = whole_steps(duration, _DT)
    i = np.zeros((steps, 1))
    for onset, width, strength in pulses:
        i[round(onset / _DT) : round((onset + width) / _DT)] += strength
    v, m, h, n = np.empty((4, steps, 1))
    times = np.empty(steps)
    state = State(*(np.array([value]) for value in held_at(rest)))
    count = run(i, v, m, h, n, times, np.empty(steps, np.int64), state, *neuron, _DT)
    if not np.isfinite(v[-1:]).all():
        strongest = max((abs(strength) for _, _, strength in pulses))
        raise ValueError(f"currents must be weak enough for steps of {_DT} ms, got {strongest:g} µA/cm²")
    return times[:count]


def _spikes(rest: float, neuron: HodgkinHuxley, *pulses: tuple) -> int:
    onset, width, _ = pulses[-1]
    return _times(rest, neuron, onset + width + _WAIT, *pulses).size
