"""The panel of predictive coding on its way to rest: what units do, and what their weights would learn."""

from typing import TYPE_CHECKING

import numpy as np

from snnlab.learning.credit.predictive_relaxation import STEPS
from snnlab.learning.credit.watched_relaxation import MARKS, RATE, UNITS, given, recorded, room, run_watched
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Handle, Kernels

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["relaxation_panel"]

QUESTION = "At first only the output has an error. How do hidden units come to have one, and is it right?"
LAYERS = "1–6 and 7–11 hidden, 12–14 output"


def relaxation_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """Units of predictive coding, step by step from where the network puts them to where they rest.

    Four inputs, hidden layers of six and five tanh units, three outputs that are held at a target.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``step`` (0 to 200), ``variance`` (of the output, 1 to 100), ``off`` (what is wrong at
        the output, 0.1 to 2), ``fixed`` (0 or 1; with 1 predictions and slopes stay what they were).

    Returns
    -------
    Panel
        ``panel.result`` has what `snnlab.learning.credit.watched_relaxation.WatchedRelaxation` has, and
        ``count`` and ``unit``, the places on the axes.

    Examples
    --------
    >>> panel = relaxation_panel(engine="kernel")
    >>> panel.step = 200
    >>> held = panel.result.angle
    >>> panel.variance = 100
    >>> bool(panel.result.angle < 5 < held)
    True
    """
    steps, units = Axis(0.0, STEPS, "step"), Axis(0.0, UNITS + 0.5, f"unit ({LAYERS})")
    w, down, ends, sizes = given()
    return Panel(
        "relaxation",
        title="Predictive coding on its way to rest",
        question=question,
        controls=[
            Control("step", "n", "Steps of relaxation", 0.0, STEPS, 0.0, 1.0, "", 1),
            Control("variance", "Σ", "Variance of the output", 1.0, 100.0, 1.0, 1.0, "", 3),
            Control("off", "d", "Wrong at the output by", 0.1, 2.0, 1.0, 0.1, "", 2),
            Control("fixed", "f", "Predictions stay", 0.0, 1.0, 0.0, 1.0, "", 4),
        ],
        readouts=[ReadOut("angle", 1, "°"), ReadOut("rest", 1, "°"), ReadOut("kept", 2), ReadOut("size", 2)],
        views=[
            Kernels(
                "count",
                (
                    ("output", "output", 1),
                    ("second", "second layer", 3),
                    ("first", "first layer", 4),
                ),
                steps,
                Axis(0.0, 1.0, "energy (share of all at first)"),
                handles=(Handle("Step", "step", "kept"),),
                side="left",
                title="The energy of each layer so far: all of it is the output's at first",
            ),
            Kernels(
                "count",
                (("angles", "angle", 1),),
                steps,
                Axis(0.0, 90.0, "angle to the gradient (°)"),
                handles=(Handle("Step", "step", "angle"),),
                side="left",
                title="The angle between what the weights would learn in a step and the gradient, so far",
            ),
            Kernels(
                "unit",
                (("alone", "network alone", 2), ("moved", "now", 1)),
                units,
                Axis(-2.0, 2.0, "value of a unit"),
                title=f"What each unit is at, and where the network alone would have it; units {LAYERS}",
            ),
            Kernels(
                "unit",
                (("blame", "backpropagation", 2), ("errors", "predictive coding, now", 1)),
                units,
                Axis(-1.0, 1.0, "error (share of what is wrong)"),
                title=f"The error of each unit, Σε, and that of backpropagation, −δ; units {LAYERS}",
            ),
        ],
        sentence=(
            "After {step} {step|step|steps} of relaxation, Σ = {variance}, wrong by {off}, predictions that "
            "stay {fixed}: the update is {angle}° from the gradient and {size} times as long, and will be "
            "{rest}° from it at rest; the output has {kept} of the first energy"
        ),
        headline="angle",
        detail=(
            "from the gradient now, {rest}° at rest; the update is {size} times as long as the gradient, "
            "the output has {kept} of the first energy"
        ),
        kernel=run_watched,
        arrays={
            "seen": recorded(),
            "work": Array(room().shape, work=True),
            "w": w,
            "down": down,
            "ends": ends,
            "sizes": sizes,
            "count": np.arange(STEPS + 1.0),
            "unit": MARKS,
        },
        constants={"rate": RATE},
        presets={
            "at rest": {"step": STEPS},
            "a small error, at rest": {"step": STEPS, "off": 0.1},
            "a nudge, at rest": {"step": STEPS, "variance": 100.0},
            "predictions stay": {"step": STEPS, "fixed": 1.0},
        },
        python=(
            "from snnlab.learning.credit.watched_relaxation import watched_relaxation\n\n"
            "seen = watched_relaxation({step}, variance={variance}, off={off}, fixed={fixed} > 0)\n"
            'print(f"{{seen.angle:.1f}}° from the gradient now, {{seen.rest:.1f}}° at rest")\n'
            'print(f"the update is {{seen.size:.2f}} times as long as the gradient")'
        ),
        play=("step", "Relax"),
        values=values,
        engine=engine,
        goal=goal,
    )
