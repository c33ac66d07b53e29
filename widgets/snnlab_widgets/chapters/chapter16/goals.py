"""The goals of chapter 16, on the panels of the one weight and of the surrogate's width.

The numbers in the questions and hints are computed from the panels, not typed in.
"""

from snnlab.course.exercises.chapter16.nudge import NUDGE
from snnlab_widgets.chapters.chapter16.one_weight import one_weight_panel
from snnlab_widgets.chapters.chapter16.surrogate_width import surrogate_width_panel
from snnlab_widgets.goals.answers import Ask
from snnlab_widgets.goals.base import in_page
from snnlab_widgets.goals.target import Miss, Target
from snnlab_widgets.panel import Panel

__all__ = ["one_weight_bottom", "one_weight_told", "surrogate_width_enough"]


def one_weight_bottom(engine: str = "browser") -> Panel:
    """A target: the weight with which the neuron fires what is wanted.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `one_weight_panel`.

    Examples
    --------
    >>> panel = one_weight_bottom(engine="kernel")
    >>> panel.weight = 0.35
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Right. ...
    """
    start = one_weight_panel(engine="kernel")
    lowest = float(start.result.weights[start.result.relaxed.argmin()])
    wanted = start.result.wanted_times.size
    goal = Target(
        name="one-weight-bottom",
        question=(
            f"With a weight of {start.weight:.3f} the neuron fires {start.result.n:.0f} spikes. Find the "
            "weight "
            f"with which it fires the {wanted} that are wanted, each in its step: a loss "
            "of "
            "0. Go where the surrogate sends you."
        ),
        reach={"loss": (None, 0.005)},
        only=("weight",),
        misses=(
            Miss(
                "not moved",
                {"weight": (start.weight, start.weight)},
                "The weight stands where it stood. A negative slope means that downhill is to the right.",
            ),
            Miss(
                "bottom of the relaxed loss",
                {"weight": (lowest - 0.01, lowest + 0.01)},
                "This is the bottom of the dashed line, where the relaxed neuron is best. The spiking neuron "
                "has "
                "a loss of {loss} here, and its surrogate says {says}.",
            ),
            Miss(
                "one off",
                {"loss": (0.005, 0.5)},
                "Close: {n} spikes, but at least one of them is in the wrong step. A loss of {loss} is left.",
            ),
            Miss(
                "beyond the wall",
                {"weight": (0.46, 0.6)},
                "A ledge with a wall before it. The surrogate says {says}: go on to the left, over the wall.",
            ),
        ),
        otherwise=(
            f"{{n}} spikes where {wanted} are wanted, and a loss of {{loss}}. The surrogate says {{says}}."
        ),
        next_step=(
            "All {n} spikes are in their steps at {weight}. The dashed line is not even near its bottom "
            "there. "
            "Whatever the surrogate follows, it is not the slope of the relaxed loss."
        ),
    )
    return one_weight_panel(goal=goal, engine=engine)


def one_weight_told(engine: str = "browser") -> Panel:
    """A number: exercise 16.1, what a silent neuron is told.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `one_weight_panel`.

    Examples
    --------
    >>> print(one_weight_told(engine="kernel").goal.answer("-0.125"))  # doctest: +ELLIPSIS
    Not yet. This is the derivative by v. ...
    """
    goal = Ask(
        name="one-weight-told",
        text=in_page(
            NUDGE.statement,
            {
                "$w = 0.28$": "w = 0.28",
                "$v = 2.5\\,w$": "v = 2.5 w",
                "$s = 0$": "s = 0",
                "$L = (s - 1)^2$": "L = (s − 1)²",
                "$b = 0.1$": "b = 0.1",
                "and height 1, as in the equation above": "and height 1, h = (b / (b + |v − 1|))²",
                "$\\partial L/\\partial w$": "∂L/∂w",
            },
        ),
        exercise=NUDGE,
    )
    return one_weight_panel(goal=goal, engine=engine)


def surrogate_width_enough(engine: str = "browser") -> Panel:
    """A target: a surrogate that is wide enough for the neuron to learn.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `surrogate_width_panel`.

    Examples
    --------
    >>> panel = surrogate_width_enough(engine="kernel")
    >>> panel.log_width = 0.0
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Right. ...
    """
    start = surrogate_width_panel(engine="kernel")
    goal = Target(
        name="surrogate-width-enough",
        question=(
            f"With a width of {start.result.width:.2f} a loss of {start.result.middle:.1f} is left on "
            "average. "
            "Bring it down to 1 or less, by the width alone."
        ),
        reach={"middle": (None, 1.0)},
        only=("log_width",),
        misses=(
            Miss(
                "not moved",
                {"log_width": (start.log_width, start.log_width)},
                "The width stands where it stood. Where is the potential while nothing is learnt, near the "
                "threshold or far from it?",
            ),
            Miss(
                "narrower",
                {"log_width": (None, start.log_width - 0.01)},
                "With {width} thresholds the hump is narrower still: only a potential that all but touches "
                "the "
                "threshold is heard. Go the other way.",
            ),
        ),
        otherwise="A loss of {middle} is left with a width of {width}. Go on.",
        next_step=(
            "{middle} is left with a width of {width}. Now go on to the right end. Does a surrogate that "
            "hears "
            "everything learn worse?"
        ),
    )
    return surrogate_width_panel(goal=goal, engine=engine)
