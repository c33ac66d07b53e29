"""A text that a person reads: whether a fitted neuron says what is claimed of it."""

from snnlab.course.classroom.parts import ClassExercise
from snnlab.course.exercises.kinds import Exercise

CLAIMS = (
    "A cell was fitted in bins of 10 ms; its rate is 40 Hz. The intervals in the time of the model were "
    "tested for being exponential, and the test rejects the model. So the model is wrong",
    "A model with a filter of the cell's own spikes has more bits per spike than one without, on the bins to "
    "which both were fitted. So the cell remembers its spikes",
    "The fitted weight of the first bin after a spike is −14 with a ridge of 0.000001. So a spike pushes "
    "this cell further down than its neighbour, whose weight is −9",
    "Between two cells of a mouse a coupling filter was fitted, and it is positive. Neither direction nor "
    "speed of the animal is in the model. So there is a synapse from one cell to the other",
)


def _parameters(rng):
    return {"claim": int(rng.integers(len(CLAIMS)))}


def _build(variant):
    return Exercise(
        id="8.5",
        title=EXERCISE.title,
        statement=(
            f"Somebody claims: {CLAIMS[variant['claim']]}. Does that follow? Say what the number that is "
            "named measures; what else would give the same number; and which calculation or experiment, with "
            "its control, would decide, and what you would expect of it either way. About 150 words."
        ),
        stub="*Write here.*",
        variable=EXERCISE.variable,
        mistakes=(),
        next_step="",
        tolerance=0.0,
    )


EXERCISE = ClassExercise(
    grade_id="which",
    title="Does that follow",
    points=3,
    variable="which",
    parameters=_parameters,
    build=_build,
    manual=True,
    rubric=(
        "- 1 point: what the number measures. Wide bins: how far intervals are from exponential, where none "
        "is shorter than a bin. Bits on fitted bins: fit, which every further column improves. Weight under "
        "a ridge: where the ridge stopped a weight that has no maximum. Coupling: how well one train tells "
        "the other, whatever joins them.\n"
        "- 1 point: what else gives the same number. Wide bins: a right model. Bits: a filter of noise. "
        "Weight: another ridge, a longer recording, both without a spike in that bin. Coupling: an input "
        "that both share, as the direction of the head.\n"
        "- 1 point: what decides, with its control. Wide bins: the correction of bins, or narrower bins; a "
        "simulated right model. Bits: bins held out, the gain against its spread over parts; a train whose "
        "intervals are shuffled. Weight: several ridges, and bits held out, which hardly change. Coupling: "
        "direction in the model; a stimulated cell; trains of another moment."
    ),
    sample=(
        "It does not follow, because a right model would be rejected, too: in bins of 10 ms no interval is "
        "shorter than one bin."
    ),
)
