"""The goal of chapter 19 on the panel of a network that learns a function from examples.

The numbers in the question and the hints are computed from the panel, not typed in.
"""

from snnlab_widgets.chapters.chapter19.learned_function import learned_function_panel
from snnlab_widgets.goals.target import Miss, Target
from snnlab_widgets.panel import Panel

__all__ = ["learned_function_missed"]

LARGE, SMALL = 0.4, 0.25  # mean squared errors at the last example


def learned_function_missed(engine: str = "browser") -> Panel:
    """A target: a sine that the network does not learn, since no task had one like it.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `learned_function_panel`.

    Examples
    --------
    >>> print(learned_function_missed(engine="kernel").goal.answer())  # doctest: +ELLIPSIS
    Not yet. ...
    """
    start = learned_function_panel(engine="kernel")
    last = next(control.high for control in start.controls if control.name == "example")
    usual = float(start.result.usual[-1])
    goal = Target(
        name="learned-function-missed",
        question=(
            f"At example {last:.0f} the mean squared error is usually {usual:.2f}. Drag the curve to a sine "
            f"where it is {LARGE:g} or more even then."
        ),
        reach={"last": (LARGE, None)},
        only=("left", "middle", "example"),
        misses=(
            Miss(
                "like its tasks",
                {"last": (None, SMALL)},
                "Its error is {last}: this sine is still like some of its many tasks. They had every "
                "phase. What else has a sine?",
            ),
        ),
        otherwise="Its error is {last}, more than usually. Go on in this direction.",
        next_step=(
            "Its error is {last} at the last example. Its weights have learnt how to learn, but only what "
            "its tasks were like: no amplitude was above 1, and no input for values has its centre beyond."
        ),
    )
    return learned_function_panel(goal=goal, engine=engine, example=last)
