"""Chapter 5: what is done, the answer that it leads to, and words of the hint that names it."""

from math import sqrt

import numpy as np


def no_thousand(x, rate, dt):
    return dt * np.flatnonzero(x < rate * dt)


def number_of_the_bin(x, rate, dt):
    return 1.0 * np.flatnonzero(x < rate * dt / 1000)


def end_of_the_bin(x, rate, dt):
    return dt * (1 + np.flatnonzero(x < rate * dt / 1000))


def waits_not_added_up(u, rate):
    return -1000 / rate * np.log(1 - u)


def in_seconds(u, rate):
    return np.cumsum(-np.log(1 - u) / rate)


def log_of_u(u, rate):
    return np.cumsum(-1000 / rate * np.log(u))


COMMONEST = {
    "5.1": [
        ("divided by n - 1", 14 / 20, "divided the sum of squares by 2"),
        ("squared", (392 / 3) / 400, "the square of the coefficient"),
        ("the standard deviation in ms", sqrt(392 / 3), "is the standard deviation"),
    ],
    "5.2": [
        ("Hz times ms", no_thousand, "there are 1000 ms in a second"),
        ("the number of the bin", number_of_the_bin, "the numbers of the bins"),
        ("the end of the bin", end_of_the_bin, "one dt too late"),
    ],
    "5.3": [
        ("waits not added up", waits_not_added_up, "np.cumsum adds them up"),
        ("in seconds", in_seconds, "The waits are in seconds"),
        ("log(u)", log_of_u, "Use ln(1 - u)"),
    ],
    "5.4": [
        ("CV instead of its square", [0.88, 0.7], "you gave the CV"),
        ("p instead of 1 - p", [0.12, 0.49], "the probability of a spike in 2 ms"),
        ("exchanged", [0.49, 0.88], "opposite order"),
    ],
    "5.5": [
        ("no square root", (1 - 0.36) / 0.05, "You took the Fano factor for the CV"),
        ("a rate of 100 Hz: the 2 s forgotten", (1 - 0.6) / 0.1, "You took 100 spikes for 100 Hz"),
        ("in seconds", 0.008, "this is in s"),
    ],
}
