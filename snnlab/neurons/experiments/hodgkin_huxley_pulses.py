"""One pulse of current into a Hodgkin–Huxley membrane, or two, and what its channels do meanwhile.

The open conductance of the sodium channels is $g_{Na} m^3 h$, that of the potassium channels $g_K n^4$. A
pulse begins and ends with a step; the membrane rests before it. A spike is an upward crossing of 0 mV.
"""

from typing import Annotated, NamedTuple

import numpy as np

from snnlab.checks import as_real, non_negative, positive
from snnlab.compiling import kernel
from snnlab.neurons.experiments.hodgkin_huxley_measures import hh_threshold
from snnlab.neurons.models.hodgkin_huxley import (
    HodgkinHuxley,
    State,
    check_hodgkin_huxley,
    held_at,
    hh_rest,
    run,
)
from snnlab.neurons.time_grid import whole_steps
from snnlab.records import blank, read

__all__ = ["HHPulses", "hh_pulses"]


class HHPulses(NamedTuple):
    """A membrane under a pulse or two; arrays have one value a step.

    Examples
    --------
    >>> print(f"{hh_pulses(10.0, 1.0).peak:.0f} mV")
    39 mV
    """

    i: np.ndarray
    """Current, µA/cm²."""
    v: np.ndarray
    """Membrane potential, mV."""
    m: np.ndarray
    """Activation of sodium, from 0 (closed) to 1."""
    h: np.ndarray
    """Inactivation of sodium: 1 if no channel is inactivated."""
    n_gate: np.ndarray
    """Activation of potassium."""
    sodium: np.ndarray
    """Open conductance of the sodium channels, mS/cm²."""
    potassium: np.ndarray
    """The same of the potassium channels, mS/cm²."""
    times: Annotated[np.ndarray, "n"]
    """Spike times, ms."""
    n: int
    """How many spikes there are."""
    late: int
    """How many of them came after the end of the last pulse."""
    peak: float
    """The highest potential, mV; at least that of rest."""
    times_rest: float
    """The second pulse over the weakest one of its width that makes a resting membrane fire."""


def hh_pulses(
    current: float,
    width: float,
    second: float = 0.0,
    interval: float = 0.0,
    neuron: HodgkinHuxley = HodgkinHuxley(),
    na: float = 100.0,
    k: float = 100.0,
    onset: float = 10.0,
    duration: float = 100.0,
    dt: float = 0.05,
) -> HHPulses:
    """Send a pulse of current into a resting membrane, and perhaps a second one.

    Parameters
    ----------
    current, width : float
        The strength of the first pulse, µA/cm², and how long each pulse lasts, ms.
    second, interval : float
        The strength of the second pulse, and the time from onset to onset, ms.
    neuron
        The numbers of the membrane.
    na, k : float
        How many of the sodium and of the potassium channels are there, %: fewer under tetrodotoxin and under
        tetraethylammonium. Until time 0 all of them are, and the membrane rests.
    onset, duration : float
        When the first pulse begins and when everything ends, ms.
    dt : float
        Time step, ms.

    Returns
    -------
    HHPulses

    Raises
    ------
    ValueError, TypeError
        If an argument breaks its rule.

    Examples
    --------
    >>> seen = hh_pulses(-5.0, 20.0)
    >>> seen.n, seen.late  # a spike after inhibition
    (1, 1)
    >>> hh_pulses(-5.0, 20.0, na=0.0).n
    0
    >>> [hh_pulses(20.0, 0.5, 40.0, interval).n for interval in (8.0, 12.0)]  # refractory, and no more
    [1, 2]
    """
    neuron, current, second = (
        check_hodgkin_huxley(neuron),
        as_real("current", current),
        as_real("second", second),
    )
    width, interval = positive("width", width), non_negative("interval", interval)
    na, k = non_negative("na", na), non_negative("k", k)
    onset, dt = non_negative("onset", onset), positive("dt", dt)
    seen = recorded(duration, dt)
    at_rest = hh_threshold(width, neuron) if second else 1.0
    units, begin = np.empty(seen.times.size, np.int32), np.empty((4, 1))
    run_pulses(
        seen, units, begin, neuron, current, width, second, interval,
        na, k, at_rest, hh_rest(neuron), onset, dt,
    )  # fmt: skip
    return read(seen)


def recorded(duration: float, dt: float) -> HHPulses:
    """A blank record of `duration` (ms)."""
    steps = whole_steps(duration, dt)
    columns = dict.fromkeys(("i", "v", "m", "h", "n_gate"), (steps, 1))
    return blank(HHPulses, **columns, sodium=steps, potassium=steps, times=steps // 2 + 1)


@kernel
def run_pulses(seen, units, begin, neuron, current, width, second, interval, na, k, at_rest, rest, onset, dt):
    """Two pulses, into a membrane with `na` and `k` % of its channels."""
    c_m, g_na, g_k, g_l, e_na, e_k, e_l, temperature = neuron
    g_na *= na / 100.0
    g_k *= k / 100.0
    steps, length = seen.i.size, round(width / dt)
    first, other = round(onset / dt), round((onset + interval) / dt)
    for t in range(first, min(first + length, steps)):
        seen.i[t, 0] += current
    for t in range(other, min(other + length, steps)):
        seen.i[t, 0] += second
    begin[0, 0], begin[1, 0], begin[2, 0], begin[3, 0] = held_at(rest)
    state = State(begin[0], begin[1], begin[2], begin[3])
    count = run(
        seen.i, seen.v, seen.m, seen.h, seen.n_gate, seen.times, units, state,
        c_m, g_na, g_k, g_l, e_na, e_k, e_l, temperature, dt,
    )  # fmt: skip
    end, peak = min(other + length, steps) * dt, rest
    for s in range(count):
        seen.late[0] += seen.times[s] > end
    for t in range(steps):
        peak = max(peak, seen.v[t, 0])
        seen.sodium[t] = g_na * seen.m[t, 0] ** 3 * seen.h[t, 0]
        seen.potassium[t] = g_k * seen.n_gate[t, 0] ** 4
    seen.n[0], seen.peak[0], seen.times_rest[0] = count, peak, second / at_rest
