"""Chapter 3: what is done, the answer that it leads to, and words of the hint that names it."""

from math import exp, log, log10

import numpy as np


def eta(s):
    return -15 * np.exp(-s / 20)


def epsilon(s):
    return np.where(s >= 0, s / 5 * np.exp(1 - s / 5), 0.0)


def every_own_spike(t, own, arrivals, w):
    return -65 + eta(t - own[own <= t]).sum() + w * epsilon(t - arrivals).sum()


def arrivals_to_come(t, own, arrivals, w):
    s = t - arrivals
    past = own[own <= t]
    return -65 + (eta(t - past[-1]) if past.size else 0.0) + w * (s / 5 * np.exp(1 - s / 5)).sum()


def no_rest(t, own, arrivals, w):
    past = own[own <= t]
    return (eta(t - past[-1]) if past.size else 0.0) + w * epsilon(t - arrivals).sum()


TAU = 26.2 / log(12 / 5)
A = 5 * exp(38.4 / TAU)

COMMONEST = {
    "3.1": [
        ("the leaky neuron's formula, from rest", 20 * log(24 / 9), "which starts from rest"),
        ("a sign lost in the logarithm", 20 * log(9 / 15), "the fraction in the logarithm is upside down"),
        ("the logarithm to base 10", 20 * log10(15 / 9), "the logarithm to base 10"),
    ],
    "3.2": [
        ("when the sum is largest, not the gap", 24.17, "is when the sum is largest"),
        ("the sum at the second response's own peak", 15.93, "when the second response peaks"),
        ("the first response stands still meanwhile", 25.18, "meanwhile the first goes on falling"),
    ],
    "3.3": [
        ("the reset of every spike", every_own_spike, "every own spike counts"),
        ("spikes that have not arrived yet", arrivals_to_come, "Input that arrives after t counts already"),
        ("without rest", no_rest, "how far u lies above rest"),
    ],
    "3.4": [
        ("a with a minus", [TAU, -A], "Right but for a sign"),
        ("exchanged", [A, TAU], "opposite order"),
        (
            "the threshold forgotten",
            [26.2 / log(27 / 20), 20 * exp(38.4 / (26.2 / log(27 / 20)))],
            "Your τ compares 20 and 27 mV",
        ),
    ],
    "3.5": [
        ("nothing dies away", [2, 0], "let the first swing last for ever"),
        ("the second push never goes against the first", [1.607, 1.779], "a push against it do"),
        ("only what is left of the first", [0.607, 0.779], "what is left of the first swing"),
    ],
}
