"""The panel of the surrogate's width: what one neuron learns with it, and with every other width."""

from typing import TYPE_CHECKING

import numpy as np

from snnlab.learning.gradients.adam import Adam
from snnlab.learning.gradients.surrogate_widths import (
    INPUTS,
    NARROWEST,
    NEURON,
    ROOM,
    STEPS,
    TAU,
    WANTED,
    WIDEST,
    recorded,
    run_widths,
)
from snnlab.learning.gradients.timing import decays_of
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Curve, Kernels, Trace

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["surrogate_width_panel"]

TASKS, MOST_EPOCHS = 4, 200

QUESTION = "How near to the threshold must the potential be, for the neuron to learn from it?"


def surrogate_width_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """One neuron learns to fire at five given times, with a surrogate of any width.

    It has 100 inputs that fire by chance, at 5 Hz for 200 ms, the same in every epoch, and learns by
    `snnlab.learning.learn_timing`. Four such tasks are learnt with 25 widths each; the first is shown.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``log_width`` (−3 to 1, the decimal logarithm of the width in thresholds), ``epochs``
        (0 to 200), ``rate`` (of Adam, 0.001 to 0.05), ``seed``.

    Returns
    -------
    Panel
        ``panel.result`` has what `snnlab.learning.gradients.surrogate_widths.SurrogateWidths` has, its
        ``history`` NaN beyond the last epoch, and ``epoch``.

    Examples
    --------
    >>> result = surrogate_width_panel(log_width=0.0).result
    >>> result.last < result.first
    True
    """
    return Panel(
        "surrogate_width",
        title="What a neuron learns, by the width of the surrogate",
        question=question,
        controls=[
            Control("log_width", "log b", "Width, as a power of ten", NARROWEST, WIDEST, -2.0, 0.1, "", 3),
            Control("epochs", "n", "Epochs", 0.0, MOST_EPOCHS, 100.0, 5.0, "", 1),
            Control("rate", "η", "Learning rate", 0.001, 0.05, 0.01, 0.001, "", 2),
        ],
        readouts=[
            ReadOut("n"),
            ReadOut("hits"),
            ReadOut("first", 2),
            ReadOut("last", 2),
            ReadOut("middle", 2),
            ReadOut("width", 3),
        ],
        views=[
            Trace(
                "v",
                1.0,
                Axis(-2.5, 1.6, "v (thresholds)"),
                name="after learning",
                also=(("threshold", "threshold", 4), ("before", "before learning", 6)),
                spikes="times",
                behind_spikes="wanted_times",
                rows=("wanted", "fired"),
                title="Membrane potential before learning and after it, with wanted and fired spikes",
            ),
            Curve(
                "places",
                "left",
                "log_width",
                "middle",
                Axis(NARROWEST, WIDEST, "log₁₀ of the width b"),
                "loss at the end",
                least=5.0,
                title="The loss after the last epoch, mean of four tasks, against the width up to this one",
                side="left",
            ),
            Kernels(
                "epoch",
                (("history", "loss of the task shown", 1),),
                Axis(0.0, MOST_EPOCHS, "epoch"),
                Axis(0.0, 12.0, "loss"),
                title="The loss of the task that is shown, epoch by epoch",
            ),
        ],
        sentence=(
            f"b = {{width}}, η = {{rate}}: after {{epochs}} epochs {{hits}} of {WANTED} wanted spikes "
            "within 2 ms, {n} fired; loss {first} before, {last} after; mean of four tasks {middle}"
        ),
        headline="middle",
        detail=(
            "loss after {epochs} epochs, mean of four tasks, with a width of {width}. In the one shown "
            f"{{hits}} of {WANTED} wanted spikes are met, {{n}} fired"
        ),
        kernel=run_widths,
        arrays={
            "seen": recorded(MOST_EPOCHS),
            "rows": Array((5, STEPS), work=True),
            "each": Array((5, INPUTS), work=True),
            "at": Array((ROOM,), "int32", work=True),
            "unit": Array((ROOM,), "int32", work=True),
            "threshold": np.ones(STEPS),
            "epoch": np.arange(MOST_EPOCHS + 1.0),
        },
        constants={"decays": decays_of(NEURON, TAU), "adam": Adam(), "tasks": TASKS},
        presets={
            "SpyTorch's width": {"log_width": -2.0},
            "ten times wider": {"log_width": -1.0},
            "a threshold wide": {"log_width": 0.0},
            "hopelessly narrow": {"log_width": -3.0},
        },
        python=(
            "import numpy as np\n"
            "from snnlab.learning import Adam\n"
            "from snnlab.learning.gradients.surrogate_widths import surrogate_widths\n\n"
            "# np.uint64(…) is the seed of this picture; np.random.default_rng() draws other tasks\n"
            "seen = surrogate_widths({log_width}, {epochs}, Adam({rate}), rng=np.uint64({seed}))\n"
            'print(f"loss {{seen.middle:.2f}}, in the first task {{seen.last:.2f}} after {{seen.first:.2f}}")'
        ),
        play=("epochs", "Train"),
        seed=1,
        values=values,
        engine=engine,
        goal=goal,
    )
