"""The network of gated neurons as it stands in the docstring, one neuron and one step at a time."""

import math

import numpy as np
from scipy.integrate import quad

__all__ = ["twin_gate", "twin_run"]


def twin_gate(v, centre, width):
    """The gate: a raised cosine."""
    x = (v - centre) / width
    return (1 + math.cos(2 * math.pi * x)) / width if abs(x) < 0.5 else 0.0


def passed_between(start, end, centre, width):
    """The integral of the gate, by quadrature, and no primitive."""
    low, high = (np.clip(x, centre - width / 2, centre + width / 2) for x in (start, end))
    return quad(twin_gate, low, high, args=(centre, width), epsabs=1e-13, epsrel=1e-12)[0]


def passed_in_turns(start, end, neuron):
    """The same where the neuron does not jump: every turn has a gate, a non-leaky cell none below."""
    first = -8 if neuron.kind == 1 else 0
    return sum(
        passed_between(start, end, neuron.centre + k * neuron.period, neuron.width) for k in range(first, 9)
    )


def turned(theta, i, x):
    """The theta neuron, by the classical Runge–Kutta method."""

    def slope(a):
        return (1 - math.cos(a)) + (1 + math.cos(a)) * i

    k1 = slope(theta)
    k2 = slope(theta + x / 2 * k1)
    k3 = slope(theta + x / 2 * k2)
    k4 = slope(theta + x * k3)
    return theta + x / 6 * (k1 + 2 * k2 + 2 * k3 + k4)


def twin_run(weights, x, neuron, v_start):
    """Outputs (steps, outputs), potentials (steps + 1, n) and how often each neuron fired, of one sample."""
    w_in, w_rec, w_out, drive = weights
    theta, end = neuron.kind == 1, neuron.centre + neuron.width / 2
    v, s, fired = np.array(v_start, float), np.zeros(len(drive)), np.zeros(len(drive), int)
    out, kept_v = [], [v.copy()]
    for x_t in x:
        current = w_rec @ s + w_in @ x_t + drive
        for k in range(len(v)):
            ahead = neuron.dt / neuron.tau_m
            u = turned(v[k], current[k], ahead) if theta else v[k] + ahead * current[k]
            s[k] = math.exp(-neuron.dt / neuron.tau_s) * s[k] + passed_in_turns(v[k], u, neuron)
            while u >= end:
                u, fired[k] = u - neuron.period, fired[k] + 1
            while theta and u < end - neuron.period:
                u += neuron.period
            v[k] = u
        out.append(w_out @ s)
        kept_v.append(v.copy())
    return np.array(out), np.array(kept_v), fired
