r"""One weight and the time of one spike: the slope, and the cliff where the spike disappears.

A neuron gets three spikes. Two of them come at 0 and 4 ms and, up to a weight of about 0.5, are too
weak to make it fire; the third has the weight $w$ that is moved. While there is a spike, its time $t$ has an
exact slope, and the line

$$ t(w') = t(w) + \frac{\partial t}{\partial w}\, (w' - w), \qquad
\frac{\partial t}{\partial w} = - \frac{\varepsilon(t - t_3)}{x'(t)} $$

touches the curve. Towards the cliff the potential crosses the threshold ever more flatly, $x' \to 0$, and the
slope grows without bounds. Below it there is no spike and no slope.
"""

import math
from typing import NamedTuple

import numpy as np

from snnlab.checks import as_real, non_negative, positive
from snnlab.compiling import kernel
from snnlab.learning.spike_times.crossing import step
from snnlab.learning.spike_times.delayed_layer import credit, fire, room_for_arrivals, sort_arrivals
from snnlab.neurons.branchless_exponential import exponential
from snnlab.records import blank, read

__all__ = ["SpikeSlope", "spike_slope"]

EARLY = (0.0, 4.0)  # ms: when the two others come
POINTS, SEEN = 301, 401  # weights for the curve, times for the potential
LOWEST, HIGHEST, DURATION = 0.0, 1.5, 40.0
REACH = 0.3  # how far the tangent is drawn to both sides


class SpikeSlope(NamedTuple):
    """A neuron that gets three spikes, and what the weight of the last one does to its own.

    Examples
    --------
    >>> seen = spike_slope(0.5)
    >>> print(f"{seen.time:.2f} ms, slope {seen.slope:.1f} ms")
    8.46 ms, slope -6.3 ms
    """

    t: np.ndarray
    """Times, ms."""
    x: np.ndarray
    """The potential at each, in thresholds, up to its spike; then NaN."""
    beyond: np.ndarray
    """What it would be after the spike, if the neuron did not fire; before it NaN."""
    threshold: np.ndarray
    """The threshold, for a picture."""
    weights: np.ndarray
    """Weights, and twice that of the cliff at the end."""
    times: np.ndarray
    """The spike time for each, ms; NaN without a spike."""
    tangent: np.ndarray
    """What the slope says of the weights around that which the neuron has, ms; NaN further away."""
    cliff_line: np.ndarray
    """Where the cliff is, for a picture: NaN but at the last two entries."""
    time: float
    """When the neuron fires, ms; NaN if it does not."""
    slope: float
    """∂t/∂w, ms; NaN without a spike."""
    rise: float
    """x′, how steeply the potential crosses the threshold, 1/ms; NaN without a spike."""
    cliff: float
    """The weight below which there is no spike; NaN if there is one for every weight or for none."""
    place: float
    """Where a picture has the spike, ms: its time, or the end of the axis if there is none."""
    n: int
    """1 if there is a spike, else 0."""


def spike_slope(w: float, arrives: float = 6.0, others: float = 0.35, tau: float = 7.0) -> SpikeSlope:
    """Move one weight of a neuron that gets three spikes.

    Parameters
    ----------
    w : float
        Weight of the spike that comes last, in thresholds; any finite number.
    arrives : float
        When that spike comes, ms, below 40.
    others : float
        Weight of the two spikes at 0 and 4 ms.
    tau : float
        Time to the peak of a postsynaptic potential, ms.

    Examples
    --------
    Closer to the cliff, a little weight moves the spike further.

    >>> for w in (0.5, 0.4, 0.36, 0.35):
    ...     print(f"{spike_slope(w).time:.2f} ms, slope {spike_slope(w).slope:.1f} ms")
    8.46 ms, slope -6.3 ms
    9.44 ms, slope -16.4 ms
    10.63 ms, slope -78.9 ms
    nan ms, slope nan ms
    """
    w, arrives, others = as_real("w", w), non_negative("arrives", arrives), as_real("others", others)
    tau = positive("tau", tau)
    if arrives >= DURATION:
        raise ValueError(f"arrives must be below {DURATION:g} ms, got {arrives:g}")
    seen, arrivals = recorded(), room_for_arrivals(3, 1)
    run_slope(seen, arrivals, *np.zeros((4, 3)), np.zeros(1), w, arrives, others, tau)
    return read(seen)


def recorded() -> SpikeSlope:
    """A blank record."""
    lines = dict.fromkeys(("t", "x", "beyond", "threshold"), SEEN)
    return blank(
        SpikeSlope, **lines, **dict.fromkeys(("weights", "times", "tangent", "cliff_line"), POINTS + 2)
    )


@kernel
def cliff_of(weights, arrivals, tau):
    """The last of `weights` at which the neuron falls silent, by bisection; NaN if there is none."""
    low, high = LOWEST, HIGHEST
    weights[2] = low
    if fire(weights, arrivals, tau, 1.0)[0] < math.inf:
        return math.nan
    weights[2] = high
    if fire(weights, arrivals, tau, 1.0)[0] == math.inf:
        return math.nan
    for _ in range(60):
        weights[2] = 0.5 * (low + high)
        if fire(weights, arrivals, tau, 1.0)[0] < math.inf:
            high = weights[2]
        else:
            low = weights[2]
    return high


@kernel
def trace(seen, weights, arrivals, tau):
    """The potential in steps, event by event, up to the spike and beyond it."""
    a, b, last, n = 0.0, 0.0, 0.0, 0
    for k in range(SEEN):
        seen.t[k] = DURATION * k / (SEEN - 1)
        while n < arrivals.total[0] and arrivals.when[n] <= seen.t[k]:
            gap = arrivals.when[n] - last
            a, b = step(a, b, gap, exponential(-gap / tau))
            b += weights[arrivals.synapse[n]] * math.e / tau
            last, n = arrivals.when[n], n + 1
        gap = seen.t[k] - last
        x, _ = step(a, b, gap, exponential(-gap / tau))
        fired = seen.t[k] > seen.time[0]  # never where the time is NaN
        seen.x[k], seen.beyond[k] = (math.nan, x) if fired else (x, math.nan)
        seen.threshold[k] = 1.0


@kernel
def run_slope(seen, arrivals, comes, three, by_w, by_time, none, w, arrives, others, tau):
    """The neuron with every weight, its cliff, and at last with the weight that is chosen."""
    comes[0], comes[1], comes[2] = EARLY[0], EARLY[1], arrives
    three[0], three[1] = others, others
    sort_arrivals(comes, none, tau, arrivals)
    seen.cliff[0] = cliff_of(three, arrivals, tau)
    for k in range(POINTS + 2):
        three[2] = seen.weights[k] = LOWEST + (HIGHEST - LOWEST) * k / (POINTS - 1)
        fired, _ = fire(three, arrivals, tau, 1.0)
        seen.times[k] = fired if fired < math.inf else math.nan
        seen.cliff_line[k] = math.nan
    three[2] = w
    fired, rise = fire(three, arrivals, tau, 1.0)
    seen.time[0], seen.slope[0], seen.rise[0] = math.nan, math.nan, math.nan
    seen.place[0], seen.n[0] = DURATION, 0.0
    if fired < math.inf:
        by_w[:] = 0.0
        credit(three, arrivals, 1, tau, fired, 1.0 / rise, by_w, by_time)
        seen.time[0], seen.slope[0], seen.rise[0] = fired, by_w[2], rise
        seen.place[0], seen.n[0] = fired, 1.0
    trace(seen, three, arrivals, tau)
    for k in range(POINTS):
        away = seen.weights[k] - w
        seen.tangent[k] = seen.time[0] + seen.slope[0] * away if abs(away) <= REACH else math.nan
    there = not math.isnan(seen.cliff[0])
    for k in range(2):  # an upright line, where there is a cliff
        seen.weights[POINTS + k] = seen.cliff[0] if there else LOWEST
        seen.times[POINTS + k] = seen.tangent[POINTS + k] = math.nan
        seen.cliff_line[POINTS + k] = DURATION * k if there else math.nan
