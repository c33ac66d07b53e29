"""Part 6: which exercise, what is done with the numbers of a student, and words of the hint that names it."""

import math

import numpy as np

width = kept = 0.0  # given to a student; the programs below are read as text


def fires_at(own, weight, jumps=True):
    """Both spike times, in small steps of the potential's closed form, by bisection."""
    times, current = [], weight
    for _ in range(2):
        low, high = 0.0, own["tau_m"] * math.log(2)  # the peak of a difference of exponentials
        for _ in range(100):
            s = (low + high) / 2
            up = current * (math.exp(-s / own["tau_m"]) - math.exp(-s / own["tau_s"])) > 1
            low, high = (low, s) if up else (s, high)
        times.append(high)
        current *= math.exp(-high / own["tau_s"]) if jumps else 1.0
    return times[0], sum(times)


def slope_of(own, which):
    later, sooner = (fires_at(own, own["weight"] + h)[which] for h in (1e-5, -1e-5))
    return (later - sooner) / 2e-5


def the_first_spike(own):
    return [fires_at(own, own["weight"])[0], slope_of(own, 0)]


def a_positive_slope(own):
    return [fires_at(own, own["weight"])[1], -slope_of(own, 1)]


def the_first_one_s_slope(own):
    return [fires_at(own, own["weight"])[1], slope_of(own, 0)]


def in_steps(own, kept=None):
    """The potential, and by each step's own hump and what it leaves for later steps."""
    v, before, sensitivity, total = 0.0, False, 0.0, 0.0
    for x in own["inputs"]:
        keeps = 0.0 if before else own["beta"]
        v = keeps * v + own["weight"] * x
        sensitivity = (keeps if kept is None else kept) * sensitivity + x  # of v by the weight
        before = v > 1
        total += 2 * sensitivity / (1 + abs(v - 1) / own["width"]) ** 2
    return v, total


def only_humps(own):
    return list(in_steps(own, kept=0.0))


def a_negative_slope(own):
    v, slope = in_steps(own)
    return [v, -slope]


def not_doubled(own):
    v, slope = in_steps(own)
    return [v, slope / 2]


def crosses(own, n, w=None):
    """On a fine grid and then by bisection: the first n inputs, whether they have come or not."""
    w = own["weights"][:n] if w is None else w

    def v(t):
        return sum(x * (t - a) * math.exp(a - t) for x, a in zip(w, own["times"], strict=False))

    high = next(t for t in np.arange(own["times"][0], 5, 1e-3) if v(t) > own["theta"])
    low = high - 1e-3
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (low, middle) if v(middle) > own["theta"] else (middle, high)
    return high


def by_the_second(own, n):
    w = own["weights"][:n]
    return (
        crosses(own, n, [w[0], w[1] + 1e-6, *w[2:]]) - crosses(own, n, [w[0], w[1] - 1e-6, *w[2:]])
    ) / 2e-6


def the_first_input_alone(own):
    return [crosses(own, 1), 0]


def all_three_inputs(own):
    return [crosses(own, 3), by_the_second(own, 3)]


def more_weight_later(own):
    return [crosses(own, 2), -by_the_second(own, 2)]


def charge(width, far):
    x = min(0.5, (far - 1) / width)
    return 0.5 + x + math.sin(2 * math.pi * x) / (2 * math.pi)


def got_to(own, width, share=0.5):
    return 1 - width / 2 + share * own["speed"] * own["lasts"]


def as_high_as_a_box(own):
    width = own["speed"] / own["most"]
    return [width, got_to(own, width), charge(width, got_to(own, width))]


def up_all_the_time(own):
    width = 2 * own["speed"] / own["most"]
    return [width, got_to(own, width, share=1), 1]


def nothing_is_left(own):
    width = 2 * own["speed"] / own["most"]
    return [width, got_to(own, width), 0]


def all_jumps_are_heard(v, dv):
    def g(u):
        x = max(-0.5, min(0.5, (u - 1) / width))
        return 0.5 + x + math.sin(2 * math.pi * x) / (2 * math.pi)

    s, after = 0.0, []
    for push in dv:
        before = v
        v = v + push
        if v >= 1 + width / 2:
            v -= 1
        s = kept * s + g(v) - g(before)
        after.append(s)
    return after


def back_to_rest(v, dv):
    def g(u):
        x = max(-0.5, min(0.5, (u - 1) / width))
        return 0.5 + x + math.sin(2 * math.pi * x) / (2 * math.pi)

    s, after = 0.0, []
    for push in dv:
        s = kept * s + g(v + push) - g(v)
        v = 0.0 if v + push >= 1 + width / 2 else v + push
        after.append(s)
    return after


def no_ends(v, dv):
    def g(u):
        x = (u - 1) / width
        return 0.5 + x + math.sin(2 * math.pi * x) / (2 * math.pi)

    s, after = 0.0, []
    for push in dv:
        s = kept * s + g(v + push) - g(v)
        v = v + push - 1 if v + push >= 1 + width / 2 else v + push
        after.append(s)
    return after


COMMONEST = [
    ("again, form 0", the_first_spike, "of the first spike"),
    ("again, form 0", a_positive_slope, "the spike comes earlier"),
    ("again, form 0", the_first_one_s_slope, "the interval after it gets shorter"),
    ("again, form 1", only_humps, "also reaches those behind it"),
    ("again, form 1", a_negative_slope, "There are too many spikes"),
    ("again, form 1", not_doubled, "has a factor of 2"),
    ("race", the_first_input_alone, "belongs to the causal set"),
    ("race", all_three_inputs, "before the third has come"),
    ("race", more_weight_later, "come earlier"),
    ("heard", as_high_as_a_box, "twice as high"),
    ("heard", up_all_the_time, "Half of the time it falls"),
    ("heard", nothing_is_left, "How much had passed"),
    ("trace", all_jumps_are_heard, "takes the charge back"),
    ("trace", back_to_rest, "what went too far is kept"),
    ("trace", no_ends, "goes on beyond the zone"),
]
