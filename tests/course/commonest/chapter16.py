"""Chapter 16: what is done, the answer that it leads to, and words of the hint that names it."""

from math import log


def hump(v, width, power=2):
    return 1 / (1 + abs(v - 1) / width) ** power


def reset_forgotten(a, e, s, v, beta, width):
    return e * hump(v, width) + beta * a


def hump_not_squared(a, e, s, v, beta, width):
    return e * hump(v, width, 1) + beta * (1 - s) * a


def reset_not_detached(a, e, s, v, beta, width):
    return e * hump(v, width) + beta * a * (1 - s - v * hump(v, width))


COMMONEST = {
    "16.1": [
        ("the sign", 2 * 2.5 / 16, "the sign is not"),
        ("2.5 forgotten", -2 / 16, "This is the derivative by v"),
        ("the hump not squared", -2 * 2.5 / 4, "The hump is a square"),
    ],
    "16.2": [
        ("the reset forgotten", reset_forgotten, "a is multiplied by 1 - s"),
        ("the hump not squared", hump_not_squared, "The hump is the square"),
        ("the reset not detached", reset_not_detached, "goes through the reset as well"),
    ],
    "16.3": [
        ("1/(1 - beta)", [20, 0.04], "an Euler step"),
        ("the slope for the width", [-1 / log(0.95), 25], "The slope is the reciprocal of the width"),
        ("in seconds", [-0.001 / log(0.95), 0.04], "but in seconds"),
    ],
    "16.4": [
        ("exchanged", [1, 1 / 9], "opposite order"),
        ("the hump not squared", [1 / 99, 1 / 3], "Without the square"),
        ("upside down", [9, 1], "the reciprocals"),
    ],
}
