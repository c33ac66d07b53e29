"""Chapter 17: what is done, the answer that it leads to, and words of the hint that names it."""

from math import exp, log


def shares(times, sharpness):
    grown = [exp(-sharpness * t) for t in times]
    return [g / sum(grown) for g in grown]


def backwards(times, label, sharpness):
    if min(times) == times[label]:
        return [0.0] * len(times)
    return [p - (k == label) for k, p in enumerate(shares(times, sharpness))]


def taught_by_every_sample(times, label, sharpness):
    return [(k == label) - p for k, p in enumerate(shares(times, sharpness))]


def sharpness_twice(times, label, sharpness):
    if min(times) == times[label]:
        return [0.0] * len(times)
    return [sharpness * ((k == label) - p) for k, p in enumerate(shares(times, sharpness))]


COMMONEST = {
    "17.1": [
        ("the first input decides", [0.3555, 0], "belongs to the causal set"),
        ("a positive derivative", [0.3993, 0.708], "holds the neuron back less"),
        ("the derivative by its weight", [0.3993, -0.078], "derivative by the second weight"),
    ],
    "17.2": [
        ("in milliseconds", [21.97, 1.0986], "wanted in units of time"),
        ("exp(-beta d) is 0.1", [log(10), log(10) / 20], "counts in the sum"),
        ("twenty times for twenty", [log(9), 20 * log(9)], "a twentieth of the lead"),
    ],
    "17.3": [
        ("exchanged", [0.6662, 0.9592], "opposite order"),
        ("the first follows by 0.6", [1.1306, 0.3490], "It is 0.4"),
        ("as 0.4 to 0.6", [0.7288, 1.0931], "as 0.4 to 0.6"),
    ],
    "17.4": [
        ("backwards", backwards, "the signs are not"),
        ("every sample", taught_by_every_sample, "Where the right output fires first"),
        ("the factor forgotten", sharpness_twice, "beta times too large"),
    ],
}
