"""A neuron with an adaptive threshold under a step of current: how its intervals grow, and where they settle.

Each spike raises the threshold, so the intervals grow from the first one on. If the current stayed they would
settle at the interval of `adaptive_lif_rate`.
"""

import math
from typing import Annotated, NamedTuple

import numpy as np

from snnlab.checks import as_real, non_negative, positive
from snnlab.compiling import kernel
from snnlab.neurons.models.adaptive_lif import AdaptiveLIF, State, check_adaptive_lif, rate_at, run
from snnlab.neurons.models.adaptive_lif_exact import run_exact
from snnlab.neurons.time_grid import whole_steps
from snnlab.records import blank, read

__all__ = ["AdaptiveStep", "AdaptiveTrain", "adaptive_step", "adaptive_train"]

INTERVALS = 30
"""So many intervals are told one by one."""


class AdaptiveStep(NamedTuple):
    """A neuron under a step of current; `v` and `theta` have one value a step of time.

    Examples
    --------
    >>> print(f"{adaptive_step(0.3, AdaptiveLIF(beta=0.0)).growth:.1f}")  # without adaptation
    1.0
    """

    v: np.ndarray
    """Membrane potential, mV."""
    theta: np.ndarray
    """Threshold, mV."""
    times: Annotated[np.ndarray, "n"]
    """Spike times, ms."""
    number: np.ndarray
    """1, 2, 3 and so on, for the first thirty intervals."""
    interval: np.ndarray
    """These intervals, ms; NaN where there are none."""
    settled: np.ndarray
    """The interval at which they would settle, ms, as often; NaN where the neuron would be silent."""
    n: int
    """How many spikes there are."""
    first: float
    """The first interval, ms; NaN with fewer than two spikes."""
    last: float
    """The last interval, ms; NaN with fewer than two spikes."""
    growth: float
    """The last interval over the first; NaN with fewer than two spikes."""


class AdaptiveTrain(NamedTuple):
    """The spikes of a neuron under a constant current, without the error of a grid.

    Examples
    --------
    >>> adaptive_train(0.1).n  # below its rheobase
    0
    """

    times: Annotated[np.ndarray, "n"]
    """Spike times, ms."""
    n: int
    """How many spikes there are."""
    first: float
    """The first interval, ms; NaN with fewer than two spikes."""
    last: float
    """The last interval, ms; NaN with fewer than two spikes."""


def adaptive_step(
    current: float,
    neuron: AdaptiveLIF = AdaptiveLIF(),
    onset: float = 50.0,
    stop: float = 850.0,
    duration: float = 1200.0,
    dt: float = 0.1,
) -> AdaptiveStep:
    """Let a current into a resting neuron for a while.

    Parameters
    ----------
    current : float
        nA, from `onset` to `stop`.
    neuron
        The numbers of the neuron.
    onset, stop, duration : float
        When the current begins, when it stops, and when everything ends, ms.
    dt : float
        Time step, ms.

    Returns
    -------
    AdaptiveStep

    Raises
    ------
    ValueError, TypeError
        If an argument breaks its rule.

    Examples
    --------
    >>> seen = adaptive_step(0.3)
    >>> print(f"from {seen.first:.1f} ms to {seen.last:.1f} ms, at last {seen.settled[0]:.1f} ms")
    from 18.5 ms to 37.1 ms, at last 37.1 ms
    """
    neuron, current, dt = check_adaptive_lif(neuron), as_real("current", current), positive("dt", dt)
    onset, stop = non_negative("onset", onset), non_negative("stop", stop)
    seen, begin, free = recorded(duration, dt), np.zeros((2, 1)), np.zeros(1, np.int32)
    units = np.empty(seen.times.size, np.int32)
    steps = (round(min(time / dt, len(seen.v))) for time in (onset, stop))
    run_step(seen, np.zeros(seen.v.shape), units, begin, free, neuron, current, *steps, dt)
    return read(seen)


def adaptive_train(
    current: float, neuron: AdaptiveLIF = AdaptiveLIF(), duration: float = 200.0
) -> AdaptiveTrain:
    """Let a constant current into a resting neuron, as `simulate_adaptive_lif_exact` does.

    Parameters
    ----------
    current : float
        nA.
    neuron
        The numbers of the neuron.
    duration : float
        How long, ms.

    Returns
    -------
    AdaptiveTrain

    Raises
    ------
    ValueError, TypeError
        If an argument breaks its rule, or there are more than 2000 spikes.

    Examples
    --------
    >>> train = adaptive_train(0.3, AdaptiveLIF(beta=0.0))
    >>> print(f"{train.first:.4f} ms = 2 ms + 20 ms ln 2")
    15.8629 ms = 2 ms + 20 ms ln 2
    """
    neuron, current, duration = (
        check_adaptive_lif(neuron),
        as_real("current", current),
        positive("duration", duration),
    )
    seen = blank_train()
    run_train(seen, np.empty((1, 1)), np.empty(seen.times.size, np.int32), neuron, current, duration)
    train = read(seen)
    if train.n > seen.times.size:
        raise ValueError(f"duration must hold at most {seen.times.size} spikes, got {duration:g} ms")
    return train


def blank_train() -> AdaptiveTrain:
    """A blank record, for more spikes than anybody counts."""
    return blank(AdaptiveTrain, times=2000)


def recorded(duration: float, dt: float) -> AdaptiveStep:
    """A blank record of `duration` (ms)."""
    steps = whole_steps(duration, dt)
    each = dict.fromkeys(("number", "interval", "settled"), INTERVALS)
    return blank(AdaptiveStep, v=(steps, 1), theta=(steps, 1), times=steps, **each)


@kernel
def run_step(seen, i, units, begin, free, neuron, current, onset, stop, dt):
    """The current from one step to another, and the intervals beside the one at which they would settle."""
    tau_m, r_m, v_rest, v_reset, v_th, t_ref, beta, tau_a = neuron
    i[onset:stop] = current
    v, a, times = seen.v, seen.theta, seen.times
    begin[0, 0] = min(v_rest, v_th)
    state = State(begin[0], begin[1], free)
    n = run(i, v, a, times, units, state, tau_m, r_m, v_rest, v_reset, v_th, t_ref, beta, tau_a, dt)
    for t in range(i.size):
        seen.theta[t, 0] += v_th
    rate = rate_at(current, tau_m, r_m, v_rest, v_reset, v_th, t_ref, beta, tau_a)
    for k in range(seen.number.size):
        seen.number[k] = k + 1.0
        seen.interval[k] = times[k + 1] - times[k] if k + 1 < n else math.nan
        seen.settled[k] = 1000.0 / rate if rate > 0.0 else math.nan
    seen.n[0], seen.first[0] = n, seen.interval[0]
    seen.last[0] = times[n - 1] - times[n - 2] if n > 1 else math.nan
    seen.growth[0] = seen.last[0] / seen.first[0]


@kernel
def run_train(seen, i, units, neuron, current, duration):
    """The spikes of a constant current, from spike to spike, and the first and the last interval."""
    tau_m, r_m, v_rest, v_reset, v_th, t_ref, beta, tau_a = neuron
    i[0, 0] = current
    times, start = seen.times, min(v_rest, v_th)
    n = run_exact(i, times, units, start, tau_m, r_m, v_rest, v_reset, v_th, t_ref, beta, tau_a, duration)
    kept = min(n, times.size)
    seen.n[0] = n
    seen.first[0] = times[1] - times[0] if n > 1 else math.nan
    seen.last[0] = times[kept - 1] - times[kept - 2] if n > 1 else math.nan
