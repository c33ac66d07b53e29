"""The panel of a digit that the reader draws, and what a converted network calls it while time runs."""

from typing import TYPE_CHECKING, Any

from snnlab.data.drawings import MOST, drawing_as_text, load_drawings
from snnlab.learning.conversion.drawn_digit import LONGEST, recorded, run_drawn_digit, workspace
from snnlab.learning.conversion.mnist_network import UNIT, whole_weights
from snnlab.learning.conversion.pen_picture import PIXELS, room
from snnlab_widgets.core.controls import Array, Control, ReadOut, scratch
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Drawing, Handle, HeatMap

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["drawn_digit_panel"]

QUESTION = (
    "Draw a digit. From which step on is it named as without spikes, and by how many spikes? "
    "And from half a threshold?"
)
SHOWN = 9  # the digit that is drawn at the start


def drawn_digit_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: Any
) -> Panel:
    """A square to draw on, what a converted network sees of the drawing, and what its outputs say.

    The network is that of `snnlab.learning.conversion.mnist_network`. Its outputs are drawn up to the steps
    that the reader has reached, and the point marks the digit that is named then.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``steps`` (1 to 100), ``v_0`` (0 to 0.5 of a threshold), ``drawing`` (strokes, or text
        as in `snnlab.data.drawings`).

    Returns
    -------
    Panel
        ``panel.result`` has what `snnlab.learning.conversion.drawn_digit.DrawnDigit` has.

    Examples
    --------
    >>> from snnlab.data.drawings import load_drawings
    >>> panel = drawn_digit_panel(engine="kernel", steps=50)
    >>> panel.drawing = load_drawings()[0]
    >>> panel.result.named
    0.0
    """
    across, up = Axis(0.0, float(PIXELS), "columns"), Axis(0.0, float(PIXELS), "rows")
    return Panel(
        "drawn_digit",
        title="A digit of your own",
        question=question,
        controls=[
            Control("steps", "T", "Steps", 1.0, float(LONGEST), 3.0, 1.0, colour=1),
            Control("v_0", "v_0", "Potential at the start", 0.0, 0.5, 0.0, 0.05, "θ", colour=2),
        ],
        readouts=[
            ReadOut("named"),
            ReadOut("plain"),
            ReadOut("since"),
            ReadOut("spikes"),
            ReadOut("lead", 2),
        ],
        views=[
            Drawing(
                "drawing",
                drawing_as_text(load_drawings()[SHOWN]),
                what="a digit",
                title="A square with what is drawn on it",
            ),
            HeatMap(
                "picture",
                across,
                up,
                Axis(0.0, 1.0, "ink"),
                title="What the network sees: the drawing, fitted, centred and in 14 by 14 pixels",
                square=True,
            ),
            HeatMap(
                "said",
                Axis(0.0, float(LONGEST), "steps"),
                Axis(-0.5, 9.5, "digit"),
                Axis(-0.8, 0.8, "y / t"),
                Handle("Steps and the digit that is named", "steps", "named"),
                title="What each of the ten outputs says after every step, up to this one",
            ),
        ],
        sentence=(
            "T = {steps}, v_0 = {v_0} θ: {named} since step {since}, {lead} ahead of the next, after "
            "{spikes} hidden {spikes|spike|spikes}; {plain} without spikes"
        ),
        headline="named",
        detail=(
            "since step {since} of {steps}, after {spikes} hidden {spikes|spike|spikes}; "
            "without spikes it is {plain}"
        ),
        kernel=run_drawn_digit,
        arrays={
            "seen": recorded(),
            "drawing": Array((MOST, 3), work=True),
            "room": scratch(room()),
            "work": scratch(workspace()),
            **whole_weights()._asdict(),
        },
        constants={"unit": float(UNIT)},
        presets={
            "one step": {"steps": 1.0},
            "ten steps": {"steps": 10.0},
            "all steps": {"steps": float(LONGEST)},
            "half a threshold": {"v_0": 0.5},
        },
        python=(
            "from snnlab.learning.conversion.drawn_digit import drawn_digit\n\n"
            'drawing = "{drawing}"\n'
            "seen = drawn_digit(drawing, {steps}, {v_0})\n"
            'print(f"{{seen.named:.0f}} after {{seen.spikes:.0f}} spikes, {{seen.plain:.0f}} without")'
        ),
        play=("steps", "Run"),
        values=values,
        engine=engine,
        goal=goal,
    )
