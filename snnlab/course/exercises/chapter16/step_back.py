"""Exercise 16.2, write it: one step of the way back through a neuron."""

import numpy as np

from snnlab.course.exercises.kinds import Function, Mistake

__all__ = ["STEP_BACK"]


def step_back(a, e, s, v, beta, width):
    """The derivative of the loss by the potential, one step earlier."""
    return beta * (1 - s) * a + (width / (width + abs(v - 1))) ** 2 * e


def _reset_forgotten(a, e, s, v, beta, width):
    return beta * a + (width / (width + abs(v - 1))) ** 2 * e


def _at_v(a, e, s, v, beta, width):
    return beta * (1 - s) * a + (width / (width + abs(v))) ** 2 * e


def _leak_forgotten(a, e, s, v, beta, width):
    return (1 - s) * a + (width / (width + abs(v - 1))) ** 2 * e


def _honest(a, e, s, v, beta, width):
    return beta * (1 - s) * a


def _not_squared(a, e, s, v, beta, width):
    return beta * (1 - s) * a + width / (width + abs(v - 1)) * e


def _sign_of_the_distance(a, e, s, v, beta, width):
    return beta * (1 - s) * a + (width / (width + v - 1)) ** 2 * e


def _only_now(a, e, s, v, beta, width):
    return (width / (width + abs(v - 1))) ** 2 * e


def _all_of_it_reset(a, e, s, v, beta, width):
    return (1 - s) * (beta * a + (width / (width + abs(v - 1))) ** 2 * e)


def _the_spike_kept(a, e, s, v, beta, width):
    return beta * s * a + (width / (width + abs(v - 1))) ** 2 * e


def _not_detached(a, e, s, v, beta, width):
    hump = (width / (width + abs(v - 1))) ** 2
    return beta * (1 - s - v * hump) * a + hump * e


def _over_its_area(a, e, s, v, beta, width):
    return beta * (1 - s) * a + (width / (width + abs(v - 1))) ** 2 / (2 * width) * e


def _draw(rng: np.random.Generator) -> list[tuple]:
    """Round numbers; half of the neurons are above their threshold and fire."""
    cases = []
    for k in range(12):
        v = round(rng.uniform(1.02, 1.6) if k % 2 else rng.uniform(-0.5, 0.95), 2)
        cases.append((
            round(rng.uniform(-2, 2), 1),
            round(rng.uniform(-2, 2), 1),
            float(v > 1),
            v,
            round(rng.uniform(0.7, 0.98), 2),
            round(rng.uniform(0.05, 0.6), 2),
        ))
    return cases


STEP_BACK = Function(
    id="16.2",
    title="One step back",
    statement=(
        "Write the function `step_back`. It gets `a`, the derivative of the loss by the potential one step "
        "later; `e`, the derivative by the spike of this step; the spike `s` (0 or 1) and the potential `v` "
        "of "
        "this step; `beta`; and the `width` of the surrogate. It returns $a$ of this step, with the reset "
        "detached, as in [the way back](#surrogate-backward). The hump is the one of [height "
        "1](#surrogate-hump)."
    ),
    stub="def step_back(a, e, s, v, beta, width):\n    return ...",
    variable="step_back",
    arguments=("a", "e", "s", "v", "beta", "width"),
    tolerance=1e-6,
    solution=step_back,
    draw=_draw,
    next_step=(
        "Follow one spike in your function: what came after it does not reach the time before it, except "
        "through e. A reset is a wall for the gradient as well."
    ),
    mistakes=(
        Mistake(
            "reset forgotten",
            _reset_forgotten,
            "Where the neuron fires, yours lets the future through. The reset has wiped the potential out, "
            "so "
            "what comes later does not depend on it: a is multiplied by 1 - s.",
        ),
        Mistake(
            "hump at v",
            _at_v,
            "The hump takes the distance from the threshold, v - 1, not v.",
        ),
        Mistake(
            "leak forgotten",
            _leak_forgotten,
            "Only beta of a potential is left one step later, so only beta of its effect: the first part "
            "needs "
            "the factor beta.",
        ),
        Mistake(
            "honest",
            _honest,
            "There is no surrogate in yours: e does nothing. An honest step has no derivative, and nothing "
            "would be learnt through a spike.",
        ),
        Mistake(
            "not squared",
            _not_squared,
            "The hump is the square of width / (width + |v - 1|).",
        ),
        Mistake(
            "no absolute value",
            _sign_of_the_distance,
            "Below the threshold your hump grows beyond 1. The distance counts without its sign: |v - 1|.",
        ),
        Mistake(
            "only now",
            _only_now,
            "Yours knows this step alone. The potential also leaks into the next one: beta (1 - s) a is "
            "missing.",
        ),
        Mistake(
            "all of it reset",
            _all_of_it_reset,
            "The reset is a wall for what comes later, not for the spike itself: 1 - s belongs to a, not to "
            "the hump.",
        ),
        Mistake(
            "over its area",
            _over_its_area,
            "You have divided the hump by its area, 2 width, as the relaxed neuron needs it. Here the "
            "height is 1.",
        ),
        Mistake(
            "the spike kept",
            _the_spike_kept,
            "You have s in the place of 1 - s: the future comes through where the neuron fires, and not "
            "where "
            "it is silent.",
        ),
        Mistake(
            "not detached",
            _not_detached,
            "Yours goes through the reset as well: it has a term with v times the hump. Detached means that "
            "the s of the reset is taken for a constant.",
        ),
    ),
)
