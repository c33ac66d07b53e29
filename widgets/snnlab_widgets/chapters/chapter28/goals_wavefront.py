"""Goals of chapter 28 on the panels of the wavefront and of LASSO.

The numbers in the questions and hints are computed from the panels, not typed in.
"""

from snnlab_widgets.chapters.chapter28.lasso import lasso_panel
from snnlab_widgets.chapters.chapter28.wavefront import wavefront_panel
from snnlab_widgets.goals.target import Miss, Target
from snnlab_widgets.panel import Panel

__all__ = ["lasso_quick", "wavefront_slowest"]


def wavefront_slowest(engine: str = "browser") -> Panel:
    """A target: the slowest mud that is still worth crossing.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `wavefront_panel`.

    Examples
    --------
    >>> panel = wavefront_slowest(engine="kernel")
    >>> panel.mud = 22
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Right. ...
    """
    start, deep = wavefront_panel(engine="kernel", mud=10), wavefront_panel(engine="kernel", mud=62)
    around = deep.result.time
    goal = Target(
        name="wavefront-slowest",
        question=(
            f"With mud of {start.mud:.0f} steps the path crosses {start.result.muddy:.0f} squares of it. How "
            "slow may the mud be before the wave is quicker round the wall? Set the slowest mud that is "
            "still worth crossing."
        ),
        reach={"muddy": (1.0, None), "time": (around - start.result.muddy, around)},
        only=("mud",),
        misses=(
            Miss(
                "not moved",
                {"mud": (start.mud, start.mud)},
                "The mud is where it was. Round the wall the first spike takes longer than {time} steps; "
                "how much longer?",
            ),
            Miss(
                "round the wall",
                {"muddy": (None, 0.0)},
                "The path goes round the wall now, in {time} steps. Come back a little.",
            ),
        ),
        otherwise="Through the mud, in {time} steps. Round the wall takes longer; the mud may be slower.",
        next_step=(
            f"Through the mud {{time}} steps, round the wall {around:.0f} steps. The wave has tried both at "
            "once; nobody compared them."
        ),
    )
    return wavefront_panel(goal=goal, engine=engine, mud=10)


def lasso_quick(engine: str = "browser") -> Panel:
    """A target: few spikes that come close.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `lasso_panel`.

    Examples
    --------
    >>> panel = lasso_quick(engine="kernel")
    >>> panel.steps = 1400
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Right. ...
    """
    start = lasso_panel(engine="kernel", which=9)
    goal = Target(
        name="lasso-quick",
        question=(
            f"After {start.steps:.0f} steps the loss is {start.result.gap:.2f} % above the smallest, for "
            f"{start.result.spikes:.0f} spikes. Stop the network earlier: less than 1 % with at most 30 "
            "spikes."
        ),
        reach={"gap": (None, 1.0), "spikes": (None, 30.0)},
        only=("steps",),
        misses=(
            Miss(
                "not moved",
                {"steps": (start.steps, start.steps)},
                "It still runs for all its steps and fires {spikes} spikes.",
            ),
            Miss(
                "too early",
                {"gap": (2.0, None)},
                "{gap} % is left after {spikes} spikes: some of the forty have hardly had the time to fire.",
            ),
            Miss(
                "too many",
                {"spikes": (30.5, None)},
                "{gap} % is good enough, but {spikes} spikes are more than 30.",
            ),
        ),
        otherwise=(
            "{gap} % after {spikes} spikes. One spike more or less in the second half is a coefficient more "
            "or less; try a little earlier or later."
        ),
        next_step=(
            "{gap} % with {spikes} spikes. Now press the arrow keys a few times: the gap goes up and down, "
            "as the last spikes fall into the second half or not."
        ),
    )
    return lasso_panel(goal=goal, engine=engine, which=9)
