"""A text that a person reads: which slope a network is to learn by, and what that slope does not know."""

from snnlab.course.classroom.parts import ClassExercise
from snnlab.course.exercises.kinds import Exercise

TASKS = (
    "a network is to name a digit by who fires first, as early as it can. Each neuron fires once at the most",
    "a chip reports when its neurons fire and how strong their currents are then, and never a potential. Its "
    "neurons fire a few times each, and are to learn from what it reports",
    "a recurrent network of two hundred neurons is simulated in steps of 1 ms. At the start of its training "
    "most of them never fire",
    "a network is to follow a line by what its synapses add up. How often its neurons fire is all the same, "
    "and in its simulation a synapse may hear the potential itself",
)


def _parameters(rng):
    return {"task": int(rng.integers(len(TASKS)))}


def _build(variant):
    return Exercise(
        id="6.5",
        title=EXERCISE.title,
        statement=(
            f"Here is a task: {TASKS[variant['task']]}. Would you let it learn by the slopes of spike times, "
            "as in chapters 15 and 17, by a surrogate, as in chapter 16, or through a gate, as in chapter "
            "18? Say what of the task decides; of what this slope is the exact derivative, if of anything, "
            "and what it says of a spike that did not come; and which experiment, with its control, would "
            "show you that your choice was wrong. About 150 words."
        ),
        stub="*Write here.*",
        variable=EXERCISE.variable,
        mistakes=(),
        next_step="",
        tolerance=0.0,
    )


EXERCISE = ClassExercise(
    grade_id="slope",
    title="Which slope",
    points=3,
    variable="slope",
    parameters=_parameters,
    build=_build,
    manual=True,
    rubric=(
        "- 1 point: what of the task decides (a time that is the answer; times and currents that are all "
        "there is; a grid of steps and silence at the start; a synapse that may hear a potential).\n"
        "- 1 point: of what it is the derivative, and what it says of a spike that did not come (the slope "
        "of a spike time is exact while the spike is there, and knows no other; a surrogate is the "
        "derivative of no loss, and says something of every neuron near its threshold; with a gate it is "
        "exact for a network whose spikes come bit by bit, says of a missing spike only what is in its zone, "
        "and a narrow gate is another network).\n"
        "- 1 point: an experiment with its control that could come out against the choice (the other "
        "slope on the same task, over several seeds; the share of silent neurons before and after; finite "
        "differences; the trained network with a narrower gate)."
    ),
    sample=(
        "I would take a surrogate, because most neurons are silent, and the slope of a spike time says "
        "nothing of a spike that did not come."
    ),
)
