"""Chapter 18: programs as a page takes them, without NumPy."""

import math


def with_cases(v, centre, width):
    def integral(u):
        x = (u - centre) / width
        if x <= -0.5:
            return 0.0
        if x >= 0.5:
            return 1.0
        return 0.5 + x + math.sin(2 * math.pi * x) / (2 * math.pi)

    return [integral(v[k + 1]) - integral(v[k]) for k in range(len(v) - 1)]


def held_between(v, centre, width):
    before, found = None, []
    for u in v:
        x = max(-0.5, min(0.5, (u - centre) / width))
        now = x + math.sin(2 * math.pi * x) / (2 * math.pi)
        if before is not None:
            found.append(now - before)
        before = now
    return found


def in_angles(v, centre, width):
    angles = [2 * math.pi * (u - centre) / width for u in v]
    angles = [math.pi if a > math.pi else -math.pi if a < -math.pi else a for a in angles]
    passed = [(a + math.sin(a)) / (2 * math.pi) for a in angles]
    return [later - earlier for earlier, later in zip(passed, passed[1:])]


def no_ends(v, centre, width):
    xs = [(u - centre) / width for u in v]
    whole = [0.5 + x + math.sin(2 * math.pi * x) / (2 * math.pi) for x in xs]
    return [whole[k + 1] - whole[k] for k in range(len(v) - 1)]


def gate_times_step(v, centre, width):
    found = []
    for k in range(len(v) - 1):
        x = (v[k] - centre) / width
        g = (1 + math.cos(2 * math.pi * x)) / width if abs(x) < 0.5 else 0.0
        found.append(g * (v[k + 1] - v[k]))
    return found


def so_far(v, centre, width):
    xs = [max(-0.5, min(0.5, (u - centre) / width)) for u in v]
    whole = [x + math.sin(2 * math.pi * x) / (2 * math.pi) for x in xs]
    return [g - whole[0] for g in whole[1:]]


PROGRAMS = {
    "18.4": (
        [with_cases, held_between, in_angles],
        [no_ends, gate_times_step, so_far],
    ),
}
