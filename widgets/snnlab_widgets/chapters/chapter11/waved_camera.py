"""The panel of the event camera: a digit is dragged across its view."""

from typing import TYPE_CHECKING

from snnlab.coding.camera.waved_camera import FARTHEST, SIZE, recorded, run_waved, small_scenes, workspace
from snnlab_widgets.core.controls import Control, ReadOut, scratch
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Handle, HeatMap, Trace

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["waved_camera_panel"]

HALF = SIZE / 2
QUESTION = "Drag the digit. Which of its edges does the camera see, and which does it not?"


def waved_camera_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """A bright digit that is pushed across the view of an event camera of 34 x 34 pixels within 100 ms.

    The digit is dragged in the picture. Beside it are the events of the push, and below the pixel that sends
    most.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``dx`` and ``dy`` (-6 to 6 pixels to the right and up), ``threshold`` (0.1 to 1, of the
        logarithm of the light), ``digit`` (0 to 9).

    Returns
    -------
    Panel
        ``panel.result`` has what `snnlab.coding.camera.waved_camera.WavedCamera` has.

    Examples
    --------
    >>> panel = waved_camera_panel(engine="kernel")
    >>> at_rest = panel.headline()
    >>> panel.dx = 4.0
    >>> print(at_rest, panel.result.n > 500)
    0 True
    """
    columns, rows = Axis(-HALF, HALF, "pixels to the right"), Axis(-HALF, HALF, "pixels up")
    levels, times, ways = workspace()
    return Panel(
        "waved_camera",
        title="An event camera",
        question=question,
        controls=[
            Control("dx", "Δx", "Pushed to the right by", -FARTHEST, FARTHEST, 0.0, 0.5, "pixels", colour=1),
            Control("dy", "Δy", "Pushed up by", -FARTHEST, FARTHEST, 0.0, 0.5, "pixels", colour=2),
            Control("threshold", "θ", "Threshold of a pixel", 0.1, 1.0, 0.3, 0.05, "", colour=3),
            Control("digit", "d", "Digit", 0.0, 9.0, 3.0, 1.0, "", colour=4),
        ],
        readouts=[
            ReadOut("n"),
            ReadOut("n_on"),
            ReadOut("n_off"),
            ReadOut("speaking"),
            ReadOut("way", 1, "pixels"),
            ReadOut("n_on_there"),
            ReadOut("n_off_there"),
        ],
        views=[
            HeatMap(
                "scene",
                columns,
                rows,
                Axis(-2.4, 0.0, "ln of the light"),
                Handle("Middle of the digit", "dx", "dy"),
                title="The light on each pixel at the end of the push",
                square=True,
            ),
            HeatMap(
                "balance",
                columns,
                rows,
                Axis(-8.0, 8.0, "ON − OFF"),
                title="The events of the push: bright where a pixel sent ON, dark where it sent OFF",
                square=True,
            ),
            Trace(
                "level",
                1.0,
                Axis(-2.4, 0.1, "ln of the light"),
                name="light",
                also=(("reference", "level remembered", 3),),
                spikes="on_times",
                behind_spikes="off_times",
                rows=("OFF", "ON"),
                title="The pixel that sends most: its light, the level that it remembers, and its events",
            ),
        ],
        sentence=(
            "Digit {digit} pushed by {dx} pixels to the right and {dy} up, θ = {threshold}: {n} events, "
            "{n_on} ON and {n_off} OFF, from {speaking} of 1156 pixels"
        ),
        headline="n",
        detail=(
            "{n|event|events}, {n_on} ON and {n_off} OFF, from {speaking} of 1156 pixels; pushed by {way} "
            "pixels"
        ),
        kernel=run_waved,
        arrays={
            "seen": recorded(),
            **scratch({"levels": levels, "times": times, "ways": ways}),
            "scenes": small_scenes(),
        },
        presets={
            "to the right": {"dx": 4.0},
            "up": {"dy": 4.0},
            "a 1, along itself": {"digit": 1.0, "dy": 4.0},
            "a dull camera": {"dx": 4.0, "threshold": 1.0},
        },
        python=(
            "from snnlab.coding.camera.waved_camera import waved_camera\n\n"
            "seen = waved_camera({digit}, {dx}, {dy}, threshold={threshold})\n"
            'print(f"{{seen.n}} events, {{seen.n_on}} ON and {{seen.n_off}} OFF")'
        ),
        values=values,
        engine=engine,
        goal=goal,
    )
