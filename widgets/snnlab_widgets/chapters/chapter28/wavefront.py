"""The panel of the wavefront: a wave of spikes runs over a map and finds the shortest path."""

from typing import TYPE_CHECKING

from snnlab.loihi.applications.wave_on_map import (
    LAND,
    MUDDY,
    NUMBERS,
    PATH,
    PLAIN,
    ROAD,
    SOURCE,
    kinds_of,
    laid_out,
    recorded,
    run_on_map,
)
from snnlab.loihi.fixed_point import DELAY_MAX
from snnlab.loihi.networks.recurrent import at_rest
from snnlab_widgets.core.controls import Array, Control, ReadOut, scratch
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Handle, HeatMap

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["wavefront_panel"]

KINDS = kinds_of(LAND)
ROWS, COLUMNS = KINDS.shape
LATEST = 260  # steps
QUESTION = (
    "The wave comes to the point through the mud. How slow may the mud be before it comes round the wall?"
)


def wavefront_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """The wave of `snnlab.loihi.applications.wave_on_map` over the map of the course.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``mud`` (1 to 62 steps), ``tx`` and ``ty`` (the column, 1 to 20, and the row, 1 to 12,
        of the target), ``until`` (0 to 260 steps, how long the wave has run).

    Returns
    -------
    Panel
        ``panel.result`` has ``wave`` (the first spike of each square, shape (12, 20), the first row at the
        bottom), ``ground`` (the map with the path), ``time`` (the first spike of the target), ``squares``
        and ``muddy`` (squares of the path, and how many of them are mud); NaN until the wave is there.

    Examples
    --------
    >>> panel = wavefront_panel(engine="kernel", mud=10)
    >>> print(panel)
    mud 10 steps: first spike at (17, 9) after 86 steps, over 17 squares, 3 of them mud
    """
    return Panel(
        "wavefront",
        title="A wave of spikes",
        question=question,
        controls=[
            Control("mud", "d", "A square of mud takes", 1.0, float(DELAY_MAX), 20.0, 1.0, "steps", colour=3),
            Control("until", "t", "The wave has run for", 0.0, LATEST, LATEST, 4.0, "steps", colour=1),
            Control("tx", "x", "Column of the target", 1.0, COLUMNS, 17.0, 1.0, "", colour=2),
            Control("ty", "y", "Row of the target", 1.0, ROWS, 9.0, 1.0, "", colour=2),
        ],
        readouts=[ReadOut("time", 0, "steps", none="not yet"), ReadOut("squares"), ReadOut("muddy")],
        views=[
            HeatMap(
                "wave",
                Axis(0.5, COLUMNS + 0.5, "column"),
                Axis(0.5, ROWS + 0.5, "row"),
                Axis(0.0, 160.0, "first spike (steps)"),
                at=Handle("Target", "tx", "ty"),
                nothing="wall, or not reached",
                title="The step in which each square of the map fires first",
                square=True,
            ),
            HeatMap(
                "ground",
                Axis(0.5, COLUMNS + 0.5, "column"),
                Axis(0.5, ROWS + 0.5, "row"),
                Axis(0.0, 1.0, "ground"),
                kinds=((PLAIN, "road"), (MUDDY, "mud"), (PATH, "path")),
                nothing="wall",
                title="The map with roads, mud and walls, and the shortest path",
                square=True,
            ),
        ],
        sentence=(
            "mud {mud} {mud|step|steps}: [first spike at ({tx}, {ty}) after {time} {time|step|steps}, over "
            "{squares} {squares|square|squares}, {muddy} of them mud]{time|||the target has not fired yet}"
        ),
        headline="time",
        detail=(
            "[to the target, over {squares} {squares|square|squares}, {muddy} of them mud]"
            "{time|||the wave has not come to the target}"
        ),
        kernel=run_on_map,
        arrays={
            "seen": recorded(KINDS),
            "kinds": KINDS,
            **laid_out(KINDS)._asdict(),
            "state": scratch(at_rest(KINDS.size)),
            "first": Array((KINDS.size,), "int32", work=True),
            "came_from": Array((KINDS.size,), "int32", work=True),
        },
        constants={"numbers": NUMBERS, "source": SOURCE},
        presets={
            "dry ground": {"mud": ROAD},
            "deep mud": {"mud": DELAY_MAX},
            "half way": {"until": 60},
            "into the mud": {"tx": 16.0, "ty": 3.0, "mud": 30},
        },
        python=(
            "from snnlab.loihi.applications.wave_on_map import wave_on_map\n\n"
            "seen = wave_on_map({tx}, {ty}, mud={mud}, until={until})\n"
            'print(f"{{seen.time:.0f}} steps over {{seen.squares:.0f}} squares, {{seen.muddy:.0f}} of mud")'
        ),
        play=("until", "Let it run"),
        values=values,
        engine=engine,
        goal=goal,
    )
