"""Part 4: which exercise, what is done with the numbers of a student, and words of the hint that names it."""

import math

import numpy as np

eta = most = hold = 0.0  # given to a student; the programs below are read as text


def limit(own, side=-1):
    return own["mean"] + side * own["beta"] * own["spread"] / own["gamma"]


def sum_and_count(n, z):
    return [z, (n - z) / 2]


def solved_as_if_positive(own):
    """The least sum above the limit that can occur."""
    return next(sum_and_count(own["n"], z) for z in range(-own["n"], own["n"] + 1, 2) if z >= limit(own))


def shift_on_the_wrong_side(own):
    fires = [z for z in range(-own["n"], own["n"] + 1, 2) if z <= limit(own, side=1)]
    return sum_and_count(own["n"], fires[-1])


def those_that_agree(own):
    fires = [z for z in range(-own["n"], own["n"] + 1, 2) if z <= limit(own)]
    return [fires[-1], (own["n"] + fires[-1]) / 2]


def short_of(own):
    """What is missing with a reset to zero."""
    return own["activation"] - own["scale"] / math.ceil(own["scale"] / own["activation"])


def a_spike_and_not_half(own):
    return [math.ceil(own["scale"] / own["within"]), short_of(own)]


def steps_not_whole(own):
    return [own["scale"] / own["within"] / 2, short_of(own)]


def what_the_count_says(own):
    return [math.ceil(own["scale"] / own["within"] / 2), own["activation"] - short_of(own)]


def read(own, added, together=True):
    a, x = np.array([own["first"], own["second"]]).T, np.array(own["points"])
    squares = a.T @ a if together else np.diag((a**2).sum(axis=0))
    d = np.linalg.solve(squares + added * np.eye(2), a.T @ x)
    return [*d, np.dot(own["heard"], d)]


def without_noise(own):
    return read(own, 0.0)


def noise_of_one_point(own):
    return read(own, own["noise"] ** 2)


def one_neuron_at_a_time(own):
    return read(own, 5 * own["noise"] ** 2, together=False)


def drawn(own, cut=0.5, poisson=False):
    """The probability that it fires and the number of copies."""
    heard = own["chance"] * own["spike"]
    mean = heard * (own["plus"] - own["minus"]) + own["bias"]
    variance = heard * (own["plus"] + own["minus"]) * (1 if poisson else 1 - heard)
    p = (1 - math.erf((cut - mean) / math.sqrt(2 * variance))) / 2
    return [p, math.ceil(p * (1 - p) / own["scatter"] ** 2)]


def cut_at_zero(own):
    return drawn(own, cut=0.0)


def as_if_poisson(own):
    return drawn(own, poisson=True)


def copies_without_the_square(own):
    p, _ = drawn(own)
    return [p, math.ceil(p * (1 - p) / own["scatter"])]


def real_weight(w, x, y):
    after = []
    for k in range(len(x)):
        w = max(-most, min(most, w - 2 * eta * (w * x[k] - y[k]) * x[k]))
        after.append(w)
    return after


def no_bounds(w, x, y):
    after = []
    for k in range(len(x)):
        b = 1 if w >= 0 else -1
        w -= 2 * eta * (b * x[k] - y[k]) * x[k]
        after.append(w)
    return after


def no_two(w, x, y):
    after = []
    for k in range(len(x)):
        b = 1 if w >= 0 else -1
        w = max(-most, min(most, w - eta * (b * x[k] - y[k]) * x[k]))
        after.append(w)
    return after


def soft(own, pause):
    """The soft distance at which the neuron fires so often, and the slope of its curve there."""
    way = (1000 / own["rate"] - pause) / own["tau_m"]
    rho = 1 / (math.exp(way) - 1)
    return rho, (own["rate"] / 1000) ** 2 * own["tau_m"] / (2 * rho * (1 + rho))


def distance_itself(own):
    rho, slope = soft(own, own["t_ref"])
    return [rho, 1000 * slope]


def never_refractory(own):
    rho, slope = soft(own, 0.0)
    return [rho / math.log(2), 1000 * slope]


def spikes_a_ms(own):
    rho, slope = soft(own, own["t_ref"])
    return [rho / math.log(2), slope]


def squares(own, scale):
    return sum((abs(w) - scale) ** 2 for w in own["real"])


def heard_by(own, weights):
    return sum(w * b for w, b in zip(weights, own["bits"], strict=True))


def signs(own):
    return [1 if w >= 0 else -1 for w in own["real"]]


def signs_cancel(own):
    scale = sum(own["real"]) / 6
    error = sum((w - scale * s) ** 2 for w, s in zip(own["real"], signs(own), strict=True))
    return [scale, error, scale * heard_by(own, signs(own))]


def only_the_bits(own):
    scale = sum(map(abs, own["real"])) / 6
    return [scale, squares(own, scale), heard_by(own, signs(own))]


def mean_of_the_squares(own):
    scale = sum(map(abs, own["real"])) / 6
    return [scale, squares(own, scale) / 6, scale * heard_by(own, signs(own))]


def came_in(own, at_first, at_the_end):
    return own["layer_scale"] * (own["seen"] + at_the_end - at_first) / own["watched"]


def every_so_many(own):
    each = came_in(own, 0.5, own["end"]) / own["layer_scale"]
    return own["layer_scale"] / next(n for n in range(1, 1000) if n * each >= 1)


def empty_at_first(own):
    return [came_in(own, 0, own["end"]), every_so_many(own)]


def spikes_by_steps(own):
    return [came_in(own, 0, 0), every_so_many(own)]


def same_with_either_reset(own):
    return [came_in(own, 0.5, own["end"])] * 2


def course(w, dw):
    after = []
    for push in dw:
        w = max(-1, min(1, w + push))
        after.append(math.floor(w + 0.5))
    return after


nearest_at_once = course


def course(w, dw):
    used, after = math.floor(w + 0.5), []
    for push in dw:
        w += push
        if abs(w - used) > 0.5 + hold:
            used = math.floor(w + 0.5)
        after.append(used)
    return after


no_bounds_of_the_shadow = course


def course(w, dw):
    used, after = math.floor(w + 0.5), []
    for push in dw:
        w = max(-1, min(1, w + push))
        if abs(w - used) > 0.5 + hold:
            used += 1 if w > used else -1
        after.append(used)
    return after


one_up_or_down = course


COMMONEST = [
    ("turned, form 0", solved_as_if_positive, "turns the inequality round"),
    ("turned, form 0", shift_on_the_wrong_side, "β goes to the other side"),
    ("turned, form 0", those_that_agree, "those that differ are asked for"),
    ("turned, form 1", signs_cancel, "take the mean of the sizes"),
    ("turned, form 1", only_the_bits, "without the scale"),
    ("turned, form 1", mean_of_the_squares, "the mean of the squared errors"),
    ("latent, form 0", real_weight, "The network sees its bit only"),
    ("latent, form 0", no_bounds, "leaves its bounds"),
    ("latent, form 0", no_two, "brings a 2"),
    ("latent, form 1", nearest_at_once, "the nearest whole number at once"),
    ("latent, form 1", no_bounds_of_the_shadow, "Your shadow leaves its bounds"),
    ("latent, form 1", one_up_or_down, "moves by 1 at the most"),
    ("sure, form 0", a_spike_and_not_half, "rounded and not cut off"),
    ("sure, form 0", steps_not_whole, "Steps are whole"),
    ("sure, form 0", what_the_count_says, "what the count says"),
    ("sure, form 1", empty_at_first, "Half a threshold was in it"),
    ("sure, form 1", spikes_by_steps, "You have counted the spikes alone"),
    ("sure, form 1", same_with_either_reset, "what lies above the threshold is lost"),
    ("decoders", without_noise, "least squares for rates without noise"),
    ("decoders", noise_of_one_point, "the noise comes in at each of them"),
    ("decoders", one_neuron_at_a_time, "as if its neuron were alone"),
    ("drawn, form 0", cut_at_zero, "the cut lies half way"),
    ("drawn, form 0", as_if_poisson, "as for a Poisson variable"),
    ("drawn, form 0", copies_without_the_square, "its root is asked for"),
    ("drawn, form 1", distance_itself, "the soft distance from the threshold"),
    ("drawn, form 1", never_refractory, "The refractory time is missing"),
    ("drawn, form 1", spikes_a_ms, "in spikes a millisecond"),
]
