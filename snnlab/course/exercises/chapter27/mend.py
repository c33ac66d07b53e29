"""Exercise 27.2, program: a rule with two slips of the pen."""

from snnlab.course.exercises.kinds import Mistake, PairChanges, Text

__all__ = ["MEND"]

MEND = Text(
    id="27.2",
    title="Two slips of the pen",
    statement=(
        "Somebody wanted pre first to strengthen by a quarter of x1, and post first to weaken by "
        "an eighth of "
        'y1. They wrote `"dw = 2^-2*x1y0 - 2^-3*x0*y4"`. Mend it.'
    ),
    stub="rule = ...  # a text in quotes",
    variable="rule",
    tolerance=1e-6,
    solution="dw = 2^-2*x1*y0 - 2^-3*x0*y1",
    measure=PairChanges((-10, -2, 0, 2, 10)),
    says=(
        "Your rule can be read, and is another one: a pair of Δt = 10 steps changes the weight "
        "by {4}, one of "
        "Δt = -10 by {0}. Of the original only the two slips should change."
    ),
    next_step=(
        "Two errors of this kind a program can find for you. A sign or an exponent that is wrong it cannot: "
        "such a rule is still a rule."
    ),
    mistakes=(
        Mistake(
            "as it was",
            "dw = 2^-2*x1y0 - 2^-3*x0*y4",
            "That is still the original. In its first term two factors have grown together, and the second "
            "one reads a trace that no neuron has.",
        ),
        Mistake(
            "first slip left",
            "dw = 2^-2*x1y0 - 2^-3*x0*y1",
            "The second slip is mended. In the first term a * is missing.",
        ),
        Mistake(
            "second slip left",
            "dw = 2^-2*x1*y0 - 2^-3*x0*y4",
            "The first slip is mended. There are three postsynaptic traces, y1, y2 and y3, and the text says "
            "which one was meant.",
        ),
        Mistake(
            "a trace too many",
            "dw = 2^-2*x1*y1*y0 - 2^-3*x0*y1",
            "It can be read, and the first term has a trace too many: x1*y0 is what was meant.",
        ),
        Mistake(
            "plus",
            "dw = 2^-2*x1*y0 + 2^-3*x0*y1",
            "It can be read, and now strengthens the synapse where post comes first as well: the "
            "minus is gone.",
        ),
        Mistake(
            "silent trace",
            "dw = 2^-2*x1*y0 - 2^-3*x0*y3",
            "It can be read, but the trace of the second term has no impulse here and stays at zero, so "
            "nothing ever weakens. The text says which trace was meant.",
        ),
        Mistake(
            "spike for its trace",
            "dw = 2^-2*x1*y0 - 2^-3*x0*y0",
            "It can be read, but where post comes first nothing weakens: y0 is the postsynaptic spike "
            "itself, long past when the presynaptic one comes. What is left of it is a trace.",
        ),
    ),
)
