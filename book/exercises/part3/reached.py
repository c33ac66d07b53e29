"""A function to write: when the spike of one neuron first arrives at each of the others."""

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, told
from snnlab.course.exercises.kinds import Function, Mistake


def _first(delay, j, rests):
    """When a spike first arrives at each neuron, infinity if none does: over one synapse more at a time."""
    takes = np.where(delay > 0, delay, np.inf) + np.where(np.arange(len(delay)) == j, 0.0, rests)
    fires = np.where(np.arange(len(delay)) == j, 0.0, np.inf)
    for _ in range(len(delay)):
        fires = np.minimum(fires, (fires + takes).min(axis=1))
    return fires


def _steps(delay, j):
    """Over how many synapses each is first reached, and by whom; −1 for who is not."""
    away, by, now = np.full(len(delay), -1), np.full(len(delay), -1), [j]
    away[j] = 0
    while now:
        later = []
        for pre in now:
            for post in np.flatnonzero(delay[:, pre]):
                if away[post] < 0:
                    away[post], by[post] = away[pre] + 1, pre
                    later.append(int(post))
        now = later
    return away, by


def _told(fires):
    return np.where(np.isfinite(fires), fires, -1.0)


def _draw(rng, rests):
    """Eight neurons, one of which nobody reaches, and ways over many synapses that are the quicker ones."""
    cases = []
    while len(cases) < 10:
        delay = np.round(np.where(rng.random((8, 8)) < 0.25, rng.uniform(0.5, 9, (8, 8)), 0.0), 1)
        np.fill_diagonal(delay, 0.0)
        j = int(rng.integers(8))
        fires, (away, by) = _first(delay, j, rests), _steps(delay, j)
        direct = delay[:, j] > 0
        detour = (fires[direct] < delay[direct, j] - 1e-9).any()
        never = np.isinf(fires).any() and np.isinf(_first(delay.T, j, rests)).sum() != np.isinf(fires).sum()
        if detour and never and (away > 2).any() and (by >= 0).sum() >= 4:
            cases.append((delay, j))
    return cases


def _build(own):
    rests = own["rests"]

    def when(delay, j):
        fires = np.full(len(delay), np.inf)
        fires[j] = 0.0
        for _ in range(len(delay)):
            for pre in range(len(delay)):
                for post in range(len(delay)):
                    if delay[post][pre] > 0:
                        arrives = fires[pre] + (0 if pre == j else rests) + delay[post][pre]
                        fires[post] = min(fires[post], arrives)
        return np.where(np.isfinite(fires), fires, -1.0)

    def at_once(delay, j):
        return _told(_first(delay, j, 0.0))

    def also_the_first(delay, j):
        fires = when(delay, j)
        return np.where(fires > 0, fires + rests, fires)

    def direct(delay, j):
        found = np.where(delay[:, j] > 0, delay[:, j], -1.0)
        found[j] = 0.0
        return found

    def turned(delay, j):
        return when(delay.T, j)

    def synapses(delay, j):
        return _steps(delay, j)[0].astype(float)

    def over_the_fewest(delay, j):
        away, by = _steps(delay, j)
        found = np.where(away < 0, -1.0, 0.0)
        for post in np.argsort(away):
            if away[post] > 0:
                pre = by[post]
                found[post] = found[pre] + (rests if pre != j else 0.0) + delay[post, pre]
        return found

    def zero(delay, j):
        return np.maximum(when(delay, j), 0.0)

    def not_itself(delay, j):
        found = when(delay, j)
        found[j] = -1.0
        return found

    def last(delay, j):
        return when(delay, j).max()

    return Function(
        id="3.2",
        title=EXERCISE.title,
        statement=(
            "Write the function `when`. It gets the table `delay`, where `delay[i][k]` is how many ms a "
            "spike takes from neuron k to neuron i, or 0 if no synapse leads there, and the number `j` of a "
            "neuron. This one fires at 0 ms. Every other neuron fires once, "
            f"`rests` = {told(rests)} ms after the first spike has arrived at it, and sends that on. The "
            "function returns an array with one number for each neuron: when a spike first arrives at it, in "
            "ms; 0 for neuron j itself, and −1 for a neuron that is never reached. Your function may use the "
            "name `rests`, which is given."
        ),
        stub="def when(delay, j):\n    return ...",
        variable=EXERCISE.variable,
        arguments=("delay", "j"),
        unit="ms",
        tolerance=1e-6,
        solution=when,
        draw=lambda rng: _draw(rng, rests),
        next_step=(
            "How many times did your function look at each synapse, and is there an order in which once is "
            "enough?"
        ),
        mistakes=(
            Mistake(
                "direct ways alone",
                direct,
                "You have taken the synapses of neuron j alone. Those whom they reach send the spike on, and "
                "sometimes it is there sooner by way of others.",
            ),
            Mistake(
                "rows and columns",
                turned,
                "You have gone against the synapses. The column is who sends, the row is who hears.",
            ),
            Mistake(
                "number of synapses",
                synapses,
                "You have counted over how many synapses it comes. When does it arrive, in ms?",
            ),
            Mistake(
                "over the fewest synapses",
                over_the_fewest,
                "You have added up the delays of the way with the fewest synapses. A way with more of them "
                "may be the quicker one.",
            ),
            Mistake(
                "sent on at once",
                at_once,
                "In yours a neuron fires when the spike arrives. It takes `rests` ms until it does.",
            ),
            Mistake(
                "first one waits",
                also_the_first,
                "Your times are too late by `rests`. Neuron j fires at 0, and what counts is when a spike "
                "arrives.",
            ),
            Mistake(
                "never is 0",
                zero,
                "A neuron that nobody reaches has 0 in yours. It has −1.",
            ),
            Mistake(
                "itself",
                not_itself,
                "Neuron j itself has −1 in yours. It has 0.",
            ),
            Mistake("one number", last, "You return one number. There is one for each neuron."),
        ),
    )


EXERCISE = ClassExercise(
    grade_id="events",
    title="When it happens",
    chapter=9,
    points=3,
    variable="when",
    parameters=lambda rng: {"rests": round(0.5 + 0.1 * int(rng.integers(0, 26)), 1)},
    build=_build,
    comments={"rests": "ms"},
)
