"""Chapter 18: what is done, the answer that it leads to, and words of the hint that names it."""

from itertools import pairwise
from math import cos, pi, sin


def integral(v, centre, width):
    x = (v - centre) / width
    if x < -0.5:
        return 0.0
    return 1.0 if x > 0.5 else 0.5 + x + sin(2 * pi * x) / (2 * pi)


def no_ends(v, centre, width):
    xs = [(u - centre) / width for u in v]
    whole = [0.5 + x + sin(2 * pi * x) / (2 * pi) for x in xs]
    return [b - a for a, b in pairwise(whole)]


def gate_times_step(v, centre, width):
    found = []
    for a, b in pairwise(v):
        x = (a - centre) / width
        found.append((1 + cos(2 * pi * x)) / width * (b - a) if abs(x) < 0.5 else 0.0)
    return found


def so_far(v, centre, width):
    return [integral(u, centre, width) - integral(v[0], centre, width) for u in v[1:]]


COMMONEST = {
    "18.1": [
        ("all is taken back", [0.909, 0, 0.25], "inside"),
        ("a box", [0.75, 0.25, 0.125], "raised cosine"),
        ("the gate without the speed", [0.909, 0.0908, 5], "times the speed"),
    ],
    "18.2": [
        ("the end alone", [0.11, 0.0175], "taken off the charge"),
        ("nothing comes after", [0.14, 0.035], "all that comes after"),
        ("the current moves the start", [0.22, 0.0175], "takes no charge away there"),
    ],
    "18.3": [
        ("symmetric", [-37.6, 37.6], "a presynaptic spike that comes afterwards"),
        ("from 0 on", [0, 37.6], "takes time"),
        ("from the peak on", [16, 37.6], "that of the peak"),
    ],
    "18.4": [
        ("G without ends", no_ends, "goes on beyond the zone"),
        ("g times the step", gate_times_step, "by the gate at its start"),
        ("summed up", so_far, "The charge of each step alone"),
    ],
}
