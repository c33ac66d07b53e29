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
    """Outputs (steps, outputs) and potentials (steps + 1, n) of one sample."""
    w_in, w_rec, w_out, drive = weights
    theta = neuron.kind == 1
    v, s = np.array(v_start, float), np.zeros(len(drive))
    out, kept_v = [], [v.copy()]
    for x_t in x:
        current = w_rec @ s + w_in @ x_t + drive
        for k in range(len(v)):
            ahead = neuron.dt / neuron.tau_m
            u = turned(v[k], current[k], ahead) if theta else v[k] + ahead * current[k]
            charge = passed_between(v[k], u, neuron.centre, neuron.width)
            s[k] = math.exp(-neuron.dt / neuron.tau_s) * s[k] + charge
            v[k] = u - neuron.period if u >= neuron.centre + neuron.width / 2 else u
        out.append(w_out @ s)
        kept_v.append(v.copy())
    return np.array(out), np.array(kept_v)
