"""The panel of the reader's own camera: what an event camera would send of what it sees."""

from typing import TYPE_CHECKING

from snnlab.coding.camera.glance import (
    COLUMNS,
    ROWS,
    glance,
    logarithms,
    recorded,
    run_glance,
    two_pictures,
)
from snnlab_widgets.core.controls import Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, HeatMap

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["own_camera_panel"]

PIXELS = ROWS * COLUMNS
QUESTION = "Hold still before your own camera: what is left of you? And what comes back when you nod?"


def own_camera_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """Two pictures of 36 x 48 pixels, and the events between them.

    At first they show a digit and the same digit three pixels farther to the right. The button *Use my
    camera* takes those of the reader's camera instead, in the page alone.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python, which sees no camera.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``on`` and ``off`` (0.1 to 1, the thresholds of the logarithm of the light).

    Returns
    -------
    Panel
        ``panel.result`` has what `snnlab.coding.camera.glance.Glance` has, of the two pictures of the digit.

    Examples
    --------
    >>> panel = own_camera_panel(engine="kernel", off=1.0)
    >>> bool(panel.result.n_on > panel.result.n_off)
    True
    """
    columns, rows = Axis(0.0, float(COLUMNS), "columns"), Axis(0.0, float(ROWS), "rows")
    before, now = two_pictures()
    return Panel(
        "own_camera",
        title="Your own event camera",
        question=question,
        controls=[
            Control("on", "θ_on", "Threshold of ON", 0.1, 1.0, 0.3, 0.05, "", colour=1),
            Control("off", "θ_off", "Threshold of OFF", 0.1, 1.0, 0.3, 0.05, "", colour=2),
        ],
        readouts=[ReadOut("n"), ReadOut("n_on"), ReadOut("n_off"), ReadOut("speaking")],
        views=[
            HeatMap(
                "light",
                columns,
                rows,
                Axis(-3.5, 0.0, "ln of the light"),
                title="The light on each pixel now",
                square=True,
            ),
            HeatMap(
                "balance",
                columns,
                rows,
                Axis(-4.0, 4.0, "ON − OFF"),
                title="The events since the picture before: bright where ON was sent, dark where OFF was",
                square=True,
            ),
        ],
        sentence=(
            "θ_on = {on}, θ_off = {off}: {n} {n|event|events}, {n_on} ON and {n_off} OFF, from {speaking} of "
            f"{PIXELS} pixels"
        ),
        headline="n",
        detail=f"{{n|event|events}}, {{n_on}} ON, {{n_off}} OFF, from {{speaking}} of {PIXELS} pixels",
        kernel=run_glance,
        arrays={
            "seen": recorded(),
            "grey": now,
            "remembered": glance(before).remembers,
            "logs": logarithms(),
        },
        presets={
            "a fine camera": {"on": 0.1, "off": 0.1},
            "a dull camera": {"on": 1.0, "off": 1.0},
            "for the dark": {"on": 1.0, "off": 0.1},
        },
        python=(
            "from snnlab.coding.camera.event_pixel import EventPixel\n"
            "from snnlab.coding.camera.glance import glance, two_pictures\n\n"
            "before, now = two_pictures()\n"
            "seen = glance(now, glance(before).remembers, EventPixel(on={on}, off={off}))\n"
            'print(f"{{seen.n}} events, {{seen.n_on}} ON and {{seen.n_off}} OFF")'
        ),
        camera=("grey", "remembered", "remembers"),
        values=values,
        engine=engine,
        goal=goal,
    )
