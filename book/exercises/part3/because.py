"""A text that a person reads: what a sentence with *because* about a network needs."""

from snnlab.course.classroom.parts import ClassExercise
from snnlab.course.exercises.kinds import Exercise

CLAIMS = (
    "the neurons of a network fire irregularly because noise comes in from outside",
    "two copies of a network part after one lost spike because every neuron amplifies what it hears",
    "a spiking network needs less energy than a deep one because its neurons are silent most of the time",
    "a camera with spiking pixels saves work because it speaks in spikes",
    "a spiking network answers sooner than a deep one because no neuron waits for a whole layer",
)


def _parameters(rng):
    return {"claim": int(rng.integers(len(CLAIMS)))}


def _build(variant):
    return Exercise(
        id="3.5",
        title=EXERCISE.title,
        statement=(
            f"Somebody claims that {CLAIMS[variant['claim']]}. Which experiment would you make, on a "
            "computer, to find out? Say what you measure and in which unit; what the control is, in which "
            "the cause is taken away and all else stays; what the claim says will come out of both, and "
            "which result would make you give it up. About 150 words."
        ),
        stub="*Write here.*",
        variable=EXERCISE.variable,
        mistakes=(),
        next_step="",
        tolerance=0.0,
    )


EXERCISE = ClassExercise(
    grade_id="because",
    title="Because",
    points=3,
    variable="because",
    parameters=_parameters,
    build=_build,
    manual=True,
    rubric=(
        "- 1 point: a quantity that can be measured in a simulation, with its unit, over several seeds (the "
        "CV of the intervals; the distance of the potentials; operations or energy with the prices named; "
        "the time of the answer at the same share of right answers).\n- 1 point: a control that takes away "
        "the named cause and nothing else (a constant current of the same mean; the loop cut, so that each "
        "copy hears the same; the deep network with its zeros skipped; frames as rare as the events; the "
        "answer read before the lower layers have settled).\n- 1 point: a result that would speak against "
        "the claim, and what it leaves open even if it holds."
    ),
    sample=(
        "I would run it with ten seeds, and again without the cause that is named. If both come out alike I "
        "would give the claim up."
    ),
)
