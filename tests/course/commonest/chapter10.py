"""Chapter 10: what is done, the answer that it leads to, and words of the hint that names it."""

from math import log


def no_reset(v, s, x, w, r, beta):
    return beta * v + w * x + r * s


def set_to_zero(v, s, x, w, r, beta):
    return (1 - s) * (beta * v + w * x + r * s)


def taken_away_before_the_leak(v, s, x, w, r, beta):
    return beta * (v - s) + w * x + r * s


COMMONEST = {
    "10.1": [
        ("not divided by the inputs", 5000, "Each of the 400 has its share"),
        ("spikes a millisecond", 0.0125, "A second has 1000"),
        ("n dt", 80, "solve it for r"),
    ],
    "10.2": [
        ("no reset", no_reset, "Yours has no reset"),
        ("set to zero", set_to_zero, "sets the potential to 0"),
        ("taken away before the leak", taken_away_before_the_leak, "Your reset leaks"),
    ],
    "10.3": [
        ("the sign of the weight", [0.8, 0.9], "its sign is negative"),
        ("the whole fall", [0.8, 0.207 - 1.008], "the whole fall"),
        ("the time constant in steps", [-1 / log(0.8), -0.9], "beta itself is wanted"),
    ],
    "10.4": [
        ("the input spikes forgotten", [740, 7400 / 220], "take synapses as well"),
        ("one decay a neuron", [440, 7400 / 110], "two multiplications"),
        ("the second layer forgotten", [340, 7400 / 220], "has a second layer"),
    ],
}
