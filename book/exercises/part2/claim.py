"""A text that a person reads: how to put a claim about a code to the test."""

from snnlab.course.classroom.parts import ClassExercise
from snnlab.course.exercises.kinds import Exercise

CLAIMS = (
    "the latency of the first spike tells a neuron's reader how bright a light was",
    "the order in which a hundred neurons fire first tells which picture was shown",
    "two neurons fire synchronously, and not only at the same rate, when they see the same object",
    "a neuron of the hippocampus tells by the phase of its spikes where in its field the animal is",
)


def _parameters(rng):
    return {"claim": int(rng.integers(len(CLAIMS)))}


def _build(variant):
    return Exercise(
        id="2.5",
        title=EXERCISE.title,
        statement=(
            f"Somebody claims that {CLAIMS[variant['claim']]}. Say what you would measure, from which "
            "spikes and against which clock; how the same spikes would look if only their rate "
            "mattered; and what the claim leaves open even if your measurement agrees with it. About "
            "150 words."
        ),
        stub="*Write here.*",
        variable=EXERCISE.variable,
        mistakes=(),
        next_step="",
        tolerance=0.0,
    )


EXERCISE = ClassExercise(
    grade_id="claim",
    title="A claim to be tried",
    points=3,
    variable="claim",
    parameters=_parameters,
    build=_build,
    manual=True,
    rubric=(
        "- 1 point: a measurement that is possible, with the moment from which times are counted.\n- "
        "1 point: a control in which the rate stays and the timing goes (jittered or shuffled "
        "spikes, a shift predictor, spikes drawn anew at the same rate).\n- 1 point: that "
        "information is there does not show that somebody reads it."
    ),
    sample=(
        "I would count the time of each spike from the moment of the stimulus, and jitter all spikes a "
        "little: the rate stays, the timing goes."
    ),
)
