"""Chapter 15: what is done, the answer that it leads to, and words of the hint that names it."""

from math import exp, log


def psp(s, tau):
    return s / tau * exp(1 - s / tau) if s > 0 else 0.0


def psp_slope(s, tau):
    return (1 / s - 1 / tau) * psp(s, tau) if s > 0 else 0.0


def rise(w, arrivals, t, tau):
    return sum(x * psp_slope(t - a, tau) for x, a in zip(w, arrivals, strict=True))


def sign_forgotten(w, arrivals, t, tau):
    return [psp(t - a, tau) / rise(w, arrivals, t, tau) for a in arrivals]


def own_slope_only(w, arrivals, t, tau):
    return [
        -psp(t - a, tau) / (x * psp_slope(t - a, tau)) if a < t else 0.0
        for x, a in zip(w, arrivals, strict=True)
    ]


def times_the_weight(w, arrivals, t, tau):
    return [-x * psp(t - a, tau) / rise(w, arrivals, t, tau) for x, a in zip(w, arrivals, strict=True)]


COMMONEST = {
    "15.1": [
        ("a positive slope", [2 / exp(0.5), exp(0.5) / 2 * 8], "the slope is negative"),
        ("the slope of ln w", [2 / exp(0.5), -8], "by the logarithm of the weight"),
        ("not divided by x'", [2 / exp(0.5), -exp(0.5) / 2], "Divide it by how steeply"),
    ],
    "15.2": [
        ("the weights themselves", [1.1079, 1.00223], "These are the weights"),
        ("exchanged", [0.00223, 0.1079], "opposite order"),
        ("a tenth", [0.1079, 0.01079], "much closer than ten times"),
    ],
    "15.3": [
        ("added", [1 / (1 / 3 + 1 / 7.5), 2.142857 / 3 * exp(3 / 2.142857 - 1)], "Look at the sign"),
        ("not turned upside down", [0.2, exp(log(5 / 3) - 0.4)], "turn it upside down"),
        ("epsilon for w", [5, 3 / 5 * exp(1 - 3 / 5)], "the weight brings that to 1"),
    ],
    "15.4": [
        ("no jump", [0.375, -2.327], "as if nothing happened"),
        ("lambda_V after it", [3 / 8, -2.557], "just after the first spike"),
        ("not times tau_s", [6 / 13, -0.2557], "has the factor tau_s"),
    ],
    "15.5": [
        ("the sign forgotten", sign_forgotten, "minus epsilon over x'"),
        ("divided by its own slope", own_slope_only, "by its own slope"),
        ("times the weight", times_the_weight, "multiplied by the weight"),
    ],
}
