"""A function to write: the eligibility trace of a synapse onto a neuron whose threshold adapts."""

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, told
from snnlab.course.exercises.kinds import Function, Mistake


def _draw(rng):
    """Spikes that come and stay away; the slope of the neuron's own spike is 0 now and then."""
    cases = []
    for _ in range(10):
        z = (rng.random(14) < 0.5).astype(float)
        z[0], psi = 1.0, np.round(rng.uniform(0.1, 1.0, 14), 2)
        psi[rng.choice(np.arange(2, 12), 3, replace=False)] = 0.0
        cases.append((z, psi))
    return cases


def _build(own):
    kept, rises = own["kept"], own["rises"]

    def each_step(z, psi):
        heard, adapted, found = 0.0, 0.0, []
        for spike, slope in zip(z, psi, strict=True):
            e = slope * (heard - rises * adapted)
            found.append(e)
            heard = 0.9 * heard + spike
            adapted = kept * adapted + (1 - kept) * e
        return np.array(found)

    def wrong(
        lifts=-rises, slopes=True, leak=0.9, left=kept, share=1 - kept, at_once=False, of=None, own=False
    ):
        """The same with one thing changed; `of` takes something else than the trace into the adaptation."""

        def function(z, psi):
            heard, adapted, found = 0.0, 0.0, []
            for spike, slope in zip(z, psi, strict=True):
                heard = leak * heard + spike if at_once else heard
                e = (slope if slopes else 1.0) * (heard + lifts * adapted)
                next_one = left * adapted + share * (e if of is None else of(e, heard, spike))
                e = slope * (heard + lifts * next_one) if own else e
                found.append(e)
                heard = heard if at_once else leak * heard + spike
                adapted = next_one
            return np.array(found)

        return function

    def heard_alone(z, psi):
        return wrong(lifts=0.0, slopes=False)(z, psi)

    def total(z, psi):
        return each_step(z, psi).sum()

    return Function(
        id="7.4",
        title=EXERCISE.title,
        statement=(
            "Write the function `each_step`, which keeps the eligibility trace of e-prop for one synapse. It "
            "gets the arrays `z`, 1 where the input fires and else 0, and `psi`, what stands in each step "
            "for the derivative of the neuron's spike by its distance from the threshold. The potential of "
            "the neuron becomes 0.9 of itself and the weight times z in the next step; its threshold is 1 + "
            "`rises` b, and its adaptation b becomes `kept` b + (1 − `kept`) times its spike in the next "
            "step. There is no reset, and all is 0 at the start. The function returns the trace of each "
            "step, an array: the derivative of its spike by the weight, with all that the weight has done to "
            "potential and adaptation before. Your function may use the names `kept`, which is "
            f"{told(kept)}, and `rises`, which is {told(rises)}."
        ),
        stub="def each_step(z, psi):\n    return ...",
        variable=EXERCISE.variable,
        arguments=("z", "psi"),
        tolerance=1e-6,
        solution=each_step,
        draw=_draw,
        next_step=(
            "Let one input spike come, and give psi one value above 0 early and one very late. What is left "
            "of the spike in the late trace, with `rises` and without?"
        ),
        mistakes=(
            Mistake(
                "no adaptation",
                wrong(lifts=0.0),
                "This is the trace of a neuron without adaptation. The weight has moved the threshold as "
                "well, through earlier spikes.",
            ),
            Mistake(
                "threshold helps",
                wrong(lifts=rises),
                "What has gone into the adaptation raises the threshold, so it is taken off. You add it.",
            ),
            Mistake(
                "rises forgotten",
                wrong(lifts=-1.0),
                "You have left out `rises`: the threshold moves by that times the adaptation.",
            ),
            Mistake(
                "potential alone",
                heard_alone,
                "This is what the input does to the potential. The trace is of the spike: multiply by `psi`, "
                "and think of the threshold.",
            ),
            Mistake(
                "no slope",
                wrong(slopes=False),
                "You have left out `psi`. The trace is that of the spike, and this is that of the distance "
                "from the threshold.",
            ),
            Mistake(
                "input in its own step",
                wrong(at_once=True),
                "In yours an input is in the potential in its own step. It is there in the next one.",
            ),
            Mistake(
                "whole spikes",
                wrong(share=1.0),
                "In yours all of a spike goes into the adaptation. It is 1 less `kept`.",
            ),
            Mistake(
                "exchanged",
                wrong(left=1 - kept, share=kept),
                "You have exchanged `kept` and 1 less `kept`.",
            ),
            Mistake(
                "adapts to the potential",
                wrong(of=lambda e, heard, spike: heard),
                "In yours the adaptation follows the potential. It follows the neuron's spike, and how that "
                "moves is the trace itself.",
            ),
            Mistake(
                "adapts to the input",
                wrong(of=lambda e, heard, spike: spike),
                "In yours the adaptation follows the input. It follows the neuron's own spike, whose "
                "derivative is the trace.",
            ),
            Mistake(
                "nothing leaks",
                wrong(leak=1.0),
                "In yours the potential keeps all of itself. It is 0.9 of it.",
            ),
            Mistake(
                "adapted at once",
                wrong(own=True),
                "In yours a spike raises the threshold in its own step. It does in the next one.",
            ),
            Mistake("sum", total, "You return one number. There is a trace for every step."),
        ),
    )


EXERCISE = ClassExercise(
    grade_id="adapts",
    title="What it carries along",
    chapter=23,
    points=2,
    variable="each_step",
    parameters=lambda rng: {
        "kept": round(0.8 + 0.01 * int(rng.integers(0, 16)), 2),
        "rises": round(1.5 + 0.1 * int(rng.integers(0, 26)), 1),
    },
    build=_build,
)
