"""The panel of the wavefront: a wave of spikes runs over a map and finds the shortest path."""

import math
from typing import TYPE_CHECKING

import numpy as np

from snnlab.compiling import kernel
from snnlab.loihi.compartments import registers
from snnlab.loihi.conventions import BRIAN2_LOIHI
from snnlab.loihi.fixed import SHIFT_BITS
from snnlab.loihi.recurrent import RING, Connections, network_step, sorted_events
from snnlab.loihi.wavefront import ONE_SPIKE, SILENCED, TOLD, grid_roads
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Handle, HeatMap

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["SOURCE", "wave_map", "wavefront_panel"]

_MAP = (  # from the top: . road, ~ mud, # wall, S where the wave starts
    "..........#.........",
    "..........#.........",
    "..........#....####.",
    ".S.##....~~~......#.",
    "....#....~~~......#.",
    "....#....~~~....###.",
    "....#....~~~........",
    "..###.....#.........",
    "..........#...~~~~..",
    "..........#...~~~~..",
    "..........#...~~~~..",
    "....................",
)  # fmt: skip
ROWS, COLUMNS = len(_MAP), len(_MAP[0])
ROAD, SLOWEST, LATEST = 4, 62, 260  # steps
KINDS = np.array([[".~#S".index(c) for c in line] for line in reversed(_MAP)], np.int32)
SOURCE = int(np.flatnonzero(KINDS.ravel() == 3)[0])
"""The number of the square where the wave starts: row · 20 + column, rows from the bottom."""
QUESTION = (
    "The wave comes to the point through the mud. How slow may the mud be before it comes round the wall?"
)


def wave_map(mud: int) -> np.ndarray:
    """What it takes to enter each square: 4 steps on a road, `mud` in the mud; 0 is a wall.

    Parameters
    ----------
    mud : int
        Steps, 1 to 62.

    Returns
    -------
    array of int of shape (12, 20)
        Rows from the bottom.

    Examples
    --------
    >>> print(wave_map(20)[8, 8:13])
    [ 4 20 20 20  4]
    """
    return np.array([ROAD, mud, 0, ROAD])[KINDS]


@kernel
def wavefront_figure(
    kinds, begin, post, w, ring, u, v, fired, wait, b, late, first, path, wave, ground, out,
    mud, tx, ty, until, keep_u, keep_v, v_th, rest, v_min, drive_limit, edge, source, spike,
):  # fmt: skip
    """A wave over the map, and the path to the target, read back from who made whom fire."""
    rows, columns = kinds.shape
    n = rows * columns
    for k in range(n):
        first[k] = -1
        for s in range(begin[k], begin[k + 1]):
            end = post[s]
            slow = kinds[end // columns, end % columns] == 1
            late[s] = 1 if end == k else int(mud) if slow else 4
    ring[0, source] = spike
    t = last = 0
    while t <= last:
        arrives = network_step(
            t, ring, u, v, fired, wait, b, begin, post, w, late, 0, keep_u, keep_v, v_th, rest, v_min,
            drive_limit, edge,
        )  # fmt: skip
        last = max(last, arrives)
        for k in range(n):
            if fired[k] and first[k] < 0:
                first[k] = t
        t += 1

    target = (int(ty) - 1) * columns + int(tx) - 1
    there = 0 <= first[target] <= until
    path[source] = 1
    squares = muddy = 0
    if there:
        k = target
        path[k] = 1
        while k != source:
            squares += 1
            slow = kinds[k // columns, k % columns] == 1
            muddy += slow
            cost = int(mud) if slow else 4
            came = -1
            for s in range(begin[k], begin[k + 1]):  # each road has a twin that leads back
                if came < 0 and post[s] != k and first[post[s]] + cost == first[k]:
                    came = post[s]
            k = came
            path[k] = 1
    for k in range(n):
        row, column = k // columns, k % columns
        seen = 0 <= first[k] <= until
        wave[row, column] = float(first[k]) if seen else math.nan
        kind = kinds[row, column]
        ground[row, column] = math.nan if kind == 2 else 1.0 if path[k] else 0.5 if kind == 1 else 0.15
    out[0] = float(first[target]) if there else math.nan
    out[1] = float(squares) if there else math.nan
    out[2] = float(muddy) if there else math.nan


def wavefront_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """One compartment a square; a spike needs 4 steps to a road and as many as one likes to a square of mud.

    The compartments and the wave are those of `snnlab.loihi.send_wave`, step by step and in whole numbers.

    Parameters
    ----------
    question : str
        What the reader should ask himself.
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

    Raises
    ------
    ValueError
        If a start value is outside of its range, or no control has that name.

    Examples
    --------
    >>> panel = wavefront_panel(engine="kernel", mud=10)
    >>> print(panel)
    mud 10 steps: first spike at (17, 9) after 86 steps, over 17 squares, 3 of them mud
    """
    roads = grid_roads(wave_map(1))
    own = np.arange(roads.n)
    groups = [Connections(roads.start, roads.end, 1, 1, TOLD), Connections(own, own, -255, 1, SILENCED)]
    begin, post, w, _ = sorted_events(groups, roads.n)
    numbers = map(int, registers(ONE_SPIKE, BRIAN2_LOIHI))
    names = ("keep_u", "keep_v", "v_th", "rest", "v_min", "drive_limit", "edge")
    return Panel(
        "wavefront",
        title="A wave of spikes",
        question=question,
        controls=[
            Control("mud", "d", "A square of mud takes", 1.0, SLOWEST, 20.0, 1.0, "steps", colour=3),
            Control("until", "t", "The wave has run for", 0.0, LATEST, LATEST, 4.0, "steps", colour=1),
            Control("tx", "x", "Column of the target", 1.0, COLUMNS, 17.0, 1.0, "", colour=2),
            Control("ty", "y", "Row of the target", 1.0, ROWS, 9.0, 1.0, "", colour=2),
        ],
        readouts=[ReadOut("time", 0, "steps"), ReadOut("squares"), ReadOut("muddy")],
        views=[
            HeatMap(
                "wave",
                Axis(0.5, COLUMNS + 0.5, "column"),
                Axis(0.5, ROWS + 0.5, "row"),
                Axis(0.0, 160.0, "first spike (steps)"),
                at=Handle("Target", "tx", "ty"),
                title="The step in which each square of the map fires first",
            ),
            HeatMap(
                "ground",
                Axis(0.5, COLUMNS + 0.5, "column"),
                Axis(0.5, ROWS + 0.5, "row"),
                Axis(0.0, 1.0, "dark: road, green: mud, bright: path"),
                title="The map with roads, mud and walls, and the shortest path",
            ),
        ],
        sentence=(
            "mud {mud} steps: first spike at ({tx}, {ty}) after {time} steps, over {squares} squares, "
            "{muddy} of them mud"
        ),
        headline="time",
        detail="to the target, over {squares} squares, {muddy} of them mud",
        kernel=wavefront_figure,
        arrays={
            "kinds": KINDS,
            "begin": begin,
            "post": post,
            "w": w,
            "ring": Array((RING, roads.n), "int32", work=True),
            "u": Array((roads.n,), "int32", work=True),
            "v": Array((roads.n,), "int32", work=True),
            "fired": Array((roads.n,), "int32", work=True),
            "wait": Array((roads.n,), "int32", work=True),
            "b": Array((roads.n,), "int32", work=True),
            "late": Array((post.size,), "int32", work=True),
            "first": Array((roads.n,), "int32", work=True),
            "path": Array((roads.n,), "int32", work=True),
            "wave": Array((ROWS, COLUMNS)),
            "ground": Array((ROWS, COLUMNS)),
        },
        constants={**dict(zip(names, numbers, strict=True)), "source": SOURCE, "spike": 1 << SHIFT_BITS},
        presets={
            "dry ground": {"mud": ROAD},
            "deep mud": {"mud": SLOWEST},
            "half way": {"until": 60},
            "into the mud": {"tx": 16.0, "ty": 3.0, "mud": 30},
        },
        python=(
            "from snnlab.loihi import grid_roads, path_to, send_wave\n"
            "from snnlab_widgets.chapters.chapter28.wavefront import SOURCE, wave_map\n\n"
            "wave = send_wave(grid_roads(wave_map({mud})), SOURCE)\n"
            "target = ({ty} - 1) * 20 + {tx} - 1\n"
            "print(wave.distance[target], path_to(wave, target).size - 1)"
        ),
        values=values,
        engine=engine,
        goal=goal,
    )
