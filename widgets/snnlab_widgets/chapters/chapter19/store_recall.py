"""The panel of store and recall: the reader gives the symbols, and thresholds remember one of them."""

from typing import TYPE_CHECKING, Any

from snnlab.data.drawings import MOST, drawing_as_text
from snnlab.learning.memory.drawn_recall import run_drawn_recall
from snnlab.learning.memory.learnt_recall import learnt_recall, whole_recall
from snnlab.learning.memory.recall_kernel import DT, INTERVALS, SAID, STEPS, TRIALS, recall_numbers
from snnlab.learning.memory.shown_recall import recorded, workspace
from snnlab.learning.memory.store_recall import GROUPS
from snnlab_widgets.core.controls import Array, Control, ReadOut, scratch
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Drawing, Raster, Trace

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["store_recall_panel"]

QUESTION = (
    "A potential forgets in 20 ms. Say which of the symbols is to be kept, and ask for it a second later: "
    "where has it been?"
)
SHOWN = drawing_as_text([[(0, 250), (80, 250)], [(84, 750), (1000, 750)]])
"""What is drawn at the start: a 1 in the first interval, and 0 in all others."""


def store_recall_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: Any
) -> Panel:
    """A square to give symbols to a network that has learnt store and recall, interval by interval.

    Twenty neurons, ten of which adapt, hear four groups of inputs: one for each symbol, one for each command.
    What they have learnt stays as it is; what the reader moves is the trial and the adaptation.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``store`` (1 to 11, the interval in which a symbol is to be kept), ``recall`` (2 to 12,
        in which it is asked for), ``tau_a`` (200 to 3000 ms), ``adaptation`` (0 to 1, of what was learnt
        with), ``drawing`` (strokes, or text as in `snnlab.data.drawings`), ``seed``.

    Returns
    -------
    Panel
        ``panel.result`` has what `snnlab.learning.memory.shown_recall.ShownRecall` has.

    Examples
    --------
    >>> panel = store_recall_panel(engine="kernel")
    >>> before = panel.result.right
    >>> panel.adaptation = 0
    >>> panel.result.right < before
    True
    """
    path, cell, wires = workspace()
    whole = whole_recall()
    zeros, ones = ((whole.prefers == symbol).sum() for symbol in (0, 1))
    return Panel(
        "store_recall",
        title="Thresholds that remember",
        question=question,
        controls=[
            Control("store", "S", "Store in interval", 1.0, INTERVALS - 1.0, 1.0, 1.0, "", 3),
            Control("recall", "R", "Recall in interval", 2.0, float(INTERVALS), 7.0, 1.0, "", 4),
            Control("tau_a", "τ_a", "Thresholds come back in", 200.0, 3000.0, 1200.0, 100.0, "ms", 5),
            Control("adaptation", "β_a", "Adaptation, of what was learnt with", 0.0, 1.0, 1.0, 0.05, "", 6),
        ],
        readouts=[
            ReadOut("right"),
            ReadOut("answer"),
            ReadOut("wanted"),
            ReadOut("asked"),
            ReadOut("delay", 0, "ms"),
            ReadOut("trace", 2),
            ReadOut("rate", 0, "Hz"),
            ReadOut("n"),
        ],
        views=[
            Drawing(
                "drawing",
                SHOWN,
                what="the symbols, from left to right, above the middle for 1 and below for 0",
                title="The symbols of twelve intervals: a line in the upper half is 1, in the lower half 0",
                columns=INTERVALS,
                bands=("1", "0"),
            ),
            Raster(
                "times",
                "rows",
                len(GROUPS) * SAID + whole.prefers.size,
                STEPS * DT,
                label="input or neuron",
                groups=(
                    *((name, SAID) for name in GROUPS),
                    ("LIF", int((whole.prefers < 0).sum())),
                    ("prefer 0", int(zeros)),
                    ("prefer 1", int(ones)),
                ),
                title=(
                    "Spikes of five of the 25 inputs of each group, and below of the LIF neurons and of the "
                    "adaptive ones, those first that fire more when a 0 is stored"
                ),
            ),
            Trace(
                "threshold_0",
                DT,
                Axis(0.0, 8.0, "threshold (thresholds at rest)"),
                also=(
                    ("threshold_1", "prefer 1", 2),
                    ("other_0", "prefer 0, had the other symbol been stored", 3),
                    ("other_1", "prefer 1, likewise", 4),
                ),
                name="prefer 0",
                title=(
                    "Mean threshold of the adaptive neurons that prefer 0, and of those that prefer 1, as "
                    "it is and as it would be if the other symbol had been stored"
                ),
                colour=1,
            ),
            Trace(
                "said_0",
                DT,
                Axis(-8.0, 8.0, "readout"),
                also=(("said_1", "1", 2),),
                name="0",
                title="The readouts of the two symbols; the answer is whose mean is larger while it is asked",
                colour=1,
            ),
        ],
        sentence=(
            "The {wanted} of interval {store}, asked for in interval {asked}, {delay} ms after the store "
            f"began, with τ_a = {{tau_a}} ms and {{adaptation}} of the adaptation: right in {{right}} of "
            f"{TRIALS} trials. When it is asked, the threshold of a neuron that prefers it is {{trace}} "
            "higher than if the other had been stored; mean rate {rate} Hz"
        ),
        headline="right",
        detail=(
            f"of {TRIALS} trials bring back what was stored, {{delay}} ms after the store began, "
            f"{TRIALS // 2} by chance; it has left {{trace}} of a threshold"
        ),
        kernel=run_drawn_recall,
        arrays={
            "seen": recorded(),
            "path": scratch(path),
            "cell": scratch(cell),
            "wires": scratch(wires),
            "drawing": Array((MOST, 3), work=True),
            **whole._asdict(),
        },
        constants={"numbers": recall_numbers(learnt_recall())},
        presets={
            "soon": {"recall": 2.0},
            "late": {"recall": float(INTERVALS)},
            "without adaptation": {"adaptation": 0.0},
            "quick to come back": {"tau_a": 400.0},
        },
        python=(
            "import numpy as np\n"
            "from snnlab.learning.memory.drawn_recall import symbols_drawn\n"
            "from snnlab.learning.memory.shown_recall import shown_recall\n\n"
            'symbols = symbols_drawn("{drawing}")\n'
            "# np.uint64(…) is the seed of this picture; np.random.default_rng() draws other input spikes\n"
            "seen = shown_recall(\n"
            "    symbols, {store}, {recall}, {tau_a}, {adaptation}, rng=np.uint64({seed})\n"
            ")\n"
            f'print(f"{{{{seen.right}}}} of {TRIALS} trials bring back what was stored")'
        ),
        play=("time (ms)", "Run"),
        seed=1,
        values=values,
        engine=engine,
        goal=goal,
    )
