"""Exercise 10.2, write it: one step of a spiking neuron as one of a recurrent network."""

import numpy as np

from snnlab.course.exercises.kinds import Function, Mistake

__all__ = ["NEXT_POTENTIAL"]


def next_potential(v, s, x, w, r, beta):
    """The potential one step later."""
    return beta * v + w * x + (r - 1) * s


def _reset_forgotten(v, s, x, w, r, beta):
    return beta * v + w * x + r * s


def _to_zero(v, s, x, w, r, beta):
    return (beta * v + w * x + r * s) * (1 - s)


def _reset_of_the_potential(v, s, x, w, r, beta):
    return beta * v * (1 - s) + w * x + r * s


def _reset_leaks(v, s, x, w, r, beta):
    return beta * (v - s) + w * x + r * s


def _leak_forgotten(v, s, x, w, r, beta):
    return v + w * x + (r - 1) * s


def _everything_leaks(v, s, x, w, r, beta):
    return beta * (v + w * x + (r - 1) * s)


def _own_weight_forgotten(v, s, x, w, r, beta):
    return beta * v + w * x - s


def _reset_added(v, s, x, w, r, beta):
    return beta * v + w * x + (r + 1) * s


def _potential_for_the_spike(v, s, x, w, r, beta):
    return beta * v + w * x + (r - 1) * v


def _always_reset(v, s, x, w, r, beta):
    return beta * v + w * x + r * s - 1


def _input_forgotten(v, s, x, w, r, beta):
    return beta * v + (r - 1) * s


def _draw(rng: np.random.Generator) -> list[tuple]:
    """Round numbers; every second neuron has fired."""
    cases = []
    for k in range(12):
        v = round(rng.uniform(1.02, 1.9) if k % 2 else rng.uniform(-0.5, 0.95), 2)
        cases.append((
            v,
            float(v > 1),
            float(k % 3 > 0),
            round(rng.uniform(-1, 1), 2),
            round(rng.uniform(-0.8, 0.8), 2),
            round(rng.uniform(0.5, 0.95), 2),
        ))
    return cases


NEXT_POTENTIAL = Function(
    id="10.2",
    title="A reset is a weight",
    statement=(
        "Write the function `next_potential`. A neuron has the potential `v`, and `s` is 1 if it has just "
        "fired and 0 if not. It hears one input, `x` (0 or 1), with the weight `w`, and its own spike with "
        "the weight `r`. A step leaves `beta` of the potential, and a spike takes 1 away, the threshold. "
        "Return the potential one step later, as in [the unrolled layer](#unrolled-layer)."
    ),
    stub="def next_potential(v, s, x, w, r, beta):\n    return ...",
    variable="next_potential",
    arguments=("v", "s", "x", "w", "r", "beta"),
    tolerance=1e-6,
    solution=next_potential,
    draw=_draw,
    next_step=(
        "Write r - 1 as one number u. Which u has a neuron that hears itself so strongly that its reset is "
        "gone, and what would it do after its first spike?"
    ),
    mistakes=(
        Mistake(
            "reset forgotten",
            _reset_forgotten,
            "Yours has no reset: after a spike the potential stays where it was. The spike takes 1 away, "
            "which is one more weight on s.",
        ),
        Mistake(
            "to zero",
            _to_zero,
            "You multiply by 1 - s, as chapter 16 does: that sets the potential to 0 and forgets the input "
            "too. Here a spike takes 1 away and leaves the rest.",
        ),
        Mistake(
            "potential to zero",
            _reset_of_the_potential,
            "Where the neuron has fired yours starts again from 0. Here a spike takes 1 away, and what "
            "stood above the threshold is kept.",
        ),
        Mistake(
            "reset leaks",
            _reset_leaks,
            "Your reset leaks: you take 1 away before the step and then multiply by beta. In the equation "
            "the spike takes a whole threshold away.",
        ),
        Mistake(
            "leak forgotten",
            _leak_forgotten,
            "Only beta of the potential is left after a step; yours keeps all of it.",
        ),
        Mistake(
            "everything leaks",
            _everything_leaks,
            "Yours multiplies everything by beta. What comes in with this step has not leaked yet.",
        ),
        Mistake(
            "own weight forgotten",
            _own_weight_forgotten,
            "The reset is there, but the neuron does not hear itself: r times s is missing.",
        ),
        Mistake(
            "reset added",
            _reset_added,
            "Your reset pushes the potential up. A spike takes 1 away: the weight on s is r - 1.",
        ),
        Mistake(
            "potential for the spike",
            _potential_for_the_spike,
            "You weight the potential where the spike is meant. A neuron tells others and itself only s, 0 "
            "or 1.",
        ),
        Mistake(
            "always reset",
            _always_reset,
            "Yours takes 1 away in every step. Only a spike does that: multiply by s.",
        ),
        Mistake(
            "input forgotten",
            _input_forgotten,
            "Where the input fires yours does not notice: w times x is missing.",
        ),
    ),
)
