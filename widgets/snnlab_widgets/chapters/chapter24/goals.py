"""The goals of chapter 24, on the panels of the forced spike and of the late reward.

The numbers in the questions and hints are computed from the panels and the exercises, not typed in.
"""

from snnlab.course.exercises.chapter24.late_reward import LATE_REWARD
from snnlab_widgets.chapters.chapter24.forced import forced_panel
from snnlab_widgets.chapters.chapter24.reward import reward_panel
from snnlab_widgets.core.formats import fixed
from snnlab_widgets.goals.answers import Ask
from snnlab_widgets.goals.base import in_page
from snnlab_widgets.goals.target import Miss, Target
from snnlab_widgets.panel import Panel

__all__ = ["forced_ten", "reward_growth", "reward_patient"]


def forced_ten(engine: str = "browser") -> Panel:
    """A target: ten inputs that grow, by the delay alone.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `forced_panel`.

    Examples
    --------
    >>> panel = forced_ten(engine="kernel")
    >>> panel.delay = 0.45
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Right. ...
    """
    start = forced_panel(showings=30, engine="kernel").result
    goal = Target(
        name="forced-ten",
        question=(
            f"With a delay of 1 ms, {fixed(start.grown, 0)} of {fixed(start.of, 0)} inputs grow. Let exactly "
            "the first ten grow, by the delay alone."
        ),
        reach={"grown": (10.0, 10.0)},
        only=("delay",),
        misses=(
            Miss(
                "no delay",
                {"delay": (0.0, 0.0)},
                "Without a delay the spike is at the synapses before all inputs but {grown}.",
            ),
            Miss(
                "too many",
                {"grown": (11.0, None)},
                "{grown} grow: the spike arrives too late, when more than ten have fired.",
            ),
        ),
        otherwise="{grown} grow: the spike arrives before ten inputs have fired.",
        next_step=(
            "The inputs fire 0.05 ms apart, and the spike arrives {delay} ms after the teacher has acted. "
            "The neuron now answers after {latency} ms: what has become of its answer, and why?"
        ),
    )
    return forced_panel(goal=goal, engine=engine, showings=30)


def reward_growth(engine: str = "browser") -> Panel:
    """A number: exercise 24.2, what is left for a reward that comes late.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `reward_panel`.

    Examples
    --------
    >>> print(reward_growth(engine="kernel").goal.answer("0.0121"))
    Not yet. 0.0121 is the trace that the pair leaves. Without dopamine it changes no weight.
    """
    goal = Ask(
        name="reward-growth",
        text=in_page(
            LATE_REWARD.statement, {"$\\tau_+$": "τ₊", "$\\tau_c$": "τ_c", "$\\tau_d$": "τ_d", "$D_0$": "D₀"}
        ),
        exercise=LATE_REWARD,
    )
    return reward_panel(goal=goal, engine=engine)


def reward_patient(engine: str = "browser") -> Panel:
    """A target: the right synapse wins although rewards come six seconds late.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `reward_panel`.

    Examples
    --------
    >>> panel = reward_patient(engine="kernel")
    >>> panel.tau_c = 3.0
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Right. ...
    """
    start = reward_panel(late=6.0, size=0.5, engine="kernel").result
    goal = Target(
        name="reward-patient",
        question=(
            f"Rewards come six seconds late, and the right synapse has place {fixed(start.place, 0)} of "
            f"{fixed(start.of, 0)}. Let it win with a weight of at least 0.25, while no rival is above that, "
            "by the time constant of the trace alone."
        ),
        reach={"place": (1.0, 1.0), "won": (0.25, None), "best": (None, 0.25)},
        only=("tau_c",),
        misses=(
            Miss(
                "all at the bound",
                {"best": (0.39, None)},
                "The strongest rival has {best}, too. Rewards move everybody so far that chance takes many "
                "to the bound. A trace that lasts also remembers what others did.",
            ),
            Miss(
                "faded",
                {"left": (None, 5.0)},
                "Place {place}: {left} % of a trace is left when its reward comes. Larger rewards do not "
                "help, since the rivals grow with them.",
            ),
            Miss(
                "too small",
                {"won": (None, 0.25), "place": (1.0, 1.0)},
                "It is ahead, with {won}, but an hour of such small steps has not taken it far enough.",
            ),
        ),
        otherwise="Place {place}, {won} against {best}: not clear enough yet.",
        next_step=(
            "With {left} % of the trace left, {came} rewards were enough. Try another seed: was it luck? And "
            "what happens if the hour goes on?"
        ),
    )
    return reward_panel(goal=goal, engine=engine, late=6.0, size=0.5)
