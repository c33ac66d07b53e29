"""Exercise 27.4, program: a rule of the reader's own, with given changes."""

from snnlab.course.exercises.kinds import Mistake, PairChanges, Text

__all__ = ["OWN_RULE"]

OWN_RULE = Text(
    id="27.4",
    title="A rule of your own",
    statement=(
        "Write a rule for the weight such that a pair with Δt = 10 steps adds 5.58, one with Δt = −10 steps "
        "takes away 1.39, and one at Δt = 0 adds 12, all on average and to within 2 %. Both traces have an "
        "impulse of 64 and keep 0.9 of themselves in a step, so that 22.3 of it is left after ten. "
        "`pairing_change_real(rule, [10, -10, 0])` shows what a rule does."
    ),
    stub="rule = ...  # a text in quotes",
    variable="rule",
    tolerance=0.02,
    solution="dw = 2^-2*x1*y0 - 2^-4*x0*y1",
    measure=PairChanges((10, -10, 0)),
    says=(
        "Your rule changes the weight by {0} at Δt = 10, by {1} at Δt = −10 and by {2} at Δt = 0. Wanted are "
        "5.58, -1.39 and 12."
    ),
    next_step=(
        "At Δt = 0 both terms read a full trace of 64: 16 and -4. How would you make such a pair "
        "add nothing, "
        "and leave all others alone?"
    ),
    mistakes=(
        Mistake(
            "turned round",
            "dw = 2^-2*x0*y1 - 2^-4*x1*y0",
            "Yours strengthens where post comes first. With pre first it is x1 that is left over, and it is "
            "read at the postsynaptic spike, y0.",
        ),
        Mistake(
            "symmetric",
            "dw = 2^-2*x1*y0 - 2^-2*x0*y1",
            "The first number is right. Post first should take away a quarter of what pre first adds.",
        ),
        Mistake(
            "no depression",
            "dw = 2^-2*x1*y0",
            "The first number is right. A second term is missing: it acts at a presynaptic spike, and takes "
            "away.",
        ),
        Mistake(
            "another number",
            "dt = 2^-2*x1*y0 - 2^-4*x0*y1",
            "Nothing of yours reaches the weight: either the rule does not begin with dw =, or each of its "
            "terms reads a trace that has no impulse here.",
        ),
        Mistake(
            "all grow",
            "dw = 2^-2*x1*y0 + 2^-4*x0*y1",
            "The sizes are right. Post first should take away, not add.",
        ),
        Mistake(
            "impulse divided",
            "dw = 5*x1*y0 - x0*y1",
            "You took the changes for the constants. What a term adds is its constant times the trace, and "
            "after ten steps 22.3 of the trace is left.",
        ),
        Mistake(
            "both traces",
            "dw = 2^-2*x1*y0 - 2^-4*x0*y1*x1",
            "Your second term has both traces. It should read y1 alone.",
        ),
        Mistake(
            "constants exchanged",
            "dw = 2^-4*x1*y0 - 2^-2*x0*y1",
            "You have exchanged the two constants. Pre first should add the 5.58, and post first take away "
            "the 1.39.",
        ),
        Mistake(
            "zero added once more",
            "dw = 2^-2*x1*y0 - 2^-4*x0*y1 + 3*2^2*x0*y0",
            "The first two numbers are right. At Δt = 0 both terms of the pair act already and make 12; "
            "your third term adds 12 once more.",
        ),
    ),
)
