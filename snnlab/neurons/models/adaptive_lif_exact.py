r"""The LIF neuron with an adaptive threshold, simulated from spike to spike.

While the current is constant, the distance of the potential from its threshold is the sum of two exponentials
and a constant:

$$ g(t) = v_\infty - v_{th} + (v - v_\infty)\, e^{-t/\tau_m} - a\, e^{-t/\tau_a} $$

The next spike is its first zero. That has no closed form, but $g$ turns at most once, and Newton's method
finds the zero to the last digits: either the distance grows ever more slowly, so that a step never goes too
far, or the zero lies between two points that are known.
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import affordable
from snnlab.compiling import kernel
from snnlab.neurons.arguments import arguments
from snnlab.neurons.models.adaptive_lif import AdaptiveLIF, check_adaptive_lif, rates_at, step
from snnlab.spikes import Spikes

__all__ = ["simulate_adaptive_lif_exact"]


def simulate_adaptive_lif_exact(
    i: ArrayLike, neuron: AdaptiveLIF = AdaptiveLIF(), dt: float = 0.1, v_start: float | None = None
) -> Spikes:
    """Simulate LIF neurons with an adaptive threshold: spike times have no error of a grid.

    Parameters
    ----------
    i : array of shape (pieces,) or (pieces, n)
        Current in nA, constant for `dt` in each piece.
    neuron
        The numbers of the neuron; the refractory time is kept exactly.
    dt : float
        Length of a piece, ms: as long as the current allows.
    v_start : float, optional
        Potential at time 0, mV. If left out, `v_rest`, or `v_th` where that is lower.

    Raises
    ------
    ValueError
        If there are more than 100 million spikes.

    Examples
    --------
    >>> spikes = simulate_adaptive_lif_exact([0.3], dt=100)
    >>> print(np.round(np.diff(spikes.times), 3))
    [18.456 21.075 23.644]
    """
    current, neuron, dt, start = arguments(i, neuron, dt, v_start, check_adaptive_lif)
    pieces, n = current.shape
    steady = affordable(_settled(current, neuron).sum() * dt / 1000.0)
    room = 1000 + int(1.2 * steady)
    while True:  # the first intervals are shorter than the steady ones
        times, units = np.empty(room), np.empty(room, np.int32)
        count = run_exact(current, times, units, start, *neuron, dt)
        if count <= room:
            return Spikes(times[:count], units[:count], n_units=n, duration=pieces * dt)
        room = int(affordable(10 * room))


def _settled(current: np.ndarray, neuron: AdaptiveLIF) -> np.ndarray:
    rates = np.empty(current.size)
    rates_at(current.ravel(), rates, *neuron)
    return rates


@kernel
def _distance(t, v, a, v_inf, v_th, tau_m, tau_a):
    """How far the potential is above the threshold after `t`, and how fast that grows."""
    fades, sinks = (v - v_inf) * math.exp(-t / tau_m), a * math.exp(-t / tau_a)
    return v_inf - v_th + fades - sinks, sinks / tau_a - fades / tau_m


@kernel
def _turn(v, a, v_inf, tau_m, tau_a):
    """When the distance turns, for a potential that sinks; `a` above 0 and time constants that differ."""
    return math.log((v - v_inf) / tau_m * tau_a / a) / (1.0 / tau_m - 1.0 / tau_a)


@kernel
def wait_for_spike(v, a, v_inf, v_th, tau_m, tau_a):
    """The time until the potential `v` crosses the threshold `v_th` + `a`; infinite if it never does."""
    if v >= v_th + a:
        return 0.0
    low, high = 0.0, math.inf
    if v > v_inf and tau_m > tau_a and a > 0.0:  # the distance grows until it turns
        high = _turn(v, a, v_inf, tau_m, tau_a)
        if high <= 0.0 or _distance(high, v, a, v_inf, v_th, tau_m, tau_a)[0] < 0.0:
            return math.inf
    elif v_inf <= v_th:
        return math.inf
    elif v > v_inf:  # it grows once it has turned
        low = max(_turn(v, a, v_inf, tau_m, tau_a), 0.0) if tau_m < tau_a else 0.0
        high = low + tau_m
        while _distance(high, v, a, v_inf, v_th, tau_m, tau_a)[0] < 0.0 and high < 1e12 * tau_m:
            high = 2.0 * high
    # Otherwise it grows ever more slowly, and Newton's steps from the left stay on the left.
    t = low
    for _ in range(100):
        g, slope = _distance(t, v, a, v_inf, v_th, tau_m, tau_a)
        if g < 0.0:
            low = t
        else:
            high = t
        better = t - g / slope if slope > 0.0 else math.inf
        if high < math.inf and not low < better < high:
            better = 0.5 * (low + high)
        if not abs(better - t) > 1e-15 * (t + tau_m) or better > 1e12 * tau_m:
            return better
        t = better
    return t


@kernel
def run_exact(i, times, units, v_start, tau_m, r_m, v_rest, v_reset, v_th, t_ref, beta, tau_a, dt):
    """From spike to spike, neuron after neuron; returns the number of spikes, up to one beyond the room."""
    pieces, n = i.shape
    count = 0
    for k in range(n):
        v, a = v_start, 0.0
        t = 0.0  # now; the neuron is free to move from here
        for p in range(pieces):
            end = (p + 1) * dt
            v_inf = v_rest + r_m * i[p, k]
            while t < end:
                wait = wait_for_spike(v, a, v_inf, v_th, tau_m, tau_a)
                if t + wait > end:
                    decay, decay_a = math.exp(-(end - t) / tau_m), math.exp(-(end - t) / tau_a)
                    v, a = step(v, a, i[p, k], decay, decay_a, v_rest, r_m)
                    t = end
                else:
                    if count == times.size:
                        return count + 1
                    times[count], units[count] = t + wait, k
                    count += 1
                    v = v_reset
                    a = (a * math.exp(-wait / tau_a) + beta) * math.exp(-t_ref / tau_a)
                    t = t + wait + t_ref
    return count
