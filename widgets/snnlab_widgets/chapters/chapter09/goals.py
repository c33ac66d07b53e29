"""The goals of chapter 9, on the panels of the balanced network and of the bump."""

from snnlab_widgets.chapters.chapter09.balanced import balanced_panel
from snnlab_widgets.chapters.chapter09.bump import bump_panel
from snnlab_widgets.core.formats import fixed
from snnlab_widgets.goals.target import Miss, Target
from snnlab_widgets.panel import Panel

__all__ = ["balanced_rate", "bump_pushed"]


def balanced_rate(engine: str = "browser") -> Panel:
    """A target: a rate of the excitatory neurons that inhibition alone has to find.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `balanced_panel`.

    Examples
    --------
    >>> print(balanced_rate(engine="kernel").goal.answer())  # doctest: +ELLIPSIS
    Not yet. ...
    """
    wanted, slack = 45.0, 1.0  # Hz
    goal = Target(
        name="balanced-rate",
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
                "{rate_exc}: up to g = 4 the 16 excitatory synapses are at least as strong as the 4 "
                "inhibitory ones.",
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


def bump_pushed(engine: str = "browser") -> Panel:
    """A target: a place to which a push has to take the bump, which stays there when the push has gone.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `bump_panel`.

    Examples
    --------
    >>> print(bump_pushed(engine="kernel").goal.answer())  # doctest: +ELLIPSIS
    Not yet. ...
    """
    wanted, slack = 220.0, 3.0  # degrees
    goal = Target(
        name="bump-pushed",
        question=(
            f"Take the bump to {fixed(wanted, 0)}°, to within {fixed(slack, 0)}°, by the strength of the "
            "push alone. It has to be there at the end, when the push has been gone for more than a second."
        ),
        reach={"end": (wanted - slack, wanted + slack)},
        only=("push",),
        misses=(
            Miss(
                "no push",
                {"push": (0.0, 0.0)},
                "Nobody pushes: chance alone has taken the bump to {end}°.",
            ),
            Miss(
                "too weak",
                {"end": (None, wanted - slack)},
                "It stays behind, at {end}°: the push was over before the bump got there.",
            ),
        ),
        otherwise="At {end}° it is too far: the push at {push_at}° is too strong.",
        next_step="Nothing holds the bump there but itself. Roll the seed: by how much does the place vary?",
    )
    return bump_panel(goal=goal, engine=engine)
