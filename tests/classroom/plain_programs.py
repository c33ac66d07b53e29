"""The programs of a class as a student writes them who has no NumPy: they run with lists and with arrays.

They are read as text, and the names that a student is given are not defined here.
"""

import math

u_rest = depth = tau_eta = tau_s = t_0 = a_plus = a_minus = tau_plus = tau_minus = tau_v = dead = 0.0
base = high = ahead = half = fades = broad = rests = hold = 0.0
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


def measure(times, at):
    found = []
    for t in at:
        guess = base
        for spike in times:
            off = abs(t - spike + ahead)
            if off < half:
                guess += high * (half - off) / half
        found.append(guess)
    return found


guessed = measure


def measure(times, duration, window):
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


def when(delay, j):
    fires = [-1.0] * len(delay)
    fires[j], waiting = 0.0, [j]
    while waiting:
        k = waiting.pop()
        for post in range(len(delay)):
            if delay[post][k] > 0:
                arrives = fires[k] + delay[post][k]
                if k != j:
                    arrives += rests
                if fires[post] < 0 or arrives < fires[post]:
                    fires[post] = arrives
                    waiting.append(post)
    return fires


reached = when


def when(times, weights):
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


def course(w, dw):
    used, after = math.floor(w + 0.5), []
    for push in dw:
        w = max(-1, min(1, w + push))
        if abs(w - used) > 0.5 + hold:
            used = math.floor(w + 0.5)
        after.append(used)
    return after


held = course


def course(w, x, y):
    after = []
    for k in range(len(x)):
        bit = 1 if w >= 0 else -1
        w -= eta * 2 * (bit * x[k] - y[k]) * x[k]
        w = max(-most, min(most, w))
        after.append(w)
    return after


def follow(v, s, e):
    found, later = [], 0.0
    for k in range(len(v)):
        t = len(v) - 1 - k
        hump = broad / (broad + abs(v[t] - 1))
        later = hump * hump * e[t] + (0.0 if s[t] == 1 else fades * later)
        found.append(later)
    return list(reversed(found))


backwards = follow


def follow(v, dv):
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


def each_step(z, psi):
    potential, adaptation, found = 0.0, 0.0, []
    for t in range(len(z)):
        e = psi[t] * (potential - rises * adaptation)
        found.append(e)
        potential = 0.9 * potential + z[t]
        adaptation = adaptation + (1 - kept) * (e - adaptation)
    return found


waiting = each_step


def each_step(i):
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
    ("part2", "fano, form 0"): measure,
    ("part2", "fano, form 1"): guessed,
    ("part3", "events, form 0"): when,
    ("part3", "events, form 1"): reached,
    ("part4", "latent, form 0"): course,
    ("part4", "latent, form 1"): held,
    ("part5", "nearest"): weight_change,
    ("part6", "trace, form 0"): follow,
    ("part6", "trace, form 1"): backwards,
    ("part7", "adapts, form 0"): each_step,
    ("part7", "adapts, form 1"): waiting,
    ("part8", "train"): nats,
    ("part9", "needs, form 0"): run_time,
    ("part9", "needs, form 1"): needs,
}
