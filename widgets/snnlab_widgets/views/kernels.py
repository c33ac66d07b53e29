"""Named curves over one axis, shaped by points: `Kernels`."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from snnlab_widgets.core.controls import Control
from snnlab_widgets.views.axis import Axis, square
from snnlab_widgets.views.frames import on_side
from snnlab_widgets.views.handle import Handle, point
from snnlab_widgets.views.shapes import (
    DASHES,
    LEGEND_ROW,
    Path,
    Place,
    Shape,
    axis_x,
    axis_y,
    legend,
    legend_rows,
    line,
    pieces,
)
from snnlab_widgets.views.view import WITH_GRIP, View

__all__ = ["Kernels"]


@dataclass(frozen=True)
class Kernels(View):
    """Named curves over one horizontal axis, with points that are dragged to shape them.

    Attributes
    ----------
    x : str
        The result with the horizontal places, shared by all curves.
    curves : tuple of tuple
        ``(result, name, colour)`` of each curve, with one of the quantity colours 1 to 6. Curves differ in
        their dashes as well as in colour.
    x_axis, y_axis : Axis
        The axes; both stay as they are, whatever is dragged.
    handles : tuple of Handle
        The points that can be dragged, to both sides and up and down, by mouse, finger and arrow keys.
    title : str
        The picture in words, for readers who do not see it.
    side : str
        ``"left"`` or ``"right"``: what lies on that side of the first point is drawn, as in `Curve`. That
        point has a control as its place on the horizontal axis.
    square : bool
        Whether a step to the right is as long as one upwards, so that a circle is round.

    Examples
    --------
    >>> epsilon = Handle("Membrane kernel", x="tau_m", y="peak")
    >>> curves = (("eta", "η", 1), ("epsilon", "ε", 2))
    >>> view = Kernels("s", curves, Axis(0.0, 60.0, "s (ms)"), Axis(-8.0, 4.0, "mV"), handles=(epsilon,))
    >>> view.handles[0].x
    'tau_m'
    """

    x: str
    curves: tuple
    x_axis: Axis
    y_axis: Axis
    handles: tuple = ()
    title: str = "Curves and the points that shape them"
    side: str = ""
    square: bool = False

    def arrays(self) -> list[str]:
        """As `View.arrays`."""
        return [self.x, *(name for name, _, _ in self.curves)]

    def points(self) -> list[Handle]:
        """As `View.points`."""
        return list(self.handles)

    def alike(self) -> list[str]:
        """As `View.alike`."""
        return self.arrays()

    def colours(self) -> list[int]:
        """As `View.colours`."""
        return [colour for _, _, colour in self.curves]

    def scripts(self) -> set[str]:
        """As `View.scripts`."""
        return {"legend", "handle"}

    def more(self) -> dict[str, Any]:
        """As `View.more`."""
        return self.x_axis.named("_x") | self.y_axis.named("_y")

    def check(self, controls: Collection[str], readouts: Collection[str]) -> None:
        """As `View.check`."""
        super().check(controls, readouts)
        if self.side not in ("", "left", "right"):
            raise ValueError(f'side of a Kernels must be "left", "right" or "", got {self.side!r}')
        if self.side and not (self.handles and self.handles[0].x in controls):
            raise ValueError("side of a Kernels needs a first point whose x is a control")

    def box(self) -> dict[str, int]:
        """As `View.box`."""
        rows = LEGEND_ROW * legend_rows([name for _, name, _ in self.curves])
        tall = 240 if self.square else max(176, 196 - rows)
        frame = {"top": 24 + rows, "frame": tall, "head": 12 + rows, "legend": rows}
        return {"width": 380, **WITH_GRIP, "right": 16, **frame}

    def ratio(self) -> float:
        """As `View.ratio`."""
        return square(self.x_axis, self.y_axis) if self.square else 0.0

    def shapes(
        self, result: Mapping, values: Mapping[str, float], controls: Mapping[str, Control]
    ) -> list[Shape]:
        """As `View.shapes`."""
        place = Place(self.box(), self.ratio())
        axes = self.x_axis.ends, self.y_axis.ends
        drawn = legend(place, [(name, f"q{colour}") for _, name, colour in self.curves])
        drawn += axis_y(place, self.y_axis, place.top, place.bottom, 4)
        along = np.asarray(result[self.x], float)
        here = on_side(self.side, along, values[self.handles[0].x] if self.side else 0.0)
        x = place.x(along, *self.x_axis.ends)
        if self.y_axis.low < 0 < self.y_axis.high:
            zero = float(place.y(0.0, *self.y_axis.ends))
            drawn.append(Path([line([place.left, place.right], zero)], "edge"))
        for k, (name, _, colour) in enumerate(self.curves):
            y = place.y(np.where(here, result[name], np.nan), *self.y_axis.ends)
            drawn.append(Path(pieces(line(x, y)), f"q{colour}", 2, DASHES[k % len(DASHES)]))
        for handle in self.handles:
            drawn += point(handle, [*self.handles], axes, place, result, values, controls)
        return drawn + axis_x(place, self.x_axis, place.bottom)
