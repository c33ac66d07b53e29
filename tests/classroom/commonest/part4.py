"""Part 4: which exercise, what is done with the numbers of a student, and words of the hint that names it."""

import math

import numpy as np

eta = most = 0.0  # given to a student; the programs below are read as text


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


COMMONEST = [
    ("turned", solved_as_if_positive, "turns the inequality round"),
    ("turned", shift_on_the_wrong_side, "β goes to the other side"),
    ("turned", those_that_agree, "those that differ are asked for"),
    ("latent", real_weight, "The network sees its bit only"),
    ("latent", no_bounds, "leaves its bounds"),
    ("latent", no_two, "brings a 2"),
    ("sure", a_spike_and_not_half, "rounded and not cut off"),
    ("sure", steps_not_whole, "Steps are whole"),
    ("sure", what_the_count_says, "what the count says"),
    ("decoders", without_noise, "least squares for rates without noise"),
    ("decoders", noise_of_one_point, "the noise comes in at each of them"),
    ("decoders", one_neuron_at_a_time, "as if its neuron were alone"),
    ("drawn", cut_at_zero, "the cut lies half way"),
    ("drawn", as_if_poisson, "as for a Poisson variable"),
    ("drawn", copies_without_the_square, "its root is asked for"),
]
