"""Chapter 9: what is done, the answer that it leads to, and words of the hint that names it."""

from math import log, log10, sqrt

import numpy as np


def hops(matrix, start, never=-1.0, first=0.0):
    """Relax all synapses until nothing changes."""
    far = np.full(len(matrix), np.inf)
    far[start] = 0.0
    for _ in matrix:
        for post, pre in np.argwhere(np.asarray(matrix) > 0):
            far[post] = min(far[post], far[pre] + 1)
    return np.where(np.isinf(far), never, far + first)


def rows_for_columns(a, j):
    return hops(np.asarray(a).T, j)


def neurons_counted(a, j):
    return hops(a, j, first=1.0)


def nothing_for_nobody(a, j):
    return hops(a, j, never=0.0)


COMMONEST = {
    "9.1": [
        ("the inhibitory ones forgotten", 24 + 16 * 20 * 0.02, "Inhibition takes"),
        ("g forgotten", 24 + (16 * 20 - 4 * 25) * 0.02, "It is g = 6 times as strong"),
        ("rates per second, tau in ms", 24 + (16 * 20 - 6 * 4 * 25) * 20, "has to be in seconds"),
    ],
    "9.2": [
        ("rows for columns", rows_for_columns, "followed the synapses backwards"),
        ("neurons counted", neurons_counted, "You counted neurons"),
        ("0 for who is not reached", nothing_for_nobody, "It gets −1"),
    ],
    "9.3": [
        ("per ms", [log(16) / 20, 5], "λ is in 1/ms"),
        ("base 10", [1000 * log10(16) / 20, log(2) / (log10(16) / 20)], "logarithm to base 10"),
        ("1/lambda for the doubling time", [log(16) / 0.02, 20 / log(16)], "after ln 2 / λ"),
    ],
    "9.4": [
        ("threshold taken for zero", 8.8, "You set the sum equal to 0"),
        ("g/4 reported", 1.7, "You left out the quarter"),
        ("ratio upside down", 4 + 4 / 0.7, "the wrong way round"),
    ],
    "9.5": [
        ("in proportion to time", [6 * 9, 500 * 9], "grows by the root of that"),
        ("the root of the neurons too", [18, 500 * sqrt(9)], "D falls as 1/N"),
        ("the square for the distance", [36 * 9, 500 * 9], "in square degrees"),
    ],
}
