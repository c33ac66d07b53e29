"""The goal of the panel of eligibility in chapter 23.

The numbers in the question and hints are computed from the panel, but for what is asked.
"""

from snnlab_widgets.chapters.chapter23.eligibility import eligibility_panel
from snnlab_widgets.core.formats import fixed
from snnlab_widgets.goals.target import Miss, Target
from snnlab_widgets.panel import Panel

__all__ = ["eligibility_waits"]

LATE, START = 2200.0, 600.0  # ms: when the verdict begins, and the time constant at first
ASKED = 0.014  # thresholds, reached from about 2200 to 5400 ms


def eligibility_waits(engine: str = "browser") -> Panel:
    """A target: a verdict that comes two seconds late still changes the weight, by the time constant alone.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `eligibility_panel`.

    Examples
    --------
    >>> panel = eligibility_waits(engine="kernel")
    >>> panel.tau_a = 3000.0
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Right. ...
    """
    start = eligibility_panel(late=LATE, tau_a=START, engine="kernel").result
    longest = eligibility_panel(late=LATE, tau_a=10_000.0, engine="kernel").result
    goal = Target(
        name="eligibility-waits",
        question=(
            "The verdict comes two seconds after the cue, and changes the weight to the adaptive neuron by "
            f"{fixed(start.change, 4)} thresholds. Let it be at least {fixed(ASKED, 3)}, by how long "
            "adaptation lasts alone."
        ),
        reach={"change": (ASKED, None)},
        only=("tau_a",),
        misses=(
            Miss(
                "not moved",
                {"tau_a": (START, START)},
                "It lasts {tau_a} ms as before, and {slow_left} % of the slow part is left when the verdict "
                "begins.",
            ),
            Miss(
                "shorter",
                {"tau_a": (None, START)},
                "With {tau_a} ms the threshold comes back sooner still: {slow_left} % of the slow part is "
                "left.",
            ),
            Miss(
                "too long",
                {"tau_a": (4000.0, None), "change": (None, ASKED - 1e-9)},
                "{slow_left} % of the slow part is left, and still the change is {change}. Look at the slow "
                "part at the end of the cue: what lasts longer gets less from each step, 1 − ρ.",
            ),
        ),
        otherwise="{change} with {slow_left} % of the slow part left. Go on.",
        next_step=(
            "{slow_left} % of the slow part is left, and the weight changes by {change}. At the right end it "
            f"would be {fixed(longest.slow_left, 1)} % and {fixed(longest.change, 4)}. Now let other inputs "
            "drive the neuron to 0.5 thresholds while it waits: what is left then?"
        ),
    )
    return eligibility_panel(goal=goal, engine=engine, late=LATE, tau_a=START)
