"""Spikes of many units or trials: `Raster`."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from snnlab_widgets.core.controls import Control
from snnlab_widgets.views.axis import Axis
from snnlab_widgets.views.shapes import (
    Path,
    Place,
    Shape,
    Text,
    axis_x,
    axis_y,
    highest,
    level_line,
    line,
    nice_top,
    pieces,
    ticks,
)
from snnlab_widgets.views.view import WITH_GRIP, View

__all__ = ["Raster"]


@dataclass(frozen=True)
class Raster(View):
    """Spikes of many units or trials as vertical ticks, one row each, labelled from 1.

    Attributes
    ----------
    times, units : str
        The results with the spike times and the row of each spike, counted from 0.
    rows : int or str
        How many rows there are: a number, or the name of a control.
    duration : float
        The end of the time axis, in ms, or in steps if `label_x` says so.
    label : str
        What a row is: ``"trial"``, ``"neuron"``.
    strip : str
        The result with the population rate in equal bins, drawn under the raster; ``""`` for none.
    strip_label : str
        What the strip shows, with its unit.
    expected : str
        The control whose value the strip should scatter around, drawn as a line; ``""`` for none.
    focus : int
        The row (from 1) that another view shows, highlighted; 0 for none.
    title : str
        The picture in words, for readers who do not see it.
    label_x : str
        What the horizontal axis shows, with its unit.
    groups : tuple of (str, int)
        The names of neighbouring rows, from the top, and how many rows each has, written beside them with a
        line in between.
    parts : tuple of str
        The names of equal parts of the time, written above them with a line in between.

    Examples
    --------
    >>> Raster("times", "units", rows=20, duration=1000.0, label="trial").label
    'trial'
    """

    times: str
    units: str
    rows: int | str
    duration: float
    label: str = "neuron"
    strip: str = ""
    strip_label: str = "rate (Hz)"
    expected: str = ""
    focus: int = 0
    title: str = "Spikes, one row each"
    label_x: str = "time (ms)"
    groups: tuple[tuple[str, int], ...] = ()
    parts: tuple[str, ...] = ()

    def arrays(self) -> list[str]:
        """As `View.arrays`."""
        return [name for name in (self.times, self.units, self.strip) if name]

    def controls(self) -> list[str]:
        """As `View.controls`."""
        return [name for name in (self.rows, self.expected) if isinstance(name, str) and name]

    def filled(self) -> list[str]:
        """As `View.filled`."""
        return [self.strip] if self.strip else []

    def alike(self) -> list[str]:
        """As `View.alike`."""
        return [self.times, self.units]

    def check(self, controls: Collection[str], readouts: Collection[str]) -> None:
        """As `View.check`."""
        super().check(controls, readouts)
        if not self.duration > 0:
            raise ValueError(f"duration of a Raster must be positive, got {self.duration}")
        grouped = sum(n for _, n in self.groups)
        if self.groups and grouped != self.rows:
            raise ValueError(f"groups of a Raster must have its {self.rows} rows in all, got {grouped}")

    def box(self) -> dict[str, int]:
        """As `View.box`."""
        below = {"gap": 24, "strip": 64} if self.strip else {}
        side = {} if self.expected else {"right": 64 if self.groups else 16}
        return {"width": 540, **WITH_GRIP, **side, "top": 24, "frame": 250, **below, "head": 14}

    def shapes(
        self, result: Mapping, values: Mapping[str, float], controls: Mapping[str, Control]
    ) -> list[Shape]:
        """As `View.shapes`."""
        place = Place(self.box())
        rows = int(self.rows if isinstance(self.rows, int) else values[self.rows])
        row_height = (place.bottom - place.top) / rows
        drawn: list[Shape] = [Text(0, place.head, self.label)]
        few = rows if rows <= 10 else 5
        for row in dict.fromkeys([1, *(int(t) for t in ticks(0, rows, few) if t >= 1 and t == int(t)), rows]):
            if row in (1, rows) or (row - 1) * row_height > 13 < (rows - row) * row_height:
                drawn.append(Text(place.left - 6, place.top + (row - 0.5) * row_height + 4, str(row), "end"))
        drawn += self._named(place, row_height)
        x = place.x(result[self.times], 0, self.duration)
        y = place.top + np.asarray(result[self.units]) * row_height
        gap = 0.1 * row_height
        marks = [
            line(a, [b + gap, b + row_height - gap]) for a, b in zip(x, y, strict=True) if np.isfinite(a)
        ]
        drawn.append(Path(marks, "ink", 1.2))
        bottom = place.bottom
        if self.strip:
            top, bottom = place.strip
            strip = np.asarray(result[self.strip])
            expected = values[self.expected] if self.expected else 0.0
            high = nice_top(highest(strip, 1.5 * expected))
            drawn += axis_y(place, Axis(0, high, ""), top, bottom, 2)
            drawn.append(Text(0, top - 8, self.strip_label))
            edges = place.x(np.arange(len(strip) + 1), 0, len(strip)).repeat(2)[1:-1]
            stairs = line(edges, np.repeat(place.y(strip, 0, high, top, bottom), 2))
            drawn.append(Path(pieces(stairs), "trace", 1.5))
            if self.expected:
                level = float(place.y(expected, 0, high, top, bottom))
                drawn += level_line(place, level, controls[self.expected], expected)
        return drawn + axis_x(place, Axis(0, self.duration, self.label_x), bottom)

    def _named(self, place: Place, row_height: float) -> list[Shape]:
        """The names of groups and parts, and the lines between them."""
        drawn: list[Shape] = []
        begin, width = 0, (place.right - place.left) / max(1, len(self.parts))
        for name, n in self.groups:
            if begin:
                y = place.top + begin * row_height
                drawn.append(Path([line([place.left, place.right], y)], "rule"))
            middle = place.top + (begin + 0.5 * n) * row_height + 4
            drawn.append(Text(place.right + 6, middle, name))
            begin += n
        for k, name in enumerate(self.parts):
            x = place.left + k * width
            if k:
                drawn.append(Path([line(x, [place.top, place.bottom])], "soft", 1.0, "2 3"))
            drawn.append(Text(x + 0.5 * width, place.head, name, "middle"))
        return drawn
