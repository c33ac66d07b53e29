"""The panel of rewiring: synapses that are withdrawn and come elsewhere, while a network learns digits."""

from typing import TYPE_CHECKING

import numpy as np

from snnlab.learning.binary.flipping_bits import ASKED, LEARNT, PIXELS, small_bits
from snnlab.learning.constrained.rewiring_step import HIDDEN, blank_learner, workspace
from snnlab.learning.constrained.watched_rewiring import EVERY, LONGEST, POINTS, SIDE, recorded, run_rewiring
from snnlab.learning.gradients.adam import Adam
from snnlab_widgets.core.controls import Control, ReadOut, scratch
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, HeatMap, Kernels

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["rewiring_panel"]

QUESTION = (
    "There is room for 4096 synapses, and so few are allowed. Where will they be, if those that do not help "
    "may move?"
)


def rewiring_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """A network whose first layer has few synapses, which move while it learns digits: DEEP R, live.

    Beside it learn one whose synapses stay where those of the first were at the start, and one with a synapse
    at every place. The button *Train* goes on by ten steps at a time; moving another control starts anew (not
    in a goal).

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``steps`` (of Adam, 0 to 300 by 10), ``percent`` (of the places that have a synapse, 0.5
        to 5), ``temperature`` (0 to 0.5), ``decay`` (0 to 1), ``seed``.

    Returns
    -------
    Panel
        ``panel.result`` has what `snnlab.learning.constrained.watched_rewiring.WatchedRewiring` has, its
        curves NaN beyond the last step, and ``step``.

    Examples
    --------
    >>> panel = rewiring_panel(engine="kernel")
    >>> before = panel.result.dark
    >>> panel.steps = 200
    >>> panel.result.synapses, panel.result.dark < before
    (41.0, True)
    """
    path, cell, room = workspace()
    words, labels = small_bits()
    rows, columns = Axis(0.0, float(SIDE), "rows of pixels"), Axis(0.0, float(SIDE), "columns of pixels")
    return Panel(
        "rewiring",
        title="Synapses that move",
        question=question,
        controls=[
            Control("steps", "n", "Steps of learning", 0.0, float(LONGEST), 0.0, float(EVERY), "", 1),
            Control("percent", "p", "Places with a synapse", 0.5, 5.0, 1.0, 0.5, "%", 3),
            Control("temperature", "T", "Temperature", 0.0, 0.5, 0.0, 0.01, "", 2),
            Control("decay", "α", "Decay", 0.0, 1.0, 0.3, 0.05, "", 4),
        ],
        readouts=[
            ReadOut("right", 1, "%"),
            ReadOut("stays", 1, "%"),
            ReadOut("all_places", 1, "%"),
            ReadOut("ahead", 1),
            ReadOut("synapses"),
            ReadOut("flipped"),
            ReadOut("moved", 1, "%"),
            ReadOut("dark", 0, "%"),
            ReadOut("dark_pixels", 0, "%"),
        ],
        views=[
            HeatMap(
                "where",
                columns,
                rows,
                Axis(0.0, 12.0, "synapses"),
                title="How many synapses each of the 8 by 8 pixels has",
                square=True,
            ),
            HeatMap(
                "ink",
                columns,
                rows,
                Axis(0.0, 100.0, "digits (%)"),
                title="In how many of the digits each of the 8 by 8 pixels has ink",
                square=True,
            ),
            HeatMap(
                "living",
                Axis(0.0, float(PIXELS), "pixel"),
                Axis(0.0, float(HIDDEN), "neuron"),
                Axis(-1.0, 1.0, "sign"),
                kinds=((-1.0, "−"), (0.0, "no synapse"), (1.0, "+")),
                title="Every place for a synapse from a pixel to a neuron: its sign where there is one",
                square=True,
            ),
            Kernels(
                "step",
                (
                    ("rewired", "synapses that move", 1),
                    ("fixed", "synapses that stay", 2),
                    ("dense", "synapses everywhere", 4),
                ),
                Axis(0.0, float(LONGEST), "step"),
                Axis(0.0, 100.0, "new digits right (%)"),
                title="New digits that are right: with synapses that move, that stay, and at every place",
            ),
        ],
        sentence=(
            "Step {steps}, T = {temperature}, α = {decay}: {synapses} synapses, {moved} % of them moved in a "
            "step and {flipped} changed their sign. {right} % of the new digits are right, {stays} % where "
            "synapses stay, {all_places} % where they are everywhere; {dark} % of the synapses are at dark "
            "pixels, which are {dark_pixels} % of all"
        ),
        headline="right",
        detail=(
            f"of {ASKED} new digits right with {{synapses}} synapses that move, after {{steps}} steps with "
            f"{LEARNT} others; {{stays}} % if they stay, {{all_places}} % with all"
        ),
        kernel=run_rewiring,
        arrays={
            "seen": recorded(),
            "learner": scratch(blank_learner(POINTS), keep=True),
            "path": scratch(path),
            "cell": scratch(cell),
            "room": scratch(room),
            "words": words,
            "labels": labels,
            "step": np.arange(POINTS) * float(EVERY),
        },
        constants={"adam": Adam()},
        presets={
            "after 300 steps": {"steps": 300.0},
            "hot": {"steps": 300.0, "temperature": 0.3},
            "without decay": {"steps": 300.0, "decay": 0.0},
            "five per cent": {"steps": 300.0, "percent": 5.0},
        },
        python=(
            "import numpy as np\n"
            "from snnlab.learning.constrained.watched_rewiring import watch_rewiring\n\n"
            "# np.uint64(…) is the seed of this picture; np.random.default_rng() draws other synapses\n"
            "seen = watch_rewiring(\n"
            "    {steps}, {percent}, temperature={temperature}, decay={decay}, rng=np.uint64({seed})\n"
            ")\n"
            'print(f"{{seen.right:.1f}} % of the new digits right, {{seen.stays:.1f}} % where synapses stay")'
        ),
        play=("steps", "Train", "anew") if goal is None else (),
        seed=1,
        values=values,
        engine=engine,
        goal=goal,
    )
