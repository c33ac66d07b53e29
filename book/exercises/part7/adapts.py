"""A function to write: how high the threshold of an adaptive neuron stands in every step."""

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, told
from snnlab.course.exercises.kinds import Function, Mistake

_LEAK = 0.9


def _course(
    i,
    kept,
    rises,
    *,
    share=None,
    fixed=False,
    step=lambda v, theta: theta,
    at_once=False,
    own=False,
    leak=_LEAK,
    lowers=1.0,
    late=False,
    ahead=False,
):
    """Thresholds, adaptation, potentials and spikes of all steps, with something changed."""
    v = b = before = 0.0
    share = 1 - kept if share is None else share
    seen = []
    for current in i:
        theta = 1 + lowers * rises * b
        v = leak * v + current if at_once else v
        s = float(v > (1.0 if fixed else theta))
        b_new = kept * b + share * s
        seen.append((1 + lowers * rises * b_new if own else theta, b, v, s))
        off = step(v, 1 + lowers * rises * b_new if ahead else theta)
        rest = v - (before if late else s) * off
        v = rest if at_once else rest - (1 - leak) * v + current
        b, before = b_new, s
    return np.array(seen).T


def _to_zero(v, theta):
    """What a spike takes off if it puts the potential back to 0."""
    return _LEAK * v


def _draw(rng, kept, rises):
    """Currents with which it fires at least three times in fourteen steps, and never by a hair.

    What stays above the threshold has to count: put back to 0 at its spikes, it would fire otherwise.
    """
    cases = []
    while len(cases) < 10:
        i = np.round(rng.uniform(0.1, 0.5) + rng.uniform(-0.1, 0.5, 14), 2)
        theta, _, v, s = _course(i, kept, rises)
        clear = min(np.abs(v - theta).min(), np.abs(v - 1).min()) > 1e-3
        back = _course(i, kept, rises, step=_to_zero)[0]
        if s.sum() >= 3 and s[-1] == 0 and clear and np.abs(back - theta).max() > 1e-3:
            cases.append((i,))
    return cases


def _build(variant):
    kept, rises = variant["kept"], variant["rises"]

    def each_step(i):
        v, b, seen = 0.0, 0.0, []
        for current in i:
            theta = 1 + rises * b
            fires = 1 if v > theta else 0
            seen.append(theta)
            v = 0.9 * v + current - fires * theta
            b = kept * b + (1 - kept) * fires
        return np.array(seen)

    def wrong(what=0, **changed):
        return lambda i: _course(i, kept, rises, **changed)[what]

    return Function(
        id="7.4",
        title=EXERCISE.title,
        statement=(
            "Write the function `each_step`, which follows an adaptive neuron. It gets the array `i` of "
            "currents, one for each step. At the start its potential v and its adaptation b are 0. In each "
            "step its threshold is 1 + `rises` b, and it fires, s = 1, if v is above that; else s is 0. For "
            "the next step v becomes 0.9 v + i − s times the threshold, and b becomes `kept` b + (1 − "
            "`kept`) s. The function returns the threshold of each step, an array. Your function may use the "
            f"names `kept`, which is {told(kept)}, and `rises`, which is {told(rises)}."
        ),
        stub="def each_step(i):\n    return ...",
        variable=EXERCISE.variable,
        arguments=("i",),
        tolerance=1e-6,
        solution=each_step,
        draw=lambda rng: _draw(rng, kept, rises),
        next_step=(
            "Give it a strong current for 20 steps, then none for 20, then the same strong one. Do the "
            "thresholds of the third part tell that there was a first one?"
        ),
        mistakes=(
            Mistake(
                "fires at 1",
                wrong(fixed=True),
                "You raise the threshold, but the neuron fires at 1 all the same. It has to get above the "
                "raised one.",
            ),
            Mistake(
                "raised in its own step",
                wrong(own=True),
                "You return the threshold after the spike of the step. Wanted is the one that v was compared "
                "with.",
            ),
            Mistake(
                "lower by 1",
                wrong(step=lambda v, theta: 1.0),
                "At a spike you take 1 off the potential. It is lowered by the threshold of the step.",
            ),
            Mistake(
                "lowered by the next threshold",
                wrong(ahead=True),
                "At a spike you take off the threshold of the next step. It is lowered by the one that v was "
                "compared with.",
            ),
            Mistake(
                "back to 0",
                wrong(step=_to_zero),
                "At a spike you set the potential to 0 before the current comes. It is lowered by the "
                "threshold, and what is above that stays.",
            ),
            Mistake(
                "never lower",
                wrong(step=lambda v, theta: 0.0),
                "A spike leaves your potential as it is. The threshold is taken off.",
            ),
            Mistake(
                "lower a step late",
                wrong(late=True),
                "In yours a spike lowers the potential a step later than here.",
            ),
            Mistake(
                "whole spikes",
                wrong(share=1.0),
                "In yours a spike adds 1 to b. It adds 1 less `kept`.",
            ),
            Mistake(
                "exchanged",
                lambda i: _course(i, 1 - kept, rises)[0],
                "You have exchanged `kept` and 1 less `kept`. Most of b is left after a step.",
            ),
            Mistake(
                "not multiplied",
                lambda i: _course(i, kept, 1.0)[0],
                "You have left out `rises`: the threshold is raised by `rises` times b.",
            ),
            Mistake(
                "lowered",
                wrong(lowers=-1.0),
                "A spike lowers your threshold. It raises it.",
            ),
            Mistake(
                "current in the same step",
                wrong(at_once=True),
                "In yours the current of a step counts in the same step. It is in the potential of the next "
                "one.",
            ),
            Mistake(
                "no leak",
                wrong(leak=1.0),
                "Your potential keeps all of itself. It is multiplied by 0.9 in each step.",
            ),
            Mistake(
                "adaptation",
                wrong(1),
                "This is b. The threshold is 1 and `rises` times b.",
            ),
            Mistake(
                "potentials",
                wrong(2),
                "These are the potentials. The thresholds that they are compared with are wanted.",
            ),
            Mistake(
                "spikes",
                wrong(3),
                "These are the spikes. The thresholds are wanted.",
            ),
            Mistake(
                "last only",
                lambda i: each_step(i)[-1],
                "You return one threshold. There is one for every step.",
            ),
        ),
    )


EXERCISE = ClassExercise(
    grade_id="adapts",
    title="What it carries along",
    chapter=19,
    points=2,
    variable="each_step",
    parameters=lambda rng: {
        "kept": round(0.9 + 0.005 * int(rng.integers(0, 16)), 3),
        "rises": round(3 + 0.1 * int(rng.integers(0, 51)), 1),
    },
    build=_build,
)
