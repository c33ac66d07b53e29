"""The panel of ternary weights: ten neurons learn digits, and their weights hold on or flip."""

from typing import TYPE_CHECKING

import numpy as np

from snnlab.learning.binary.flipping_bits import ASKED, CLASSES, LEARNT, PIXELS, small_bits
from snnlab.learning.constrained.ternary_tiles import (
    blank_learner,
    recorded,
    run_tiles,
    work,
)
from snnlab.learning.gradients.adam import Adam
from snnlab_widgets.core.controls import Array, Control, ReadOut, scratch
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, HeatMap, Histogram, Kernels

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["ternary_tiles_panel"]

MOST_EPOCHS = 40
QUESTION = (
    "Three values, and a shadow weight that wanders between them. How often does a weight change its mind?"
)


def ternary_tiles_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """Ten neurons with weights of −1, 0 and +1 that learn 600 digits of one bit a pixel, live.

    The button *Train* goes on from epoch to epoch; moving another control starts anew (not in a goal).

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``epochs`` (0 to 40), ``hysteresis`` (0 to 0.5), ``rate`` (of Adam, 0.005 to
        0.1), ``seed``.

    Returns
    -------
    Panel
        ``panel.result`` has what `snnlab.learning.constrained.ternary_tiles.TernaryTiles` has, its curves NaN
        beyond the last epoch, and ``epoch``.

    Examples
    --------
    >>> panel = ternary_tiles_panel(engine="kernel")
    >>> before = panel.result.percent
    >>> panel.epochs = 10
    >>> panel.result.percent > before
    True
    """
    words, labels = small_bits()
    return Panel(
        "ternary_tiles",
        title="Weights that hold on",
        question=question,
        controls=[
            Control("epochs", "n", "Epochs", 0.0, MOST_EPOCHS, 0.0, 1.0, "", 1),
            Control("hysteresis", "h", "Hysteresis", 0.0, 0.5, 0.1, 0.05, "", 3),
            Control("rate", "η", "Learning rate", 0.005, 0.1, 0.02, 0.005, "", 2),
        ],
        readouts=[
            ReadOut("percent", 1, "%"),
            ReadOut("flips", 2, "%"),
            ReadOut("zeros", 0, "%"),
        ],
        views=[
            HeatMap(
                "tiles",
                Axis(0.0, 5.0, "class", ("0, 5", "1, 6", "2, 7", "3, 8", "4, 9")),
                Axis(0.0, 2.0, "8 × 8 weights each, 0 to 4 above", ()),
                Axis(-1.0, 1.0, "weight"),
                kinds=((-1.0, "−1"), (0.0, "0"), (1.0, "+1")),
                title="The weights of ten neurons, one a class, each a tile of 8 by 8 pixels",
                square=True,
            ),
            Histogram(
                "shadow",
                Axis(-1.0, 1.0, "shadow weight w"),
                "weights",
                title="Where the shadow weights lie, which the weights follow",
            ),
            Kernels(
                "epoch",
                (("right", "new digits right", 1), ("flipped", "weights flipped in a step", 3)),
                Axis(0.0, MOST_EPOCHS, "epoch"),
                Axis(0.0, 100.0, "%"),
                title="Digits that are right and weights that flip in a step, in per cent, epoch by epoch",
            ),
        ],
        sentence=(
            "Epoch {epochs}, h = {hysteresis}, η = {rate}: {percent} % of the new digits right, {flips} % of "
            "the weights flipped in a step, {zeros} % of them are 0"
        ),
        headline="percent",
        detail=(
            f"of {ASKED} new digits right after {{epochs}} epochs with {LEARNT} others; {{flips}} % of the "
            f"{PIXELS * CLASSES} weights flipped in a step"
        ),
        kernel=run_tiles,
        arrays={
            "seen": recorded(MOST_EPOCHS),
            "learner": scratch(blank_learner(MOST_EPOCHS), keep=True),
            "room": scratch(work()),
            "words": words,
            "labels": labels,
            "x": Array((words.size, PIXELS), work=True),
            "epoch": np.arange(MOST_EPOCHS + 1.0),
        },
        constants={"adam": Adam()},
        presets={
            "after 20 epochs": {"epochs": 20},
            "without hysteresis": {"hysteresis": 0.0, "epochs": 20},
            "stubborn": {"hysteresis": 0.5, "epochs": 20},
        },
        python=(
            "import numpy as np\n"
            "from snnlab.learning import Adam\n"
            "from snnlab.learning.constrained.ternary_tiles import ternary_tiles\n\n"
            "# np.uint64(…) is the seed of this picture; np.random.default_rng() draws other weights\n"
            "seen = ternary_tiles({epochs}, {hysteresis}, Adam(rate={rate}), rng=np.uint64({seed}))\n"
            'print(f"{{seen.percent:.1f}} % of the new digits right, {{seen.flips:.2f}} % of the weights '
            'flipped")'
        ),
        play=("epochs", "Train", "anew") if goal is None else (),
        seed=1,
        values=values,
        engine=engine,
        goal=goal,
    )
