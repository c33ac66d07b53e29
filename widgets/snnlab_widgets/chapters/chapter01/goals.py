"""The goals of chapter 1, on the panels of the Hodgkin–Huxley membrane.

The numbers in the questions and hints are computed from the panels, not typed in.
"""

import functools

import numpy as np

from snnlab_widgets.chapters.chapter01.hodgkin_huxley import hodgkin_huxley_panel
from snnlab_widgets.chapters.chapter01.two_pulses import STRONGEST, two_pulses_panel
from snnlab_widgets.core.formats import fixed
from snnlab_widgets.goals.target import Miss, Target
from snnlab_widgets.panel import Panel

__all__ = ["hh_rebound", "hh_sodium", "two_pulses_shortest"]


def _firing(panel: Panel, name: str, count: str, least: int) -> list[float]:
    """The values of a control, step by step from its low end, at which there are enough spikes."""
    control = next(c for c in panel.controls if c.name == name)
    grid = np.arange(control.low, control.high + control.step / 2, control.step)
    values, call = [round(float(x), control.decimals) for x in grid], panel.call
    assert call is not None  # the panel has a kernel
    return [x for x in values if call.run(panel.values | {name: x})[count] >= least]


@functools.cache
def _weakest_pull() -> float:
    return max(x for x in _firing(hodgkin_huxley_panel(engine="kernel"), "current", "late", 1) if x < 0)


@functools.cache
def _fewest_channels() -> float:
    return min(_firing(hodgkin_huxley_panel(engine="kernel"), "na", "n", 1))


@functools.cache
def _shortest_interval() -> float:
    return min(_firing(two_pulses_panel(engine="kernel", second=STRONGEST), "interval", "n", 2))


def hh_rebound(engine: str = "browser") -> Panel:
    """A target: a spike after inhibition, by the current alone.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `hodgkin_huxley_panel`.

    Examples
    --------
    >>> panel = hh_rebound(engine="kernel")
    >>> panel.current = -6.0
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Not yet. −6.0 µA/cm² is enough, but ...
    """
    panel = hodgkin_huxley_panel(engine="kernel")
    start, control = panel.current, next(c for c in panel.controls if c.name == "current")
    weakest = _weakest_pull()
    slack = control.step / 2
    goal = Target(
        name="hh-rebound",
        question=(
            "Make it fire after a current has pulled it down. What is the weakest negative current that "
            "will do, to within 0.2 µA/cm²? Move the current alone."
        ),
        reach={"late": (1, None), "current": (weakest - 0.2 - slack, -slack)},
        only=("current",),
        misses=(
            Miss(
                "not moved",
                {"current": (start, start)},
                "The current stands where it stood. Drag it below zero.",
            ),
            Miss(
                "pushed",
                {"current": (slack, None)},
                "{current} µA/cm² lifts the membrane. A rebound comes after it has been pulled down.",
            ),
            Miss(
                "stronger than needed",
                {"current": (None, weakest - 0.2 - slack)},
                "{current} µA/cm² is enough, but a weaker pull would do.",
            ),
            Miss(
                "none",
                {"current": (-slack, slack)},
                "Without a current the membrane rests. Pull it down first.",
            ),
        ),
        otherwise="After {current} µA/cm² the membrane swings up a little and settles. Pull harder.",
        next_step=(
            "While it is pulled down, sodium channels recover and potassium channels close. When it is let "
            "go, rest itself is above the threshold. Does the duration matter as well?"
        ),
    )
    return hodgkin_huxley_panel(goal=goal, engine=engine)


def hh_sodium(engine: str = "browser") -> Panel:
    """A target: as few sodium channels as a spike needs.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `hodgkin_huxley_panel`.

    Examples
    --------
    >>> panel = hh_sodium(engine="kernel")
    >>> panel.na = 50
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Not yet. With 50 % it still fires...
    """
    panel = hodgkin_huxley_panel(engine="kernel")
    start, full = panel.na, panel.result.peak
    fewest = _fewest_channels()
    goal = Target(
        name="hh-sodium",
        question="How few of the sodium channels are enough for a spike, to within 2 %?",
        reach={"n": (1, None), "na": (None, fewest + 2)},
        only=("na",),
        misses=(
            Miss("not moved", {"na": (start, start)}, "All channels are still there. Drag their share down."),
            Miss(
                "none left",
                {"na": (0, 0)},
                "Without sodium channels {current} µA/cm² lifts the membrane to {peak} mV and no further.",
            ),
            Miss(
                "more than needed",
                {"n": (1, None), "na": (fewest + 2.5, None)},
                "With {na} % it still fires, to {peak} mV. Fewer will do.",
            ),
        ),
        otherwise="{na} % are too few: the potential stops at {peak} mV, and we count from 0 mV up.",
        next_step=(
            f"Look at its height: {{peak}} mV, where it was {fixed(full, 0)} mV. In this membrane a spike is "
            "not all or nothing; where it ends and a mere bump begins is our choice."
        ),
    )
    return hodgkin_huxley_panel(goal=goal, engine=engine)


def two_pulses_shortest(engine: str = "browser") -> Panel:
    """A target: the shortest interval at which the strongest second pulse makes a spike.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `two_pulses_panel`.

    Examples
    --------
    >>> panel = two_pulses_shortest(engine="kernel")
    >>> panel.interval = 6.0
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Not yet. 6.0 ms is too soon...
    """
    panel = two_pulses_panel(engine="kernel", second=STRONGEST)
    start = panel.interval
    shortest = _shortest_interval()
    goal = Target(
        name="two-pulses-shortest",
        question=(
            f"The second pulse is at its strongest, {fixed(STRONGEST, 0)} µA/cm². How soon can the second "
            "spike be had, to within 0.2 ms? Move the interval alone."
        ),
        reach={"n": (2, 2), "interval": (None, shortest + 0.25)},
        only=("interval",),
        misses=(
            Miss(
                "not moved",
                {"interval": (start, start)},
                "The interval is what it was. Bring the pulses together.",
            ),
            Miss(
                "too long",
                {"n": (2, 2), "interval": (shortest + 0.25, None)},
                "At {interval} ms there are two spikes, but it can be done sooner.",
            ),
        ),
        otherwise="{interval} ms is too soon: the second pulse makes a bump, and no spike.",
        next_step=(
            "{interval} ms, with {times_rest} times the current that a resting membrane needs. With less "
            "current it takes longer: the absolute refractory period is a matter of how hard you try."
        ),
    )
    return two_pulses_panel(goal=goal, engine=engine, second=STRONGEST)
