"""A text that a person reads: whether a conclusion about rewards or the chip follows from what was seen."""

from snnlab.course.classroom.parts import ClassExercise
from snnlab.course.exercises.kinds import Exercise

CLAIMS = (
    "A reward came 6 s after the right pair of spikes, again and again for an hour, and the right synapse "
    "became the strongest of a thousand. So this rule learns from rewards that come 6 s late",
    "A neuron in real numbers and the same neuron in an emulator of the chip fire equally often, 63 times in "
    "a thousand steps. So the rounding of the chip does no harm",
    "A synapse with stochastic rounding went through the same spikes as one in real numbers, and both ended "
    "at 118. So the coin keeps the weight where real numbers have it",
    "By its published prices, a digit takes the chip 1.2 µJ, and a graphics processor is reported to take "
    "24 µJ. So the chip is twenty times as economical",
)


def _parameters(rng):
    return {"claim": int(rng.integers(len(CLAIMS)))}


def _build(variant):
    return Exercise(
        id="9.5",
        title=EXERCISE.title,
        statement=(
            f"Somebody reports: {CLAIMS[variant['claim']]}. Does that follow? Say what else could have given "
            "the same result; which control or which second measurement would decide, with its numbers of "
            "seeds or runs; and what you would expect of it either way. About 150 words."
        ),
        stub="*Write here.*",
        variable=EXERCISE.variable,
        mistakes=(),
        next_step="",
        tolerance=0.0,
    )


EXERCISE = ClassExercise(
    grade_id="follows",
    title="What follows from it",
    points=3,
    variable="follows",
    parameters=_parameters,
    build=_build,
    manual=True,
    rubric=(
        "- 1 point: what else gives the same result. Reward: luck, since one of a thousand is always the "
        "strongest; a synapse that was stronger before. Equal counts: spikes at other moments, a drive so "
        "strong that one more or less does not show. Coin: one synapse of a spread of many. Energy: chips of "
        "different years, a lower bound on one side and a whole card on the other.\n"
        "- 1 point: a control with its numbers. Reward: as many rewards at any time, or none, over ten seeds "
        "or more. Equal counts: the moments of the spikes, weak inputs, several scales. Coin: many synapses "
        "with the same spikes, their mean and spread. Energy: what idles, what moves data, the same network "
        "and the same accuracy, measured and not counted.\n"
        "- 1 point: what is expected either way, and what stays open."
    ),
    sample=(
        "It does not follow: one of a thousand synapses is always the strongest. Ten hours with as many "
        "rewards at any time would tell."
    ),
)
