"""Exercise 18.4, write it: the charge of each step of a potential, through the integral of the gate."""

import numpy as np

from snnlab.course.exercises.kinds import Function, Mistake

__all__ = ["CHARGES"]


def _place(v, centre, width):
    return (np.asarray(v, dtype=float) - centre) / width


def _integral(x):
    """G, without its ends: only for |x| up to a half."""
    return 0.5 + x + np.sin(2.0 * np.pi * x) / (2.0 * np.pi)


def _opening(v, centre, width):
    x = _place(v, centre, width)
    return np.where(np.abs(x) < 0.5, 1.0 + np.cos(2.0 * np.pi * x), 0.0) / width


def charges(v, centre, width):
    """G at the end of each step, less G at its start."""
    return np.diff(_integral(np.clip(_place(v, centre, width), -0.5, 0.5)))


def _without_ends(v, centre, width):
    return np.diff(_integral(_place(v, centre, width)))


def _shut_above(v, centre, width):
    x = _place(v, centre, width)
    return np.diff(np.where(np.abs(x) < 0.5, _integral(x), 0.0))


def _gate_at_the_start(v, centre, width):
    return _opening(v, centre, width)[:-1] * np.diff(v)


def _gate_at_the_end(v, centre, width):
    return _opening(v, centre, width)[1:] * np.diff(v)


def _difference_of_gates(v, centre, width):
    return np.diff(_opening(v, centre, width))


def _never_back(v, centre, width):
    return np.maximum(charges(v, centre, width), 0.0)


def _always_up(v, centre, width):
    return np.abs(charges(v, centre, width))


def _box(v, centre, width):
    return np.diff(np.clip(_place(v, centre, width), -0.5, 0.5))


def _sine_not_divided(v, centre, width):
    x = np.clip(_place(v, centre, width), -0.5, 0.5)
    return np.diff(x + np.sin(2.0 * np.pi * x))


def _half_width(v, centre, width):
    return charges(v, centre, 2.0 * width)


def _summed(v, centre, width):
    return np.cumsum(charges(v, centre, width))


def _sign(v, centre, width):
    return -charges(v, centre, width)


def _in_all(v, centre, width):
    return charges(v, centre, width).sum()


def _draw(rng: np.random.Generator) -> list[tuple]:
    """Courses up and down: with short steps and long ones, through the zone and back, the start in it."""
    cases: list[tuple] = []
    while len(cases) < 10:
        centre, width = round(float(rng.uniform(0.8, 1.2)), 2), round(float(rng.uniform(0.3, 0.8)), 2)
        x = np.append(rng.uniform(-0.9, 0.9, 7), rng.permutation([-0.7, -0.2, 0.15, 0.3, 0.7]))
        v = np.round(centre + width * (x if len(cases) % 2 else np.sort(x)), 2)
        if np.min(np.abs(np.abs(_place(v, centre, width)) - 0.5)) > 1e-3:
            cases.append((v, centre, width))
    return cases


CHARGES = Function(
    id="18.4",
    title="What each step passes on",
    statement=(
        "Write the function `charges`. It gets a course `v` of the potential, at the start and after each "
        "step, and the `centre` and the `width` of the gate. It returns the charge of each step, in a list: "
        "one number fewer than `v` has. Steps may be so long that they jump over the whole zone. So use "
        "$G$, not $g$: with $x = (v - c)/w$ it is $\\tfrac12 + x + \\sin(2 \\pi x)/2 \\pi$ in the zone, 0 "
        "below it and 1 above."
    ),
    stub="def charges(v, centre, width):\n    return ...",
    variable="charges",
    arguments=("v", "centre", "width"),
    tolerance=1e-6,
    solution=charges,
    draw=_draw,
    next_step=(
        "Let a course jump back by a turn, from 1.3 to 0.3, as a reset does. What does your function say "
        "the reset passes on, and what has the network's step to do about it?"
    ),
    mistakes=(
        Mistake(
            "without ends",
            _without_ends,
            "Your G goes on beyond the zone. Below it G is 0, above it 1: hold x between -1/2 and 1/2.",
        ),
        Mistake(
            "shut above",
            _shut_above,
            "Above the zone your G is 0. There the gate is shut, but its integral is 1: all has been passed "
            "on.",
        ),
        Mistake(
            "gate at the start",
            _gate_at_the_start,
            "You have multiplied the step by the gate at its start. A long step sees other heights of the "
            "gate on its way: take the integral G at both ends.",
        ),
        Mistake(
            "gate at the end",
            _gate_at_the_end,
            "You have multiplied the step by the gate at its end, which is 0 for a step over the whole "
            "zone. Take the integral G at both ends.",
        ),
        Mistake(
            "difference of gates",
            _difference_of_gates,
            "You have subtracted g at both ends. It is the integral G that tells how much has passed on.",
        ),
        Mistake(
            "never back",
            _never_back,
            "Where the potential falls you pass on 0. It takes charge back: negative numbers are right "
            "there.",
        ),
        Mistake(
            "always up",
            _always_up,
            "The sizes are right. Where the potential falls through the zone, the charge is negative.",
        ),
        Mistake(
            "box",
            _box,
            "Your gate is a box, open by 1/w in all of the zone. A raised cosine adds a sine to its "
            "integral.",
        ),
        Mistake(
            "sine not divided",
            _sine_not_divided,
            "The sine in G is divided by 2 pi. Without that a charge may be above 1.",
        ),
        Mistake(
            "half width",
            _half_width,
            "Your zone is twice as wide as the gate's: it reaches from half a width below the centre to half "
            "a width above.",
        ),
        Mistake(
            "summed up",
            _summed,
            "You have added up what was passed on so far. The charge of each step alone is wanted.",
        ),
        Mistake(
            "sign",
            _sign,
            "The sizes are right, the signs are not: G at the end of a step, less G at its start.",
        ),
        Mistake(
            "in all",
            _in_all,
            "This is the charge of the whole course. A list is wanted, with one number for each step.",
        ),
    ),
)
