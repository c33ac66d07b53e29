"""The goal of chapter 9, on the panel of the balanced network."""

from snnlab_widgets.chapters.chapter09.balanced import balanced_panel
from snnlab_widgets.core.formats import fixed
from snnlab_widgets.goals.target import Miss, Target
from snnlab_widgets.panel import Panel

__all__ = ["balanced_slower"]


def balanced_slower(engine: str = "browser") -> Panel:
    """A target: a rate of the excitatory neurons that inhibition alone has to find.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `balanced_panel`.

    Examples
    --------
    >>> print(balanced_slower(engine="kernel").goal.answer())  # doctest: +ELLIPSIS
    Not yet. ...
    """
    wanted, slack = 45.0, 1.0  # Hz
    goal = Target(
        name="balanced-slower",
        question=(
            f"Let the excitatory neurons fire at {fixed(wanted, 0)} Hz, to within {fixed(slack, 0)} Hz, by "
            "the strength of inhibition alone."
        ),
        reach={"rate_exc": (wanted - slack, wanted + slack)},
        only=("g",),
        misses=(
            Miss(
                "no inhibition",
                {"g": (0.0, 0.0)},
                "Without inhibition nothing holds them: {rate_exc}.",
            ),
            Miss(
                "excitation wins",
                {"g": (0.5, 4.0)},
                "{rate_exc}: up to g = 4 the 16 excitatory synapses are as strong as the 4 inhibitory ones.",
            ),
            Miss(
                "too slow",
                {"rate_exc": (None, wanted - slack)},
                "{rate_exc} is too slow: inhibition is too strong.",
            ),
        ),
        otherwise="{rate_exc} is too fast: inhibition is too weak.",
        next_step=(
            "The inhibitory neurons fire at {rate_inh}. By the equation of the balance, where does the mean "
            "potential lie now?"
        ),
    )
    return balanced_panel(goal=goal, engine=engine)
