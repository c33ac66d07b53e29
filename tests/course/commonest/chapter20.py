"""Chapter 20: what is done, the answer that it leads to, and words of the hint that names it."""

from math import exp, log

import numpy as np


def lag(pre, post):
    return post[:, None] - pre[None, :]


def exchanged(pre, post, lambda_, alpha, tau_plus, tau_minus):
    return rule(-lag(pre, post), lambda_, alpha, tau_plus, tau_minus)


def alpha_forgotten(pre, post, lambda_, alpha, tau_plus, tau_minus):
    return rule(lag(pre, post), lambda_, 1.0, tau_plus, tau_minus)


def together_strengthens(pre, post, lambda_, alpha, tau_plus, tau_minus):
    d = lag(pre, post)
    return rule(d, lambda_, alpha, tau_plus, tau_minus) + lambda_ * (d == 0).sum()


def rule(d, lambda_, alpha, tau_plus, tau_minus):
    gain = np.exp(-d[d > 0] / tau_plus).sum()
    return lambda_ * (gain - alpha * np.exp(d[d < 0] / tau_minus).sum())


TAU = 20 / log(3)

COMMONEST = {
    "20.1": [
        ("the first pair alone", 0.01 * exp(-0.5), "what the pair of 0 and 10 ms adds"),
        ("pre and post exchanged", 0.01 * exp(-1) - 0.0105 * exp(-0.5), "Your window is turned round"),
        ("alpha forgotten", 0.01 * (exp(-0.5) - exp(-1)), "the depression is α times as large"),
    ],
    "20.2": [
        ("pre and post exchanged", exchanged, "strengthens where post comes first"),
        ("alpha forgotten", alpha_forgotten, "The depression is as large as the potentiation with you"),
        ("together strengthens", together_strengthens, "Δt = 0 is neither above nor below"),
    ],
    "20.3": [
        ("not divided by 60", [TAU, 0.18 * exp(10 / TAU)], "what sixty pairs bring"),
        ("one pair's change taken for lambda", [TAU, 0.003], "what a pair brings at 10 ms"),
        (
            "weights for their changes",
            [20 / log(0.58 / 0.46), 0.58 / 60 * exp(0.5 * log(0.58 / 0.46))],
            "You took the weights",
        ),
    ],
    "20.4": [
        ("the period in ms", 20, "is the time from one pair to the next"),
        ("a period of 10 ms", 100, "as far from the next presynaptic one"),
        ("in kHz", 0.05, "in pairs a millisecond"),
    ],
}
