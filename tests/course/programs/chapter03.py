"""Chapter 3: programs as a page takes them, without NumPy."""

import math


def three_parts(t, own, arrivals, w):
    def epsilon(s):
        return s / 5 * math.exp(1 - s / 5) if s >= 0 else 0.0

    u = -65.0
    past = [s for s in own if s < t]
    if past:
        u += -15 * math.exp(-(t - past[-1]) / 20)
    return u + w * sum(epsilon(t - a) for a in arrivals)


def step_by_step(t, own, arrivals, w):
    u = -65
    last = None
    for spike in own:
        if spike < t:
            last = spike
    if last is not None:
        u = u - 15 * math.exp((last - t) / 20)
    for arrival in arrivals:
        if arrival > t:
            break
        s = (t - arrival) / 5
        u += w * s * math.exp(1 - s)
    return u


def with_a_maximum(t, own, arrivals, w):
    from math import exp

    since = [t - spike for spike in own if t > spike]
    eta = -15 * exp(-min(since) / 20) if len(since) > 0 else 0
    waits = [max(0, t - a) / 5 for a in arrivals]
    return eta - 65 + w * math.e * sum([s * exp(-s) for s in waits])


def every_own_spike(t, own, arrivals, w):
    u = -65 + sum(-15 * math.exp(-(t - s) / 20) for s in own if s < t)
    return u + w * sum((t - a) / 5 * math.exp(1 - (t - a) / 5) for a in arrivals if a <= t)


def arrivals_to_come(t, own, arrivals, w):
    u = -65
    past = [s for s in own if s < t]
    if past:
        u += -15 * math.exp(-(t - past[-1]) / 20)
    return u + w * sum((t - a) / 5 * math.exp(1 - (t - a) / 5) for a in arrivals)


def no_rest(t, own, arrivals, w):
    u = 0
    past = [s for s in own if s < t]
    if past:
        u += -15 * math.exp(-(t - past[-1]) / 20)
    return u + w * sum((t - a) / 5 * math.exp(1 - (t - a) / 5) for a in arrivals if a <= t)


PROGRAMS = {
    "3.3": ([three_parts, step_by_step, with_a_maximum], [every_own_spike, arrivals_to_come, no_rest]),
}
