"""Chapter 15: programs as a page takes them, without NumPy."""

import math


def in_two_loops(w, arrivals, t, tau):
    steep = 0.0
    for k in range(len(w)):
        s = t - arrivals[k]
        if s > 0:
            steep += w[k] * (1 - s / tau) / tau * math.exp(1 - s / tau)
    found = []
    for a in arrivals:
        s = t - a
        found.append(-s / tau * math.exp(1 - s / tau) / steep if s > 0 else 0.0)
    return found


def with_helpers(w, arrivals, t, tau):
    def high(s):
        return max(s, 0.0) / tau * math.exp(1 - s / tau)

    def steep(s):
        return high(s) * (1 / s - 1 / tau) if s > 0 else 0.0

    total = sum([x * steep(t - a) for x, a in zip(w, arrivals)])
    return [-high(t - a) / total for a in arrivals]


def one_exponential(w, arrivals, t, tau):
    ages = [(t - a) / tau for a in arrivals]
    left = [math.e * math.exp(-u) if u > 0 else 0.0 for u in ages]
    total = sum([w[k] * (1 - ages[k]) * left[k] for k in range(len(w))])
    return [-tau * ages[k] * left[k] / total for k in range(len(w))]


def sign_forgotten(w, arrivals, t, tau):
    steep, high = 0.0, []
    for x, a in zip(w, arrivals):
        u = (t - a) / tau
        left = math.exp(1 - u) if u > 0 else 0.0
        steep += x * (1 - u) / tau * left
        high.append(u * left)
    return [h / steep for h in high]


def own_slope_only(w, arrivals, t, tau):
    found = []
    for x, a in zip(w, arrivals):
        s = t - a
        found.append(-1 / (x * (1 / s - 1 / tau)) if s > 0 else 0.0)
    return found


def times_the_weight(w, arrivals, t, tau):
    steep, high = 0.0, []
    for x, a in zip(w, arrivals):
        u = (t - a) / tau
        left = math.exp(1 - u) if u > 0 else 0.0
        steep += x * (1 - u) / tau * left
        high.append(x * u * left)
    return [-h / steep for h in high]


PROGRAMS = {
    "15.5": (
        [in_two_loops, with_helpers, one_exponential],
        [sign_forgotten, own_slope_only, times_the_weight],
    ),
}
