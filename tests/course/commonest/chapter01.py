"""Chapter 1: what is done, the answer that it leads to, and words of the hint that names it."""

import numpy as np


def every_sample_above(v, dt, level):
    return dt * np.flatnonzero(v > level)


def index_instead_of_time(v, dt, level):
    return 1.0 + np.flatnonzero((v[1:] > level) & (v[:-1] <= level))


def sample_before(v, dt, level):
    return dt * np.flatnonzero((v[1:] > level) & (v[:-1] <= level))


COMMONEST = {
    "1.1": [
        ("in volts", 0.0125, "this is in V"),
        ("times the capacitance", 25 * 0.4 * 0.8, "multiplied by the capacitance"),
        ("the duration forgotten", 25 / 0.8, "0.4 ms only"),
    ],
    "1.2": [
        ("exchanged", [6.2, 3.1], "opposite order"),
        ("those of the cold axon", [9.2, 16.7], "at 6.3 °C"),
        ("those of the cold axon, over 3", [9.2 / 3, 16.7 / 3], "a third of the cold periods"),
    ],
    "1.3": [
        ("the conductance", 84.0, "is the conductance that is left"),
        ("the share that is stopped up", 30.0, "the share that is stopped up"),
        ("the ratio of the thresholds", 100 * 2.24 / 3.72, "Did you divide 2.24 by 3.72?"),
    ],
    "1.4": [
        ("every sample above", every_sample_above, "every sample above the level"),
        ("the index", index_instead_of_time, "Multiplied by dt"),
        ("the sample before", sample_before, "one sample early"),
    ],
}
