"""What a neuron of Izhikevich's does under a positive and then a negative input, and what that is called.

Groups of spikes are those of `burst_sizes`: a train is cut at long intervals, if the longest is more than
3 times the shortest. It *bursts* if most groups between the first and the last have two spikes or more, and
*slows down* if its last interval is more than 1.2 times its first.
"""

import math
from typing import Annotated, NamedTuple

import numpy as np

from snnlab.checks import as_real
from snnlab.compiling import kernel
from snnlab.neurons.experiments.repertoire import GAP, SLOWER
from snnlab.neurons.models.izhikevich import Izhikevich, State, check_izhikevich, lower_root, run
from snnlab.records import blank, read

__all__ = ["FiringPattern", "firing_pattern"]

DT, DURATION = 0.1, 1000.0  # ms
UP, DOWN = (50.0, 450.0), (600.0, 800.0)  # ms: from when to when the input is positive, and negative


class FiringPattern(NamedTuple):
    """What the neuron does, and one 1 among seven names; arrays have one value a step of 0.1 ms.

    Examples
    --------
    >>> from snnlab.neurons import FIRING_TYPES
    >>> firing_pattern(FIRING_TYPES["LTS"]).after  # spikes after inhibition
    1
    """

    i: np.ndarray
    """The input, mV/ms."""
    v: np.ndarray
    """Membrane potential, mV; NaN from where the numbers of the neuron leave all bounds."""
    u: np.ndarray
    """Recovery variable, mV/ms; NaN as `v`."""
    times: Annotated[np.ndarray, "n"]
    """Spike times, ms."""
    n: int
    """All spikes."""
    during: int
    """Spikes under the positive input."""
    groups: int
    """Their groups."""
    after: int
    """Spikes after the negative input."""
    before: int
    """Spikes before the positive one."""
    silent: int
    """1 if there is no spike under the positive input."""
    onset: int
    """1 if they end in its first half."""
    bursting: int
    """1 if groups repeat."""
    mixed: int
    """1 if a group comes first, then single spikes."""
    adapting: int
    """1 if the intervals grow."""
    speeding: int
    """1 if they shrink."""
    tonic: int
    """1 if they stay the same."""


def firing_pattern(neuron: Izhikevich = Izhikevich(), height: float = 10.0) -> FiringPattern:
    """Send a positive and then a negative input into a resting neuron and name its answer.

    Parameters
    ----------
    neuron
        The numbers of the neuron.
    height : float
        Of both inputs, mV/ms: the positive one from 50 to 450 ms, the negative one from 600 to 800 ms.

    Returns
    -------
    FiringPattern

    Raises
    ------
    ValueError, TypeError
        If an argument breaks its rule.

    Examples
    --------
    >>> from snnlab.neurons import FIRING_TYPES
    >>> [bool(firing_pattern(FIRING_TYPES[kind]).bursting) for kind in ("RS", "CH")]
    [False, True]
    """
    neuron, height = check_izhikevich(neuron), as_real("height", height)
    seen = recorded()
    units, begin = np.empty(seen.times.size, np.int32), np.empty((2, 1))
    run_pattern(seen, units, begin, neuron, height, *UP, *DOWN, SLOWER, GAP, DT)
    return read(seen)


def recorded() -> FiringPattern:
    """A blank record."""
    steps = round(DURATION / DT)
    return blank(FiringPattern, i=(steps, 1), v=(steps, 1), u=(steps, 1), times=steps)


@kernel
def _groups(times, first, last, cut):
    """A train cut at intervals above `cut`: how many groups, how many of those between the first and the
    last have two spikes or more, and the size of the first.
    """
    groups, size, inner, head = 1, 1, 0, 0
    for s in range(first + 1, last):
        if times[s] - times[s - 1] > cut:
            if groups == 1:
                head = size
            elif size > 1:
                inner += 1
            groups += 1
            size = 0
        size += 1
    return groups, inner, size if groups == 1 else head


@kernel
def run_pattern(seen, units, begin, neuron, height, up, up_end, down, down_end, slower, gap, dt):
    """Both inputs, and what the spikes under the positive one are called."""
    a, b, c, d, v_peak = neuron
    i, times = seen.i, seen.times
    for t in range(i.shape[0]):
        now = (t + 0.5) * dt
        if up < now < up_end:
            i[t, 0] = height
        elif down < now < down_end:
            i[t, 0] = -height
    begin[0, 0] = lower_root(b, c, v_peak)
    begin[1, 0] = b * begin[0, 0]
    count = run(i, seen.v, seen.u, times, units, State(begin[0], begin[1]), a, b, c, d, v_peak, dt)
    first, last = 0, 0
    for s in range(count):
        first += times[s] <= up
        last += times[s] <= up_end
        seen.after[0] += times[s] > down_end
    n = last - first
    shortest, longest = math.inf, 0.0
    for s in range(first + 1, last):
        shortest = min(shortest, times[s] - times[s - 1])
        longest = max(longest, times[s] - times[s - 1])
    cut = math.sqrt(shortest * longest) if longest > gap * shortest else math.inf
    groups, inner, head = _groups(times, first, last, cut)
    seen.n[0], seen.during[0], seen.groups[0], seen.before[0] = count, n, min(groups, n), first
    end = first + head - 1  # the last spike of the first group
    if n == 0:
        seen.silent[0] = 1
    elif times[last - 1] < 0.5 * (up + up_end):
        seen.onset[0] = 1
    elif groups > 3 and 2 * inner > groups - 2:
        seen.bursting[0] = 1
    elif head > 1 and groups > 1 and times[end + 1] - times[end] > gap * (times[end] - times[end - 1]):
        seen.mixed[0] = 1
    else:
        growth = 1.0
        if n > 2:
            growth = (times[last - 1] - times[last - 2]) / (times[first + 1] - times[first])
        seen.adapting[0] = growth > slower
        seen.speeding[0] = growth * slower < 1.0
        seen.tonic[0] = not (growth > slower or growth * slower < 1.0)
