"""The goals of chapter 22, on the panels of the winner and of the receptive fields.

The numbers in the questions and hints are computed from the panels, not typed in.
"""

from snnlab_widgets.chapters.chapter22.clusters import LEARNT, clusters_panel
from snnlab_widgets.chapters.chapter22.winner import winner_panel
from snnlab_widgets.goals.target import Miss, Target
from snnlab_widgets.panel import Panel

__all__ = ["clusters_unlike", "winner_turns"]


def winner_turns(engine: str = "browser") -> Panel:
    """A target: adaptation that takes the image away from the first winner.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `winner_panel`.

    Examples
    --------
    >>> panel = winner_turns(engine="kernel")
    >>> panel.theta_plus = 1.0
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Right. ...
    """
    start = winner_panel(engine="kernel")
    goal = Target(
        name="winner-turns",
        question=(
            f"One neuron has {start.result.share:.0f} % of all spikes. Leave no neuron more than a quarter "
            "of them, by adaptation alone."
        ),
        reach={"share": (None, 25.0)},
        only=("theta_plus",),
        misses=(
            Miss(
                "not moved",
                {"theta_plus": (0.0, 0.0)},
                "No spike raises a threshold yet, and the first winner keeps {share} % of the spikes.",
            ),
            Miss(
                "too little",
                {"share": (50.5, None)},
                "The busiest still has {share} %: its threshold rises too slowly for six images.",
            ),
        ),
        otherwise="The busiest has {share} % now. Go on.",
        next_step=(
            "{busy} neurons take part. They all saw the same zero. Will nine neurons with the same field "
            "be of use, and what would keep them apart?"
        ),
    )
    return winner_panel(goal=goal, engine=engine)


def clusters_unlike(engine: str = "browser") -> Panel:
    """A target: all neurons take part, and they do not become alike.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `clusters_panel`.

    Examples
    --------
    >>> panel = clusters_unlike(engine="kernel")
    >>> panel.theta_plus = 0.1
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Right. ...
    """
    start = clusters_panel(engine="kernel", shown=LEARNT, theta_plus=0.0)
    goal = Target(
        name="clusters-unlike",
        question=(
            f"After {LEARNT} images only {start.result.busy:.0f} of 9 neurons takes part. Make at least "
            "eight take part, while two fields correlate by less than 0.65, by adaptation alone."
        ),
        reach={"busy": (8.0, 9.0), "alike": (None, 0.65)},
        only=("theta_plus",),
        misses=(
            Miss(
                "not moved",
                {"theta_plus": (0.0, 0.0)},
                "Without adaptation {busy} of 9 neurons takes part, and it answers to everything.",
            ),
            Miss(
                "some are silent",
                {"busy": (None, 7.0)},
                "{busy} neurons take part. The thresholds of the winners have to rise sooner.",
            ),
        ),
        otherwise=(
            "{busy} take part, and two fields correlate by {alike}: with so quick an adaptation a neuron "
            "takes what comes when its turn comes, whatever its field."
        ),
        next_step=(
            "At {theta_plus} mV {busy} take part and the fields correlate by {alike}. Now turn the "
            "inhibition down to 4 and look at the tiles."
        ),
    )
    return clusters_panel(goal=goal, engine=engine, shown=LEARNT, theta_plus=0.0)
