"""The goals of chapter 3, on the panel of the spike response model.

The numbers in the questions and hints are computed from the panel and the exercises, not typed in.
"""

from snnlab.course.exercises.chapter03.next_spike import NEXT_SPIKE
from snnlab_widgets.chapters.chapter03.srm import srm_panel
from snnlab_widgets.goals.answers import Ask
from snnlab_widgets.goals.base import in_page
from snnlab_widgets.goals.target import Miss, Target
from snnlab_widgets.panel import Panel

__all__ = ["srm_next", "srm_tired"]

SHALLOW = 6.0  # mV
FEW, MANY = 5, 20  # spikes


def srm_next(engine: str = "browser") -> Panel:
    """A number: exercise 3.1, the time of the next spike.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `srm_panel`.

    Examples
    --------
    >>> print(srm_next(engine="kernel").goal.answer("20"))  # doctest: +ELLIPSIS
    Not yet. 20 ms is the time constant of η...
    """
    goal = Ask(
        name="srm-next",
        text=in_page(
            NEXT_SPIKE.statement, {"$\\eta(s) = -15\\, e^{-s/20}$": "η(s) = −15 exp(−s/20)", "$s$": "s"}
        ),
        exercise=NEXT_SPIKE,
    )
    return srm_panel(goal=goal, engine=engine)


def srm_tired(engine: str = "browser") -> Panel:
    """A target: a neuron that adapts, by the duration of η alone.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `srm_panel`.

    Examples
    --------
    >>> panel = srm_tired(engine="kernel")
    >>> panel.tau_eta = 80.0
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Right. ...
    """
    start = srm_panel(engine="kernel", eta=SHALLOW)
    goal = Target(
        name="srm-tired",
        question=(
            f"Blue fires {start.result.n:.0f} times, grey {start.result.n_last:.0f} times. By the duration "
            f"of η alone: quiet blue down to {FEW} spikes, while grey still fires more than {MANY}."
        ),
        reach={"n": (None, FEW + 0.5), "n_last": (MANY + 0.5, None)},
        only=("tau_eta",),
        misses=(
            Miss(
                "not moved",
                {"tau_eta": (start.tau_eta, start.tau_eta)},
                "The duration of η is what it was. Drag the point on η sideways.",
            ),
            Miss(
                "shorter",
                {"tau_eta": (None, start.tau_eta)},
                "With {tau_eta} ms blue fires {n} times: what is over sooner holds back less.",
            ),
            Miss(
                "grey too",
                {"n_last": (None, MANY + 0.5)},
                "Blue fires {n} times, but grey is down to {n_last}. A shorter η will do.",
            ),
        ),
        otherwise="Blue still fires {n} times. Let η last longer than {tau_eta} ms.",
        next_step=(
            "{n} spikes against {n_last}, with the same η. Blue adds up what all its spikes left behind and "
            "adapts: its intervals grow. Grey starts afresh with each. Which of the two would you fit to a "
            "cell that fires more and more slowly?"
        ),
    )
    return srm_panel(goal=goal, engine=engine, eta=SHALLOW)
