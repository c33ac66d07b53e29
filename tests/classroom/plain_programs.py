"""The programs of a class as a student writes them who has no NumPy: they run with lists and with arrays.

They are read as text, and the names that a student is given are not defined here.
"""

import math

u_rest = depth = tau_eta = tau_s = t_0 = a_plus = a_minus = tau_plus = tau_minus = tau_v = dead = 0.0
eta = most = width = kept = rises = gamma = per_operation = per_update = barrier = 0.0
own = [0.0]


def potential(t, own, arrivals, w):
    u = u_rest
    for spike in own:
        if spike < t:
            u -= depth * math.exp(-(t - spike) / tau_eta)
    for spike in arrivals:
        if spike <= t:
            s = (t - spike) / tau_s
            u += w * s * math.exp(1 - s)
    return u


def fano_factor(times, duration, window):
    counts = [0] * int((duration - t_0) // window)
    for time in times:
        k = int((time - t_0) // window)
        if time >= t_0 and k < len(counts):
            counts[k] += 1
    mean = sum(counts) / len(counts)
    return sum((n - mean) ** 2 for n in counts) / len(counts) / mean


def weight_change(pre, post):
    def last(times, t):
        before = [time for time in times if time < t]
        return before[-1] if before else None

    change = 0.0
    for t in post:
        spike = last(pre, t)
        if spike is not None:
            change += a_plus * math.exp(-(t - spike) / tau_plus)
    for t in pre:
        spike = last(post, t)
        if spike is not None:
            change -= a_minus * math.exp(-(t - spike) / tau_minus)
    return change


def spikes_by_events(times, weights):
    v, before, deaf_until, fired = 0.0, 0.0, 0.0, []
    for k in range(len(times)):
        t = times[k]
        if t < deaf_until:
            continue
        v = v * math.exp(-(t - before) / tau_v) + weights[k]
        before = t
        if v > 1:
            v = 0.0
            deaf_until = t + dead
            fired.append(t)
    return fired


def train_weight(w, x, y):
    after = []
    for k in range(len(x)):
        bit = 1 if w >= 0 else -1
        w -= eta * 2 * (bit * x[k] - y[k]) * x[k]
        w = max(-most, min(most, w))
        after.append(w)
    return after


def traces(v, dv):
    def passed(u):
        x = (u - 1) / width
        if x <= -0.5:
            return 0.0
        if x >= 0.5:
            return 1.0
        return 0.5 + x + math.sin(2 * math.pi * x) / (2 * math.pi)

    s, after = 0.0, []
    for push in dv:
        s = kept * s + passed(v + push) - passed(v)
        v += push
        if v >= 1 + width / 2:
            v -= 1
        after.append(s)
    return after


def thresholds(i):
    v, b, found = 0.0, 0.0, []
    for current in i:
        theta = 1 + rises * b
        found.append(theta)
        b *= kept
        if v > theta:
            b += 1 - kept
            v = 0.9 * v - theta + current
        else:
            v = 0.9 * v + current
    return found


def nats(y):
    total = 0.0
    for t in range(len(y)):
        u = gamma
        for k in range(len(own)):
            if t > k:
                u += own[k] * y[t - 1 - k]
        p = 1 / (1 + math.exp(-u))
        total += math.log(p if y[t] == 1 else 1 - p)
    return total


def needs(operations, updates):
    total = 0.0
    for k in range(len(operations)):
        row, other, slowest = operations[k], updates[k], 0.0
        for core in range(len(row)):
            slowest = max(slowest, per_operation * row[core] + per_update * other[core])
        total += slowest + barrier
    return total


run_time = needs


def needs(lengths):
    found = []
    for length in lengths:
        count = 0
        while length > most:
            length -= most + 1  # a delay, and the step of the relay behind it
            count += 1
        found.append(count)
    return found


PROGRAMS = {
    ("part1", "potential"): potential,
    ("part2", "fano"): fano_factor,
    ("part3", "events"): spikes_by_events,
    ("part4", "latent"): train_weight,
    ("part5", "nearest"): weight_change,
    ("part6", "trace"): traces,
    ("part7", "adapts"): thresholds,
    ("part8", "train"): nats,
    ("part9", "needs, form 0"): run_time,
    ("part9", "needs, form 1"): needs,
}
