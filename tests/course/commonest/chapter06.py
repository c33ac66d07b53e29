"""Chapter 6: what is done, the answer that it leads to, and words of the hint that names it."""

from math import radians

COMMONEST = {
    "6.1": [
        ("1/error spikes: no square", 4 / 0.2, "1/√n, not 1/n"),
        ("the spikes, not the repetitions", 16, "how many spikes the bin needs"),
        ("Hz times ms", 16 / 200, "50 Hz are 0.05 spikes in each ms"),
    ],
    "6.2": [
        ("no square", [10, 5, 2], "n is the square of that"),
        ("times the shape", [100, 400, 2500], "With you the regular neurons need more"),
        ("CV without its square", [100, 50, 20], "n must fall to a quarter"),
    ],
    "6.3": [
        ("in radians", [radians(137.45), radians(210.24)], "in radians"),
        ("left edges for middles", [137.45 - 7.5, 210.24 - 7.5], "the lower border of each bin"),
        ("the nearest bins", [142.5, 217.5], "the bins whose rates come closest"),
    ],
    "6.4": [
        (
            "a tuning curve is an average over repetitions",
            [2, 1, 3, 3, 2, 2],
            "e is not a spike density over repetitions",
        ),
        ("one cell: an average over time", [2, 1, 3, 3, 1, 1], "f is not a temporal average"),
        ("one cell in small bins: an average over time", [1, 1, 3, 3, 1, 2], "a is not a temporal average"),
    ],
}
