r"""A drawing as a network is shown it: fitted, centred, in pixels, as the pictures of MNIST were made.

Those were scanned digits that were fitted into a box of 20 x 20 pixels, as high or as wide as it, in grey
levels, and then put into 28 x 28 so that the centre of their mass lies in the middle. Here strokes have no
width before they are fitted. The pen is 2.6 pixels wide, whatever the size of the drawing. A pixel whose
centre lies at the distance $d$ from the nearest piece of a stroke gets

$$ \mathrm{clip}(r + \tfrac12 - d,\; 0,\; 1), \qquad r = 1.3 $$

of the ink, in steps of 1/256. The strokes are moved until the centre of the ink is in the middle, and drawn
again. At the end each square of 2 x 2 pixels becomes one.

Source: Y. LeCun, L. Bottou, Y. Bengio and P. Haffner (1998), Proceedings of the IEEE 86, 2278, for the box
and the centre; how the pixels get their grey is ours.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.compiling import kernel
from snnlab.data.drawings import MOST, SIDE, drawing_as_text, points_of

__all__ = ["pen_picture"]

FINE, BOX = 28, 20  # pixels of a side, and of the box of the digit
PIXELS = FINE // 2  # of a side of what is shown
PEN = 1.3  # half the width of the pen, in fine pixels
WHITE = 1024  # the ink of a whole pixel: four fine ones of 256
SMALLEST = SIDE / 20  # a drawing is enlarged as if it were at least so wide: a dot remains a dot


class Room(NamedTuple):
    """Where a drawing is worked on."""

    fitted: np.ndarray  # the points in fine pixels, shape (points, 2)
    ink: np.ndarray  # of the fine pixels, from 0 to 256
    grey: np.ndarray  # of the pixels, from 0 to `WHITE`


def pen_picture(strokes: Sequence[ArrayLike] | str) -> np.ndarray:
    """The picture of a drawing.

    Parameters
    ----------
    strokes : sequence of array of shape (points, 2), or str
        A drawing, as in `snnlab.data.drawings`.

    Returns
    -------
    array of shape (14, 14)
        Ink from 0 to 1, the highest row first; 0 everywhere if nothing is drawn.

    Examples
    --------
    A line, moved into the middle: 1.3 of the two fine pixels on either side.

    >>> picture = pen_picture([[(300, 100), (300, 900)]])
    >>> picture[7, 5:9].round(2).tolist()
    [0.0, 0.65, 0.65, 0.0]
    """
    text = strokes if isinstance(strokes, str) else drawing_as_text(strokes)
    made = room()
    draw_picture(points_of(text), made)
    return made.grey / WHITE


def room() -> Room:
    """Room for the work on a drawing."""
    return Room(np.zeros((MOST, 2)), np.zeros((FINE, FINE)), np.zeros((PIXELS, PIXELS)))


@kernel
def draw_picture(points, room):
    """A drawing into `room.grey`; returns whether there is anything."""
    n = fit(points, room.fitted)
    if n == 0:
        return False
    draw_strokes(points, room.fitted, n, room.ink)
    total, x, y = 0.0, 0.0, 0.0
    for i in range(FINE):
        for j in range(FINE):
            total += room.ink[i, j]
            x += room.ink[i, j] * (j + 0.5)
            y += room.ink[i, j] * (i + 0.5)
    for k in range(n):
        room.fitted[k, 0] += FINE / 2 - x / total
        room.fitted[k, 1] += FINE / 2 - y / total
    draw_strokes(points, room.fitted, n, room.ink)
    for i in range(PIXELS):
        for j in range(PIXELS):
            room.grey[i, j] = (
                room.ink[2 * i, 2 * j]
                + room.ink[2 * i, 2 * j + 1]
                + room.ink[2 * i + 1, 2 * j]
                + room.ink[2 * i + 1, 2 * j + 1]
            )
    return True


@kernel
def fit(points, at):
    """The points in fine pixels, their box in the middle and as large as it may be; returns how many."""
    n = 0
    left, right, top, bottom = math.inf, -math.inf, math.inf, -math.inf
    while n < points.shape[0] and points[n, 2] > 0.0:
        left, right = min(left, points[n, 0]), max(right, points[n, 0])
        top, bottom = min(top, points[n, 1]), max(bottom, points[n, 1])
        n += 1
    scale = (BOX - 2.0 * PEN) / max(right - left, bottom - top, SMALLEST)
    for k in range(n):
        at[k, 0] = FINE / 2 + scale * (points[k, 0] - 0.5 * (left + right))
        at[k, 1] = FINE / 2 + scale * (points[k, 1] - 0.5 * (top + bottom))
    return n


@kernel
def draw_strokes(points, at, n, ink):
    """All strokes in ink on a clean sheet: each piece of a line in the pixels around it."""
    ink[:] = 0.0
    reach = PEN + 0.5
    for k in range(n):
        before = k - 1 if points[k, 2] == 2.0 else k  # the piece that ends here, or a dot
        x_0, y_0, x_1, y_1 = at[before, 0], at[before, 1], at[k, 0], at[k, 1]
        for i in range(pixel(min(y_0, y_1) - reach), pixel(max(y_0, y_1) + reach) + 1):
            for j in range(pixel(min(x_0, x_1) - reach), pixel(max(x_0, x_1) + reach) + 1):
                d = distance(j + 0.5, i + 0.5, x_0, y_0, x_1, y_1)
                share = min(1.0, max(0.0, reach - d))
                ink[i, j] = max(ink[i, j], math.floor(256.0 * share + 0.5))


@kernel
def pixel(x):
    """The number of the pixel in which `x` lies; the nearest one for what lies outside."""
    return min(FINE - 1, max(0, math.floor(x)))


@kernel
def distance(x, y, x_0, y_0, x_1, y_1):
    """From a point to the nearest place of a line between two others."""
    dx, dy = x_1 - x_0, y_1 - y_0
    length = dx * dx + dy * dy
    along = ((x - x_0) * dx + (y - y_0) * dy) / length if length > 0.0 else 0.0
    along = min(1.0, max(0.0, along))
    return math.sqrt((x - x_0 - along * dx) ** 2 + (y - y_0 - along * dy) ** 2)
