"""A function to write: the derivatives of a loss by all potentials of a neuron, back through its steps."""

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, told
from snnlab.course.exercises.kinds import Function, Mistake


def _draw(rng):
    """Potentials on both sides of the threshold and of rest; what comes from outside has both signs."""
    cases = []
    while len(cases) < 10:
        v = np.round(rng.uniform(-0.4, 1.5, 12), 2)
        if 2 <= (v > 1).sum() <= 6 and v[0] < 1 and v[-1] < 1 and np.abs(v - 1).min() > 0.02:
            cases.append((v, (v > 1).astype(float), np.round(rng.uniform(-2, 2, 12), 2)))
    return cases


def _build(own):
    fades, broad = own["fades"], own["broad"]

    def follow(v, s, e):
        found, behind = np.zeros(len(v)), 0.0
        for t in range(len(v) - 1, -1, -1):
            hump = 1 / (1 + abs(v[t] - 1) / broad) ** 2
            behind = fades * (1 - s[t]) * behind + hump * e[t]
            found[t] = behind
        return found

    def wrong(power=2, place=1.0, gate=lambda s, t: 1 - s[t], kept=fades, order=-1, honest=False, late=False):
        """The same with one thing changed."""

        def function(v, s, e):
            found, behind = np.zeros(len(v)), 0.0
            for t in range(len(v))[::order]:
                hump = 0.0 if honest else 1 / (1 + abs(v[t] - place) / broad) ** power
                if late:
                    behind = kept * gate(s, t) * (behind + hump * e[t])
                else:
                    behind = kept * gate(s, t) * behind + hump * e[t]
                found[t] = behind
            return found

        return function

    def humps(v, s, e):
        return np.array([e[t] / (1 + abs(v[t] - 1) / broad) ** 2 for t in range(len(v))])

    def turned(v, s, e):
        return follow(v, s, e)[::-1]

    def first(v, s, e):
        return follow(v, s, e)[0]

    return Function(
        id="6.4",
        title=EXERCISE.title,
        statement=(
            "Write the function `follow`, which goes back through the steps of one neuron of chapter 16. It "
            "gets the arrays `v` with its potential in each step, `s` with its spikes, 1 or 0, and `e` with "
            "the derivative of the loss by each of these spikes, as whoever hears them says. A step leaves "
            f"`fades` = {told(fades)} of the potential, or nothing of it if the neuron has fired in this "
            "step; the reset itself is detached. In place of the derivative of a spike stands the hump of "
            f"height 1 and of the width `broad` = {told(broad)}. The function returns the derivative of the "
            "loss by the potential of each step, an array in the order of time; behind the last step there "
            "is nothing."
        ),
        stub="def follow(v, s, e):\n    return ...",
        variable=EXERCISE.variable,
        arguments=("v", "s", "e"),
        tolerance=1e-6,
        solution=follow,
        draw=_draw,
        next_step=(
            "Make the hump so wide that it is 1 everywhere. What is the derivative by the first potential "
            "then, and which spikes does it not hear of?"
        ),
        mistakes=(
            Mistake(
                "forwards",
                wrong(order=1),
                "You go forwards through the steps. What a potential does to the loss it does later: begin "
                "at the last step.",
            ),
            Mistake(
                "through the reset",
                wrong(gate=lambda s, t: 1.0),
                "You go on through the spikes. Behind a spike nothing is left of the potential, so nothing "
                "comes back from there.",
            ),
            Mistake(
                "reset a step off",
                wrong(gate=lambda s, t: 1 - (s[t + 1] if t + 1 < len(s) else 0.0)),
                "You shut the way back at the spike of the later step. It is the spike of the step itself "
                "that takes its potential away.",
            ),
            Mistake(
                "only where it fires",
                wrong(gate=lambda s, t: s[t]),
                "You let pass what comes back where the neuron has fired, and nothing elsewhere. It is the "
                "other way round.",
            ),
            Mistake(
                "nothing fades",
                wrong(kept=1.0),
                "You let all of it come back. A step leaves a part of the potential, and backwards as much "
                "of the derivative.",
            ),
            Mistake(
                "each step for itself",
                humps,
                "These are the humps of the steps times what comes from outside. A potential also reaches "
                "the later steps.",
            ),
            Mistake(
                "not squared",
                wrong(power=1),
                "Your hump is one over the bracket. It is one over its square.",
            ),
            Mistake(
                "around rest",
                wrong(place=0.0),
                "Your hump stands around 0. It stands around the threshold.",
            ),
            Mistake(
                "honest",
                wrong(honest=True),
                "Your derivatives are 0, as those of a step are. The hump stands in their place.",
            ),
            Mistake(
                "fades too soon",
                wrong(late=True),
                "What comes from outside fades in yours already. It arrives in its own step, and fades from "
                "there on.",
            ),
            Mistake(
                "last one first",
                turned,
                "The numbers are right and stand in the wrong order. The first belongs to the first step.",
            ),
            Mistake("one number", first, "You return one number. There is a derivative for each step."),
        ),
    )


EXERCISE = ClassExercise(
    grade_id="trace",
    title="Step by step",
    chapter=16,
    points=3,
    variable="follow",
    parameters=lambda rng: {
        "fades": round(0.75 + 0.01 * int(rng.integers(0, 21)), 2),
        "broad": round(0.1 + 0.01 * int(rng.integers(0, 41)), 2),
    },
    build=_build,
)
