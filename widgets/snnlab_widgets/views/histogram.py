"""Counts in bins of equal width: `Histogram`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from snnlab_widgets.core.controls import Control
from snnlab_widgets.views.axis import Axis
from snnlab_widgets.views.shapes import (
    DASHES,
    LEGEND_ROW,
    Path,
    Place,
    Shape,
    axis_x,
    axis_y,
    highest,
    legend,
    legend_rows,
    level_line,
    line,
    nice_top,
    pieces,
)
from snnlab_widgets.views.view import WITH_GRIP, View

__all__ = ["Histogram"]


@dataclass(frozen=True)
class Histogram(View):
    """Counts in bins of equal width, and over them the counts that a theory expects.

    Attributes
    ----------
    counts : str
        The result with the count of each bin. What is below 0 is drawn as 0.
    x_axis : Axis
        The horizontal axis, from where the first bin begins to where the last one ends.
    label_y : str
        What the vertical axis shows, with its unit. It starts at 0 and grows in steps.
    law : str
        The result with the expected count of each bin, drawn as a line through the middles of the bins;
        ``""`` for none.
    names : tuple of str
        What the counts and the law are called, if there is one.
    colour : int
        Which of the quantity colours 1 to 6 the law has.
    title : str
        The picture in words, for readers who do not see it.
    line : str
        The control whose value, a height, is drawn as a line and dragged; ``""`` for none.

    Examples
    --------
    >>> Histogram("counts", Axis(0.0, 200.0, "interval (ms)"), "intervals", law="law").law
    'law'
    """

    counts: str
    x_axis: Axis
    label_y: str
    law: str = ""
    names: tuple[str, str] = ("counted", "expected")
    colour: int = 5
    title: str = "How often each value occurs"
    line: str = ""

    def arrays(self) -> list[str]:
        """As `View.arrays`."""
        return [name for name in (self.counts, self.law) if name]

    def controls(self) -> list[str]:
        """As `View.controls`."""
        return [self.line] if self.line else []

    def alike(self) -> list[str]:
        """As `View.alike`."""
        return self.arrays()

    def colours(self) -> list[int]:
        """As `View.colours`."""
        return [self.colour]

    def more(self) -> dict[str, Any]:
        """As `View.more`."""
        axis = {"low": self.x_axis.low, "high": self.x_axis.high, "label_x": self.x_axis.label}
        parts = {} if self.x_axis.names is None else {"names_x": self.x_axis.names}
        return {**axis, **parts, "lines": self.lines()}

    def scripts(self) -> set[str]:
        """As `View.scripts`."""
        return {"legend"} if self.law else set()

    def lines(self) -> list[tuple[str, str]]:
        """Name and colour of the counts and of the law."""
        return list(zip(self.names, ("trace", f"q{self.colour}"), strict=True)) if self.law else []

    def box(self) -> dict[str, int]:
        """As `View.box`."""
        rows = LEGEND_ROW * legend_rows([name for name, _ in self.lines()])
        tall = {"top": 24 + rows, "frame": 250 - rows, "head": 14 + rows, "legend": rows}
        return {"width": 280, **WITH_GRIP, **({} if self.line else {"right": 12}), **tall}

    def shapes(
        self, result: Mapping, values: Mapping[str, float], controls: Mapping[str, Control]
    ) -> list[Shape]:
        """As `View.shapes`."""
        place = Place(self.box())
        counts = np.maximum(np.asarray(result[self.counts], float), 0.0)
        law = np.asarray(result[self.law], float) if self.law else np.zeros(0)
        high = nice_top(highest(counts, law, 1.5 * values[self.line] if self.line else 0.0))
        drawn = legend(place, self.lines())
        drawn += axis_y(place, Axis(0, high, self.label_y), place.top, place.bottom, 4)
        edges = place.x(np.arange(len(counts) + 1), 0, len(counts)).repeat(2)[1:-1]
        drawn.append(Path(pieces(line(edges, np.repeat(place.y(counts, 0, high), 2))), "trace", 1.5))
        if self.law:
            middles = place.x(np.arange(len(law)) + 0.5, 0, len(law))
            drawn.append(Path(pieces(line(middles, place.y(law, 0, high))), f"q{self.colour}", 2, DASHES[1]))
        if self.line:
            level = float(place.y(values[self.line], 0, high))
            drawn += level_line(place, level, controls[self.line], values[self.line])
        return drawn + axis_x(place, self.x_axis, place.bottom)
