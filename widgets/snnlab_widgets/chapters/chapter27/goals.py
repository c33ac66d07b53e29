"""The goals of chapter 27, on the panels of the learning epoch, of the reward and of the digits."""

from snnlab.course.exercises.chapter27.one_epoch import ONE_EPOCH
from snnlab.loihi.networks.watched_clusters import IMAGES
from snnlab_widgets.chapters.chapter27.chip_clusters import chip_clusters_panel
from snnlab_widgets.chapters.chapter27.learning_epoch import learning_epoch_panel
from snnlab_widgets.chapters.chapter27.rewarded_tag import rewarded_tag_panel
from snnlab_widgets.goals.answers import Ask
from snnlab_widgets.goals.target import Miss, Target
from snnlab_widgets.panel import Panel

__all__ = ["chip_clusters_lost", "learning_epoch_less", "learning_epoch_one", "rewarded_tag_late"]


def learning_epoch_less(engine: str = "browser") -> Panel:
    """A target: thirty pairs that take about twenty away, by the exponent of depression alone.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `learning_epoch_panel`.

    Examples
    --------
    >>> panel = learning_epoch_less(engine="kernel")
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Not yet. ...
    """
    goal = Target(
        name="learning-epoch-less",
        question=(
            "Post comes ten steps before pre. Bring the weight from 100 to between 75 and 85 in thirty "
            "pairs, by the exponent e₂ alone."
        ),
        reach={"w_end": (75.0, 85.0)},
        only=("down",),
        misses=(
            Miss(
                "too much",
                {"w_end": (None, 75.0)},
                "The weight has fallen to {w_end}. Each step of e₂ down halves what a pair takes away: make "
                "it more negative.",
            ),
        ),
        otherwise="The weight is still {w_end}. Each step of e₂ towards zero doubles what a pair takes away.",
        next_step=(
            "The first pair saw y1 = {seen_y} and took {minus} 128ths: less than a whole weight, and yet the "
            "weight fell. How often did it stay where it was?"
        ),
    )
    return learning_epoch_panel(goal=goal, engine=engine, delta_t=-10.0, down=-3.0)


def learning_epoch_one(engine: str = "browser") -> Panel:
    """Two numbers: exercise 27.1, what one epoch does to a weight.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `learning_epoch_panel`.

    Examples
    --------
    >>> print(learning_epoch_one(engine="kernel").goal.answer(["2.28", "0.281"]))  # doctest: +ELLIPSIS
    Not yet. The probability is right...
    """
    goal = Ask(
        name="learning-epoch-one",
        exercise=ONE_EPOCH,
    )
    return learning_epoch_panel(goal=goal, engine=engine)


def rewarded_tag_late(engine: str = "browser") -> Panel:
    """A target: a reward that comes late and still counts, by the leak of the tag alone.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `rewarded_tag_panel`.

    Examples
    --------
    >>> panel = rewarded_tag_late(engine="kernel")
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Not yet. The reward...
    """
    goal = Target(
        name="rewarded-tag-late",
        question=(
            "The reward comes 80 steps late. Let it still add at least 25 to the weight, by the leak alone."
        ),
        reach={"change": (25.0, None)},
        only=("leak",),
        misses=(
            Miss(
                "forgotten",
                {"seen": (0.0, 0.0)},
                "The reward met a tag of 0: nothing was left. The tag has to fade more slowly.",
            ),
        ),
        otherwise=(
            "The reward met a tag of {seen}, and the weight moved by {change}: let the tag fade more slowly."
        ),
        next_step=(
            "The tag of {seen} times the reward, scaled down by 16, is the change. What would "
            "become of a tag "
            "that never fades?"
        ),
    )
    return rewarded_tag_panel(goal=goal, engine=engine, wait=80.0, delta_t=2.0)


def chip_clusters_lost(engine: str = "browser") -> Panel:
    """A target: digits that are told apart, by the loss alone.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `chip_clusters_panel`.

    Examples
    --------
    >>> panel = chip_clusters_lost(engine="kernel")
    >>> panel.loss = 3
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Right. ...
    """
    start = chip_clusters_panel(engine="kernel", shown=IMAGES, loss=0)
    goal = Target(
        name="chip-clusters-lost",
        question=(
            f"Without loss one compartment has {start.result.busiest:.0f} % of all spikes, and "
            f"{start.result.right:.0f} % of the digits are named rightly. Make it 75 %, by the loss alone."
        ),
        reach={"right": (75.0, None)},
        only=("loss",),
        misses=(
            Miss(
                "not moved",
                {"loss": (0.0, 0.0)},
                "Nothing is lost yet: weights only grow, and whoever fires first answers everything.",
            ),
            Miss(
                "too little",
                {"busiest": (50.0, None)},
                "The busiest still has {busiest} % of the spikes: at ℓ = {loss} weights settle at four times "
                "the mean trace, and bright pixels of all digits excite it.",
            ),
        ),
        otherwise=(
            "{right} % are right at ℓ = {loss}. All take part now, but their weights are small, and {n} "
            "spikes are few to tell digits apart."
        ),
        next_step=(
            "A weight settles at 4/ℓ of the mean trace, here with ℓ = {loss}. In the chapter it settles "
            "at twice the trace: which ℓ would that be?"
        ),
    )
    return chip_clusters_panel(goal=goal, engine=engine, shown=IMAGES, loss=0)
