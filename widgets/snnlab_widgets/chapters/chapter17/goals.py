"""The goals of chapter 17, on the panels of the race and of the network that learns.

The numbers in the questions and hints are computed from the panels, not typed in.
"""

from snnlab_widgets.chapters.chapter17.four_cases import four_cases_panel
from snnlab_widgets.chapters.chapter17.xor_race import xor_race_panel
from snnlab_widgets.goals.target import Miss, Target
from snnlab_widgets.panel import Panel

__all__ = ["four_cases_apart", "xor_race_tie"]

FIRST, TIE = 3.0, 0.01  # ms; the chapter looks along another first input
APART = 1.0  # ms


def xor_race_tie(engine: str = "browser") -> Panel:
    """A target: a second input with which the two outputs all but tie.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `xor_race_panel`.

    Examples
    --------
    >>> panel = xor_race_tie(engine="kernel")
    >>> panel.second = 5.1
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Right. ...
    """
    start = xor_race_panel(engine="kernel", first=FIRST)
    goal = Target(
        name="xor-race-tie",
        question=(
            f"Now the first input comes at {start.first:.0f} ms. By the second one alone, bring the two "
            f"outputs within {TIE:g} ms of each other: where the network is about to change its mind."
        ),
        reach={"by": (None, TIE)},
        only=("second",),
        misses=(
            Miss(
                "not moved",
                {"second": (start.second, start.second)},
                "The second input stands where it stood, at {second} ms, and “same” fires first, {by} "
                "ms before the other.",
            ),
            Miss(
                "both early",
                {"said": (1, 1), "by": (TIE + 1e-6, None)},
                "At {second} ms the two still count as alike: “same” fires first, {by} ms before the "
                "other. Let the second one come later.",
            ),
            Miss(
                "far beyond",
                {"second": (5.95, None)},
                "At {second} ms the second spike has no part in the race any more: “different” fires first, "
                "{by} ms before the other, and a little earlier or later changes nothing. Go back to earlier "
                "spikes.",
            ),
        ),
        otherwise=(
            "At {second} ms “different” fires first, {by} ms before the other. You are past the border: a "
            "little earlier."
        ),
        next_step=(
            "With the second input at {second} ms the outputs are {by} ms apart. Nobody has drawn this "
            "border: no sample of the training came from there. With another first input it lies elsewhere."
        ),
    )
    return xor_race_panel(goal=goal, engine=engine, first=FIRST)


def four_cases_apart(engine: str = "browser") -> Panel:
    """A target: a network that wins its races by far, while every sample teaches.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `four_cases_panel`.

    Examples
    --------
    >>> panel = four_cases_apart(engine="kernel")
    >>> panel.sharpness, panel.epochs = 20.0, 100.0
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Right. ...
    """
    goal = Target(
        name="four-cases-apart",
        question=(
            f"Every sample teaches. Make the closest of the four races won by {APART:g} ms or more, with at "
            "least 99 % of the other samples right, by the sharpness of the loss and by epochs."
        ),
        reach={"least": (APART, None), "percent": (99.0, None)},
        only=("epochs", "sharpness"),
        misses=(
            Miss(
                "not trained",
                {"epochs": (0, 0)},
                "Nothing has been learnt yet: {percent} % of the other samples are right. Press Train.",
            ),
            Miss(
                "not sharp",
                {"sharpness": (1, 1)},
                "With β = 1 the loss pulls at races that are won nearly as hard as at those that are lost: "
                "{percent} % are right. Make it sharper.",
            ),
            Miss(
                "by a hair",
                {"percent": (99.0, None), "least": (None, APART - 1e-6)},
                "{percent} % are right, but the smallest lead of the right output is {least} ms. A loss that "
                "is less sharp asks for longer leads, and more epochs help as well.",
            ),
            Miss(
                "far but wrong",
                {"least": (APART, None), "percent": (None, 98.9)},
                "The closest race is won by {least} ms, but only {percent} % of the other samples are "
                "right. Go on for some epochs.",
            ),
        ),
        otherwise=(
            "{percent} % are right, and the smallest lead of the right output is {least} ms. Go on for some "
            "epochs."
        ),
        next_step=(
            "{percent} % are right and the closest race is won by {least} ms. From its mistakes alone the "
            "same network wins by hundredths of a millisecond."
        ),
    )
    return four_cases_panel(goal=goal, engine=engine, only_mistakes=0.0)
