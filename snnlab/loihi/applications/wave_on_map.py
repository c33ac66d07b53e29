"""A wave of spikes over a map with roads, mud and walls: when it comes to a square, and on which path.

Each square is a compartment, as in `snnlab.loihi.applications.wavefront`. A spike needs 4 steps to a square
of road, as many as one likes to a square of mud, up to the longest delay, and comes to no wall.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from snnlab.checks import as_real
from snnlab.compiling import kernel
from snnlab.loihi.applications.wavefront import ONE_SPIKE, grid_roads, silencing, spread_wave
from snnlab.loihi.conventions import BRIAN2_LOIHI
from snnlab.loihi.fixed_point import DELAY_MAX, whole_within
from snnlab.loihi.networks.recurrent import Numbers, at_rest
from snnlab.loihi.neuron.compartments import registers
from snnlab.networks.running.events import Events
from snnlab.records import blank, read

__all__ = ["LAND", "SOURCE", "WaveOnMap", "wave_map", "wave_on_map"]

LAND = (
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
"""A map, from the top: ``.`` road, ``~`` mud, ``#`` wall, ``S`` a road where the wave starts."""
ROAD = 4  # steps
MUD, WALL, START = 1, 2, 3  # among the kinds of ".~#S"
PLAIN, MUDDY, PATH = 0.15, 0.5, 1.0  # how bright they are drawn
NUMBERS = Numbers(*map(int, registers(ONE_SPIKE, BRIAN2_LOIHI)))


class WaveOnMap(NamedTuple):
    """What a wave found on a map.

    Examples
    --------
    >>> seen = wave_on_map(17, 9, mud=20, until=60)
    >>> print(seen.time, seen.wave[8, :3])
    nan [4. 0. 4.]
    """

    wave: np.ndarray
    """The step in which each square fired, shape (rows, columns), the first row at the bottom; NaN where the
    wave has not come."""
    ground: np.ndarray
    """The map as it is drawn, of the same shape: 0.15 road, 0.5 mud, 1 the path, NaN a wall."""
    time: float
    """The step in which the target fired; NaN if the wave has not come there."""
    squares: float
    """Squares of the path, without the first; NaN if the wave has not come there."""
    muddy: float
    """How many of them are mud; NaN if the wave has not come there."""


def wave_on_map(
    column: int, row: int, mud: int = 20, until: float = math.inf, land: Sequence[str] = LAND
) -> WaveOnMap:
    """Let a wave run over a map, and follow it back from a target.

    Parameters
    ----------
    column, row : int
        The target, from 1; the first row is at the bottom.
    mud : int
        Steps to a square of mud, 1 to 62.
    until : float
        For how many steps the wave has run.
    land
        The map, drawn with letters as `LAND`.

    Returns
    -------
    WaveOnMap

    Examples
    --------
    Through the mud or round the wall:

    >>> for mud in (10, 30):
    ...     seen = wave_on_map(17, 9, mud)
    ...     print(f"{seen.time:.0f} steps over {seen.squares:.0f} squares, {seen.muddy:.0f} of them mud")
    86 steps over 17 squares, 3 of them mud
    124 steps over 31 squares, 0 of them mud
    """
    kinds = kinds_of(land)
    rows, columns = kinds.shape
    column, row = whole_within("column", column, 1, columns), whole_within("row", row, 1, rows)
    mud, rule = whole_within("mud", mud, 1, DELAY_MAX), "zero or positive"
    until = until if isinstance(until, float) and until == math.inf else as_real("until", until, rule)
    if until < 0:
        raise ValueError(f"until must be {rule}, got {until:g}")
    seen, (first, came_from) = recorded(kinds), np.zeros((2, kinds.size), np.int32)
    run_on_map(
        seen, kinds, *laid_out(kinds), at_rest(kinds.size), first, came_from, start_of(kinds), NUMBERS,
        float(mud), float(column), float(row), float(until),
    )  # fmt: skip
    return read(seen)


def wave_map(mud: int, land: Sequence[str] = LAND) -> np.ndarray:
    """What it takes to enter each square of a map, as `grid_roads` takes it.

    Parameters
    ----------
    mud : int
        Steps to a square of mud.
    land
        The map, drawn with letters as `LAND`.

    Returns
    -------
    array of int of shape (rows, columns)
        The first row is at the bottom; 0 is a wall.

    Examples
    --------
    >>> print(wave_map(20)[8, 8:13])
    [ 4 20 20 20  4]
    """
    return np.array([ROAD, mud, 0, ROAD])[kinds_of(land)]


def kinds_of(land: Sequence[str]) -> np.ndarray:
    """The place of each letter among ".~#S", int32 of shape (rows, columns), the first row at the bottom."""
    if not isinstance(land, list | tuple) or not all(isinstance(line, str) for line in land):
        raise TypeError(f"land must be lines of text, got {land!r:.60}")
    letters = [list(line) for line in reversed(land)]
    if not letters or len({len(line) for line in letters}) > 1 or not set("".join(land)) <= set(".~#S"):
        raise ValueError(f"land must be lines of the same length of . ~ # and S, got {land!r:.60}")
    if "".join(land).count("S") != 1:
        raise ValueError(f"land must have one S, got {''.join(land).count('S')}")
    return np.array([[".~#S".index(letter) for letter in line] for line in letters], np.int32)


def start_of(kinds: np.ndarray) -> int:
    """The number of the square where the wave starts."""
    return int(np.flatnonzero(kinds.ravel() == START)[0])


SOURCE = start_of(kinds_of(LAND))
"""The number of the square of `LAND` where the wave starts: row · 20 + column, both from 0."""


def laid_out(kinds: np.ndarray) -> Events:
    """The synapses of a map with the slowest mud, in whose place the kernel puts the reader's."""
    roads = grid_roads(np.array([ROAD, DELAY_MAX, 0, ROAD])[kinds])
    return silencing(np.asarray(roads.start), np.asarray(roads.end), np.asarray(roads.length), roads.n)


def recorded(kinds: np.ndarray) -> WaveOnMap:
    """A blank record."""
    return blank(WaveOnMap, wave=kinds.shape, ground=kinds.shape)


@kernel
def run_on_map(
    seen, kinds, begin, post, w, late, state, first, came_from, source, numbers, mud, tx, ty, until
):
    """A wave over the map, and the path to the target, read back from who made whom fire."""
    columns = kinds.shape[1]
    for s in range(late.size):
        if late[s] == DELAY_MAX:
            late[s] = int(mud)
    spread_wave(first, source, state, Events(begin, post, w, late), numbers)
    came_from[:] = -1
    for k in range(first.size):
        square = k // columns, k % columns
        kind = kinds[square]
        seen.ground[square] = math.nan if kind == WALL else MUDDY if kind == MUD else PLAIN
        seen.wave[square] = first[k] if 0 <= first[k] <= until else math.nan
        for s in range(begin[k], begin[k + 1]):
            if first[k] >= 0 and first[k] + late[s] == first[post[s]] and came_from[post[s]] < 0:
                came_from[post[s]] = k  # of several the one with the lowest number
    seen.ground[source // columns, source % columns] = PATH
    seen.time[0] = seen.squares[0] = seen.muddy[0] = math.nan
    k = (int(ty) - 1) * columns + int(tx) - 1
    if 0 <= first[k] <= until:
        seen.time[0], seen.squares[0], seen.muddy[0] = first[k], -1, 0  # the first square does not count
        while k >= 0:
            square = k // columns, k % columns
            seen.ground[square] = PATH
            seen.squares[0] += 1
            seen.muddy[0] += kinds[square] == MUD
            k = came_from[k]
