"""The panel of the mouse: where it was facing, read from the spikes of a few cells."""

import functools
from typing import TYPE_CHECKING

from snnlab.coding.decoding import facing_minute as minute
from snnlab.data import load_head_direction
from snnlab_widgets.core.controls import Control, ReadOut, scratch
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Handle, Histogram, Trace

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["facing_panel"]

CELLS = (6, 5, 4, 3, 2, 1, 0)  # the head-direction cells, the liveliest first
BEGIN = 60_000.0  # ms of the recording

QUESTION = "How soon can one know where the mouse is facing, and how well?"


@functools.cache
def measured() -> minute.Taught:
    """The minute that is read, and what the other half of the recording teaches."""
    mouse = load_head_direction()
    return minute.taught(mouse.spikes[list(CELLS)], mouse.stimulus, mouse.dt, BEGIN)


def facing_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """A minute of a mouse's life: the direction of its head, and what its head-direction cells say.

    The cells are those of `snnlab.data.load_head_direction`, and `snnlab.coding.decoding.facing_minute` reads
    them.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``cells`` (1 to 7), ``window`` (50 to 1600 ms), ``memory`` (0 to 100 %).

    Returns
    -------
    Panel
        ``panel.result`` has ``truth`` and ``guess`` (degrees, one value for each 50 ms of what is drawn; NaN
        where the line would go once around), ``off`` (% of the windows whose guess is off by 0 to 10, 10 to
        20, … degrees), ``errors`` (degrees, sorted), ``n`` (windows), ``error`` (their median) and ``lost``
        (% of them off by more than 90 degrees).

    Examples
    --------
    >>> facing_panel(cells=7, window=200).result.error < facing_panel(cells=1, window=200).result.error
    True
    """
    return Panel(
        "facing",
        title="Where is the mouse facing?",
        question=question,
        controls=[
            Control("cells", "N", "Cells", 1.0, len(CELLS), 1.0, 1.0, "", colour=2),
            Control("window", "T", "Window", minute.STEP, minute.LONGEST, 200.0, minute.STEP, "ms", colour=3),
            Control("memory", "m", "Memory", 0.0, 100.0, 0.0, 5.0, "%", colour=4),
        ],
        readouts=[ReadOut("n"), ReadOut("error", 0, "°"), ReadOut("lost", 0, "%")],
        views=[
            Trace(
                "guess",
                minute.STEP,
                Axis(minute.CUT - 360.0, minute.CUT, "direction (°)"),
                behind="truth",
                name="what the cells say",
                behind_name="where it was facing",
                title="Where the mouse was facing, in grey, and over it what its cells say",
                handles=(Handle("Length of the window", "window", minute.CUT - 340.0),),
            ),
            Histogram(
                "off",
                Axis(0.0, 180.0, "error (°)"),
                "windows (%)",
                title="How far the guesses of the whole minute are off",
            ),
        ],
        sentence=(
            "{cells} {cells|cell|cells}, {window} ms, memory {memory} %: half of the guesses are off by "
            "{error}° or less, {lost} % by more than a right angle"
        ),
        headline="error",
        detail="off, in the median of {n} windows; {lost} % are off by more than a right angle",
        kernel=minute.run_minute,
        arrays={
            "seen": minute.recorded(),
            **measured()._asdict(),
            **scratch(minute.buffers(len(CELLS))),
        },
        presets={
            "one cell": {"cells": 1.0},
            "all seven": {"cells": 7.0},
            "too hasty": {"cells": 7.0, "window": 50.0},
            "too patient": {"cells": 7.0, "window": 1600.0},
            "hasty, but it remembers": {"cells": 7.0, "window": 50.0, "memory": 90.0},
        },
        python=(
            "from snnlab.coding.decoding.facing_minute import facing_minute\n"
            "from snnlab.data import load_head_direction\n\n"
            "mouse = load_head_direction()\n"
            f"cells = mouse.spikes[list({CELLS}[:{{cells}}])]\n"
            "seen = facing_minute(cells, mouse.stimulus, mouse.dt, {window}, {memory} / 100)\n"
            'print(f"{{seen.error:.0f}} degrees off, the median of {{seen.n}} windows")'
        ),
        values=values,
        engine=engine,
        goal=goal,
    )
