"""A text that a person reads: which road a trained network takes to spikes, and what that costs."""

from snnlab.course.classroom.parts import ClassExercise
from snnlab.course.exercises.kinds import Exercise

TASKS = (
    "a network that was trained years ago is to run on a chip with spiking neurons. Its images are lost, "
    "and nobody can train it again",
    "a switch in a wall is to know ten words. Its chip has 3 kB for weights, may add and compare whole "
    "numbers, and is free to be trained for",
    "a robot's hand is to stop when it touches something, a few milliseconds after it does. The sensors "
    "bring a new picture at every step, and a rough answer in time is worth more than a good one later",
    "a camera in a forest is to count animals for a year. Its battery is small, its pictures may take a "
    "second each, and what it calls an animal has to be as good as what the network without spikes says",
)


def _parameters(rng):
    return {"task": int(rng.integers(len(TASKS)))}


def _build(variant):
    return Exercise(
        id="4.6",
        title=EXERCISE.title,
        statement=(
            f"Here is a task: {TASKS[variant['task']]}. Would you use a network of one bit, as in chapter "
            "12, convert one, as in chapter 13, or constrain one first, as in chapter 14? Say what of the "
            "task decides, and with which number of the chapters; what you give up by your choice, in a "
            "unit; and which measurement, on a computer and before anybody builds it, would make you take "
            "another road. About 150 words."
        ),
        stub="*Write here.*",
        variable=EXERCISE.variable,
        mistakes=(),
        next_step="",
        tolerance=0.0,
    )


EXERCISE = ClassExercise(
    grade_id="road",
    title="Which road",
    points=2,
    variable="road",
    parameters=_parameters,
    build=_build,
    manual=True,
    rubric=(
        "- 1 point: what of the task decides, with a number of the chapters, and what is given up, in a"
        " unit (conversion needs no new training, but a few activations to find its scales; one bit a "
        "weight is a thirty-second of the memory, and small networks pay with accuracy; a converted "
        "network answers after a few steps, and better later; one that was constrained first knows the "
        "chip's neurons, and costs a training of its own for them).\n- 1 point: a measurement with its "
        "control, which could come out against the choice (both networks on the same new images, over "
        "several seeds; accuracy against steps; accuracy against kB; the rates, and not only the "
        "answers, for the neurons of the chip)."
    ),
    sample=(
        "I would convert a trained network, which needs no new training. For that I give up the first "
        "steps of the answer."
    ),
)
