"""A text that a person reads: which way of telling who was wrong a task leaves open."""

from snnlab.course.classroom.parts import ClassExercise
from snnlab.course.exercises.kinds import Exercise

TASKS = (
    "a chip of spiking neurons, joined with each other and with thresholds that adapt, is to learn while it "
    "runs. It has room for a few numbers at each synapse, and none for what its neurons did before. A "
    "second after the spikes that decided an answer it is told what each output should have said",
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
            "computes: of what it is the gradient, if of anything, exactly or in which limit, and what it "
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
        "- 1 point: what of the task decides. Chip: no room for the past, a late verdict. Circuit that "
        "settles: the same weights both ways, an output that gives way. Path of its own: weights up that "
        "nobody sees, a product that both ends see. Workstation: memory costs nothing.\n"
        "- 1 point: what the choice computes. E-prop: backpropagation through time where neurons hear inputs "
        "only and feedback is symmetric; it leaves out the way through other neurons. Equilibrium "
        "propagation: the gradient of its own network, feedback included, up to an error that goes as the "
        "nudge, with two nudges as its square. Fixed feedback: no gradient, the weights turn towards it; "
        "Kolen and Pollack's rule and the mirror come near the transposes. Backpropagation through time: "
        "with a surrogate it is the derivative of no loss; it leaves out nothing of the past.\n"
        "- 1 point: an experiment with its control that could come out against the choice, over several "
        "seeds. E-prop: readout alone, or fast traces. Equilibrium propagation: half of the nudge, or both "
        "signs. Feedback: drawn anew for each step. Backpropagation through time: e-prop in the same "
        "network, with as many batches. Another choice that the task allows has the same points."
    ),
    sample=(
        "I would take e-prop, because its traces are kept at the synapse while the network runs, so that "
        "nothing of the past has to be stored."
    ),
)
