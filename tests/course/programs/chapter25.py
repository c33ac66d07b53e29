"""Chapter 25: programs as a page takes them, without NumPy."""

import math


def step_by_step(x, y, w, bias, eta, keep):
    a, found = 0.0, []
    for t in range(len(x)):
        p = 1 / (1 + math.exp(-(bias + w * a)))
        w += eta * (y[t] - p) * a
        bias += eta * (y[t] - p)
        a = keep * a + x[t]
        found.append(w)
    return found


def trace_first(x, y, w, bias, eta, keep):
    heard = [sum([keep ** (t - 1 - k) * x[k] for k in range(t)]) for t in range(len(x))]
    found = []
    for a, fired in zip(heard, y):
        e = math.exp(bias + w * a)
        off = fired - e / (1 + e)
        bias, w = bias + eta * off, w + eta * off * a
        found.append(w)
    return found


def two_weights(x, y, w, bias, eta, keep):
    weights, a, found = [bias, w], 0.0, []
    for arrived, fired in zip(x, y):
        row = [1.0, a]
        u = weights[0] * row[0] + weights[1] * row[1]
        p = 0.5 + 0.5 * math.tanh(u / 2)
        weights = [weights[k] + eta * (fired - p) * row[k] for k in range(2)]
        found.append(weights[1])
        a = keep * a + arrived
    return found


def expects_nothing(x, y, w, bias, eta, keep):
    a, found = 0.0, []
    for arrived, fired in zip(x, y):
        w += eta * fired * a
        a = keep * a + arrived
        found.append(w)
    return found


def hears_at_once(x, y, w, bias, eta, keep):
    a, found = 0.0, []
    for arrived, fired in zip(x, y):
        a = keep * a + arrived
        off = fired - 1 / (1 + math.exp(-bias - w * a))
        w, bias = w + eta * off * a, bias + eta * off
        found.append(w)
    return found


def bias_does_not_learn(x, y, w, bias, eta, keep):
    a, found = 0.0, []
    for arrived, fired in zip(x, y):
        w += eta * (fired - 1 / (1 + math.exp(-bias - w * a))) * a
        a = keep * a + arrived
        found.append(w)
    return found


PROGRAMS = {
    "25.4": (
        [step_by_step, trace_first, two_weights],
        [expects_nothing, hears_at_once, bias_does_not_learn],
    ),
}
