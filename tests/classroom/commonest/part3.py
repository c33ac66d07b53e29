"""Part 3, its pools: which form, what is done with the numbers of a student, and words of the hint."""

import math

from snnlab.data import load_nmnist_100

tau_v = dead = 0.0  # given to a student; the programs are read as text


def held(own, g, missing):
    """The rate, and where the potential lies without inhibition."""
    each = own["tau_m"] / 1000 * own["w"]
    rate = missing / (each * (g * own["n_inh"] - own["n_exc"]))
    return [rate, own["outside"] + each * own["n_exc"] * rate]


def up_to_the_threshold(own):
    return held(own, own["g"], own["outside"] - own["threshold"])


def all_synapses_alike(own):
    return held(own, 1, own["outside"] - own["threshold"] + own["below"])


def nothing_from_outside(own):
    rate, alone = held(own, own["g"], own["outside"] - own["threshold"] + own["below"])
    return [rate, alone - own["outside"]]


def parted(own, start):
    """For each ms, and when both are unrelated."""
    growth = (math.log(own["distance"]) - math.log(start)) / own["later"]
    return growth, (math.log(own["unrelated"]) - math.log(start)) / growth


def mean_at_first(own):
    return own["jump"] * own["hit"] / own["n"]


def only_those_hit(own):
    growth, moment = parted(own, own["jump"])
    return [1000 * growth, moment]


def each_ms(own):
    return list(parted(own, mean_at_first(own)))


def from_then_on(own):
    growth, moment = parted(own, mean_at_first(own))
    return [1000 * growth, moment - own["later"]]


def break_even(own, dear, cheap, silent=1.0):
    """Through both counts a straight line; then so many spikes as the price of the deep layer buys."""
    each = (own["ops_many"] - own["ops_few"]) / (own["many"] - own["few"])
    none = own["ops_few"] - each * own["few"]
    return [none, (own["macs"] * dear / cheap - silent * none) / each / own["inputs"]]


def arithmetic_alone(own):
    return break_even(own, own["mac"], own["add"])


def as_many_operations(own):
    return break_even(own, 1.0, 1.0)


def nothing_while_silent(own):
    return break_even(own, own["mac"] + own["read"], own["add"] + own["read"], silent=0.0)


def sent(own):
    """Levels that the light meets on its way up, and how many it passes on its way down."""
    levels = [own["dark"]]
    while levels[-1] * math.exp(own["on"]) <= own["bright"]:
        levels.append(levels[-1] * math.exp(own["on"]))
    falls = math.log(levels[-1] / own["dim"]) / own["off"]
    grows = (own["bright"] - own["dark"]) / own["lasts"]
    return len(levels) - 1, math.floor(falls), (levels[-1] - own["dark"]) / grows


def down_from_the_light(own):
    ups, _, last = sent(own)
    return [ups, math.floor(math.log(own["bright"] / own["dim"]) / own["off"]), last]


def evenly_in_time(own):
    ups, downs, _ = sent(own)
    return [ups, downs, own["lasts"] * ups / (math.log(own["bright"] / own["dark"]) / own["on"])]


def equal_steps(own):
    _, downs, last = sent(own)
    return [math.floor((own["bright"] / own["dark"] - 1) / own["on"]), downs, last]


def seen(own):
    """Pixels of the events in the stretch, one an event."""
    events = load_nmnist_100().recordings[own["recording"]]
    kept = (events.t >= own["start"]) & (events.t < own["stop"])
    return list(zip(events.x[kept].tolist(), events.y[kept].tolist(), strict=True))


def zeros(pixels):
    return 100 - 100 * len(pixels) / 34**2


def each_pixel_once(own):
    pixels = set(seen(own))
    return [own["neurons"] * len(pixels), zeros(pixels)]


def each_event_a_pixel(own):
    return [own["neurons"] * len(seen(own)), zeros(seen(own))]


def without_the_layer(own):
    return [len(seen(own)), zeros(set(seen(own)))]


def as_often_as_ticks(own):
    return 1000 / own["tick"] / own["synapses"]


def fades_to(own, first, left):
    return own["fading"] * math.log(first / left)


def spikes_of_all(own):
    gap = fades_to(own, own["one"], 1 - own["another"])
    return [as_often_as_ticks(own) * own["synapses"], gap]


def the_later_one_fades(own):
    return [as_often_as_ticks(own), fades_to(own, own["another"], 1 - own["one"])]


def falls_evenly(own):
    gap = (own["one"] - (1 - own["another"])) / (own["one"] / own["fading"])
    return [as_often_as_ticks(own), gap]


def when(times, weights):
    v, before, fired = 0.0, 0.0, []
    for t, w in zip(times, weights, strict=True):
        v, before = v * math.exp(-(t - before) / tau_v) + w, t
        if v > 1:
            v = 0.0
            fired.append(t)
    return fired


never_tired = when


def when(times, weights):
    v, deaf, fired = 0.0, 0.0, []
    for t, w in zip(times, weights, strict=True):
        if t >= deaf:
            v += w
            if v > 1:
                v, deaf = 0.0, t + dead
                fired.append(t)
    return fired


never_forgets = when


def when(times, weights):
    v, before, deaf, fired = 0.0, 0.0, 0.0, []
    for t, w in zip(times, weights, strict=True):
        if t >= deaf:
            v, before = v * math.exp(-(t - before) / tau_v) + w, t
            if v > 1:
                v, deaf = v - 1, t + dead
                fired.append(t)
    return fired


one_taken_away = when


def when(delay, j):
    return [0 if i == j else (delay[i][j] if delay[i][j] > 0 else -1) for i in range(len(delay))]


only_its_own_synapses = when


def when(delay, j):
    fires = [-1.0] * len(delay)
    fires[j] = 0.0
    for _ in delay:
        for i in range(len(delay)):
            for k in range(len(delay)):
                if delay[i][k] > 0 and fires[k] >= 0:
                    t = fires[k] + delay[i][k]
                    fires[i] = t if fires[i] < 0 else min(t, fires[i])
    return fires


nobody_rests = when


def when(delay, j):
    away = [-1] * len(delay)
    away[j] = 0
    for n in range(len(delay)):
        for k in range(len(delay)):
            for i in range(len(delay)):
                if away[k] == n and delay[i][k] > 0 and away[i] < 0:
                    away[i] = n + 1
    return away


how_many_synapses = when


COMMONEST = [
    ("balance, form 0", up_to_the_threshold, "It is to lie below it"),
    ("balance, form 0", all_synapses_alike, "Your rate is below zero"),
    ("balance, form 0", nothing_from_outside, "what comes from outside is still there"),
    ("balance, form 1", only_those_hit, "those that agree included"),
    ("balance, form 1", each_ms, "λ is for a millisecond"),
    ("balance, form 1", from_then_on, "counted from the later of the two moments"),
    ("events, form 0", never_tired, "within the dead time are lost"),
    ("events, form 0", never_forgets, "forgets nothing"),
    ("events, form 0", one_taken_away, "Here the potential is set to 0"),
    ("events, form 1", only_its_own_synapses, "the synapses of neuron j alone"),
    ("events, form 1", nobody_rests, "fires when the spike arrives"),
    ("events, form 1", how_many_synapses, "over how many synapses it comes"),
    ("frames, form 0", each_pixel_once, "each of their events moves the layer"),
    ("frames, form 0", each_event_a_pixel, "In a frame a pixel counts once"),
    ("frames, form 0", without_the_layer, "makes every neuron of the layer add"),
    ("frames, form 1", spikes_of_all, "the rate of all input spikes together"),
    ("frames, form 1", the_later_one_fades, "You let the later input fade"),
    ("frames, form 1", falls_evenly, "in a straight line, as at its first moment"),
    ("price, form 0", arithmetic_alone, "you priced the arithmetic alone"),
    ("price, form 0", as_many_operations, "makes the counts equal"),
    ("price, form 0", nothing_while_silent, "it is missing from the second"),
    ("price, form 1", down_from_the_light, "from the brightest light"),
    ("price, form 1", evenly_in_time, "let the logarithm grow in a straight line"),
    ("price, form 1", equal_steps, "counts equal ratios"),
]
