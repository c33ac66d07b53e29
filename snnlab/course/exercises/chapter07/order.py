"""Exercise 7.2, write it: the answer of a neuron that goes by rank order."""

import numpy as np

from snnlab.course.exercises.kinds import Function, Mistake

__all__ = ["ORDER"]


def rank_answer(times, w, m):
    """Each input weighs m to the power of its rank."""
    return float(np.sum(w * m ** np.argsort(np.argsort(times))))


def _from_one(times, w, m):
    return float(np.sum(w * m ** (np.argsort(np.argsort(times)) + 1)))


def _one_argsort(times, w, m):
    return float(np.sum(w * m ** np.argsort(times)))


def _own_number(times, w, m):
    order = np.argsort(times)
    return float(np.sum(w[order] * m**order))


def _backwards(times, w, m):
    return float(np.sum(w * m ** np.argsort(np.argsort(-times))))


def _by_time(times, w, m):
    return float(np.sum(w * m**times))


def _product(times, w, m):
    return float(np.sum(w * m * np.argsort(np.argsort(times))))


def _no_weights(times, w, m):
    return float(np.sum(m ** np.argsort(np.argsort(times))))


def _each(times, w, m):
    return w * m ** np.argsort(np.argsort(times))


def _draw(rng: np.random.Generator) -> list[tuple]:
    """Times in ms without a tie, weights, a modulation."""
    tries = []
    for _ in range(12):
        n = int(rng.integers(4, 9))
        times = rng.choice(np.arange(1.0, 30.0, 0.5), n, replace=False)
        tries.append((times, rng.integers(-5, 10, n) / 10.0 + 0.05, float(rng.choice([0.5, 0.7, 0.8]))))
    return tries


ORDER = Function(
    id="7.2",
    title="Who was first?",
    statement=(
        "Write the function `rank_answer`. It gets an array `times` with the time of the first spike of "
        "each input neuron, in ms, no two alike; an array `w` with their weights; and the number `m`. It "
        "returns the answer $A$, one number. The first spike of all has rank 0. *A hint:* "
        "`np.argsort(times)` names the neurons in the order in which they fire. That is not yet the rank of "
        "each neuron."
    ),
    stub="def rank_answer(times, w, m):\n    return ...",
    variable="rank_answer",
    arguments=("times", "w", "m"),
    tolerance=1e-6,
    solution=rank_answer,
    draw=_draw,
    next_step=(
        "Multiply all times by ten and the answer stays. What else could be done to the stimulus that a "
        "reader of ranks would not notice?"
    ),
    mistakes=(
        Mistake(
            "from one",
            _from_one,
            "Each of your answers is m times the right one: the first spike has rank 0, not 1.",
        ),
        Mistake(
            "one argsort",
            _one_argsort,
            "One np.argsort says who is first, who is second. You need it the other way round: for each "
            "neuron its rank. Sorting that list once more does it: np.argsort(np.argsort(times)).",
        ),
        Mistake(
            "own number",
            _own_number,
            "The times have dropped out: each weight stands with m to the power of its own place in the "
            "array. Down the list of np.argsort(times) the powers are 0, 1, 2 and so on.",
        ),
        Mistake(
            "backwards",
            _backwards,
            "Your last spike weighs most. The first one should: rank 0 for the smallest time.",
        ),
        Mistake(
            "by time",
            _by_time,
            "You raised m to the power of the time. Only the order counts, 0, 1, 2 and so on.",
        ),
        Mistake(
            "multiplied",
            _product,
            "Multiplied by the rank, m gives the first spike no weight at all and the last one most. It is m "
            "to the power of the rank that is wanted.",
        ),
        Mistake(
            "no weights",
            _no_weights,
            "The weights w are not used. Without them every order gives the same sum.",
        ),
        Mistake(
            "not summed",
            _each,
            "These are the contributions of each input. The answer is their sum.",
        ),
    ),
)
