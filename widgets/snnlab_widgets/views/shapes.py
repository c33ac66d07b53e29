"""What still pictures are made of: lines, words and coloured cells, their places, and axes.

Positions are in CSS pixels from the top left.
"""

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from snnlab_widgets.core.controls import Control
from snnlab_widgets.core.formats import decimals_of, fixed
from snnlab_widgets.views.axis import Axis

__all__ = [
    "DASHES", "LEGEND_ROW", "Cells", "Path", "Place", "Shape", "Text", "axis_x", "axis_y", "dot", "highest",
    "legend", "legend_rows", "level_line", "line", "nice_top", "number", "pieces", "swatches", "ticks",
    "wide",
]  # fmt: skip

LADDER = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)

DASHES = ("", "7 3", "2 3", "9 3 2 3")
"""What tells the lines of one picture apart for those who do not see colours."""

LEGEND_ROW = 20
"""The height of a row of the legend, in pixels."""


class Path(NamedTuple):
    """Lines, each an array of points."""

    lines: Sequence[np.ndarray]
    colour: str
    width: float = 1.0
    dash: str = ""


class Text(NamedTuple):
    """A word at a place; the anchor is start, middle or end."""

    x: float
    y: float
    text: str
    anchor: str = "start"
    colour: str = "soft"


class Cells(NamedTuple):
    """A rectangle of coloured cells; `levels` (rows from the top) index `scale.SCALE`."""

    x: float
    y: float
    width: float
    height: float
    levels: np.ndarray


Shape = Path | Text | Cells


class Place:
    """From numbers to pixels for one view.

    Parameters
    ----------
    size
        Its margins and heights, as the `box` of a view gives them (`snnlab_widgets.views.view`).
    ratio
        Of width to height that the frame keeps, as `View.ratio`; 0 for the whole room.
    """

    def __init__(self, size: dict[str, int], ratio: float = 0.0):
        self.left, self.top = size["left"], size["top"]
        room, tall = size["width"] - size["left"] - size["right"], size["frame"]
        self.right = self.left + (min(room, tall * ratio) if ratio else room)
        self.bottom = self.top + (min(tall, room / ratio) if ratio else tall)
        self.width, self.head, self.legend = size["width"], size["head"], size.get("legend", 0)
        self.strip = (self.bottom + size["gap"], self.bottom + size["gap"] + size["strip"])

    def x(self, value: Any, low: float, high: float) -> np.ndarray:
        """The horizontal place of `value` on an axis from `low` to `high`."""
        return self.left + (np.asarray(value, float) - low) / (high - low) * (self.right - self.left)

    def y(
        self, value: Any, low: float, high: float, top: float | None = None, bottom: float | None = None
    ) -> np.ndarray:
        """The vertical place of `value` on an axis from `low` to `high`; what lies beyond is at its end.

        What is no finite number has no place.
        """
        top = self.top if top is None else top
        bottom = self.bottom if bottom is None else bottom
        value = np.asarray(value, float)
        y = np.clip(bottom - (value - low) / (high - low) * (bottom - top), top, bottom)
        return np.where(np.isfinite(value), y, np.nan)


def ticks(low: float, high: float, most: int) -> list[float]:
    """Round numbers from `low` to `high`, about `most` of them."""
    raw = (high - low) / most
    power = 10.0 ** math.floor(math.log10(raw))
    step = power * next(m for m in (1, 2, 5, 10) if m * power >= raw * 0.999)
    return [k * step for k in range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)]


def nice_top(value: float) -> float:
    """The smallest round number that is not below `value`."""
    if not value > 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return next(m for m in LADDER if m * power >= value * (1 - 1e-9)) * power


def highest(*arrays: Any) -> float:
    """The largest finite number of all `arrays`, but not below 0."""
    values = np.concatenate([np.ravel(np.asarray(array, float)) for array in arrays])
    return float(values[np.isfinite(values)].max(initial=0.0))


def line(x: Any, y: Any) -> np.ndarray:
    """The points with the places `x` and `y`, either of which may be one number for all."""
    return np.column_stack(np.broadcast_arrays(np.atleast_1d(x), np.atleast_1d(y))).astype(float)


def pieces(points: np.ndarray) -> list[np.ndarray]:
    """`points` in pieces without those that have no place."""
    there = np.isfinite(points).all(axis=1)
    if there.all():
        return [points]
    return [
        part[keep]
        for part, keep in zip(
            *(np.split(whole, np.flatnonzero(np.diff(there)) + 1) for whole in (points, there)), strict=True
        )
        if keep[0]
    ]


def dot(x: float, y: float, colour: str, width: float = 9) -> Path:
    """A dot: a line of no length, which gets round ends if its width is 9 or 13."""
    return Path(pieces(line([x, x], y)), colour, width)


def axis_x(place: Place, axis: Axis, bottom: float) -> list[Shape]:
    """The horizontal axis: its line, ticks with numbers or the names of its parts, and the label."""
    lines, words = [line([place.left, place.right], bottom)], []
    for k, name in enumerate(axis.names or ()):
        x = float(place.x(k + 0.5, 0, len(axis.names or ())))
        words.append(Text(x, bottom + 16, name, "middle"))
    values = ticks(*axis.ends, 5) if axis.names is None else []
    for value in values:
        x = float(place.x(value, *axis.ends))
        lines.append(line(x, [bottom, bottom + 4]))
        words.append(number(x, bottom + 16, value, values, "middle"))
    label = Text((place.left + place.right) / 2, bottom + 33, axis.label, "middle")
    return [Path(lines, "soft"), *words, label]


def axis_y(place: Place, axis: Axis, top: float, bottom: float, most: int) -> list[Shape]:
    """The vertical axis: a rule through the frame at each number, and the label above."""
    label = [Text(0, place.head, axis.label)] if axis.label else []
    values = ticks(*axis.ends, most) if axis.names is None else []
    heights = [float(place.y(value, *axis.ends, top, bottom)) for value in values]
    rules = Path([line([place.left, place.right], y) for y in heights], "rule")
    numbers = [
        number(place.left - 6, y + 4, value, values, "end") for y, value in zip(heights, values, strict=True)
    ]
    return [*label, rules, *numbers]


def number(x: float, y: float, value: float, values: list[float], anchor: str) -> Text:
    """`value` with the decimals that its neighbours `values` need."""
    step = values[1] - values[0] if len(values) > 1 else 1.0
    return Text(x, y, fixed(value, decimals_of(float(f"{step:.6g}"))), anchor)


def level_line(place: Place, y: float, control: Control, value: float) -> list[Shape]:
    """A dashed line at `y` with its value beside it."""
    colour = f"q{control.colour}"
    across = Path([line([place.left, place.right], y)], colour, 1.5, "6 4")
    return [across, Text(place.right + 6, y + 4, control.text(value), "start", colour)]


def wide(words: str) -> float:
    """How wide `words` are, about: only the page can measure its letters."""
    return 6.8 * len(words)


def _wrapped(names: Sequence[str], width: float) -> list[tuple[float, int]]:
    """Where each entry of a legend begins, and in which row."""
    places, x, row = [], 0.0, 0
    for name in names:
        if x and x + 24 + wide(name) > width:
            x, row = 0.0, row + 1
        places.append((x, row))
        x += 24 + wide(name) + 16
    return places


def legend_rows(names: Sequence[str]) -> int:
    """How many rows the legend needs in a view of 330 pixels, the narrowest that is read."""
    return _wrapped(names, 330.0)[-1][1] + 1 if names else 0


def swatches(place: Place, entries: Sequence[tuple[str, int]]) -> list[Shape]:
    """Which colour is which: a piece of it, and its name, where `legend` would stand.

    An entry is ``(name, level)``; what is no number has no colour, only an edge.
    """
    drawn: list[Shape] = []
    at = _wrapped([name for name, _ in entries], place.width)
    for (name, level), (x, row) in zip(entries, at, strict=True):
        y = place.legend - 8 + LEGEND_ROW * (row - at[-1][1])
        corners = line(x + 16 * np.array([0, 1, 1, 0, 0]), y - 10 + 12 * np.array([0, 0, 1, 1, 0]))
        drawn += [Cells(x, y - 10, 16, 12, np.array([[level]], np.uint8)), Path([corners], "edge")]
        drawn.append(Text(x + 24, y, name))
    return drawn


def legend(place: Place, entries: Sequence[tuple[str, str]]) -> list[Shape]:
    """Which line is which: a piece of each line, and its name. An entry is ``(name, colour)``.

    The last row is the one next to the picture, however many rows are needed.
    """
    drawn: list[Shape] = []
    at = _wrapped([name for name, _ in entries], place.width)
    for k, ((name, colour), (x, row)) in enumerate(zip(entries, at, strict=True)):
        y = place.legend - 8 + LEGEND_ROW * (row - at[-1][1])
        dash = DASHES[k % len(DASHES)] if colour != "edge" else ""  # what lies behind is never dashed
        drawn.append(Path([line([x, x + 20], y - 4)], colour, 2, dash))
        drawn.append(Text(x + 24, y, name, "start", colour))
    return drawn
