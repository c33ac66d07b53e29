"""A text that a person reads: which model for which cell."""

from snnlab.course.classroom.parts import ClassExercise
from snnlab.course.exercises.kinds import Exercise

CELLS = (
    "fires at once when the current begins, 40 times a second, and ever more slowly after that, "
    "until it is down to 12 Hz after half a second",
    "is silent for a moment when a weak current begins, and answers the same fluctuating current with "
    "spikes at nearly the same moments each time",
    "fires evenly for as long as a current lasts, but after half a second of inhibition its first "
    "spike comes sooner than out of rest",
    "fires at irregular moments although its current is constant, more often the stronger it is, and "
    "now and then even far below its rheobase",
)


def _parameters(rng):
    return {"cell": int(rng.integers(len(CELLS)))}


def _build(variant):
    return Exercise(
        id="1.5",
        title=EXERCISE.title,
        statement=(
            f"A recorded cell {CELLS[variant['cell']]}. Which model of chapters 1 to 4 would you take "
            "for it, and what would the plain leaky integrate-and-fire neuron get wrong? Name one "
            "measurement that could show that your choice is wrong. About 120 words."
        ),
        stub="*Write here.*",
        variable=EXERCISE.variable,
        mistakes=(),
        next_step="",
        tolerance=0.0,
    )


EXERCISE = ClassExercise(
    grade_id="judgement",
    title="Which model?",
    points=3,
    variable="judgement",
    parameters=_parameters,
    build=_build,
    manual=True,
    rubric=(
        "- 1 point: a model that has what the cell shows (slower and slower: an adaptive threshold "
        "or a cumulative η; the same moments each time: integrate-and-fire, driven by its current; "
        "sooner after inhibition: a threshold that falls, or Hodgkin and Huxley; by chance: the soft "
        "threshold).\n- 1 point: says what the plain neuron does instead (equal intervals; no spike "
        "below the rheobase; never sooner after inhibition).\n- 1 point: a measurement whose result "
        "could go against the choice."
    ),
    sample="A neuron with an adaptive threshold. The plain one would fire at equal intervals.",
)
