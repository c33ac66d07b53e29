"""Part 5, its pools: which form, what is done with the numbers of a student, and words of the hint."""

import math

import numpy as np

from snnlab.data import load_digits


def by_chance(own, alpha):
    """Pairs in a second, times what each brings on average."""
    return own["r_in"] * own["r_out"] * own["tau_ms"] / 1000 * own["a"] * (1 - alpha)


def falls_and_ends(own, speed):
    return [speed, own["w_0"] / abs(speed)]


def size_of_the_fall(own):
    return falls_and_ends(own, -by_chance(own, own["ratio"]))


def only_growth(own):
    return falls_and_ends(own, by_chance(own, 0.0))


def tau_in_ms(own):
    return falls_and_ends(own, 1000 * by_chance(own, own["ratio"]))


def line_through_both(own):
    """For each spike of the input: what it earns, and what it loses for each Hz of the output."""
    each = own["most"] * own["r_in"]
    slope = (own["at_fast"] - own["at_slow"]) / (own["fast"] - own["slow"])
    return (own["at_slow"] - slope * own["slow"]) / each, -slope / each


def without_the_one(own):
    caused, lost = line_through_both(own)
    return [lost * 1000 / own["tau_ms"], caused]


def in_a_second(own):
    caused, lost = line_through_both(own)
    return [1 + lost * 1000 / own["tau_ms"], caused * own["r_in"]]


def no_tax_when_slow(own):
    _, lost = line_through_both(own)
    return [1 + lost * 1000 / own["tau_ms"], own["at_slow"] / (own["most"] * own["r_in"])]


def named(own):
    """How many of the student's images are named rightly."""
    digits, mine = load_digits(), slice(own["first"], own["first"] + own["how_many"])
    means = [digits.x_train[digits.y_train == k].mean(axis=0) for k in range(10)]
    far = [[((image - mean) ** 2).sum() for mean in means] for image in digits.x_test[mine].astype(float)]
    return int(np.sum(np.argmin(far, axis=1) == digits.y_test[mine]))


def how_many_wrong(own):
    return own["how_many"] - named(own)


def as_a_share(own):
    return named(own) / own["how_many"]


def of_all_images(own):
    return named({"first": 0, "how_many": len(load_digits().x_test)})


def after_each_spike(own, gain, growing):
    """The weight of a silent input, spike by spike, until it is below half."""
    total, w, count, first = own["early"] * own["w_early"] + own["silent"] * own["w_silent"], 1.0, 0, None
    while w >= 0.5:
        w, count = w * total / (total + growing * gain), count + 1
        first = first or w * own["w_silent"]
    return [gain, first, count]


def traces(own, fast, slow):
    return own["eta"] * math.exp(-own["since"] / fast) * math.exp(-own["before"] / slow)


def only_one_grows(own):
    return after_each_spike(own, traces(own, 20, 40), 1)


def both_fast(own):
    return after_each_spike(own, traces(own, 20, 20), own["early"])


def no_spike_before(own):
    return after_each_spike(own, traces(own, 20, math.inf), own["early"])


def pairs_of(own, near=True, alpha=None):
    """What all pairs of four spikes do, or only those next to each other."""
    alpha = own["alpha"] if alpha is None else alpha
    change = 0.0
    for k, a in enumerate(own["pre"]):
        for m, b in enumerate(own["post"]):
            if near or m in (k, k - 1):
                size = own["lambda_"] * math.exp(-abs(b - a) / own["tau"])
                change += size if b > a else -alpha * size
    return change


def other_sign(own):
    return -pairs_of(own)


def next_to_each_other(own):
    return pairs_of(own, near=False)


def as_strong_both_ways(own):
    return pairs_of(own, alpha=1.0)


def line_of_logarithms(own):
    """The slope of the logarithm against the distance, and where it begins."""
    steep = (math.log(own["by_near"]) - math.log(own["by_far"])) / (own["far"] - own["near"])
    return steep, math.exp(math.log(own["by_near"]) + steep * own["near"])


def of_all_pairs(own):
    steep, begins = line_of_logarithms(own)
    return [1 / steep, begins]


def as_it_was_measured(own):
    steep, _ = line_of_logarithms(own)
    return [1 / steep, own["by_near"] / own["pairs"]]


def until_half_is_left(own):
    steep, begins = line_of_logarithms(own)
    return [math.log(2) / steep, begins / own["pairs"]]


COMMONEST = [
    ("spikes, form 0", other_sign, "the sign is wrong"),
    ("spikes, form 0", next_to_each_other, "with its neighbours only"),
    ("spikes, form 0", as_strong_both_ways, "It is larger by the factor α"),
    ("spikes, form 1", of_all_pairs, "for all pairs together"),
    ("spikes, form 1", as_it_was_measured, "Follow the window back to 0"),
    ("spikes, form 1", until_half_is_left, "how many ms half is left"),
    ("drift, form 0", size_of_the_fall, "the change is negative"),
    ("drift, form 0", only_growth, "the potentiation alone"),
    ("drift, form 0", tau_in_ms, "with τ in s"),
    ("drift, form 1", without_the_one, "The factor is 1 more"),
    ("drift, form 1", in_a_second, "e is for each of its spikes"),
    ("drift, form 1", no_tax_when_slow, "takes a tax already"),
    ("piles, form 0", how_many_wrong, "are named wrongly"),
    ("piles, form 0", as_a_share, "Their number is wanted"),
    ("piles, form 0", of_all_images, "is for the whole test"),
    ("piles, form 1", only_one_grows, "as if one input had grown"),
    ("piles, form 1", both_fast, "let both traces fade with 20 ms"),
    ("piles, form 1", no_spike_before, "left out the neuron's own trace"),
]
