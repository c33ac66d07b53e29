"""The goals of chapter 15, on the panels of one weight and one spike and of XOR in spike times.

The numbers in the questions and hints are computed from the panels, not typed in.
"""

from snnlab_widgets.chapters.chapter15.spike_slope import spike_slope_panel
from snnlab_widgets.chapters.chapter15.xor_epochs import xor_epochs_panel
from snnlab_widgets.goals.target import Miss, Target
from snnlab_widgets.panel import Panel

__all__ = ["spike_slope_company", "spike_slope_steep", "xor_epochs_kept"]

STEEP = -40.0  # ms
LOWEST_CLIFF = 0.33
LONG_STEP = 0.002


def spike_slope_steep(engine: str = "browser") -> Panel:
    """A target: as close to the cliff as a weight can be set.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `spike_slope_panel`.

    Examples
    --------
    >>> panel = spike_slope_steep(engine="kernel")
    >>> panel.w = 0.36
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Right. ...
    """
    start = spike_slope_panel(engine="kernel")
    goal = Target(
        name="spike-slope-steep",
        question=(
            f"The slope is {start.result.slope:.1f} ms. Make the spike react so strongly to its weight that "
            f"the slope is {STEEP:.0f} ms or steeper, by the weight w alone. There still has to be a spike."
        ),
        reach={"slope": (None, STEEP)},
        only=("w",),
        misses=(
            Miss(
                "not moved",
                {"w": (start.w, start.w)},
                "The weight stands where it stood. In which direction does the curve get steeper?",
            ),
            Miss(
                "over the cliff",
                {"n": (0.0, 0.5)},
                "With {w} there is no spike, so no slope either. The cliff is at {cliff}: go back up.",
            ),
            Miss(
                "heavier",
                {"w": (start.w, None)},
                "With {w} the potential is steep at the threshold, and the spike hardly moves: {slope} ms.",
            ),
        ),
        otherwise="The slope is {slope} ms, and the cliff is still at {cliff}. Go closer.",
        next_step=(
            "{slope} ms: a hundredth more weight, and the spike at {time} ms would come so many hundredths "
            "earlier, if the line were the curve. How much of it does the curve keep?"
        ),
    )
    return spike_slope_panel(goal=goal, engine=engine)


def spike_slope_company(engine: str = "browser") -> Panel:
    """A target: the third spike where the smallest weight is enough.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `spike_slope_panel`.

    Examples
    --------
    >>> panel = spike_slope_company(engine="kernel")
    >>> panel.arrives = 2.5
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Right. ...
    """
    start = spike_slope_panel(engine="kernel")
    goal = Target(
        name="spike-slope-company",
        question=(
            f"The third spike comes at {start.arrives:.1f} ms, and with less than {start.result.cliff:.3f} "
            f"it cannot fire the neuron. When would {LOWEST_CLIFF:.2f} be enough? Move its arrival alone."
        ),
        reach={"cliff": (None, LOWEST_CLIFF)},
        only=("arrives",),
        misses=(
            Miss(
                "not moved",
                {"arrives": (start.arrives, start.arrives)},
                "It comes when it came. Each postsynaptic potential peaks 7 ms after its spike: when do the "
                "two others peak?",
            ),
            Miss(
                "later",
                {"arrives": (start.arrives, None)},
                "At {arrives} ms it needs {cliff}, more than before: the others are fading when it peaks.",
            ),
            Miss(
                "too early",
                {"arrives": (None, 1.5)},
                "At {arrives} ms it needs {cliff}. It peaks before the second of the two others does.",
            ),
        ),
        otherwise="At {arrives} ms it needs {cliff}. It peaks 7 ms later: where is the peak of the others?",
        next_step=(
            "At {arrives} ms {cliff} is enough: its peak falls between those of the two others. A weight is "
            "worth most to a neuron when it comes in company."
        ),
    )
    return spike_slope_panel(goal=goal, engine=engine)


def xor_epochs_kept(engine: str = "browser") -> Panel:
    """A target: a network that keeps what it has learnt in spite of long steps.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `xor_epochs_panel`.

    Examples
    --------
    >>> panel = xor_epochs_kept(engine="kernel")
    >>> panel.least_slope = 0.2
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Right. ...
    """
    start = xor_epochs_panel(engine="kernel", rate=LONG_STEP)
    goal = Target(
        name="xor-epochs-kept",
        question=(
            f"With steps of {LONG_STEP:g} this network solves XOR after {start.result.solved:.0f} epochs, "
            f"and after 400 an error of {start.result.error:.0f} ms² is left. Let it end below 1 ms², by the "
            "least slope alone."
        ),
        reach={"error": (None, 1.0)},
        only=("least_slope",),
        misses=(
            Miss(
                "not moved",
                {"least_slope": (None, start.least_slope)},
                "The least slope is still 0, so a step may be as long as the slope is steep.",
            ),
            Miss(
                "solved and lost",
                {"error": (1.0, None), "solved": (0.0, 400.0)},
                "It is solved after {solved} epochs, and lost again: {error} ms² at the end. A larger least "
                "slope shortens the steps more.",
            ),
        ),
        otherwise="With a least slope of {least_slope} per ms {error} ms² are left. Shorten the steps.",
        next_step=(
            "{error} ms² at the end, solved after {solved} epochs. The rule is no gradient any more: "
            "where the potential crosses more flatly than {least_slope} per ms, it asks for less than that."
        ),
    )
    return xor_epochs_panel(goal=goal, engine=engine, rate=LONG_STEP)
