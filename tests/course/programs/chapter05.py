"""Chapter 5: programs as a page takes them, without NumPy."""

import math


def coin_loop(x, rate, dt):
    p, t, times = rate * dt / 1000, 0, []
    for k in range(len(x)):
        t = k * dt
        if x[k] < p:
            times.append(t)
    return times


def coin_list(x, rate, dt):
    return [k * dt for k, number in enumerate(x) if number < rate / 1000 * dt]


def coin_filter(x, rate, dt):
    hits = filter(lambda k: 1000 * x[k] < rate * dt, range(len(x)))
    return list(map(lambda k: dt * k, hits))


def no_thousand(x, rate, dt):
    return [k * dt for k in range(len(x)) if x[k] < rate * dt]


def number_of_the_bin(x, rate, dt):
    return [k for k in range(len(x)) if x[k] < rate * dt / 1000]


def end_of_the_bin(x, rate, dt):
    return [(k + 1) * dt for k in range(len(x)) if x[k] < rate * dt / 1000]


def waits_added(u, rate):
    t, times = 0.0, []
    for number in u:
        t -= math.log(1 - number) / rate * 1000
        times.append(t)
    return times


def waits_summed(u, rate):
    waits = [-1000 * math.log1p(-number) / rate for number in u]
    return [sum(waits[: k + 1]) for k in range(len(waits))]


def waits_multiplied(u, rate):
    """The logarithm of a product is the sum of the logarithms."""
    left, times = 1.0, [0.0] * len(u)
    for k in range(len(u)):
        left *= 1 - u[k]
        times[k] = math.log(1 / left) * 1000 / rate
    return tuple(times)


def waits_not_added_up(u, rate):
    return [-1000 / rate * math.log(1 - number) for number in u]


def in_seconds(u, rate):
    t, times = 0, []
    for number in u:
        t += -math.log(1 - number) / rate
        times.append(t)
    return times


def log_of_u(u, rate):
    t, times = 0, []
    for number in u:
        t += -1000 / rate * math.log(number)
        times.append(t)
    return times


PROGRAMS = {
    "5.2": ([coin_loop, coin_list, coin_filter], [no_thousand, number_of_the_bin, end_of_the_bin]),
    "5.3": ([waits_added, waits_summed, waits_multiplied], [waits_not_added_up, in_seconds, log_of_u]),
}
