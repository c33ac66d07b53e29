"""A text that a person reads: what a local rule can learn."""

from snnlab.course.classroom.parts import ClassExercise
from snnlab.course.exercises.kinds import Exercise

TASKS = (
    "to become selective for the inputs whose spikes come together",
    "to fire earlier and earlier in a volley that is repeated",
    "to tell a pattern that returns from the noise around it",
    "to answer one kind of digit in a network of thirty",
)


def _parameters(rng):
    return {"task": int(rng.integers(len(TASKS)))}


def _build(variant):
    return Exercise(
        id="5.5",
        title=EXERCISE.title,
        statement=(
            f"A neuron with spike-timing-dependent plasticity learns {TASKS[variant['task']]}, and "
            "nobody tells it what is right. Say which of its synapses grow and why; what keeps the "
            "others, or the other neurons, from growing as well; and one change of a single number "
            "that would make it fail. About 150 words."
        ),
        stub="*Write here.*",
        variable=EXERCISE.variable,
        mistakes=(),
        next_step="",
        tolerance=0.0,
    )


EXERCISE = ClassExercise(
    grade_id="local",
    title="Nobody tells it",
    points=3,
    variable="local",
    parameters=_parameters,
    build=_build,
    manual=True,
    rubric=(
        "- 1 point: the synapses whose spikes come shortly before those of the neuron, because they "
        "cause them.\n- 1 point: what competes (depression that is a little stronger and falls on "
        "all; for digits inhibition and a threshold that rises).\n- 1 point: a change that breaks "
        "it, with the reason (α below 1, no inhibition, no adaptation, a threshold too low or too "
        "high, weights that begin too weak)."
    ),
    sample=(
        "The synapses grow whose spikes come shortly before those of the neuron, because they cause them. "
        "Too high a threshold would make it fail."
    ),
)
