"""Exercise 9.2, write it: over how many synapses a spike first gets to each neuron."""

import numpy as np

from snnlab.course.exercises.kinds import Function, Mistake

__all__ = ["TRAVELS"]


def synapses_away(a, j):
    """One generation of neurons after the other."""
    a = np.asarray(a)
    far = np.full(len(a), -1.0)
    far[j] = 0.0
    front, away = np.array([j]), 0
    while len(front):
        away += 1
        heard = (a[:, front] > 0).any(axis=1) & (far < 0)
        far[heard] = away
        front = np.flatnonzero(heard)
    return far


def _backwards(a, j):
    return synapses_away(np.asarray(a).T, j)


def _from_one(a, j):
    far = synapses_away(a, j)
    return np.where(far >= 0, far + 1.0, far)


def _never_is_zero(a, j):
    return np.maximum(synapses_away(a, j), 0.0)


def _directly(a, j):
    far = synapses_away(a, j)
    return np.where(far > 1, -1.0, far)


def _round_the_loop(a, j):
    """The neuron itself gets its spike when it comes back."""
    far = synapses_away(a, j)
    before = far[np.asarray(a)[j] > 0]
    before = before[before >= 0]
    far[j] = before.min() + 1.0 if before.size else -1.0
    return far


def _itself_never(a, j):
    far = synapses_away(a, j)
    far[j] = -1.0
    return far


def _single_synapses_alone(a, j):
    """Where two synapses lead the same way none is seen."""
    return synapses_away(np.asarray(a) == 1, j)


def _whether(a, j):
    return (synapses_away(a, j) >= 0).astype(float)


def _draw(rng: np.random.Generator) -> list[tuple]:
    """Sparse graphs of eight neurons, some pairs joined twice; no other neuron reaches the last one."""
    cases = []
    for _ in range(12):
        a = (rng.random((8, 8)) < 0.2).astype(int)
        np.fill_diagonal(a, 0)
        a[np.arange(1, 7), np.arange(6)] = rng.integers(1, 3, 6)  # a chain, so that somebody is far
        a[2, 4], a[3, 0], a[5, 1] = 2, 0, 0
        a[7] = 0
        cases.append((a, int(rng.integers(0, 3))))
    return cases


TRAVELS = Function(
    id="9.2",
    title="How far is it?",
    statement=(
        "Write the function `synapses_away`. It gets an adjacency matrix `a`, where `a[i, j]` is the number "
        "of synapses from neuron j to neuron i, and the number `j` of a neuron that fires. It returns an "
        "array with one number for each neuron: over how many synapses the spike first gets there, if every "
        "neuron that is reached passes it on. Neuron j itself is 0 away, and a neuron that is never reached "
        "gets −1."
    ),
    stub="def synapses_away(a, j):\n    return ...",
    variable="synapses_away",
    arguments=("a", "j"),
    tolerance=1e-9,
    solution=synapses_away,
    draw=_draw,
    next_step=(
        "In a random network of a thousand neurons with 20 synapses each, how large is the largest of these "
        "numbers? Guess, then call your function with `adjacency`."
    ),
    mistakes=(
        Mistake(
            "backwards",
            _backwards,
            "You followed the synapses backwards. The column `a[:, j]` says whom neuron j tells, the row "
            "`a[j]` whom it hears.",
        ),
        Mistake(
            "from one",
            _from_one,
            "You counted neurons. From j to a neuron that it tells directly there is 1 synapse, and to "
            "itself none.",
        ),
        Mistake(
            "never is zero",
            _never_is_zero,
            "A neuron that is never reached has 0 with you, as if it had fired itself. It gets −1.",
        ),
        Mistake(
            "directly",
            _directly,
            "You stop after one synapse. Who is reached passes the spike on.",
        ),
        Mistake(
            "round the loop",
            _round_the_loop,
            "For neuron j you gave how long the spike takes to come back. It is 0 away from itself.",
        ),
        Mistake(
            "itself never",
            _itself_never,
            "All is right but for neuron j itself, which is 0 away and gets −1 with you.",
        ),
        Mistake(
            "single synapses alone",
            _single_synapses_alone,
            "Two synapses from one neuron to another lead there as well: ask for `a > 0`, not for `a == 1`.",
        ),
        Mistake(
            "whether",
            _whether,
            "You say whether each neuron is reached. Say over how many synapses.",
        ),
    ),
)
