"""Chapter 4: what is done, the answer that it leads to, and words of the hint that names it."""

from math import exp, log

import numpy as np


def hertz_times_ms(v, dt, v_th, rho_0, delta):
    return 1 - np.exp(-rho_0 * np.exp((v - v_th) / delta) * dt)


def hazard_times_step(v, dt, v_th, rho_0, delta):
    return rho_0 * np.exp((v - v_th) / delta) * dt / 1000


def silence(v, dt, v_th, rho_0, delta):
    return np.exp(-rho_0 * np.exp((v - v_th) / delta) * dt / 1000)


COMMONEST = {
    "4.1": [
        ("the last spike alone", 2 * exp(-0.3), "what the last spike leaves"),
        (
            "the times of the spikes for the times since",
            2 * (1 + exp(-0.3) + exp(-0.7)),
            "which is when the spikes came",
        ),
        ("all three since the last", 6 * exp(-0.3), "for 30 ms all three"),
    ],
    "4.2": [
        ("upside down", [63.04 / 128.97, 4.679 / 11.968], "upside down"),
        ("exchanged", [2.558, 2.046], "in the wrong order"),
        ("differences in Hz", [128.97 - 63.04, 11.968 - 4.679], "These are differences, in Hz"),
    ],
    "4.3": [
        (
            "the raised threshold itself",
            lambda facts: facts.neuron.v_th + facts.neuron.beta,
            "where the threshold stands after a first spike",
        ),
        (
            "above rest instead of above the threshold",
            lambda facts: facts.neuron.v_th + facts.neuron.beta - facts.neuron.v_rest,
            "how far the raised threshold lies above rest",
        ),
        ("in volts", lambda facts: facts.neuron.beta / 1000, "in volts"),
    ],
    "4.4": [
        ("Hz times ms", hertz_times_ms, "multiplies Hz by ms"),
        ("hazard times step", hazard_times_step, "The hazard times the step"),
        ("the probability of silence", silence, "the probability that there is no spike"),
    ],
    "4.5": [
        ("the spikes alone", [12 * log(0.5), 12], "every spike that a model expects costs it one nat"),
        ("the sign turned", [-10 - 12 * log(0.5), 12], "likelier with 20 Hz than with 10 Hz"),
        ("the better of the two", [10 + 12 * log(0.5), 10], "a hazard in between is better still"),
    ],
    "4.6": [
        ("as if it were leaky", 15 / 100, "the leaky neuron's"),
        ("the softness on top", 17 / 100, "more than the leaky neuron needs"),
        ("a potential", 13.0, "Divide it by R"),
    ],
    "4.7": [
        (
            "as if the lines parted",
            [-50 + 2 * log(3), (15 + 2 * log(3) - 6) / 100 + 0.02 * (15 + 2 * log(3))],
            "You took R a",
        ),
        ("as if w were 0", [-50 + 2 * log(1.4), (15 + 2 * log(1.4) - 2.8) / 100], "a times the height"),
        ("at the threshold", [-50.0, 13 / 100 + 0.02 * 15], "the exponential is 1"),
    ],
}
