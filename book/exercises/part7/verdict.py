"""A text that a person reads: which way of telling who was wrong a task leaves open."""

from snnlab.course.classroom.parts import ClassExercise
from snnlab.course.exercises.kinds import Exercise

TASKS = (
    "a chip of spiking neurons, joined with each other and with thresholds that adapt, is to learn while it "
    "runs. It has no room for what its neurons did before, and whether an answer was right is told a second "
    "after what decided it",
    "a circuit of rates settles before any weight is changed. Its synapses lead both ways with the same "
    "weight, and its output can be pulled at a little, but not held",
    "in a circuit of rates errors come down by a path of their own. Its synapses cannot see the weights of "
    "the way up; each sees what its own two ends do",
    "a recurrent network of spiking neurons is trained on a workstation before it is used, on trials of two "
    "seconds. What it costs in memory does not matter, and how well it remembers does",
)


def _parameters(rng):
    return {"task": int(rng.integers(len(TASKS)))}


def _build(variant):
    return Exercise(
        id="7.5",
        title=EXERCISE.title,
        statement=(
            f"Here is a task: {TASKS[variant['task']]}. How would you let it learn? Choose one of the ways "
            "of chapter 23, backpropagation among them. Say what of the task decides; what your choice "
            "computes, compared with the true gradient: where it is equal, or in which limit, and what it "
            "leaves out; and which experiment, with its control, would show you that it was the wrong one. "
            "About 150 words."
        ),
        stub="*Write here.*",
        variable=EXERCISE.variable,
        mistakes=(),
        next_step="",
        tolerance=0.0,
    )


EXERCISE = ClassExercise(
    grade_id="verdict",
    title="Who tells it",
    points=3,
    variable="verdict",
    parameters=_parameters,
    build=_build,
    manual=True,
    rubric=(
        "- 1 point: what of the task decides (no room for the past and a late verdict; synapses that lead "
        "both ways and an output that gives way; weights that cannot be seen; no limit but how good it "
        "becomes).\n"
        "- 1 point: what the choice computes (e-prop leaves out the way through other neurons' spikes, and "
        "is exact without it and with symmetric feedback; equilibrium propagation is the gradient of the "
        "settled network up to an error that goes as the nudge, or as its square with two; random feedback "
        "is not the gradient at first, and with weights that learn alike and decay it becomes "
        "it; backpropagation through time is the gradient of the surrogate's choice, and keeps all that has "
        "happened).\n"
        "- 1 point: an experiment with its control that could come out against the choice (the angle to the "
        "gradient, beside that of feedback drawn anew; the same network with its recurrent weights held; "
        "half of the nudge; as many neurons without adaptation; several seeds)."
    ),
    sample=(
        "I would take e-prop, because its traces are kept at the synapse while the network runs, so that "
        "nothing of the past has to be stored."
    ),
)
