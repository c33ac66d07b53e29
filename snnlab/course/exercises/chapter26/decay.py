"""Exercise 26.2, write it: the decay of a register."""

import numpy as np

from snnlab.course.exercises.kinds import Function, Mistake

__all__ = ["DECAY"]


def decay(x, delta):
    """What is left of the magnitude, its remainder dropped, with the sign of x."""
    left = abs(x) * (4096 - delta) // 4096
    return -left if x < 0 else left


def _floor(x, delta):
    return x * (4096 - delta) // 4096


def _nearest(x, delta):
    return round(x * (4096 - delta) / 4096)


def _loss_truncated(x, delta):
    lost = abs(x) * delta // 4096
    return x + lost if x < 0 else x - lost


def _not_whole(x, delta):
    return x * (4096 - delta) / 4096


def _only_the_loss(x, delta):
    return x - decay(x, delta)


def _sign_lost(x, delta):
    return abs(x) * (4096 - delta) // 4096


def _share_kept(x, delta):
    left = abs(x) * delta // 4096
    return -left if x < 0 else left


def _draw(rng: np.random.Generator) -> list[tuple]:
    """Small numbers, where the rounding shows, and two at the ends."""
    small = [(int(x), int(d)) for x, d in zip(rng.integers(-60, 61, 10), rng.integers(100, 3000, 10))]  # noqa: B905
    return [(-7, 1024), (7, 1024), *small, (2**23 - 1, 410), (-(2**23) + 1, 1)]


DECAY = Function(
    id="26.2",
    title="A decay without fractions",
    statement=(
        "Write the function `decay`. It gets a whole number `x`, positive or negative, and the decay "
        "`delta`, 0 to 4096. It returns what the chip keeps of `x`: $4096 - \\delta$ of 4096 parts, the "
        "remainder dropped towards zero, as a whole number."
    ),
    stub="def decay(x, delta):\n    return ...",
    variable="decay",
    arguments=("x", "delta"),
    tolerance=1e-9,
    solution=decay,
    draw=_draw,
    next_step=(
        "Python's // rounds down, and the chip rounds towards zero. In which direction would a network with "
        "as much inhibition as excitation drift if the chip rounded down?"
    ),
    mistakes=(
        Mistake(
            "rounded down",
            _floor,
            "Positive numbers are right. For negative ones // and >> round down, away from zero: −5.25 "
            "becomes −6. The chip works on the magnitude and puts the sign back.",
        ),
        Mistake(
            "to the nearest",
            _nearest,
            "You round to the nearest whole number. The chip drops the remainder, whatever its size.",
        ),
        Mistake(
            "loss rounded",
            _loss_truncated,
            "You rounded the loss towards zero, so what is left is rounded away from it, and a small number "
            "never dies out. Round what is left.",
        ),
        Mistake(
            "not whole",
            _not_whole,
            "You return a fraction. A register has no room for what stands after the point.",
        ),
        Mistake("what is lost", _only_the_loss, "This is what the register loses. What is left is wanted."),
        Mistake(
            "sign lost",
            _sign_lost,
            "The magnitude is right, but a negative number has to stay negative.",
        ),
        Mistake(
            "shares swapped",
            _share_kept,
            "You keep `delta` parts. The decay says how many are lost, so 4096 − delta are kept.",
        ),
    ),
)
