"""A matrix over two axes as colours: `HeatMap`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from snnlab_widgets.core.controls import Control
from snnlab_widgets.views.axis import Axis, square
from snnlab_widgets.views.handle import Handle, point
from snnlab_widgets.views.scale import LEVELS, SCALE, level
from snnlab_widgets.views.shapes import (
    LEGEND_ROW,
    Cells,
    Path,
    Place,
    Shape,
    Text,
    axis_x,
    legend_rows,
    line,
    number,
    swatches,
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
        The result, shape (rows, columns): the first row lies at the bottom. What is not a number
        has no colour.
    x_axis, y_axis : Axis
        The axes: from the left edge of the first column to the right edge of the last one, and from the lower
        edge of the first row to the upper edge of the last one.
    z_axis : Axis
        The values at the ends of the colour scale, which stay as they are, whatever is dragged, and what the
        colours show. Values beyond have the colour of the end.
    at : Handle, optional
        The point at which we are.
    title : str
        The picture in words, for readers who do not see it.
    kinds : tuple of tuple
        ``(value, name)`` of each kind of cell, where there are a few; their names stand above the picture, in
        place of the bar.
    nothing : str
        What a cell without a number is; ``""`` if there is none.
    ruled : int
        Of a map, how many of its cells are a block along each side: lines stand at the whole numbers of both
        axes, strong ones between blocks. A map is as wide as a phone. 0 for none.
    cells : tuple of str
        What each cell is called where it is read off, row by row from the lowest; ``()`` for its place.
    square : bool
        Whether a step to the right is as long as one upwards, as in an image.

    Examples
    --------
    >>> at = Handle("Current and time constant", "current", "tau_m")
    >>> axes = Axis(0.0, 0.5, "i (nA)"), Axis(5.0, 50.0, "τ (ms)"), Axis(0.0, 200.0, "rate (Hz)")
    >>> HeatMap("rate", *axes, at).z_axis.high
    200.0
    """

    z: str
    x_axis: Axis
    y_axis: Axis
    z_axis: Axis
    at: Handle | None = None
    title: str = "A quantity over two others, as colours"
    kinds: tuple[tuple[float, str], ...] = ()
    nothing: str = ""
    ruled: int = 0
    cells: tuple[str, ...] = ()
    square: bool = False

    def arrays(self) -> list[str]:
        """As `View.arrays`."""
        return [self.z]

    def points(self) -> list[Handle]:
        """As `View.points`."""
        return [self.at] if self.at else []

    def matrices(self) -> list[str]:
        """As `View.matrices`."""
        return [self.z]

    def scripts(self) -> set[str]:
        """As `View.scripts`."""
        return {"handle", "legend"}

    def more(self) -> dict[str, Any]:
        """As `View.more`."""
        axes = self.x_axis.named("_x") | self.y_axis.named("_y") | self.z_axis.named()
        return {"scale": SCALE.tobytes().hex(), **axes, "swatches": self.swatches()}

    def swatches(self) -> list[tuple[str, int]]:
        """The name of each kind of cell, and its level of the scale."""
        values = np.array([value for value, _ in self.kinds] + [np.nan] * bool(self.nothing), float)
        names = [name for _, name in self.kinds] + [self.nothing] * bool(self.nothing)
        return list(zip(names, level(values, *self.z_axis.ends).tolist(), strict=True))

    def sent(self, name: str, result: Mapping, number: int) -> dict[str, np.ndarray]:
        """As `View.sent`: with the number of columns."""
        values = np.ascontiguousarray(result[name], np.float64)
        return {f"{name}.value": values, f"{name}.columns": np.array([float(values.shape[1])])}

    def box(self) -> dict[str, int]:
        """As `View.box`."""
        rows = LEGEND_ROW * legend_rows([name for name, _ in self.swatches()])
        tall = {"top": 24 + rows, "frame": 196, "head": 12 + rows, "legend": rows}
        left = {"left": 2} if self.ruled else {}
        return {"width": 380, **WITH_GRIP, **left, "right": 16 if self.kinds else self._bar_room(), **tall}

    def ratio(self) -> float:
        """As `View.ratio`."""
        return square(self.x_axis, self.y_axis) if self.square else 0.0

    def shapes(
        self, result: Mapping, values: Mapping[str, float], controls: Mapping[str, Control]
    ) -> list[Shape]:
        """As `View.shapes`."""
        place = Place(self.box(), self.ratio())
        levels = level(np.asarray(result[self.z], float), *self.z_axis.ends)[::-1]
        wide, tall = place.right - place.left, place.bottom - place.top
        drawn: list[Shape] = [Cells(place.left, place.top, wide, tall, levels)]
        drawn.append(Text(0, place.head, self.y_axis.label))
        drawn += swatches(place, self.swatches())
        heights = ticks(*self.y_axis.ends, 4) if self.y_axis.names is None else []
        for value in heights:
            y = float(place.y(value, *self.y_axis.ends))
            drawn += [Path([line([place.left - 4, place.left], y)], "soft")]
            drawn.append(number(place.left - 6, y + 4, value, heights, "end"))
        if self.ruled:
            across = place.x(np.arange(self.x_axis.low, self.x_axis.high + 1), *self.x_axis.ends)
            up = place.y(np.arange(self.y_axis.low, self.y_axis.high + 1), *self.y_axis.ends)
            for every, width in ((1, 1.0), (self.ruled, 2.5)):
                lines = [line(x, [place.top, place.bottom]) for x in across[::every]]
                lines += [line([place.left, place.right], y) for y in up[::every]]
                drawn.append(Path(lines, "edge", width))
        drawn += [] if self.kinds else self._bar(place, tall)
        if self.at:
            axes = self.x_axis.ends, self.y_axis.ends
            drawn += point(self.at, [], axes, place, result, values, controls, on_colours=True)
        return drawn + axis_x(place, self.x_axis, place.bottom)

    def _bar_room(self) -> int:
        """What the bar and its numbers take; of a map not more than they need."""
        return 60 if self.ruled else 80

    def _bar(self, place: Place, tall: float) -> list[Shape]:
        """What the colours mean."""
        bar = place.right + 16
        levels = np.arange(LEVELS, dtype=np.uint8)[::-1, None]
        label = Text(place.right + self.box()["right"], place.head, self.z_axis.label, "end")
        drawn: list[Shape] = [Cells(bar, place.top, 12, tall, levels), label]
        marks = ticks(*self.z_axis.ends, 4)
        for value in marks:
            y = float(place.y(value, *self.z_axis.ends))
            mark = Path([line([bar + 12, bar + 16], y)], "soft")
            drawn += [mark, number(bar + 19, y + 4, value, marks, "start")]
        return drawn
