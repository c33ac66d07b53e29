"""SpikeProp as it stands in the paper, without a kernel: what the kernels are compared with.

Potentials are sums over all synapses, a crossing is looked for on a fine grid and then bisected, and every
derivative is a sum of its own.
"""

import numpy as np

__all__ = ["epsilon", "epsilon_slope", "first_crossing", "gradient", "potential", "run"]


def epsilon(s, tau):
    """The postsynaptic potential."""
    return np.where(s > 0, s / tau * np.exp(1 - np.maximum(s, 0) / tau), 0.0)


def epsilon_slope(s, tau):
    """Its derivative."""
    return np.where(s > 0, (1 - s / tau) / tau * np.exp(1 - np.maximum(s, 0) / tau), 0.0)


def potential(t, w, times, delays, tau, shape=epsilon):
    """The potential of one neuron at one time, w[pre, delay]; with `shape` epsilon_slope, its slope."""
    return np.sum(w * shape(t - times[:, None] - delays, tau))


def first_crossing(w, times, delays, tau, v_th, grid=2001, latest=80.0):
    """The first time at which the potential reaches the threshold; infinite if it does not."""
    seen = np.linspace(0.0, latest, grid)
    above = [potential(t, w, times, delays, tau) >= v_th for t in seen]
    if not any(above):
        return np.inf
    high = seen[np.argmax(above)]
    low = high - (seen[1] - seen[0])
    for _ in range(60):
        middle = (low + high) / 2
        if potential(middle, w, times, delays, tau) >= v_th:
            high = middle
        else:
            low = middle
    return high


def run(net, times, tau=7.0, v_th=1.0):
    """Hidden and output spike times of one sample."""
    hidden = np.array([first_crossing(w, times, net.delays, tau, v_th) for w in net.hidden])
    out = np.array([first_crossing(w, hidden, net.delays, tau, v_th) for w in net.out])
    return hidden, out


def gradient(net, times, wanted, tau=7.0, v_th=1.0):
    """The gradient of half the squared errors by hidden and output weights and by the inputs; all fire."""
    delays = net.delays
    hidden, out = run(net, times, tau, v_th)
    delta_out = np.array([
        (t - target) / potential(t, w, hidden, delays, tau, epsilon_slope)
        for t, target, w in zip(out, wanted, net.out, strict=True)
    ])
    by_hidden = sum(
        delta * np.sum(w * epsilon_slope(t - hidden[:, None] - delays, tau), axis=1)
        for delta, t, w in zip(delta_out, out, net.out, strict=True)
    )
    delta_hidden = np.array([
        by / potential(t, w, times, delays, tau, epsilon_slope)
        for by, t, w in zip(by_hidden, hidden, net.hidden, strict=True)
    ])
    by_out = np.array([
        -d * epsilon(t - hidden[:, None] - delays, tau) for d, t in zip(delta_out, out, strict=True)
    ])
    by_in = np.array([
        -d * epsilon(t - times[:, None] - delays, tau) for d, t in zip(delta_hidden, hidden, strict=True)
    ])
    by_inputs = sum(
        d * np.sum(w * epsilon_slope(t - times[:, None] - delays, tau), axis=1)
        for d, t, w in zip(delta_hidden, hidden, net.hidden, strict=True)
    )
    return by_in, by_out, by_inputs
