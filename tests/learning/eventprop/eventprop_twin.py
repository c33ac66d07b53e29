"""EventProp's readable twin: sums over all that ever arrived, and tangents that are carried forwards.

No state, no queue, no adjoint. A potential is a sum over arrivals and resets; the next spike is looked for on
a grid and then bisected; and how a spike time moves with a parameter follows from the times before it.
"""

import numpy as np

__all__ = ["potential", "run", "tangents"]


def k(s, tau_m, tau_s):
    """The response to a current of 1; 0 before it."""
    s = np.maximum(s, 0.0)
    if tau_m == tau_s:
        return s / tau_m * np.exp(-s / tau_m)
    return tau_s / (tau_m - tau_s) * (np.exp(-s / tau_m) - np.exp(-s / tau_s))


def k_slope(s, tau_m, tau_s):
    """Its derivative."""
    if tau_m == tau_s:
        return np.where(s > 0, (1 - s / tau_m) / tau_m * np.exp(-s / tau_m), 0.0)
    fading = np.exp(-s / tau_s) / tau_s - np.exp(-s / tau_m) / tau_m
    return np.where(s > 0, tau_s / (tau_m - tau_s) * fading, 0.0)


def potential(t, n, w, delays, spikes, neuron, shape=k):
    """The potential of neuron n at times t, from spikes [(time, pre)]; `shape` k_slope gives its slope."""
    tau_m, tau_s, v_th, v_reset = neuron
    t, n_inputs = np.asarray(t, float), w.shape[1] - w.shape[0]
    total = np.zeros(t.shape)
    for when, pre in spikes:
        total += w[n, pre] * shape(t - when - delays[n, pre], tau_m, tau_s)
        if pre == n_inputs + n:
            left = np.where(t > when, np.exp(-np.maximum(t - when, 0.0) / tau_m), 0.0)
            total -= (v_th - v_reset) * (left if shape is k else -left / tau_m)
    return total


def run(w, delays, v_th, inputs, duration, neuron, grid=0.01):
    """All spikes [(time, pre)] in turn, those of the inputs first; v_th of each neuron."""
    n_inputs, spikes, now = w.shape[1] - w.shape[0], list(inputs), 0.0
    while True:
        first, times = (duration, -1), np.arange(now + 1e-9, duration, grid)
        for n in range(len(w)):
            above = np.flatnonzero(potential(times, n, w, delays, spikes, neuron) >= v_th[n])
            if above.size and times[above[0]] < first[0] + grid:
                high = times[above[0]]
                low = high - grid
                for _ in range(50):
                    middle = (low + high) / 2
                    crossed = potential(middle, n, w, delays, spikes, neuron) >= v_th[n]
                    low, high = (low, middle) if crossed else (middle, high)
                first = min(first, (high, n))
        if first[1] < 0:
            return spikes
        now = first[0]
        spikes.append((now, n_inputs + first[1]))


def tangents(w, delays, spikes, n_in, neuron, moved):
    """How each spike time moves with one parameter: ("w", n, pre), ("delay", n, pre) or ("input", number)."""
    n_inputs = w.shape[1] - w.shape[0]
    by = np.zeros(len(spikes))
    if moved[0] == "input":
        by[moved[1]] = 1.0
    for j in range(n_in, len(spikes)):
        t, n = spikes[j][0], spikes[j][1] - n_inputs
        by[j] = -moves(t, n, w, delays, spikes[:j], by, neuron, moved)
        by[j] /= potential(t, n, w, delays, spikes[:j], neuron, k_slope)
    return by


def moves(t, n, w, delays, spikes, by, neuron, moved):
    """How the potential of neuron n at a fixed t moves with the parameter."""
    tau_m, tau_s, v_th, v_reset = neuron
    n_inputs, total = w.shape[1] - w.shape[0], 0.0
    for j, (when, pre) in enumerate(spikes):
        since = t - when - delays[n, pre]
        if since > 0:
            total += (moved == ("w", n, pre)) * k(since, tau_m, tau_s)
            shift = by[j] + (moved == ("delay", n, pre))
            total -= w[n, pre] * k_slope(since, tau_m, tau_s) * shift
        if pre == n_inputs + n and t > when:
            total -= (v_th - v_reset) / tau_m * np.exp(-(t - when) / tau_m) * by[j]
    return total
