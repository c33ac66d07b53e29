"""The panel in which a network learns while one looks: random patterns with random labels, by heart."""

from typing import TYPE_CHECKING

import numpy as np

from snnlab.learning.gradients.adam import Adam
from snnlab.learning.gradients.patterns_by_heart import (
    REACH,
    SHOWN,
    STEPS,
    blank_learner,
    recorded,
    run_by_heart,
    workspace,
)
from snnlab_widgets.core.controls import Control, ReadOut, scratch
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Histogram, Kernels, Raster

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["surrogate_training_panel"]

MOST_EPOCHS = 300
QUESTION = "Four neurons, 256 patterns, labels by chance. How much of it can they learn by heart?"


def surrogate_training_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """A small spiking network that learns live: SpyTorch's first task, 256 random patterns by heart.

    100 inputs fire by chance at 5 Hz for 200 ms, 4 hidden neurons, 2 readouts; an epoch is one step of Adam
    on all patterns, as in `snnlab.learning.train`. The button *Train* goes on from epoch to epoch.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``epochs`` (0 to 300), ``log_width`` (−3 to 1, the decimal logarithm of the width of the
        surrogate in thresholds), ``rate`` (of Adam, 0.0005 to 0.02), ``height`` (of the surrogate, 0 or 1;
        with 0 only the readout learns), ``seed``.

    Returns
    -------
    Panel
        ``panel.result`` has what `snnlab.learning.gradients.patterns_by_heart.PatternsByHeart` has, ``loss``
        and ``accuracy`` NaN beyond the last epoch, and ``epoch``.

    Examples
    --------
    >>> panel = surrogate_training_panel(engine="kernel")
    >>> before = panel.result.now
    >>> panel.epochs = 20
    >>> panel.result.now < before
    True
    """
    return Panel(
        "surrogate_training",
        title="A network that learns",
        question=question,
        controls=[
            Control("epochs", "n", "Epochs", 0.0, MOST_EPOCHS, 0.0, 2.0, "", 1),
            Control("log_width", "log b", "Width, as a power of ten", -3.0, 1.0, -2.0, 0.1, "", 3),
            Control("rate", "η", "Learning rate", 0.0005, 0.02, 0.002, 0.0005, "", 2),
            Control("height", "h", "Surrogate gradient", 0.0, 1.0, 1.0, 1.0, "", 4),
        ],
        readouts=[
            ReadOut("n"),
            ReadOut("percent", 1, "%"),
            ReadOut("now", 2),
            ReadOut("busy", 1),
            ReadOut("width", 3),
        ],
        views=[
            Kernels(
                "epoch",
                (("accuracy", "accuracy", 1), ("loss", "loss", 2)),
                Axis(0.0, MOST_EPOCHS, "epoch"),
                Axis(0.0, 1.2, "fraction right, loss"),
                title="Fraction of the patterns that are told apart, and the loss, epoch by epoch",
            ),
            Histogram(
                "margins",
                Axis(-REACH, REACH, "score of the right class, minus that of the other"),
                "patterns",
                title="By how much the right class wins, for all patterns; left of 0 it loses, ties go to A",
            ),
            Raster(
                "times",
                "rows",
                SHOWN,
                STEPS,
                label="pattern",
                title="Spikes of the hidden neurons in 30 of the patterns, one row each",
            ),
        ],
        sentence=(
            "Epoch {epochs}, b = {width}, η = {rate}, surrogate {height}: {percent} % right, loss {now}, "
            "{busy} hidden spikes a pattern"
        ),
        headline="percent",
        detail="of 256 patterns right after {epochs} epochs, loss {now}, {busy} hidden spikes a pattern",
        kernel=run_by_heart,
        arrays={
            "seen": recorded(MOST_EPOCHS),
            "learner": scratch(blank_learner(MOST_EPOCHS), keep=True),
            "trial": scratch(workspace()),
            "epoch": np.arange(MOST_EPOCHS + 1.0),
        },
        constants={"adam": Adam()},
        presets={
            "only the readout learns": {"height": 0.0},
            "narrow": {"log_width": -3.0},
            "wide": {"log_width": 0.0},
            "hasty": {"rate": 0.02},
        },
        python=(
            "import numpy as np\n"
            "from snnlab.learning import Adam\n"
            "from snnlab.learning.gradients.patterns_by_heart import patterns_by_heart\n\n"
            "# np.uint64(…) is the seed of this picture; np.random.default_rng() draws other patterns\n"
            "adam, rng = Adam({rate}), np.uint64({seed})\n"
            "seen = patterns_by_heart({epochs}, {log_width}, {height}, adam, rng=rng)\n"
            'print(f"{{seen.percent:.1f}} % right, loss {{seen.now:.2f}}")'
        ),
        play=("epochs", "Train", "anew"),
        seed=1,
        values=values,
        engine=engine,
        goal=goal,
    )
