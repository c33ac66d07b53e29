"""The goals of chapter 25, on filters by hand, on the window that falls out of a likelihood, and on neurons
that nobody sees.

The numbers in the questions and hints are computed from the panels, not typed in.
"""

import numpy as np

from snnlab.probability.filters_by_hand import BUMPS
from snnlab_widgets.chapters.chapter25.filters_by_hand import filters_by_hand_panel, measured
from snnlab_widgets.core.formats import fixed
from snnlab_widgets.goals.target import Miss, Target
from snnlab_widgets.panel import Panel

__all__ = ["filters_by_hand_score"]


def filters_by_hand_score(engine: str = "browser") -> Panel:
    """A target: nearly as many bits per spike as Newton's method, by three numbers.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `filters_by_hand_panel`.

    Examples
    --------
    >>> panel = filters_by_hand_score(engine="kernel")
    >>> panel.place, panel.height, panel.recovery = 7.0, 2.5, 2.0
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Right. ...
    """
    start = filters_by_hand_panel(engine="kernel")
    best = start.result.best
    wanted = round(best, 1) - 0.2
    start.height = 0.0
    alone = []
    for recovery in np.arange(1.0, 4.0, 0.25):
        start.recovery = recovery
        alone.append(start.result.bits)
    shortest = int(np.diff(np.flatnonzero(measured().y)).min())
    goal = Target(
        name="filters-by-hand-score",
        question=(
            f"With its own filters Newton's method reaches {fixed(best, 2)} bits per spike. Bring yours to "
            f"{fixed(wanted, 1)} or more, by place, height and recovery."
        ),
        reach={"bits": (wanted - 0.005, None)},
        only=("place", "height", "recovery"),
        misses=(
            Miss(
                "loud forbids",
                {"height": (None, -0.05)},
                "With a height of {height} a loud sound makes a spike less likely: {bits} bits per spike. "
                "What does this cell do when it gets loud?",
            ),
            Miss(
                "deaf",
                {"height": (-0.05, 0.05)},
                "Your neuron hears nothing: its height is 0. With the best recovery its own spikes alone are "
                f"worth {fixed(max(alone), 2)} bits per spike. The rest is in the sound.",
            ),
            Miss(
                "no pit",
                {"recovery": (None, 1.0)},
                "A recovery of {recovery} ms lets the next spike come at once: {bits} bits per spike. The "
                f"shortest interval of this cell has {shortest} ms.",
            ),
            Miss(
                "too tired",
                {"recovery": (3.5, None)},
                "With a recovery of {recovery} ms spikes that came are as good as forbidden, and each costs "
                "dearly: {bits} bits per spike.",
            ),
            Miss(
                "too early",
                {"place": (9.0, None)},
                "You look {place} ms back: {bits} bits per spike. By then this cell has long fired.",
            ),
            Miss(
                "too late",
                {"place": (None, 5.0)},
                "A sound has to reach the ear, move a membrane and travel along a nerve; {place} ms is too "
                "short for that: {bits} bits per spike.",
            ),
        ),
        otherwise="{bits} bits per spike. Move one number at a time, each to where the score is highest.",
        next_step=(
            "{bits} bits per spike with a peak of {height}, {place} ms ago, and a recovery of {recovery} ms. "
            f"Newton has {{best}}, from {sum(BUMPS)} weights in place of your three numbers. On the five "
            "seconds that followed you get {later}. Show its filters: what do they have that yours lack?"
        ),
    )
    return filters_by_hand_panel(goal=goal, engine=engine)
