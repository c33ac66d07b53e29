"""The input spikes of a trial of store and recall, drawn by a kernel, one random number for each input.

They are those of `snnlab.learning.memory.store_recall.recall_samples` by another way to draw: each input of a
group that has something to say fires as a Poisson process, and has a counter of its own in each step. So
another command leaves the spikes of all other intervals as they are.
"""

import math
from typing import NamedTuple

import numpy as np

from snnlab.checks import checked, exact_steps
from snnlab.compiling import kernel
from snnlab.learning.memory.store_recall import GROUPS, RecallInputs
from snnlab.random import uniform

__all__ = ()

AT_ONCE = 9  # spikes of an input in a step; more of them are left out


class Speakers(NamedTuple):
    """The inputs as the kernel takes them, in steps."""

    per_group: int
    window: int  # steps of an interval
    mean: float  # spikes of an input in a step
    none: float  # the probability that there is none


def speakers_of(inputs: RecallInputs, dt: float) -> Speakers:
    """`inputs` in steps of `dt` ms."""
    inputs = checked("inputs", inputs, RecallInputs)
    mean = inputs.rate * dt / 1000.0
    return Speakers(inputs.per_group, exact_steps("interval", inputs.interval, dt), mean, math.exp(-mean))


@kernel
def spikes_at_once(u, mean, none):
    """How many spikes come in a step, of a Poisson process, for a uniform random number.

    >>> spikes_at_once(0.9, 0.2, math.exp(-0.2))
    1
    """
    count, part = 0, none
    total = part
    while u >= total and count < AT_ONCE:
        count += 1
        part *= mean / count
        total += part
    return count


@kernel
def draw_inputs(units, start, first, shown, store, asked, speakers, stream, seed):
    """The input spikes of a trial, from place `first` of `units` on; returns where they end.

    `shown` has the symbol of each interval, `store` and `asked` are the intervals of the commands, from 0.
    """
    n, inputs = first, len(GROUPS) * speakers.per_group
    start[0] = first
    for t in range(start.size - 1):
        k = t // speakers.window
        for group in range(len(GROUPS)):
            says = shown[k] == group if group < 2 else k == (store if group == 2 else asked)
            if says:
                for unit in range(group * speakers.per_group, (group + 1) * speakers.per_group):
                    u = uniform(seed, stream, np.uint64(t * inputs + unit))
                    for _ in range(spikes_at_once(u, speakers.mean, speakers.none)):
                        if n < units.size:
                            units[n] = unit
                            n += 1
        start[t + 1] = n
    return n
