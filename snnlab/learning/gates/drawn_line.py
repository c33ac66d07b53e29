r"""A line that somebody draws, and the network that learns to follow it.

From left to right the square of a drawing is 300 ms, from its lower edge to its upper one the line goes
from −1.5 to 1.5. A pen can go back, a line in time cannot: where something is drawn over what was there, the
last one counts. Between strokes the line is straight, and before the first and after the last it stays where
it is.
What follows it is `snnlab.learning.gates.follow_line`.
"""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from snnlab.compiling import kernel
from snnlab.data.drawings import SIDE, drawing_as_text, points_of
from snnlab.learning.gates.follow_line import STEPS, FollowedLine, follow_line, run_line

__all__ = ["drawn_line", "follow_drawing"]

HIGHEST = 1.5  # at the upper edge


def drawn_line(strokes: Sequence[ArrayLike] | str) -> np.ndarray:
    """The line that a drawing stands for.

    Parameters
    ----------
    strokes : sequence of array of shape (points, 2), or str
        A drawing, as in `snnlab.data.drawings`.

    Returns
    -------
    array of shape (200,)
        Its height in each step of 1.5 ms; 0 everywhere if nothing is drawn.

    Examples
    --------
    Down from the upper left corner to the middle, and a dot in the upper right one:

    >>> line = drawn_line([[(0, 0), (500, 500)], [(1000, 0)]])
    >>> print(np.round(line[[0, 50, 100, 150, 199]], 2))
    [1.49 0.74 0.02 0.77 1.5 ]
    """
    text = strokes if isinstance(strokes, str) else drawing_as_text(strokes)
    line = np.empty(STEPS)
    fill_line(line, points_of(text))
    return line


def follow_drawing(
    strokes: Sequence[ArrayLike] | str,
    updates: int = 60,
    width: float = 0.6,
    rate: float = 0.02,
    *,
    seed: int = 1,
) -> FollowedLine:
    """Let a network learn to follow a line that was drawn.

    Parameters
    ----------
    strokes : sequence of array of shape (points, 2), or str
        A drawing, as in `snnlab.data.drawings`.
    updates, width, rate, seed
        As for `snnlab.learning.gates.follow_line.follow_line`.

    Examples
    --------
    >>> seen = follow_drawing([[(0, 200), (1000, 800)]], 60)
    >>> bool(seen.share < 0.3 < 1.0 < seen.error_before / seen.silence)
    True
    """
    return follow_line(drawn_line(strokes), updates, width, rate, seed=seed)


@kernel
def height_of(y):
    """What the line is at a point of the drawing."""
    return HIGHEST * (1.0 - 2.0 * y / SIDE)


@kernel
def fill_line(line, points):
    """The points of a drawing as one height a step."""
    line[:] = math.nan
    per_step = SIDE / line.size
    for k in range(points.shape[0]):
        if points[k, 2] == 0.0:
            break
        j = k - 1 if points[k, 2] == 2.0 else k
        x, y, x_before, y_before = points[k, 0], points[k, 1], points[j, 0], points[j, 1]
        low, high = min(x, x_before), max(x, x_before)
        begin, end = math.ceil(low / per_step - 0.5), math.floor(high / per_step - 0.5)
        for t in range(begin, end + 1):  # the steps whose middle the pen goes over
            along = ((t + 0.5) * per_step - x_before) / (x - x_before) if x != x_before else 1.0
            line[t] = height_of(y_before + along * (y - y_before))
        there = min(int(x / per_step), line.size - 1)
        if begin > end and (points[k, 2] == 1.0 or math.isnan(line[there])):
            line[there] = height_of(y)  # a dot, or a piece so short that it is over no middle
    fill_gaps(line)


@kernel
def fill_gaps(line):
    """What is NaN becomes straight between its neighbours, or like the only one; 0 where there is none."""
    before = -1
    for t in range(line.size):
        if math.isnan(line[t]):
            continue
        for k in range(before + 1, t):
            start = line[before] if before >= 0 else line[t]
            line[k] = start + (line[t] - start) * (k - before) / (t - before)
        before = t
    for k in range(before + 1, line.size):
        line[k] = line[before] if before >= 0 else 0.0


@kernel
def run_drawn_line(
    seen, room, drawing, start_in, start_rec, start_out, start_v, updates, rate, neuron, kept
):  # fmt: skip
    """The drawing becomes a line, and the network learns to follow it."""
    fill_line(seen.line, drawing)
    run_line(seen, room, start_in, start_rec, start_out, start_v, updates, rate, neuron, kept)
