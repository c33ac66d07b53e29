"""A function to write: the log-likelihood of a train, with a filter of its own spikes."""

import math

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, told
from snnlab.course.exercises.kinds import Function, Mistake


def _logistic(u, fired):
    return fired * u - math.log1p(math.exp(u))


def _nats(y, gamma, own, *, bins=_logistic, early=0, last_only=False, silent=True, first=0):
    """The log-likelihood, with something changed."""
    total = 0.0
    for t, fired in enumerate(y):
        heard = [own[k] * y[t - 1 - k + early] for k in range(len(own)) if t - 1 - k + early >= 0]
        u = gamma + (next((h for h in heard if h != 0), 0.0) if last_only else sum(heard))
        if t >= first and (fired or silent):
            total += bins(u, fired)
    return total


def _draw(rng, own):
    """Twenty bins with spikes close to each other."""
    cases: list[tuple] = []
    while len(cases) < 10:
        y = (rng.random(20) < 0.4).astype(float)
        near = [(y[k:] * y[: 20 - k]).sum() for k in (1, 2)]
        if min(near) >= 2 and y[0] == 0:
            cases.append((y,))
    return cases


def _build(variant):
    gamma, own = variant["gamma"], variant["own"]

    def nats(y):
        total = 0.0
        for t in range(len(y)):
            u = gamma
            for k in range(len(own)):
                if t - 1 - k >= 0:
                    u += own[k] * y[t - 1 - k]
            total += y[t] * u - math.log(1 + math.exp(u))
        return total

    def wrong(gamma=gamma, own=own, **changed):
        return lambda y: _nats(y, gamma, own, **changed)

    listed = ", ".join(told(value) for value in own)
    return Function(
        id="8.4",
        title=EXERCISE.title,
        statement=(
            "Write the function `nats`, the log-likelihood of a spike train. It gets the array `y`, which "
            "says for each bin whether there is a spike, 0 or 1; before the first bin there is none. The "
            "neuron is a logistic coin. Its potential is `gamma`, and each of its own spikes adds `own[0]` "
            "in the next bin, `own[1]` in the one after it and `own[2]` in the third. The function returns "
            "one number, in nats. Your function may use the names `gamma`, which is "
            f"{told(gamma)}, and `own`, which is [{listed}]."
        ),
        stub="def nats(y):\n    return ...",
        variable=EXERCISE.variable,
        arguments=("y",),
        tolerance=1e-6,
        solution=nats,
        draw=lambda rng: _draw(rng, own),
        next_step=(
            "Subtract the log-likelihood of a coin that always falls alike, and divide by the number of "
            "spikes and ln 2. For which trains is that below 0?"
        ),
        mistakes=(
            Mistake(
                "no memory",
                wrong(own=[0.0]),
                "Your neuron has no memory. Its own spikes change the potential of the bins after them.",
            ),
            Mistake(
                "hears itself at once",
                wrong(early=1),
                "In yours a spike is heard in its own bin. `own[0]` counts in the next one.",
            ),
            Mistake(
                "a bin late",
                wrong(own=[0.0, *own]),
                "In yours a spike is heard a bin too late. `own[0]` counts in the next bin.",
            ),
            Mistake(
                "last spike alone",
                wrong(last_only=True),
                "You hear the last spike alone. What several spikes add to the potential is added up.",
            ),
            Mistake(
                "other end first",
                wrong(own=own[::-1]),
                "You have turned the filter round: `own[0]` belongs to the spike of the bin before.",
            ),
            Mistake(
                "spikes alone",
                wrong(silent=False),
                "You add up the bins with a spike alone. Silence has a probability, too: 1 less that of a "
                "spike.",
            ),
            Mistake(
                "full filter alone",
                wrong(first=3),
                "You begin where the filter is full. The first bins count, too: before them there is "
                "silence.",
            ),
            Mistake(
                "exponential link",
                wrong(bins=lambda u, fired: fired * u - math.exp(u)),
                "This is the exponential link. Here a spike has the probability 1/(1 + exp(-u)).",
            ),
            Mistake(
                "without gamma",
                wrong(gamma=0.0),
                "You have left out `gamma`: it is there in every bin.",
            ),
            Mistake(
                "in bits",
                lambda y: nats(y) / math.log(2),
                "This is in bits. Nats are wanted, the natural logarithm.",
            ),
            Mistake(
                "sign",
                lambda y: -nats(y),
                "The sign is wrong: the logarithm of a probability is never above 0.",
            ),
            Mistake(
                "mean",
                lambda y: nats(y) / len(y),
                "You have divided by the number of bins. The sum is wanted.",
            ),
            Mistake(
                "probability",
                lambda y: math.exp(nats(y)),
                "This is the probability of the train. Its logarithm is wanted.",
            ),
            Mistake(
                "bin by bin",
                lambda y: np.array([_nats(y[: t + 1], gamma, own) for t in range(len(y))]),
                "You return a number for each bin. One number is wanted, for the whole train.",
            ),
        ),
    )


EXERCISE = ClassExercise(
    grade_id="train",
    title="How probable a train is",
    chapter=25,
    points=2,
    variable="nats",
    parameters=lambda rng: {
        "gamma": round(float(rng.uniform(-1.5, -0.4)), 1),
        "own": [round(float(value), 1) for value in (rng.uniform(-3, -1.5), *rng.uniform(0.3, 1.5, 2))],
    },
    build=_build,
)
