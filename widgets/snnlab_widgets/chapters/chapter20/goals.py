"""The goals of chapter 20, on the panel of the STDP window.

The numbers in the questions and hints are computed from the panel and the exercises, not typed in.
"""

from snnlab.course.exercises.chapter20.three_spikes import THREE_SPIKES
from snnlab_widgets.chapters.chapter20.stdp import stdp_panel
from snnlab_widgets.core.formats import fixed
from snnlab_widgets.goals.answers import Ask
from snnlab_widgets.goals.target import Miss, Target
from snnlab_widgets.panel import Panel

__all__ = ["stdp_take_away", "stdp_three"]


def stdp_take_away(engine: str = "browser") -> Panel:
    """A target: sixty pairs that weaken the synapse by a given amount, by their timing alone.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `stdp_panel`.

    Examples
    --------
    >>> panel = stdp_take_away(engine="kernel")
    >>> panel.delta_t = 18.0
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Not yet. The synapse has grown...
    """
    wanted, slack = 0.1, 0.01
    goal = Target(
        name="stdp-take-away",
        question=(
            f"Make sixty pairs take {fixed(wanted, 2)} away from the weight, to within {fixed(slack, 2)}, by "
            "the time between their spikes alone."
        ),
        reach={"change": (-wanted - slack, -wanted + slack)},
        only=("delta_t",),
        misses=(
            Miss(
                "grown",
                {"change": (0.001, None)},
                "The synapse has grown by {change}. It weakens where the postsynaptic spike comes first, on "
                "the left of the window.",
            ),
            Miss(
                "at one time",
                {"delta_t": (0.0, 0.0)},
                "Two spikes at one time change nothing: the rule says what happens before and after, not at "
                "zero.",
            ),
            Miss(
                "too much",
                {"change": (None, -wanted - slack)},
                "{change} is too much: the two spikes are too close.",
            ),
        ),
        otherwise="{change} is too little: the two spikes are too far apart.",
        next_step=(
            "The later spike saw a trace of {seen}. Sixty times λα, times that trace, is what was taken "
            "away. Which Δt would have given back the same amount?"
        ),
    )
    return stdp_panel(goal=goal, engine=engine)


def stdp_three(engine: str = "browser") -> Panel:
    """A number: exercise 20.1, what three spikes do to a weight.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `stdp_panel`.

    Examples
    --------
    >>> print(stdp_three(engine="kernel").goal.answer("-0.0022"))  # doctest: +ELLIPSIS
    Not yet. The signs are turned round...
    """
    goal = Ask(
        name="stdp-three",
        exercise=THREE_SPIKES,
    )
    return stdp_panel(goal=goal, engine=engine)
