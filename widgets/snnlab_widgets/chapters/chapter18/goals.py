"""The goals of chapter 18, on the panels of the gate and of the network that follows a line.

The numbers in the questions and hints are computed from the panels, not typed in.
"""

from snnlab_widgets.chapters.chapter18.followed_line import followed_line_panel
from snnlab_widgets.chapters.chapter18.gated_excursion import gated_excursion_panel
from snnlab_widgets.goals.target import Miss, Target
from snnlab_widgets.panel import Panel

__all__ = ["followed_line_lost", "gated_excursion_back"]

MOST = 0.9  # of a spike
LOST, STRONG = 0.6, 0.3  # of the error of silence; root mean square of the line


def gated_excursion_back(engine: str = "browser") -> Panel:
    """A target: nearly a whole spike is passed on, and all of it is taken back.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `gated_excursion_panel`.

    Examples
    --------
    >>> panel = gated_excursion_back(engine="kernel")
    >>> panel.peak = 1.2
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Right. ...
    """
    start = gated_excursion_panel(engine="kernel")
    end = 1.0 + start.width / 2
    goal = Target(
        name="gated-excursion-back",
        question=(
            f"Let the synapse get {MOST:g} of a spike or more on the way, and nothing in the end, by how far "
            "the potential is pushed."
        ),
        reach={"most": (MOST, None), "n": (0, 0)},
        only=("peak",),
        misses=(
            Miss(
                "not moved",
                {"peak": (start.peak, start.peak)},
                "Pushed up by {peak} it leaves the zone at its upper end, and the charge of {charge} stays. "
                "Turn it round before.",
            ),
            Miss(
                "still a spike",
                {"n": (1, None)},
                "Pushed up by {peak} it still leaves the zone at its upper end, {n} {n|time|times}: the "
                "charge stays. Where does the zone end?",
            ),
            Miss(
                "outside",
                {"most": (None, 0.0)},
                "Pushed up by {peak} it does not even come into the zone: nothing passes.",
            ),
        ),
        otherwise=(
            "Nothing stays, but on the way it was {most} of a spike at most. Let it go further into the zone."
        ),
        next_step=(
            "{most} of a spike passed on the way up, and all of it was taken back on the way down. From "
            f"{end:.2f} on all of it would stay. There the charge of this neuron still jumps."
        ),
    )
    return gated_excursion_panel(goal=goal, engine=engine)


def followed_line_lost(engine: str = "browser") -> Panel:
    """A target: a line that the network cannot follow.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `followed_line_panel`.

    Examples
    --------
    >>> panel = followed_line_lost(engine="kernel")
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Not yet. The network follows: ...
    """
    start = followed_line_panel(engine="kernel", updates=0)
    most = next(control.high for control in start.controls if control.name == "updates")
    goal = Target(
        name="followed-line-lost",
        question=(
            f"Draw a line that the network loses even after all {most:.0f} steps: its error is to be "
            f"{LOST:g} of that of silence or more, on a line that is not flat. After each "
            "drawing, train it anew."
        ),
        reach={"share": (LOST, None), "updates": (most, None)},
        only=("updates",),
        misses=(
            Miss(
                "not trained",
                {"updates": (None, most - 1)},
                "After {updates} {updates|step|steps} it has not learnt all it could. Let it make all "
                f"{most:.0f}.",
            ),
            Miss(
                "too flat",
                {"silence": (None, STRONG - 1e-6)},
                "The line is hardly there: silence would be off by {silence}, and it should be "
                f"{STRONG:g} or more. Draw higher ups and downs.",
            ),
        ),
        otherwise=(
            "The network follows: its error is {share} of that of silence. Is there anything that it cannot "
            "do in a few milliseconds?"
        ),
        next_step=(
            "Its error is {share} of that of silence. Is this line too quick for the network, or too high? "
            "Draw one as high with fewer ups and downs, train it anew, and see."
        ),
    )
    return followed_line_panel(goal=goal, engine=engine, updates=most)
