"""A function to write: what a synapse keeps of a neuron that passes its spikes through a gate."""

import math

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, told
from snnlab.course.exercises.kinds import Function, Mistake


def _draw(rng, width):
    """Pushes through the zone, back in it and right over it; no step ends where the zone does."""
    cases = []
    while len(cases) < 10:
        v = round(float(rng.uniform(0.2, 0.6)), 2)
        dv = np.round(rng.choice([0.12, 0.3, 0.55, 0.55, -0.2, -0.35], 12) + rng.uniform(-0.08, 0.08, 12), 3)
        edge, course, turns = 1 + width / 2, [v], 0
        for push in dv:
            now = course[-1] + push
            turns += now >= edge
            course.append(now - (now >= edge))
        ends = np.abs(np.subtract.outer([edge, edge - 1, 1.0], np.array(course[:-1]) + dv)).min()
        if turns >= 2 and min(course) > -1 and ends > 1e-3:
            cases.append((v, dv))
    return cases


def _integral(v, width):
    x = max(-0.5, min(0.5, (v - 1) / width))
    return 0.5 + x + math.sin(2 * math.pi * x) / (2 * math.pi)


def _build(variant):
    width, kept = variant["width"], variant["kept"]

    def follow(v, dv):
        def passed(v):
            x = max(-0.5, min(0.5, (v - 1) / width))
            return 0.5 + x + math.sin(2 * math.pi * x) / (2 * math.pi)

        s, after = 0.0, []
        for push in dv:
            moved = v + push
            s = kept * s + passed(moved) - passed(v)
            v = moved - 1 if moved >= 1 + width / 2 else moved
            after.append(s)
        return np.array(after)

    def wrong(
        integral=lambda v: _integral(v, width),
        edge=1 + width / 2,
        jump=lambda v: v - 1,
        through=False,
        charge=lambda q: q,
        left=kept,
        late=False,
    ):
        """The same with one thing changed; `through` lets the jump pass the gate."""

        def function(v, dv):
            s, after = 0.0, []
            for push in dv:
                moved = v + push
                home = jump(moved) if moved >= edge else moved
                q = charge(integral(home if through else moved) - integral(v))
                s = left * (s + q) if late else left * s + q
                v = home
                after.append(s)
            return np.array(after)

        return function

    def without_ends(v):
        x = (v - 1) / width
        return 0.5 + x + math.sin(2 * math.pi * x) / (2 * math.pi)

    def gate_times_step(v, dv):
        s, after = 0.0, []
        for push in dv:
            x = (v - 1) / width
            s = kept * s + ((1 + math.cos(2 * math.pi * x)) / width * push if abs(x) < 0.5 else 0.0)
            v = v + push - 1 if v + push >= 1 + width / 2 else v + push
            after.append(s)
        return np.array(after)

    def spikes(v, dv):
        """A whole spike where the zone is left, and nothing else."""
        s, after = 0.0, []
        for push in dv:
            fires = v + push >= 1 + width / 2
            s, v = kept * s + fires, v + push - fires
            after.append(s)
        return np.array(after)

    def charges(v, dv):
        return wrong(left=0.0)(v, dv)

    def last(v, dv):
        return follow(v, dv)[-1]

    def before(v, dv):
        return np.append(0.0, follow(v, dv)[:-1])

    return Function(
        id="6.4",
        title=EXERCISE.title,
        statement=(
            "Write the function `follow`, which follows a non-leaky neuron and its synapse. It gets the "
            "potential `v` at the start and the array `dv`, by how much the potential moves in each step, up "
            "or down. A step passes on the charge G at its end less G at its start. Only then, if the "
            "potential is at 1 + `width`/2 or beyond, where the zone of the gate ends, it is set lower by 1; "
            "that jump passes nothing on. The trace of the synapse begins at 0. In each step it is first "
            "multiplied by `kept`, and then the charge of the step is added. The function returns the trace "
            "after each step, an array. With x = (`v` − 1)/`width`, G is `0.5 + x + "
            "math.sin(2 * math.pi * x) / (2 * math.pi)` in the zone, for x from −0.5 to 0.5; below it is 0 "
            f"and above it 1. Your function may use the names `width`, which is {told(width)}, and `kept`, "
            f"which is {told(kept)}."
        ),
        stub="def follow(v, dv):\n    return ...",
        variable=EXERCISE.variable,
        arguments=("v", "dv"),
        tolerance=1e-6,
        solution=follow,
        draw=lambda rng: _draw(rng, width),
        next_step=(
            "Let a neuron go half way into the zone, wait there, and turn back. Is its trace 0 in the end? "
            "Try it with `kept` = 1, too."
        ),
        mistakes=(
            Mistake(
                "jump through the gate",
                wrong(through=True),
                "Your jump passes through the gate and takes the charge back. It is made after the charge "
                "was reckoned.",
            ),
            Mistake(
                "no jump",
                wrong(jump=lambda v: v),
                "Your potential never jumps, so the neuron passes on one spike at the most. At the end of "
                "the zone it is set lower by 1.",
            ),
            Mistake(
                "reset to 0",
                wrong(jump=lambda v: 0.0),
                "You set the potential to 0. It is set lower by 1, and what went too far is kept.",
            ),
            Mistake(
                "jump at the threshold",
                wrong(edge=1.0),
                "Your neuron jumps at the threshold, in the middle of the zone, and half of the charge is "
                "lost. It jumps at the end of the zone.",
            ),
            Mistake(
                "without ends",
                wrong(integral=without_ends),
                "Your G goes on beyond the zone. It is 0 below it and 1 above.",
            ),
            Mistake(
                "box",
                wrong(integral=lambda v: max(-0.5, min(0.5, (v - 1) / width))),
                "Your gate is open alike in all of its zone. A raised cosine has a sine in its integral.",
            ),
            Mistake(
                "gate times step",
                gate_times_step,
                "You multiply the step by the gate at its start. Some steps go over half of the zone: take "
                "the integral G at both ends.",
            ),
            Mistake(
                "never back",
                wrong(charge=lambda q: max(q, 0.0)),
                "In the zone a potential that falls takes charge back. Yours takes nothing.",
            ),
            Mistake(
                "always up",
                wrong(charge=abs),
                "You add the size of the charge. Where the potential falls through the zone it is negative.",
            ),
            Mistake(
                "whole spikes",
                spikes,
                "You add 1 where the zone is left. The charge comes bit by bit, while the potential is in "
                "the zone.",
            ),
            Mistake(
                "decays afterwards",
                wrong(late=True),
                "You multiply the charge of the step as well. First the trace is multiplied, then the charge "
                "is added.",
            ),
            Mistake(
                "nothing fades",
                wrong(left=1.0),
                "Your trace never fades. It is multiplied by kept in every step.",
            ),
            Mistake(
                "charges",
                charges,
                "These are the charges of the steps. The trace adds them up while it fades.",
            ),
            Mistake(
                "before each step",
                before,
                "You return the trace before each step; after each is wanted.",
            ),
            Mistake("last only", last, "You return the last trace. There is one for every step."),
        ),
    )


EXERCISE = ClassExercise(
    grade_id="trace",
    title="Step by step",
    chapter=18,
    points=3,
    variable="follow",
    parameters=lambda rng: {
        "width": round(0.3 + 0.02 * int(rng.integers(0, 21)), 2),
        "kept": round(0.7 + 0.01 * int(rng.integers(0, 26)), 2),
    },
    build=_build,
)
