"""Exercise 14.4, write it: a ternary weight that follows its shadow weight with hysteresis."""

import numpy as np

from snnlab.course.exercises.kinds import Function, Mistake

__all__ = ["HOLDS_ON"]


def holds_on(w, before, h):
    """The weight that is used next."""
    if abs(w - before) <= 0.5 + h:
        return before
    return 1 if w > 0.5 else -1 if w < -0.5 else 0


def _nearest(w, before, h):
    return 1 if w > 0.5 else -1 if w < -0.5 else 0


def _always_farther(w, before, h):
    return 1 if w > 0.5 + h else -1 if w < -0.5 - h else 0


def _never_lets_go(w, before, h):
    if abs(w) <= 0.5 + h:
        return before
    return 1 if w > 0 else -1


def _no_sign(w, before, h):
    if abs(w - before) <= 0.5 + h:
        return before
    return 1 if w > 0.5 else 0


def _one_step(w, before, h):
    if w - before > 0.5 + h:
        return min(before + 1, 1)
    if w - before < -0.5 - h:
        return max(before - 1, -1)
    return before


def _about_zero(w, before, h):
    if abs(w) <= h:
        return before
    return 1 if w > 0.5 else -1 if w < -0.5 else 0


def _shadow(w, before, h):
    return before if abs(w - before) <= 0.5 + h else w


def _swapped(w, before, h):
    if abs(w - before) > 0.5 + h:
        return before
    return 1 if w > 0.5 else -1 if w < -0.5 else 0


def _draw(rng: np.random.Generator) -> list[tuple]:
    """All three weights before, shadow weights on both sides of every border, and from end to end."""
    cases = [(0.95, -1, 0.1), (-0.9, 1, 0.2), (0.0, 1, 0.1)]
    for before, side in ((0, 1), (0, -1), (1, -1), (-1, 1)):
        for over in (-0.03, 0.03, 0.05):
            h = float(np.round(rng.uniform(0.06, 0.3), 2))
            w = before + side * (0.5 + h + over)
            cases.append((float(np.round(w, 3)), before, h))
    return cases


HOLDS_ON = Function(
    id="14.4",
    title="A weight that holds on",
    statement=(
        "Write the function `holds_on`. It gets a shadow weight `w` from −1 to 1, the weight `before` that "
        "the network has used so far (−1, 0 or 1), and the hysteresis `h`. It returns the weight that is "
        "used next, [by the rule above](#ternary-hysteresis): the same as before as long as the shadow "
        "weight is at most ½ + `h` away from it, and otherwise the whole number that is nearest to `w`."
    ),
    stub="def holds_on(w, before, h):\n    return ...",
    variable="holds_on",
    arguments=("w", "before", "h"),
    tolerance=1e-9,
    solution=holds_on,
    draw=_draw,
    next_step=(
        "Yours jumps from −1 to 1 at once if the shadow weight does. How far does a step of Adam move a "
        "shadow weight, and how many steps does the way across the zone of 2h take at least?"
    ),
    mistakes=(
        Mistake(
            "no memory",
            _nearest,
            "You round to the nearest whole number and do not look at `before`, or your zone is ½ - h. Near "
            "½ the weight has to stay what it was.",
        ),
        Mistake(
            "harder to leave zero",
            _always_farther,
            "You have moved both borders outwards, whatever was before. A weight of 1 lets go below ½ - h, a "
            "weight of 0 above ½ + h.",
        ),
        Mistake(
            "distance from zero",
            _never_lets_go,
            "You measure how far `w` is from 0. It is how far it is from `before` that counts, or a weight "
            "of 1 stays for ever.",
        ),
        Mistake(
            "no minus one",
            _no_sign,
            "Your weight never becomes -1. The nearest whole number to a shadow weight below -½ is -1.",
        ),
        Mistake(
            "one step at a time",
            _one_step,
            "Your weight moves by one at a time. Where the shadow weight has gone from one end to the "
            "other, it takes the nearest whole number, two away.",
        ),
        Mistake(
            "zone about zero",
            _about_zero,
            "Your zone lies about w = 0, where no border is. The borders are at -½ and ½.",
        ),
        Mistake(
            "shadow weight",
            _shadow,
            "You return the shadow weight itself. The network uses -1, 0 or 1.",
        ),
        Mistake(
            "turned round",
            _swapped,
            "You hold on when the shadow weight is far away, and round when it is near: the other way round.",
        ),
    ),
)
