"""A number from own parameters: what a few spikes do to a weight."""

import math

import numpy as np

from snnlab.course.classroom.parts import ClassExercise
from snnlab.course.exercises.kinds import Mistake, Number

UNITS = {"pre": "ms", "post": "ms", "lambda_": "", "alpha": "", "tau": "ms, both time constants"}


def change_of_weight(pre, post, lambda_, alpha, tau):
    """The additive rule, all pairs."""
    change = 0.0
    for before in pre:
        for after in post:
            dt = after - before
            change += lambda_ * math.exp(-dt / tau) if dt > 0 else -alpha * lambda_ * math.exp(dt / tau)
    return change


def _parameters(rng):
    steps = np.cumsum(rng.integers(4, 16, 3)).tolist()
    return {
        "pre": [0, steps[1]],
        "post": [steps[0], steps[2]],
        "lambda_": 0.01,
        "alpha": round(1.05 + 0.05 * int(rng.integers(0, 10)), 2),
        "tau": 15.0 + 5.0 * int(rng.integers(0, 5)),
    }


def _list(times):
    return " and ".join(str(time) for time in times)


def _build(variant):
    pre, post, lambda_, alpha, tau = (variant[name] for name in UNITS)
    gain = [lambda_ * math.exp(-(b - a) / tau) for a in pre for b in post if b > a]
    loss = [lambda_ * math.exp((b - a) / tau) for a in pre for b in post if b < a]
    neighbours = lambda_ * (
        math.exp(-(post[0] - pre[0]) / tau)
        - alpha * math.exp((post[0] - pre[1]) / tau)
        + math.exp(-(post[1] - pre[1]) / tau)
    )
    return Number(
        id="5.1",
        title=EXERCISE.title,
        statement=(
            f"The presynaptic neuron fires at {_list(pre)} ms, the postsynaptic one at {_list(post)} "
            "ms, and nothing else happens. The rule is the additive one of chapter 20, with λ = "
            f"{lambda_:g}, α = {alpha:g} and both time constants {tau:g} ms, and all pairs of spikes "
            "count. By how much does the weight change? Mind the sign, to within 1 %."
        ),
        stub="pairing = ...",
        variable=EXERCISE.variable,
        tolerance=0.01,
        solution=sum(gain) - alpha * sum(loss),
        next_step="Let the last spike come later and later. What does the change tend to, and from where?",
        mistakes=(
            Mistake(
                "signs swapped",
                alpha * sum(loss) - sum(gain),
                "The size is right and the sign is wrong. Pre before post makes the weight grow.",
            ),
            Mistake(
                "neighbours",
                neighbours,
                "You paired each spike with its neighbours only. Here all pairs count, also the first "
                "presynaptic spike with the last postsynaptic one.",
            ),
            Mistake(
                "alpha forgotten",
                sum(gain) - sum(loss),
                "Your depression is as strong as your potentiation. It is larger by the factor α.",
            ),
            Mistake(
                "growth only",
                sum(gain),
                "This is the potentiation alone. One postsynaptic spike comes before a presynaptic one.",
            ),
            Mistake(
                "lambda forgotten",
                (sum(gain) - alpha * sum(loss)) / lambda_,
                "This is a hundred times too much: each pair counts λ times its exponential.",
            ),
        ),
    )


EXERCISE = ClassExercise(
    grade_id="spikes",
    title="What pairs do",
    chapter=20,
    points=2,
    variable="pairing",
    parameters=_parameters,
    build=_build,
    comments=UNITS,
    answer=change_of_weight,
)
