"""Chapter 24: what is done, the answer that it leads to, and words of the hint that names it."""

from math import exp, log, log10, sqrt

import numpy as np


def step(w, c, d, pair, reward, dt, keep_c, keep_d):
    return np.array([np.clip(w + c * d * dt, 0, 1), c * keep_c + pair, d * keep_d + reward])


def no_dt(w, c, d, pair, reward, dt, tau_c, tau_d):
    return np.array([
        np.clip(w + c * d, 0, 1),
        c * np.exp(-dt / tau_c) + pair,
        d * np.exp(-dt / tau_d) + reward,
    ])


def euler(w, c, d, pair, reward, dt, tau_c, tau_d):
    return step(w, c, d, pair, reward, dt, 1 - dt / tau_c, 1 - dt / tau_d)


def the_new_fades_too(w, c, d, pair, reward, dt, tau_c, tau_d):
    w = np.clip(w + c * d * dt, 0, 1)
    return np.array([w, (c + pair) * np.exp(-dt / tau_c), (d + reward) * np.exp(-dt / tau_d)])


COMMONEST = {
    "24.1": [
        ("the delay forgotten", [-0.02 * exp(-0.5 / 20), -0.02 * exp(-2 / 20)], "before both inputs"),
        ("alpha forgotten", [0.04 * exp(-0.1), -0.04 * exp(-1 / 20)], "What B loses is α times as large"),
        (
            "the time constants exchanged",
            [0.04 * exp(-0.5 / 20), -0.02 * exp(-1 / 5)],
            "exchanged the time constants",
        ),
    ],
    "24.2": [
        ("the trace does not fade until the reward", 0.02 * exp(-0.5) * 0.4, "In 1.5 s the trace fades"),
        ("the trace does not fade after the reward", 0.02 * exp(-2) * 0.5, "the trace goes on fading"),
        ("10 ms forgotten", 0.02 * exp(-1.5) * 0.4, "The spikes of the pair are 10 ms apart"),
    ],
    "24.3": [
        ("half-life", 0.75, "to fall to half"),
        ("2.1 s for the difference", 2.1 / log(4), "You divided the whole 2.1 s"),
        ("the logarithm to base 10", 1.5 / log10(4), "The logarithm to the base 10"),
    ],
    "24.4": [
        ("dt forgotten", no_dt, "by dt times that"),
        ("Euler", euler, "fade by 1 − dt/τ"),
        ("the new fades too", the_new_fades_too, "What is new in this step has faded already"),
    ],
    "24.5": [
        ("the height, not how many times", [6, exp(-0.5) / sqrt(6)], "the height of the peak"),
        ("as long as the delay", [3, exp(-1) / sqrt(3) * exp(3)], "At τ_c = T the curve still rises"),
        ("upside down", [6, exp(-3) / (exp(-0.5) / sqrt(6))], "the second upside down"),
    ],
}
