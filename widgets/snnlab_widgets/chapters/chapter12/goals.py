"""The goals of chapter 12, on the panels of the flipping bits and of the folded threshold.

The numbers in the questions and hints are computed from the panels, not typed in.
"""

from snnlab_widgets.chapters.chapter12.flipping import flipping_panel
from snnlab_widgets.chapters.chapter12.folded import folded_panel
from snnlab_widgets.goals.target import Miss, Target
from snnlab_widgets.panel import Panel

__all__ = ["flipping_window", "folded_as_often"]

EPOCHS = 15


def flipping_window(engine: str = "browser") -> Panel:
    """A target: a window through which the hidden neurons learn.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `flipping_panel`.

    Examples
    --------
    >>> panel = flipping_window(engine="kernel")
    >>> panel.window = 1.0
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Not yet. ... a narrower one does it, too.
    """
    start = flipping_panel(engine="kernel", epochs=EPOCHS, window=0.0)
    wanted = round(start.result.percent) + 22
    limit = _narrowest(wanted) + 0.05  # half a step of the slider
    goal = Target(
        name="flipping-window",
        question=(
            f"After {EPOCHS} epochs {start.result.percent:.0f} % of the new digits are right, and no weight "
            f"of the hidden neurons has flipped. Bring it to {wanted} % or more by the window alone, with "
            "the narrowest window that does it."
        ),
        reach={"percent": (wanted, None), "window": (None, limit)},
        only=("window",),
        misses=(
            Miss(
                "not moved",
                {"window": (0.0, 0.0)},
                "The window is closed: no error passes a sign, so only the readout learns. It has got to "
                "{percent} %.",
            ),
            Miss(
                "wider",
                {"percent": (wanted, None), "window": (limit, None)},
                "{percent} % are right with a window of {window}. That is enough, but a narrower one does "
                "it, too.",
            ),
        ),
        otherwise=(
            "{percent} % are right with a window of {window}. Few neurons are that near their threshold: "
            "open it further."
        ),
        next_step=(
            "{percent} % with a window of {window}. Now open it as far as it goes: does an error that passes "
            "everywhere teach more?"
        ),
    )
    return flipping_panel(goal=goal, engine=engine, epochs=EPOCHS, window=0.0)


def _narrowest(wanted: float) -> float:
    """The first window, from a closed one on, with which so many of the new digits are right, %."""
    trial = flipping_panel(engine="kernel", epochs=EPOCHS, window=0.0)
    window = next(control for control in trial.controls if control.name == "window")
    while trial.result.percent < wanted:
        trial.window = round(trial.window + window.step, window.decimals)
    return trial.window


def folded_as_often(engine: str = "browser") -> Panel:
    """A target: a negative factor with which the neuron fires for as many patterns as before.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `folded_panel`.

    Examples
    --------
    >>> panel = folded_as_often(engine="kernel")
    >>> panel.gamma = -1.0
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Right. ...
    """
    start = folded_panel(engine="kernel", beta=-0.7)
    goal = Target(
        name="folded-as-often",
        question=(
            f"This neuron fires if at most {start.result.differ:.0f} of 16 inputs differ from its weights, "
            f"for {start.result.share:.1f} % of all patterns. Make it fire for the opposite patterns, those "
            "with the same sums of the other sign, by the factor γ alone."
        ),
        reach={"turned": (1.0, 1.0), "differ": (start.result.differ, start.result.differ)},
        only=("gamma",),
        misses=(
            Miss(
                "not moved",
                {"gamma": (start.gamma, start.gamma)},
                "The factor stands where it stood. What does its sign do to the line in the picture?",
            ),
            Miss(
                "flat",
                {"gamma": (0.0, 0.0)},
                "With γ = 0 the sum does not count, and with this β the neuron never fires. The line has to "
                "fall.",
            ),
            Miss(
                "too flat",
                {"sums": (0.0, 0.0)},
                "With γ = {gamma} the line is so flat that it stays below 0 at every sum: the neuron never "
                "fires. It has to fall, and more steeply.",
            ),
            Miss(
                "still upright",
                {"gamma": (0.0, None)},
                "It fires for large sums still, at most {differ} inputs differ. The line has to fall.",
            ),
        ),
        otherwise="It fires for the opposite sums now, but at most {differ} inputs may differ.",
        next_step=(
            "With the weights turned round it asks the same question again, so no chip needs a test for "
            "a negative factor. How far can you move γ before the answer changes?"
        ),
    )
    return folded_panel(goal=goal, engine=engine, beta=-0.7)
