"""The panel of a network that learns to follow the line that a reader draws."""

from typing import TYPE_CHECKING, Any

import numpy as np

from snnlab.data.drawings import MOST, SIDE, drawing_as_text
from snnlab.learning.gates.drawn_line import HIGHEST, run_drawn_line
from snnlab.learning.gates.follow_line import DT, STEPS, N, first, recorded
from snnlab.learning.gates.follow_line import MOST as MOST_UPDATES
from snnlab.learning.gates.gated_neuron import GatedNeuron
from snnlab_widgets.core.controls import Array, Control, ReadOut, scratch
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Drawing, Raster, Trace

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["followed_line_panel"]

QUESTION = "Draw a line. Can sixteen neurons learn to say it in spikes, and also if these are all or nothing?"
ALONG = np.linspace(0.0, float(SIDE), 41)
SHOWN = drawing_as_text([np.column_stack([ALONG, SIDE * (0.5 - 0.3 * np.sin(3.0 * np.pi * ALONG / SIDE))])])
"""What is drawn at the start: a sine, one period and a half."""


def followed_line_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: Any
) -> Panel:
    """A square to draw a line on, and a network of gated neurons that learns to follow it.

    The button *Train* goes on from step to step of Adam, by the exact gradient. What has been learnt runs
    with the gate that it was learnt with, and with a narrow one, whose spikes are all or nothing.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``updates`` (0 to 80 steps of Adam), ``width`` (of the gate, 0.05 to 0.9), ``rate``
        (of learning, 0.005 to 0.05), ``drawing`` (strokes, or text as in `snnlab.data.drawings`).

    Returns
    -------
    Panel
        ``panel.result`` has what `snnlab.learning.gates.follow_line.FollowedLine` has.

    Examples
    --------
    >>> panel = followed_line_panel(engine="kernel")
    >>> before = panel.result.share
    >>> panel.updates = 60
    >>> bool(panel.result.share < 0.3 < before)
    True
    """
    seen, room = recorded()
    neuron = GatedNeuron(dt=DT)
    end = 1.2 * HIGHEST  # room for what comes out before learning would make the line flat
    span = Axis(-end, end, f"line and output (cut off beyond ±{end:.1f})")
    return Panel(
        "followed_line",
        title="A network that follows your line",
        question=question,
        controls=[
            Control("updates", "n", "Steps of learning", 0.0, float(MOST_UPDATES), 0.0, 1.0, "", 1),
            Control("width", "w", "Width of the gate", 0.05, 0.9, 0.6, 0.05, "", 3),
            Control("rate", "η", "Learning rate", 0.005, 0.05, 0.02, 0.005, "", 4),
        ],
        readouts=[
            ReadOut("n"),
            ReadOut("share", 2),
            ReadOut("error_before", 2),
            ReadOut("error", 2),
            ReadOut("error_narrow", 2),
            ReadOut("silence", 2),
        ],
        views=[
            Drawing("drawing", SHOWN, what="a line from left to right", title="A square with a line on it"),
            Trace(
                "output",
                DT,
                span,
                also=(("line", "your line", 2), ("output_narrow", "with a narrow gate", 3)),
                name="output of the network",
                title="Your line, what the network makes of it, and what it makes of it with a narrow gate",
                colour=1,
            ),
            Raster(
                "times",
                "units",
                N,
                STEPS * DT,
                label="neuron",
                title="The spikes of the sixteen neurons: odd rows are pushed up by the line, even rows down",
            ),
        ],
        sentence=(
            "After {updates} {updates|step|steps} at a rate of {rate}, gate {width} wide: an error of "
            "{error}, {share} of what silence would be off by ({silence}), with {n} {n|spike|spikes}; with a "
            "narrow gate {error_narrow}"
        ),
        headline="share",
        detail=(
            "of the error of silence; error {error}, with a narrow gate {error_narrow}, {n} {n|spike|spikes}"
        ),
        kernel=run_drawn_line,
        arrays={
            "seen": seen,
            "room": scratch(room),
            "drawing": Array((MOST, 3), work=True),
            **first(1),
        },
        constants={"neuron": neuron, "kept": neuron.kept},
        presets={
            "learnt": {"updates": float(MOST_UPDATES)},
            "learnt with a narrow gate": {"updates": float(MOST_UPDATES), "width": 0.05},
            "learnt quickly": {"updates": float(MOST_UPDATES), "rate": 0.05},
        },
        python=(
            "from snnlab.learning.gates.drawn_line import follow_drawing\n\n"
            'drawing = "{drawing}"\n'
            "seen = follow_drawing(drawing, updates={updates}, width={width}, rate={rate})\n"
            'print(f"{{seen.share:.2f}} of the error of silence, {{seen.n}} spikes")\n'
            'print(f"off by {{seen.error:.2f}}, with a narrow gate by {{seen.error_narrow:.2f}}")'
        ),
        play=("updates", "Train", "anew"),
        values=values,
        engine=engine,
        goal=goal,
    )
