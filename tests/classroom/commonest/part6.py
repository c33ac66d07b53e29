"""Part 6: which exercise, what is done with the numbers of a student, and words of the hint that names it."""

import math

import numpy as np

width = kept = fades = broad = 0.0  # given to a student; the programs below are read as text


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
        total += 2 * sensitivity / (1 + abs(v - 1) / own["wide"]) ** 2
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


def alone(own, what):
    """Of one input spike: its answer a time after it, or how steeply that rises, by small steps."""

    def answer(s):
        return math.exp(-s / own["tau_m"]) - math.exp(-s / own["tau_s"])

    t = own["time"]
    return answer(t) if what == "height" else (answer(t + 1e-5) - answer(t - 1e-5)) / 2e-5


def latest(own):
    times = np.linspace(0, 3 * own["tau_m"], 1_000_001)
    return times[np.argmax(np.exp(-times / own["tau_m"]) - np.exp(-times / own["tau_s"]))]


def later_with_more(own):
    height, steep = alone(own, "height"), alone(own, "steepness")
    return [1 / height, height**2 / steep, latest(own)]


def not_over_the_slope(own):
    height = alone(own, "height")
    return [1 / height, -height, latest(own)]


def membrane_s_own_time(own):
    height, steep = alone(own, "height"), alone(own, "steepness")
    return [1 / height, -(height**2) / steep, own["tau_m"]]


def silent(own, height):
    """The width that has this height at the peak of the potential, and the rate that mends it at once."""
    short = 1 - own["lifts"] * own["weight"]
    return [short / (1 / height - 1), (1 / own["lifts"] - own["weight"]) / -own["told_so"]]


def no_two_of_the_square(own):
    return silent(own, math.sqrt(-own["told_so"] / own["lifts"]))


def no_square_of_the_hump(own):
    return silent(own, -own["told_so"] / own["lifts"] / 2)


def uphill(own):
    width, rate = silent(own, math.sqrt(-own["told_so"] / own["lifts"] / 2))
    return [width, -rate]


def race_of(own, sign=-1):
    """The share of the right output, and the odds against it."""
    shares = [math.exp(sign * own["sharpness"] * t) for t in own["times"]]
    right = shares[own["label"]] / sum(shares)
    return right, (1 - right) / right


def lead_of(own, odds):
    return math.log(odds * (1 - own["left"]) / own["left"]) / own["sharpness"]


def largest_time_wins(own):
    share, odds = race_of(own, 1)
    return [-math.log(share) / own["sharpness"], lead_of(own, odds)]


def logarithm_alone(own):
    share, odds = race_of(own)
    return [-math.log(share), lead_of(own, odds)]


def against_the_fastest(own):
    share, _ = race_of(own)
    fastest = min(t for k, t in enumerate(own["times"]) if k != own["label"])
    ahead = math.exp(own["sharpness"] * (own["times"][own["label"]] - fastest))
    return [-math.log(share) / own["sharpness"], lead_of(own, ahead)]


def stops_at(own):
    """The place in the zone, in small steps."""
    places = np.linspace(-0.5, 0.5, 1_000_001)
    charges = 0.5 + places + np.sin(2 * np.pi * places) / (2 * np.pi)
    return float(np.interp(own["charge"], charges, places))


def open_and_left(own):
    x = stops_at(own)
    after = x - own["back"] / own["zone"]
    left = 0.5 + after + math.sin(2 * math.pi * after) / (2 * math.pi)
    return 1 + own["zone"] * x, (1 + math.cos(2 * math.pi * x)) / own["zone"], left


def as_much_as_of_the_zone(own):
    _, gate, left = open_and_left(own)
    return [1 + own["zone"] * (own["charge"] - 0.5), gate, left]


def height_of_the_cosine(own):
    v, gate, left = open_and_left(own)
    return [v, gate * own["zone"], left]


def charge_stays(own):
    v, gate, _ = open_and_left(own)
    return [v, gate, own["charge"]]


def follow(v, s, e):
    found, later = [], 0.0
    for t in reversed(range(len(v))):
        later = fades * later + e[t] / (1 + abs(v[t] - 1) / broad) ** 2
        found.insert(0, later)
    return found


spikes_let_it_through = follow


def follow(v, s, e):
    return [e[t] / (1 + abs(v[t] - 1) / broad) ** 2 for t in range(len(v))]


no_later_step = follow


def follow(v, s, e):
    found, before = [], 0.0
    for t in range(len(v)):
        before = fades * (1 - s[t]) * before + e[t] / (1 + abs(v[t] - 1) / broad) ** 2
        found.append(before)
    return found


with_the_time = follow


COMMONEST = [
    ("again, form 0", the_first_spike, "of the first spike"),
    ("again, form 0", a_positive_slope, "the spike comes earlier"),
    ("again, form 0", the_first_one_s_slope, "the interval after it gets shorter"),
    ("again, form 1", only_humps, "also reaches those behind it"),
    ("again, form 1", a_negative_slope, "There are too many spikes"),
    ("again, form 1", not_doubled, "has a factor of 2"),
    ("again, form 2", later_with_more, "With more weight the spike comes earlier"),
    ("again, form 2", not_over_the_slope, "Divide it by how steeply it rises"),
    ("again, form 2", membrane_s_own_time, "the time constant of the membrane"),
    ("again, form 3", no_two_of_the_square, "The derivative of a square brings a 2"),
    ("again, form 3", no_square_of_the_hump, "It is one over its square"),
    ("again, form 3", uphill, "A step goes against the derivative"),
    ("race, form 0", the_first_input_alone, "belongs to the causal set"),
    ("race, form 0", all_three_inputs, "before the third has come"),
    ("race, form 0", more_weight_later, "come earlier"),
    ("race, form 1", largest_time_wins, "the latest output has the largest share"),
    ("race, form 1", logarithm_alone, "divided by β, so that it is a time"),
    ("race, form 1", against_the_fastest, "raced against the first of the others alone"),
    ("heard, form 0", as_high_as_a_box, "twice as high"),
    ("heard, form 0", up_all_the_time, "Half of the time it falls"),
    ("heard, form 0", nothing_is_left, "How much had passed"),
    ("heard, form 1", as_much_as_of_the_zone, "open alike in all of its zone"),
    ("heard, form 1", height_of_the_cosine, "not divided by the width"),
    ("heard, form 1", charge_stays, "you let the charge stay"),
    ("trace, form 0", all_jumps_are_heard, "takes the charge back"),
    ("trace, form 0", back_to_rest, "what went too far is kept"),
    ("trace, form 0", no_ends, "goes on beyond the zone"),
    ("trace, form 1", spikes_let_it_through, "You go on through the spikes"),
    ("trace, form 1", no_later_step, "also reaches the later steps"),
    ("trace, form 1", with_the_time, "You go forwards"),
]
