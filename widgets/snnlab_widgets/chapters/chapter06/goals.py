"""The goals of chapter 6, on the panels of the smoothed rate and of the step.

The numbers in the questions and hints are computed from the panels, not typed in.
"""

import functools

import numpy as np

from snnlab.coding.statistics.smoothing import smoothing_error
from snnlab.course.exercises.chapter06.repetitions import REPETITIONS
from snnlab_widgets.chapters.chapter06.psth import DT, psth_panel
from snnlab_widgets.chapters.chapter06.rate_step import rate_step_panel
from snnlab_widgets.goals.answers import Ask
from snnlab_widgets.goals.target import Miss, Target
from snnlab_widgets.panel import Panel

__all__ = ["psth_trials", "psth_width", "rate_step_late", "rate_step_unlike"]


@functools.cache
def _least() -> tuple[float, float, float]:
    """The least error to be expected (Hz), rounded, and the widths between which it is reached (ms)."""
    panel = psth_panel(engine="kernel")
    control = next(c for c in panel.controls if c.name == "width")
    widths = np.round(np.arange(control.low, control.high + control.step / 2, control.step), control.decimals)
    truth, trials = panel.result.truth, int(panel.trials)
    errors = np.array([smoothing_error(truth, DT, width, trials).total for width in widths])
    wanted = float(np.round(errors.min()))
    good = widths[errors <= wanted + 0.5]  # all that are shown as this number
    return wanted, float(good[0]), float(good[-1])


def psth_width(engine: str = "browser") -> Panel:
    """A target: the least error, by the width of the kernel alone.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `psth_panel`.

    Examples
    --------
    >>> panel = psth_width(engine="kernel")
    >>> panel.width = 1.7
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Right. ...
    """
    start = psth_panel(engine="kernel")
    wanted, narrow, wide = _least()
    goal = Target(
        name="psth-width",
        question=(
            f"With {start.trials:.0f} repetitions and this width, {start.result.expected:.0f} Hz of "
            f"error are to be expected. Bring that down to {wanted:.0f} Hz or less, by the width alone."
        ),
        reach={"expected": (None, wanted + 0.5)},
        only=("width",),
        misses=(
            Miss(
                "not moved",
                {"width": (start.width, start.width)},
                "The width stands where it stood. Which of the two parts is the larger one, bias or noise?",
            ),
            Miss(
                "too wide",
                {"width": (wide + 0.5, None)},
                "{expected} Hz are to be expected, {bias} Hz of them from bias: the kernel is wider than the "
                "peaks, so it cuts them down. Make it narrower.",
            ),
            Miss(
                "too narrow",
                {"width": (None, narrow - 0.3)},
                "{expected} Hz are to be expected, {noise} Hz of them from noise: so few spikes fall "
                "under the kernel that you see chance. Make it wider.",
            ),
        ),
        otherwise="{expected} Hz is close to the least. Bias is {bias} Hz, noise {noise} Hz.",
        next_step=(
            "At a width of {width} ms neither part rules alone: a bias of {bias} Hz and a noise of {noise} "
            "Hz. What happens to the best width when there are a hundred repetitions?"
        ),
    )
    return psth_panel(goal=goal, engine=engine)


def psth_trials(engine: str = "browser") -> Panel:
    """A number: exercise 6.1, the repetitions that a histogram needs.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `psth_panel`.

    Examples
    --------
    >>> print(psth_trials(engine="kernel").goal.answer("16"))
    Not yet. 16 is how many spikes the bin needs. One repetition puts only 0.2 of a spike into it.
    """
    goal = Ask(
        name="psth-trials",
        exercise=REPETITIONS,
    )
    return psth_panel(goal=goal, engine=engine)


def rate_step_late(engine: str = "browser") -> Panel:
    """A target: a population as slow as a temporal average, by the delays alone.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `rate_step_panel`.

    Examples
    --------
    >>> panel = rate_step_late(engine="kernel")
    >>> panel.delays = 20.0
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Not yet. Half way after ...
    """
    start = rate_step_panel(engine="kernel")
    slow, slack = start.result.slow, 6.0  # chance moves the half-way point by as much
    goal = Target(
        name="rate-step-late",
        question=(
            f"All neurons alike, the activity is half way after {start.result.lag:.0f} ms, while an "
            f"average over {start.window:.0f} ms takes {slow:.0f} ms. Make the population as slow as "
            f"that, to within {slack:.0f} ms, by the delays alone."
        ),
        reach={"lag": (slow - slack, slow + slack)},
        only=("delays",),
        misses=(
            Miss("not moved", {"delays": (0.0, 0.0)}, "Nobody is late yet. Give the neurons delays."),
            Miss(
                "half the window",
                {"delays": (slow - slack, slow + slack), "lag": (None, slow - slack)},
                "{delays} ms is the longest delay, not that of a typical neuron. Half of them have "
                "heard of the step after {lag} ms.",
            ),
        ),
        otherwise=f"Half way after {{lag}} ms, and about {slow:.0f} ms are wanted.",
        next_step=(
            f"Delays up to {{delays}} ms do to the activity what a window of {start.window:.0f} ms does "
            f"to one neuron. It is the same sum: one goes over neurons, the other over the past."
        ),
    )
    return rate_step_panel(goal=goal, engine=engine)


def rate_step_unlike(engine: str = "browser") -> Panel:
    """A target: neurons that differ while their activity is as quick as ever, by the thresholds alone.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `rate_step_panel`.

    Examples
    --------
    >>> panel = rate_step_unlike(engine="kernel")
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Not yet. All thresholds are the same ...
    """
    start = rate_step_panel(engine="kernel")
    goal = Target(
        name="rate-step-unlike",
        question=(
            f"The activity after the step is {start.result.after:.0f} Hz, and 90 % of the neurons fire at "
            f"{start.result.low:.0f} to {start.result.high:.0f} Hz. Make that range reach 100 Hz, by the "
            "thresholds alone. Will the population be slower?"
        ),
        reach={"high": (100.0, None)},
        only=("spread",),
        misses=(
            Miss(
                "not moved",
                {"spread": (0.0, 0.0)},
                "All thresholds are the same still. Spread them.",
            ),
            Miss(
                "hardly",
                {"high": (None, 60.0)},
                "With {spread} mV the neurons hardly differ: 90 % of them fire at {low} to {high} Hz.",
            ),
        ),
        otherwise="90 % of the neurons fire at {low} to {high} Hz. A little further.",
        next_step=(
            "The activity is {after} Hz, and it is half way after {lag} ms, as quick as ever. But "
            "hardly a neuron fires at {after} Hz: their rates lie between {low} and {high} Hz."
        ),
    )
    return rate_step_panel(goal=goal, engine=engine)
