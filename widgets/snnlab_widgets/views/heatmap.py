"""A matrix over two axes as colours: `HeatMap`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from snnlab_widgets.core.controls import Control
from snnlab_widgets.views.handle import Handle, point
from snnlab_widgets.views.scale import LEVELS, SCALE, level
from snnlab_widgets.views.shapes import (
    Cells,
    Path,
    Place,
    Shape,
    Text,
    axis_x,
    line,
    number,
    ticks,
)
from snnlab_widgets.views.view import WITH_GRIP, View

__all__ = ["HeatMap"]


@dataclass(frozen=True)
class HeatMap(View):
    """A matrix over two axes as colours, with a bar that says what they mean and a point that is dragged.

    Attributes
    ----------
    z : str
        The result, shape (rows, columns): the first row lies at the bottom, at `low_y`. What is not a number
        has no colour.
    low_x, high_x : float
        The horizontal range: the left edge of the first column and the right edge of the last one.
    low_y, high_y : float
        The vertical range: the lower edge of the first row and the upper edge of the last one.
    label_x, label_y : str
        What the axes show, with their units.
    low, high : float
        The values at the ends of the colour scale; they stay as they are, whatever is dragged. Values beyond
        have the colour of the end.
    label : str
        What the colours show, with its unit.
    at : Handle, optional
        The point at which we are.
    title : str
        The picture in words, for readers who do not see it.

    Examples
    --------
    >>> at = Handle("Current and time constant", "current", "tau_m")
    >>> view = HeatMap("rate", 0.0, 0.5, 5.0, 50.0, "i (nA)", "τ (ms)", 0.0, 200.0, "rate (Hz)", at)
    >>> view.high
    200.0
    """

    z: str
    low_x: float
    high_x: float
    low_y: float
    high_y: float
    label_x: str
    label_y: str
    low: float
    high: float
    label: str
    at: Handle | None = None
    title: str = "A quantity over two others, as colours"

    def arrays(self) -> list[str]:
        """As `View.arrays`."""
        return [self.z]

    def points(self) -> list[Handle]:
        """As `View.points`."""
        return [self.at] if self.at else []

    def matrices(self) -> list[str]:
        """As `View.matrices`."""
        return [self.z]

    def ranges(self) -> list[tuple[str, str]]:
        """As `View.ranges`."""
        return [("low_x", "high_x"), ("low_y", "high_y"), ("low", "high")]

    def scripts(self) -> set[str]:
        """As `View.scripts`."""
        return {"handle"}

    def more(self) -> dict[str, Any]:
        """As `View.more`."""
        return {"scale": SCALE.tobytes().hex()}

    def sent(self, name: str, result: Mapping, number: int) -> dict[str, np.ndarray]:
        """As `View.sent`: with the number of columns."""
        values = np.ascontiguousarray(result[name], np.float64)
        return {f"{name}.value": values, f"{name}.columns": np.array([float(values.shape[1])])}

    def box(self) -> dict[str, int]:
        """As `View.box`."""
        return {"width": 380, **WITH_GRIP, "right": 80, "top": 24, "frame": 196, "head": 12}

    def shapes(
        self, result: Mapping, values: Mapping[str, float], controls: Mapping[str, Control]
    ) -> list[Shape]:
        """As `View.shapes`."""
        place = Place(self.box())
        levels = level(np.asarray(result[self.z], float), self.low, self.high)[::-1]
        wide, tall = place.right - place.left, place.bottom - place.top
        drawn: list[Shape] = [Cells(place.left, place.top, wide, tall, levels)]
        drawn.append(Text(0, place.head, self.label_y))
        heights = ticks(self.low_y, self.high_y, 4)
        for value in heights:
            y = float(place.y(value, self.low_y, self.high_y))
            drawn += [Path([line([place.left - 4, place.left], y)], "soft")]
            drawn.append(number(place.left - 6, y + 4, value, heights, "end"))
        bar = place.right + 16
        drawn.append(Cells(bar, place.top, 12, tall, np.arange(LEVELS, dtype=np.uint8)[::-1, None]))
        drawn.append(Text(place.width, place.head, self.label, "end"))
        marks = ticks(self.low, self.high, 4)
        for value in marks:
            y = float(place.y(value, self.low, self.high))
            drawn += [
                Path([line([bar + 12, bar + 16], y)], "soft"),
                number(bar + 19, y + 4, value, marks, "start"),
            ]
        if self.at:
            axes = (self.low_x, self.high_x), (self.low_y, self.high_y)
            drawn += point(self.at, [], axes, place, result, values, controls, on_colours=True)
        return drawn + axis_x(place, self.low_x, self.high_x, self.label_x, place.bottom)
