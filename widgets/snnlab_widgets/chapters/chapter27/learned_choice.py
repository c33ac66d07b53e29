"""The panel of the closed loop: a chip that learns from late rewards what to do."""

from typing import TYPE_CHECKING

import numpy as np

from snnlab.loihi.networks.rewarded_choice import LATEST
from snnlab.loihi.networks.watched_choice import LAST, TRIALS, laid_out, recorded, run_watched
from snnlab_widgets.core.controls import Control, ReadOut, started
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Kernels

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["learned_choice_panel"]

QUESTION = (
    "The chip learns what to do from a reward that comes late. What if the reward comes later still, or lies?"
)


def learned_choice_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """The chip of `snnlab.loihi.learn_choice` with four stimuli and two actions, in sixty trials.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``size`` (0 to 16, the reward R), ``late`` (0 to 120 steps from the end of the stimulus
        to the reward), ``truth`` (0 to 100 %, how many rewards have the right sign), ``seed``.

    Returns
    -------
    Panel
        ``panel.result`` has, over ``trial``, ``where_right`` and ``where_wrong`` (how often the first action
        is taken of late, of 1, at the stimuli to which it belongs and at the others), ``w_right`` and
        ``w_wrong`` (mean weights to the right and to the other action); of the last 30 trials ``right`` (%)
        and ``undecided``; and ``apart``, by how much the mean weights differ in the end.

    Examples
    --------
    >>> result = learned_choice_panel(size=0, engine="kernel").result
    >>> print(f"{result.apart:.0f}")
    0
    """
    return Panel(
        "learned_choice",
        title="A choice is learned",
        question=question,
        controls=[
            Control("size", "R", "Reward", 0.0, 16.0, 2.0, 1.0, "", colour=6),
            Control("late", "D", "Until the reward", 0.0, float(LATEST), 10.0, 5.0, "steps", colour=4),
            Control("truth", "p", "Rewards that tell the truth", 0.0, 100.0, 100.0, 5.0, "%", colour=2),
        ],
        readouts=[ReadOut("right", 0, "%"), ReadOut("undecided"), ReadOut("apart", 1)],
        views=[
            Kernels(
                "trial",
                (("where_right", "where it is right", 1), ("where_wrong", "where it is wrong", 2)),
                Axis(0.0, float(TRIALS), "trials that it has run"),
                Axis(0.0, 1.05, "first action taken"),
                title="How often the first action is taken, where it is right and where it is wrong",
            ),
            Kernels(
                "trial",
                (("w_right", "to the right action", 1), ("w_wrong", "to the other", 2)),
                Axis(0.0, float(TRIALS), "trials that it has run"),
                Axis(0.0, 260.0, "mean weight"),
                title="The mean weight from a stimulus to the action that is right, and to the other",
            ),
        ],
        sentence=(
            "a reward of {size} after {late} steps, {truth} % of them true: {right} % of the last "
            f"{LAST} trials are right, and the weights differ by {{apart}}"
        ),
        headline="right",
        detail=(
            f"of the last {LAST} trials are right, {{undecided}} without a choice. The weights differ by "
            "{apart}"
        ),
        kernel=run_watched,
        arrays={"seen": recorded(), "chip": started(laid_out(np.uint64(0)))},
        presets={
            "no reward": {"size": 0.0},
            "either sign": {"truth": 50.0},
            "much later": {"late": 100.0},
            "lies": {"truth": 0.0},
        },
        python=(
            "import numpy as np\n"
            "from snnlab.loihi.networks.watched_choice import watched_choice\n\n"
            "# np.uint64(…) is the seed of this picture; np.random.default_rng() draws another one\n"
            "seen = watched_choice({size}, {late}, {truth}, rng=np.uint64({seed}))\n"
            'print(f"{{seen.right:.0f}} % right, weights apart by {{seen.apart:.1f}}")'
        ),
        play=("trials that it has run", "Let it learn"),
        seed=1,
        values=values,
        engine=engine,
        goal=goal,
    )
