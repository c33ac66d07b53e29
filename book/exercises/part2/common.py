"""The inverse problem: the spikes that two neurons share, from the peak of their cross-correlogram."""

from snnlab.course.classroom.parts import ClassExercise, told
from snnlab.course.exercises.kinds import Mistake, Number

UNITS = {"rate_each": "Hz", "bin_width": "ms", "peak": "times chance"}


def share_in_common(rate_each, bin_width, peak):
    """Chance makes rate_each * bin_width pairs a spike; what is more is common, in per cent."""
    return 100 * (peak - 1) * rate_each * bin_width / 1000


def _parameters(rng):
    return {
        "rate_each": 8.0 + 2.0 * int(rng.integers(0, 17)),
        "bin_width": 1.0 + 0.5 * int(rng.integers(0, 5)),
        "peak": round(2.4 + 0.2 * int(rng.integers(0, 18)), 1),
    }


def _build(variant):
    rate, width, peak = (variant[name] for name in UNITS)
    right = share_in_common(rate, width, peak)
    return Number(
        id="2.4",
        title=EXERCISE.title,
        statement=(
            f"Two neurons fire at {told(rate)} Hz each. In their cross-correlogram, with bins of "
            f"{told(width)} ms, the bin at lag 0 holds {told(peak)} times as many pairs as chance "
            "would give, and every other bin as many as chance. Which share of its spikes does each "
            "neuron have in common with the other, in per cent? To within 1 %."
        ),
        stub="found = ...  # %",
        variable=EXERCISE.variable,
        unit="%",
        tolerance=0.01,
        solution=right,
        next_step=(
            "Halve the bins and the same share makes another peak. Which one, and which do you trust more?"
        ),
        mistakes=(
            Mistake(
                "chance forgotten",
                right * peak / (peak - 1),
                "{answer} % counts all pairs of the bin. Those that chance makes have to go first.",
            ),
            Mistake(
                "share of the bin",
                100 * (1 - 1 / peak),
                "{answer} % is the share of the pairs in the bin that are not by chance. How many "
                "are they for each spike of a neuron?",
            ),
            Mistake("fraction", right / 100, "{answer} is a fraction of 1. The share is wanted in per cent."),
            Mistake(
                "seconds",
                right * 1000,
                "{answer} % is more than there is: the rate is in Hz and the bin in ms. Bring them "
                "to one unit.",
            ),
            Mistake(
                "halved",
                right / 2,
                "{answer} % is half of it. A common spike is one pair, and each of the two neurons has it.",
            ),
        ),
    )


EXERCISE = ClassExercise(
    grade_id="common",
    title="Told by a few spikes",
    chapter=7,
    points=2,
    variable="found",
    parameters=_parameters,
    build=_build,
    comments=UNITS,
    answer=share_in_common,
)
