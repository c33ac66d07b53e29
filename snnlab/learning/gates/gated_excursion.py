r"""One excursion of a membrane potential: what the gate passes on, and what it takes back.

A non-leaky neuron is pushed up from 0 at a steady speed, and down again at the same speed when it has come as
far as `peak`. While it is in the zone around the threshold 1 its synapse hears $g(v)\, \dot v$. If it gets
through, it jumps a turn lower, outside of the zone, and the charge of 1 stays. If it turns back before, what
was passed on is taken back on the way down. At the very end of the zone a hair's breadth decides between the
two. The trace of the synapse follows,

$$ \tau_s \dot s = -s + \tau_s\, g(v)\, \dot v $$
"""

import math
from typing import NamedTuple

import numpy as np

from snnlab.checks import positive
from snnlab.compiling import kernel
from snnlab.learning.gates.gate import opening
from snnlab.learning.gates.gated_neuron import NON_LEAKY, GatedNeuron, check_gated_neuron, step
from snnlab.records import blank, read

__all__ = ["GatedExcursion", "gated_excursion"]

DURATION, DT = 160.0, 0.1  # ms
STEPS, LEVELS = 1600, 301
LOWEST, HIGHEST = 0.0, 2.0  # levels of the potential at which the gate is shown
TAU_S = 10.0  # ms


class GatedExcursion(NamedTuple):
    """An excursion and what came of it.

    Examples
    --------
    >>> seen = gated_excursion(0.1, 1.1)
    >>> print(f"{seen.most:.2f} on the way, {abs(seen.charge):.2f} in the end, {seen.n} spikes")
    0.85 on the way, 0.00 in the end, 0 spikes
    """

    t: np.ndarray
    """Time at the end of each step, ms."""
    v: np.ndarray
    """The potential, in thresholds."""
    heard: np.ndarray
    """g(v) dv/dt, the mean over each step, 1/ms."""
    passed: np.ndarray
    """The charge that was passed on so far."""
    trace: np.ndarray
    """s, what the synapse makes of it, in spikes."""
    level: np.ndarray
    """Potentials, for a picture of the gate."""
    gate: np.ndarray
    """g at each of them."""
    charge: float
    """What was passed on in the end."""
    most: float
    """The most that was passed on at any time."""
    strongest: float
    """The largest value of the trace."""
    crossing: float
    """How long the potential was in the zone, ms."""
    n: int
    """How often it got through the zone: its spikes."""


def gated_excursion(speed: float = 0.1, peak: float = 1.5, width: float = 0.5) -> GatedExcursion:
    """Push a neuron up and let it come down again, for 160 ms.

    Parameters
    ----------
    speed : float
        dv/dt on the way up, and its negative on the way down, thresholds per ms.
    peak : float
        How far it is pushed from 0, in thresholds, before it turns.
    width : float
        Width of the gate, in thresholds, below 1.

    Examples
    --------
    The charge of a spike is 1, however fast it comes; what the synapse hears is ever shorter and stronger.

    >>> for speed in (0.02, 0.2, 2.0):
    ...     seen = gated_excursion(speed)
    ...     print(f"{seen.charge:.4f} in {seen.crossing:.2f} ms, at most {seen.heard.max():.2f} per ms")
    1.0000 in 25.00 ms, at most 0.08 per ms
    1.0000 in 2.50 ms, at most 0.80 per ms
    1.0000 in 0.25 ms, at most 4.94 per ms
    """
    speed, peak = positive("speed", speed), positive("peak", peak)
    width = check_gated_neuron(GatedNeuron(width=positive("width", width))).width
    seen = recorded()
    run_excursion(seen, speed, peak, width)
    return read(seen)


def recorded() -> GatedExcursion:
    """A blank record."""
    courses = dict.fromkeys(("t", "v", "heard", "passed", "trace"), STEPS)
    return blank(GatedExcursion, **courses, level=LEVELS, gate=LEVELS)


@kernel
def time_in_zone(v, moved, speed, width):
    """How much of a movement from `v` lies in the zone, ms."""
    low, high = min(v, v + moved), max(v, v + moved)
    return max(0.0, min(high, 1.0 + 0.5 * width) - max(low, 1.0 - 0.5 * width)) / speed


@kernel
def run_excursion(seen, speed, peak, width):
    """The neuron through all steps; the one in which it turns has two parts."""
    kept = math.exp(-DT / TAU_S)
    v, charge, travelled = 0.0, 0.0, 0.0
    seen.most[0] = seen.strongest[0] = seen.crossing[0] = seen.n[0] = 0.0
    for k in range(STEPS):
        up, before = min(speed * DT, peak - travelled), charge
        travelled += up
        for moved in (up, up - speed * DT):
            later, q, m = step(v, moved, 1.0, NON_LEAKY, width)
            for turn in range(m + 1):
                seen.crossing[0] += time_in_zone(v - turn, moved, speed, width)
            seen.n[0] += m
            charge += q
            v = later
            seen.most[0] = max(seen.most[0], charge)
        seen.t[k], seen.v[k], seen.heard[k] = (k + 1) * DT, v, (charge - before) / DT
        seen.passed[k] = charge
        seen.trace[k] = charge - before + (kept * seen.trace[k - 1] if k > 0 else 0.0)
        seen.strongest[0] = max(seen.strongest[0], seen.trace[k])
    seen.charge[0] = charge
    for k in range(LEVELS):
        seen.level[k] = LOWEST + (HIGHEST - LOWEST) * k / (LEVELS - 1)
        seen.gate[k] = opening(seen.level[k], 1.0, width)
