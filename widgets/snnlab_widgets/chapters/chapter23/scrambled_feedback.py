"""The panel of feedback that is scrambled: does what comes down turn to the gradient?"""

from typing import TYPE_CHECKING

import numpy as np

from snnlab.learning.credit.alignment_course import STEPS
from snnlab.learning.credit.scrambled_course import HIDDEN, OUTPUTS, given, recorded, room, run_scrambled
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, HeatMap, Kernels

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["scrambled_feedback_panel"]

MOST = 0.5  # of all feedback, or weights, that a single one is shown to be
QUESTION = "Errors come down through weights that know nothing of those up. Can a network learn from them?"


def scrambled_feedback_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """A network that learns for 100 steps through feedback that is scrambled once, or anew in every step.

    Eight inputs, ten tanh units, four outputs; 30 samples, whose targets a linear map has made.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``share`` (of the feedback that is scrambled, 0 to 1), ``anew`` (0 or 1; with 1 in
        every step), ``rate`` (of learning, 0.05 to 0.5), ``seed``.

    Returns
    -------
    Panel
        ``panel.result`` has what `snnlab.learning.credit.scrambled_course.ScrambledCourse` has, and
        ``count``, the steps.

    Examples
    --------
    >>> panel = scrambled_feedback_panel(engine="kernel", share=1.0)
    >>> once = panel.result.last
    >>> panel.anew = 1
    >>> bool(once < panel.result.last)
    True
    """
    work, changes, down = room()
    w, true, spread, ends = given()
    steps = Axis(0.0, STEPS, "step of learning")
    units, outputs = Axis(0.5, HIDDEN + 0.5, "hidden unit"), Axis(0.5, OUTPUTS + 0.5, "output")
    return Panel(
        "scrambled_feedback",
        title="Feedback that is scrambled",
        question=question,
        controls=[
            Control("share", "s", "Share that is scrambled", 0.0, 1.0, 0.0, 0.05, "", 3),
            Control("anew", "a", "Scrambled anew in every step", 0.0, 1.0, 0.0, 1.0, "", 4),
            Control("rate", "η", "Learning rate", 0.05, 0.5, 0.2, 0.05, "", 2),
        ],
        readouts=[
            ReadOut("first", 0, "°"),
            ReadOut("last", 0, "°"),
            ReadOut("left", 2),
            ReadOut("apart", 0, "°"),
        ],
        views=[
            Kernels(
                "count",
                (("angle", "angle", 1),),
                steps,
                Axis(0.0, 150.0, "angle to the gradient (°)"),
                title="The angle between what the hidden layer is told and the gradient, step by step",
            ),
            Kernels(
                "count",
                (("loss", "loss", 2),),
                steps,
                Axis(0.0, 1.0, "loss (share of the first)"),
                title="The loss, step by step",
            ),
            HeatMap(
                "feedback",
                outputs,
                units,
                Axis(-MOST, MOST, "B (share of the whole)"),
                title="The weights down at the end, from each output to each hidden unit",
            ),
            HeatMap(
                "upper",
                outputs,
                units,
                Axis(-MOST, MOST, "W² (share of the whole)"),
                title="The weights up at the end, from each hidden unit to each output",
            ),
        ],
        sentence=(
            "{share} of the feedback scrambled, anew in every step {anew}, learning rate {rate}: the angle "
            "to the gradient goes from {first}° to {last}°, {left} of the loss is left after 100 steps, and "
            "the weights up are {apart}° from those down"
        ),
        headline="last",
        detail=(
            "from the gradient in the end, {first}° at first; {left} of the loss is left, and the weights up "
            "are {apart}° from those down"
        ),
        kernel=run_scrambled,
        arrays={
            "seen": recorded(),
            "work": Array(work.shape, work=True),
            "changes": Array(changes.shape, work=True),
            "down": Array(down.shape, work=True),
            "w": w,
            "true": true,
            "spread": spread,
            "ends": ends,
            "count": np.arange(STEPS + 1.0),
        },
        presets={
            "half": {"share": 0.5},
            "all, once": {"share": 1.0},
            "all, anew": {"share": 1.0, "anew": 1.0},
        },
        python=(
            "import numpy as np\n"
            "from snnlab.learning.credit.scrambled_course import scrambled_course\n\n"
            "# np.uint64(…) is the seed of this picture; np.random.default_rng() draws other feedback\n"
            "seen = scrambled_course({share}, {anew} > 0, rate={rate}, rng=np.uint64({seed}))\n"
            'print(f"{{seen.last:.0f}}° from the gradient in the end, {{seen.first:.0f}}° at first")\n'
            'print(f"{{seen.left:.2f}} of the loss is left")'
        ),
        play=("step of learning", "Train"),
        seed=1,
        values=values,
        engine=engine,
        goal=goal,
    )
