"""The goals of chapter 5, on the panels of the noisy neuron and of random spikes with a dead time.

The numbers in the questions and hints are computed from the panels and the exercises, not typed in.
"""

import re

from snnlab.course.exercises.chapter05.four_spikes import FOUR_SPIKES
from snnlab.course.exercises.chapter05.windows import WINDOWS
from snnlab.neurons import lif_rheobase
from snnlab_widgets.chapters.chapter05.dead_time import dead_time_panel
from snnlab_widgets.chapters.chapter05.noisy_lif import CELL, noisy_lif_panel
from snnlab_widgets.core.formats import fixed
from snnlab_widgets.goals.answers import Ask
from snnlab_widgets.goals.target import Miss, Target
from snnlab_widgets.panel import Panel

__all__ = ["dead_time_regular", "dead_time_windows", "noisy_lif_chance", "noisy_lif_spikes"]


def noisy_lif_chance(engine: str = "browser") -> Panel:
    """A target: a neuron that fires by chance alone, its mean current being too weak.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `noisy_lif_panel`.

    Examples
    --------
    >>> panel = noisy_lif_chance(engine="kernel")
    >>> panel.sigma = 10.0
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Not yet. ...
    """
    weak, wanted, slack = 0.1, 5.0, 1.0
    regular = noisy_lif_panel(engine="kernel").result.cv
    goal = Target(
        name="noisy-lif-chance",
        question=(
            f"The mean current is {fixed(weak, 1)} nA, too weak by far. Make the neuron fire at "
            f"{wanted:.0f} Hz, to within {slack:.0f} Hz, by the noise alone."
        ),
        reach={"rate": (wanted - slack, wanted + slack)},
        only=("sigma",),
        misses=(
            Miss(
                "not moved",
                {"sigma": (0.0, 0.0)},
                "Without noise the potential stops at the goal of its mean current, below the threshold, and "
                "nothing happens. Turn up the noise.",
            ),
            Miss(
                "silent",
                {"n": (0, 0)},
                "A noise of {sigma} mV never carried the potential over the threshold in 20 seconds. The "
                "threshold lies 5 mV above the goal.",
            ),
            Miss(
                "too often",
                {"rate": (wanted + slack, None)},
                "{rate} Hz is too often: the noise is larger than needed.",
            ),
        ),
        otherwise="{rate} Hz is too rare: the noise is smaller than needed.",
        next_step=(
            "Look at the intervals: their CV is {cv}, and that of the regular neuron of the start was "
            f"{fixed(regular, 2)}. A current of {fixed(lif_rheobase(CELL), 2)} nA is the rheobase: where is "
            "the CV when the mean is just there?"
        ),
    )
    return noisy_lif_panel(goal=goal, engine=engine, mean=weak, sigma=0.0)


def noisy_lif_spikes(engine: str = "browser") -> Panel:
    """A number: exercise 5.1, the coefficient of variation of three intervals.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `noisy_lif_panel`.

    Examples
    --------
    >>> print(noisy_lif_spikes(engine="kernel").goal.answer("1.75"))
    Not yet. This is the mean divided by the standard deviation, so a clock would be infinite. It is the other
    way round.
    """
    goal = Ask(
        name="noisy-lif-spikes",
        exercise=FOUR_SPIKES,
    )
    return noisy_lif_panel(goal=goal, engine=engine)


def dead_time_regular(engine: str = "browser") -> Panel:
    """A target: a given irregularity, by the dead time alone.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `dead_time_panel`.

    Examples
    --------
    >>> panel = dead_time_regular(engine="kernel")
    >>> panel.dead_time = 6.0
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Right. ...
    """
    rate, wanted = 50.0, 0.7
    pause = (1 - wanted) * 1000 / rate
    goal = Target(
        name="dead-time-regular",
        question=(
            f"It fires at {rate:.0f} Hz, as irregularly as can be. Bring the CV of its intervals down to "
            f"{fixed(wanted, 2)}, to within 0.01, by a pause after each spike."
        ),
        reach={"cv": (wanted - 0.01, wanted + 0.01)},
        only=("dead_time",),
        misses=(
            Miss(
                "not moved",
                {"dead_time": (0.0, 0.0)},
                "Without a pause the CV is {cv}. Turn up the dead time.",
            ),
            Miss(
                "half way",
                {"cv": (0.84, 0.86)},
                "The CV is {cv}, half of the way. It falls in proportion to the dead time.",
            ),
        ),
        otherwise=(
            "The CV is {cv}. In each mean interval only the part outside of the pause is random: the CV is "
            "that part of it."
        ),
        next_step=(
            f"{{dead_time}} ms of {1000 / rate:.0f} ms are a pause, and the rest is random: 1 − rτ with "
            f"τ = {fixed(pause, 1)} ms. In long windows the Fano factor is the square of that, {{fano}} in "
            "this one."
        ),
    )
    return dead_time_panel(goal=goal, engine=engine, rate=rate, window=400.0)


def dead_time_windows(engine: str = "browser") -> Panel:
    """Two numbers: exercise 5.4, the Fano factor in short windows and in long ones.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `dead_time_panel`.

    Examples
    --------
    >>> print(dead_time_windows(engine="kernel").goal.answer(["1", "1"]))  # doctest: +ELLIPSIS
    Not yet. These are the numbers of a Poisson process...
    """
    goal = Ask(
        name="dead-time-windows",
        text=re.sub("Then plot it: .*(?=What is)", "Then set the panel to it and look. ", WINDOWS.statement),
        exercise=WINDOWS,
    )
    return dead_time_panel(goal=goal, engine=engine)
