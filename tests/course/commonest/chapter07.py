"""Chapter 7: what is done, the answer that it leads to, and words of the hint that names it."""

from math import log, pi, sqrt

import numpy as np


def order_for_rank(times, w, m):
    return (w * m ** np.argsort(times)).sum()


def counted_from_one(times, w, m):
    return (w * m ** (1 + np.argsort(np.argsort(times)))).sum()


def last_is_first(times, w, m):
    return (w * m ** np.argsort(np.argsort(-times))).sum()


def sigma(r, factor=2.0, period=125.0):
    return period / (2 * pi) * sqrt(factor * log(1 / r))


COMMONEST = {
    "7.1": [
        ("the second latency alone", 20 * log(25 / 10), "is when the neuron with 0.25 nA fires"),
        ("first minus second exchanged", 20 * log(20 / 5) * -1 + 20 * log(25 / 10), "the sign is wrong"),
        ("in straight lines", 15 - 12, "right without the leak"),
    ],
    "7.2": [
        ("the order for the rank", order_for_rank, "for each neuron its rank"),
        ("ranks from 1", counted_from_one, "the first spike has rank 0, not 1"),
        ("the last is first", last_is_first, "Your last spike weighs most"),
    ],
    "7.3": [
        ("exchanged", [sigma(0.1), sigma(0.5)], "opposite order"),
        ("in cycles", [sigma(0.5, period=1), sigma(0.1, period=1)], "shares of the cycle"),
        ("the 2 lost", [sigma(0.5, 1), sigma(0.1, 1)], "There is a 2 too many"),
    ],
    "7.4": [
        ("chance not taken off", 20, "Chance itself makes one of the four"),
        ("the share of the pairs", 75, "of the pairs in that bin"),
        ("no per cent", 0.15, "not in per cent"),
    ],
    "7.5": [
        ("the distance without the sign", 1e6 / 100, "One of the two is negative"),
        ("out of step taken for in step", 1e6 / 1600, "for half a period"),
        ("one over the period in ms", 1 / 0.8, "right in kHz"),
    ],
    "7.6": [
        ("the phase taken for later", 1000 / (8 - 100 / 360), "slower than theta"),
        ("100° in each cycle", 125 * (1 - 100 / 360), "in all of the crossing"),
        ("a frequency", 8 + 100 / 360, "The period is asked"),
    ],
}
