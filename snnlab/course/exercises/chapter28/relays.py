"""Exercise 28.4, write it: a road that is longer than a delay can be."""

import numpy as np

from snnlab.course.exercises.kinds import Function, Mistake

__all__ = ["RELAYS"]


def relay_delays(length):
    """The delays of the synapses that a road is made of."""
    delays = []
    while length > 62:
        delays.append(62)
        length -= 62
    return [*delays, length]


def _zero_at_the_end(length):
    return [62] * (length // 62) + [length % 62]


def _rest_lost(length):
    return [62] * (length // 62)


def _sixty_three(length):
    delays = []
    while length > 63:
        delays.append(63)
        length -= 63
    return [*delays, length]


def _rest_first(length):
    return relay_delays(length)[::-1]


def _even(length):
    pieces = -(-length // 62)
    return [length / pieces] * pieces


def _a_step_each(length):
    delays = relay_delays(length)
    return [*delays[:-1], delays[-1] - len(delays) + 1]


def _one_rest_only(length):
    return [62, length - 62] if length > 62 else [length]


def _how_many(length):
    return (length - 1) // 62


def _draw(rng: np.random.Generator) -> list[tuple]:
    """Below the limit, at it, one above, whole multiples of it, and what comes by chance."""
    fixed = [(130,), (1,), (62,), (63,), (124,), (186,), (187,)]
    return fixed + [(int(length),) for length in rng.integers(2, 1000, 6)]


RELAYS = Function(
    id="28.4",
    title="A long road",
    statement=(
        "Write the function `relay_delays`. It gets the `length` of a road, a whole number of steps of at "
        "least 1, and returns the list of the delays of its synapses in their order: 62 for each but the "
        "last, and for the last what is left, 1 to 62. A road of 130 steps gives `[62, 62, 6]`, and between "
        "them stand two relays."
    ),
    stub="def relay_delays(length):\n    return ...",
    variable="relay_delays",
    arguments=("length",),
    tolerance=1e-9,
    solution=relay_delays,
    draw=_draw,
    next_step=("Relays are compartments, and a core has 1024 of them. How long is a road that fills a core?"),
    mistakes=(
        Mistake(
            "zero at the end",
            _zero_at_the_end,
            "A road of 62 steps gives a second delay of 0 in yours. It fits into one synapse, and between "
            "compartments no spike arrives in its own step.",
        ),
        Mistake(
            "rest lost",
            _rest_lost,
            "You have the whole pieces of 62. What is left of the length is a synapse, too.",
        ),
        Mistake(
            "63",
            _sixty_three,
            "Six bits count from 0 to 63, but the largest delay is 62.",
        ),
        Mistake(
            "rest first",
            _rest_first,
            "The wave would arrive in the same step, but the statement wants the rest at the end: "
            "[62, 62, 6], not [6, 62, 62].",
        ),
        Mistake(
            "even",
            _even,
            "You cut the road into equal pieces, most of them no whole numbers. A delay counts steps.",
        ),
        Mistake(
            "a step each",
            _a_step_each,
            "Your delays add up to less than the length: you took off a step for each relay. A relay fires "
            "in the step in which the spike arrives and costs none.",
        ),
        Mistake(
            "one relay at most",
            _one_rest_only,
            "One relay is not enough for a road of more than 124 steps: your second delay is too long for a "
            "synapse.",
        ),
        Mistake(
            "how many",
            _how_many,
            "This is the number of relays. Wanted is the list of delays.",
        ),
    ),
)
