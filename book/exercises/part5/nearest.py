"""A function to write: the pair rule in which only the nearest spike before counts, with an own window."""

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, told
from snnlab.course.exercises.kinds import Function, Mistake

UNITS = {"a_plus": "", "a_minus": "", "tau_plus": "ms", "tau_minus": "ms"}


def _parameters(rng):
    a_plus = round(0.004 + 0.001 * int(rng.integers(0, 7)), 3)
    return {
        "a_plus": a_plus,
        "a_minus": round(a_plus * (1.2 + 0.1 * int(rng.integers(0, 6))), 4),
        "tau_plus": 12.0 + int(rng.integers(0, 9)),
        "tau_minus": 25.0 + int(rng.integers(0, 16)),
    }


def _draw(rng):
    """Round times, no two alike. The first trains leave one neuron without a spike before the other's."""
    cases = [(np.array([30.0, 44.0]), np.array([10.0, 37.0])), (np.array([5.0]), np.array([12.5, 20.0]))]
    for _ in range(9):
        times = rng.choice(2000, 24, replace=False) / 10.0
        cases.append((np.sort(times[:12]), np.sort(times[12:])))
    return cases


def _build(variant):
    a_plus, a_minus, tau_plus, tau_minus = (variant[name] for name in UNITS)

    def weight_change(pre, post):
        change = 0.0
        for t in post:
            before = pre[pre < t]
            if before.size:
                change += a_plus * np.exp(-(t - before[-1]) / tau_plus)
        for t in pre:
            before = post[post < t]
            if before.size:
                change -= a_minus * np.exp(-(t - before[-1]) / tau_minus)
        return change

    def all_pairs(pre, post):
        dt = post[:, None] - pre
        return a_plus * np.exp(-dt[dt > 0] / tau_plus).sum() - a_minus * np.exp(dt[dt < 0] / tau_minus).sum()

    def turned(pre, post):
        return -weight_change(pre, post)

    def other_way(pre, post):
        return weight_change(post, pre)

    def growth(pre, post):
        return sum(a_plus * np.exp(-(t - pre[pre < t][-1]) / tau_plus) for t in post if (pre < t).any())

    def swapped(pre, post):
        change = growth(pre, post) * 0.0
        for t in post:
            if (pre < t).any():
                change += a_plus * np.exp(-(t - pre[pre < t][-1]) / tau_minus)
        for t in pre:
            if (post < t).any():
                change -= a_minus * np.exp(-(t - post[post < t][-1]) / tau_plus)
        return change

    def unguarded(pre, post):
        change = 0.0
        for t in post:
            change += a_plus * np.exp(-(t - pre[pre < t][-1]) / tau_plus)
        for t in pre:
            change -= a_minus * np.exp(-(t - post[post < t][-1]) / tau_minus)
        return change

    def first(pre, post):
        change = 0.0
        for t in post:
            if (pre < t).any():
                change += a_plus * np.exp(-(t - pre[0]) / tau_plus)
        for t in pre:
            if (post < t).any():
                change -= a_minus * np.exp(-(t - post[0]) / tau_minus)
        return change

    return Function(
        id="5.2",
        title=EXERCISE.title,
        statement=(
            "Write the function `weight_change`. It gets the spike times of the two neurons, the "
            "arrays `pre` and `post` (in order, ms, no two times alike). Each postsynaptic spike "
            "makes the weight grow by $A_+ e^{-s/\\tau_+}$, where $s$ is the time since the *last* "
            "presynaptic spike before it; earlier ones do not count. Each presynaptic spike makes it "
            "shrink by $A_- e^{-s/\\tau_-}$, where $s$ is the time since the last postsynaptic "
            "spike before it. A spike that has none before it changes nothing. Take $A_+$ = `a_plus` "
            f"= {told(a_plus)}, $A_-$ = `a_minus` = {told(a_minus)}, $\\tau_+$ = `tau_plus` = "
            f"{told(tau_plus)} ms and $\\tau_-$ = `tau_minus` = {told(tau_minus)} ms, all of "
            "which are given by these names. Return the sum of all changes; leave bounds aside."
        ),
        stub="def weight_change(pre, post):\n    return ...",
        variable=EXERCISE.variable,
        arguments=("pre", "post"),
        tolerance=1e-6,
        solution=weight_change,
        draw=_draw,
        next_step="With two traces that are set, and not raised, by a spike you need no search. Try it.",
        mistakes=(
            Mistake(
                "all pairs",
                all_pairs,
                "All pairs of spikes count in your function. Here only the last spike of the other "
                "neuron does.",
            ),
            Mistake(
                "sign",
                turned,
                "The size is right and the sign is wrong. A presynaptic spike before a postsynaptic "
                "one makes the weight grow.",
            ),
            Mistake(
                "neurons swapped",
                other_way,
                "Your two neurons are swapped: a postsynaptic spike looks back at a presynaptic one "
                "and makes the weight grow.",
            ),
            Mistake("growth only", growth, "The potentiation is right. The depression is missing."),
            Mistake(
                "time constants swapped",
                swapped,
                "The two time constants are swapped: tau_plus belongs to the growth.",
            ),
            Mistake(
                "none before",
                unguarded,
                "Your function stops with an error where a spike has none before it. Such a spike "
                "changes nothing.",
            ),
            Mistake(
                "first spike",
                first,
                "You look back to the first spike of the other neuron. It is the last one before "
                "that counts.",
            ),
        ),
    )


EXERCISE = ClassExercise(
    grade_id="nearest",
    title="Only the last one counts",
    chapter=20,
    points=3,
    variable="weight_change",
    parameters=_parameters,
    build=_build,
    comments=UNITS,
)
