"""The goals of chapter 14, on the panels of the soft neuron, the drawn synapses and the ternary weights.

The numbers in the questions and hints are computed from the panels, not typed in.
"""

from snnlab_widgets.chapters.chapter14.drawn_neuron import drawn_neuron_panel
from snnlab_widgets.chapters.chapter14.soft_curve import soft_curve_panel
from snnlab_widgets.goals.target import Miss, Target
from snnlab_widgets.panel import Panel

__all__ = ["drawn_even", "soft_enough"]

CURRENT, PUSHED = 0.8, 0.6


def soft_enough(engine: str = "browser") -> Panel:
    """A target: the hardest neuron that still hears an error below its threshold.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `soft_curve_panel`.

    Examples
    --------
    >>> panel = soft_enough(engine="kernel")
    >>> panel.gamma = 0.3
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Not yet. ... harder one ...
    """
    start = soft_curve_panel(engine="kernel", current=CURRENT)
    wanted = round(1.3 * start.result.soft_slope, 1)
    hardest = _hardest(wanted)
    goal = Target(
        name="soft-enough",
        question=(
            f"At a current of {CURRENT} the LIF neuron is silent and its slope is 0. The soft neuron has the "
            f"slope {start.result.soft_slope:.1f} there. Bring it to {wanted:.1f} or more, by γ alone, with "
            "the smallest γ that does it."
        ),
        reach={"soft_slope": (wanted, None), "gamma": (None, hardest + 0.005)},
        only=("gamma",),
        misses=(
            Miss(
                "not moved",
                {"gamma": (start.gamma, start.gamma)},
                "γ stands where it stood, and so does the slope, {soft_slope}. Does a softer neuron hear "
                "more below its threshold, or less?",
            ),
            Miss(
                "hard",
                {"gamma": (0.0, 0.0)},
                "With γ = 0 it is the LIF neuron itself: below its threshold no error gets through.",
            ),
            Miss(
                "softer",
                {"soft_slope": (wanted, None), "gamma": (hardest + 0.005, None)},
                "The slope is {soft_slope} with γ = {gamma}. That is enough, but a harder one does it, too.",
            ),
        ),
        otherwise="The slope is {soft_slope} with γ = {gamma}. It has to be softer.",
        next_step=(
            "The slope is {soft_slope} with γ = {gamma}. What it costs: the soft neuron now fires at "
            "{soft_rate} Hz where the LIF neuron is silent."
        ),
    )
    return soft_curve_panel(goal=goal, engine=engine, current=CURRENT)


def _hardest(wanted: float) -> float:
    """The smallest γ, in steps of the slider, with which the slope is so large."""
    trial = soft_curve_panel(engine="kernel", current=CURRENT, gamma=0.0)
    gamma = next(control for control in trial.controls if control.name == "gamma")
    while trial.result.soft_slope < wanted:
        trial.gamma = round(trial.gamma + gamma.step, gamma.decimals)
    return trial.gamma


def drawn_even(engine: str = "browser") -> Panel:
    """A target: a bias with which half of all draws fire.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `drawn_neuron_panel`.

    Examples
    --------
    >>> panel = drawn_even(engine="kernel")
    >>> panel.bias = -5.5
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Right. ...
    """
    start = drawn_neuron_panel(engine="kernel", positive=PUSHED)
    mean = start.result.mean
    goal = Target(
        name="drawn-even",
        question=(
            f"More lines push than pull, and the neuron fires in {100 * start.result.exact:.0f} % of all "
            f"draws. "
            "Bring the exact probability to 0.500, by the bias alone."
        ),
        reach={"exact": (0.4995, 0.5005)},
        only=("bias",),
        misses=(
            Miss(
                "not moved",
                {"bias": (start.bias, start.bias)},
                "The bias stands where it stood. Which way does it have to go, if the mean is {mean}?",
            ),
            Miss(
                "mean at 0",
                {"bias": (-mean, -mean)},
                "The mean is 0 now, but a neuron whose sum is 0 stays silent: {exact}. Half of the draws "
                "fire when the mean lies half way between 0 and 1.",
            ),
            Miss(
                "mean at 1",
                {"bias": (1.0 - mean, 1.0 - mean)},
                "The mean is 1 now, and a sum of 1 fires: {exact}. Go a little further down.",
            ),
        ),
        otherwise="With the bias {bias} the mean is {mean} and the probability {exact}.",
        next_step=(
            "The bias is {bias} and the mean {mean}: half of the draws round the bias up, the others down. "
            "Which share fired of the thousand that were drawn, and why not exactly half?"
        ),
    )
    return drawn_neuron_panel(goal=goal, engine=engine, positive=PUSHED)
