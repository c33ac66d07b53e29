"""The panel in which a small network learns store and recall, lesson by lesson, in the page."""

from typing import TYPE_CHECKING

import numpy as np

from snnlab.learning.memory.learning_to_store import (
    EVERY,
    MOST_STEPS,
    POINTS,
    constants,
    recorded,
    run_learning,
)
from snnlab.learning.memory.recall_kernel import DT
from snnlab.learning.memory.storing_step import (
    LONGEST_TRIAL,
    MOST_DELAY,
    NEURONS,
    PAIRS,
    blank_learner,
    workspace,
)
from snnlab_widgets.core.controls import Control, ReadOut, scratch
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, HeatMap, Kernels

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["learning_to_store_panel"]

QUESTION = (
    "Ten neurons know nothing yet, and half of them adapt. Let them learn to keep a symbol. How many would "
    "have to adapt, and for how long?"
)


def learning_to_store_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """A small network that learns store and recall as you watch, with as many adaptive neurons as you like.

    The button *Train* goes on by ten steps of Adam at a time; moving another control starts anew (not in a
    goal).

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``steps`` (of Adam, 0 to 200 by 10), ``adapting`` (of the ten neurons, 0 to 10),
        ``tau_a`` (of their thresholds, 50 to 2000 ms), ``delay`` (1 to 6 intervals), ``seed``.

    Returns
    -------
    Panel
        ``panel.result`` has what `snnlab.learning.memory.learning_to_store.LearnedStore` has, `wrong_by_step`
        NaN beyond the last step, and ``step`` and ``coin``.

    Examples
    --------
    >>> panel = learning_to_store_panel(engine="kernel")
    >>> before = panel.result.wrong
    >>> panel.steps = 100
    >>> panel.result.wrong < before / 2
    True
    """
    path, cell, room = workspace()
    return Panel(
        "learning_to_store",
        title="Learning to store",
        question=question,
        controls=[
            Control("steps", "n", "Steps of learning", 0.0, float(MOST_STEPS), 0.0, float(EVERY), "", 1),
            Control("adapting", "k", "Neurons that adapt", 0.0, float(NEURONS), 5.0, 1.0, "", 3),
            Control("tau_a", "τ_a", "Thresholds come back in", 50.0, 2000.0, 800.0, 50.0, "ms", 5),
            Control(
                "delay", "d", "Intervals of 100 ms until the recall", 1.0, float(MOST_DELAY), 4.0, 1.0, "", 4
            ),
        ],
        readouts=[
            ReadOut("wrong", 0, "%"),
            ReadOut("learnt"),
            ReadOut("trace", 2),
            ReadOut("after", 0, "ms"),
            ReadOut("hertz", 0, "Hz"),
        ],
        views=[
            Kernels(
                "step",
                (("wrong_by_step", "wrong", 1), ("coin", "guessing", 6)),
                Axis(0.0, float(MOST_STEPS), "step"),
                Axis(0.0, 80.0, "new trials wrong (%)"),
                title="New trials that are wrong, every ten steps of learning, and half of them by guessing",
            ),
            HeatMap(
                "raised",
                Axis(0.0, LONGEST_TRIAL * DT, "time in the trial (ms)"),
                Axis(0.0, float(NEURONS), "neuron"),
                Axis(-3.0, 3.0, "higher after a 1 (thresholds)"),
                title=(
                    "How much higher the threshold of each adaptive neuron stands if a 1 was stored than if "
                    "it was a 0, from the store to the end of the recall"
                ),
            ),
        ],
        sentence=(
            "Step {steps}, {adapting} of ten neurons {adapting|adapts|adapt}, τ_a = {tau_a} ms: asked "
            "{after} ms after the store began, {wrong} % of the trials are wrong. The store has left {trace} "
            "of a threshold; mean rate {hertz} Hz"
        ),
        headline="wrong",
        detail=(
            f"of {2 * PAIRS} new trials wrong after {{steps}} steps, 50 % by guessing; the store has left "
            "{trace} of a threshold"
        ),
        kernel=run_learning,
        arrays={
            "seen": recorded(),
            "learner": scratch(blank_learner(POINTS), keep=True),
            "path": scratch(path),
            "cell": scratch(cell),
            "room": scratch(room),
            "step": np.arange(POINTS) * float(EVERY),
            "coin": np.full(POINTS, 50.0),
        },
        constants=constants(),
        presets={
            "learnt": {"steps": float(MOST_STEPS)},
            "LIF alone": {"steps": float(MOST_STEPS), "adapting": 0.0},
            "LIF alone, asked at once": {"steps": float(MOST_STEPS), "adapting": 0.0, "delay": 1.0},
            "quick to come back": {"steps": float(MOST_STEPS), "tau_a": 50.0},
        },
        python=(
            "import numpy as np\n"
            "from snnlab.learning.memory.learning_to_store import learn_to_store\n\n"
            "# np.uint64(…) is the seed of this picture; np.random.default_rng() draws another network\n"
            "seen = learn_to_store({steps}, {adapting}, {tau_a}, {delay}, rng=np.uint64({seed}))\n"
            'print(f"{{seen.wrong:.0f}} % of the new trials are wrong, 50 % by guessing")'
        ),
        play=("steps", "Train", "anew") if goal is None else (),
        seed=1,
        values=values,
        engine=engine,
        goal=goal,
    )
