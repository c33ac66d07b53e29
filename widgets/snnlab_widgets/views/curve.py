"""A curve and the point at which we are: `Curve`."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from snnlab_widgets.core.controls import Control
from snnlab_widgets.views.axis import Axis
from snnlab_widgets.views.frames import on_side
from snnlab_widgets.views.shapes import (
    Path,
    Place,
    Shape,
    Text,
    axis_x,
    axis_y,
    dot,
    highest,
    line,
    nice_top,
    pieces,
)
from snnlab_widgets.views.view import WITH_GRIP, View

__all__ = ["Curve"]


@dataclass(frozen=True)
class Curve(View):
    """A curve with the point at which we are; the point is dragged along the horizontal axis.

    Attributes
    ----------
    x, y : str
        The results with the curve's points.
    at : str
        The control on the horizontal axis, moved by dragging the point.
    value : str
        The read-out on the vertical axis.
    x_axis : Axis
        The horizontal axis.
    label_y : str
        What the vertical axis shows, with its unit. It starts at 0 and grows in steps, but not while
        something is dragged.
    least : float
        How far up the vertical axis reaches at least.
    title : str
        The picture in words, for readers who do not see it.
    side : str
        ``"left"`` or ``"right"``: what lies on that side of the point is drawn, and the rest appears when one
        drags the point over it, so that a reader can guess first; ``""`` for the whole curve.

    Examples
    --------
    >>> Curve("i", "rate", "current", "rate", Axis(0.0, 0.5, "current (nA)"), "rate (Hz)").x_axis.high
    0.5
    """

    x: str
    y: str
    at: str
    value: str
    x_axis: Axis
    label_y: str
    least: float = 0.0
    title: str = "A curve and the point at which we are"
    side: str = ""

    def arrays(self) -> list[str]:
        """As `View.arrays`."""
        return [self.x, self.y]

    def controls(self) -> list[str]:
        """As `View.controls`."""
        return [self.at]

    def alike(self) -> list[str]:
        """As `View.alike`."""
        return [self.x, self.y]

    def more(self) -> dict[str, Any]:
        """As `View.more`."""
        return {"low": self.x_axis.low, "high": self.x_axis.high, "label_x": self.x_axis.label}

    def check(self, controls: Collection[str], readouts: Collection[str]) -> None:
        """As `View.check`."""
        super().check(controls, readouts)
        if self.side not in ("", "left", "right"):
            raise ValueError(f'side of a Curve must be "left", "right" or "", got {self.side!r}')

    def box(self) -> dict[str, int]:
        """As `View.box`."""
        return {"width": 280, **WITH_GRIP, "right": 12, "head": 12}

    def shapes(
        self, result: Mapping, values: Mapping[str, float], controls: Mapping[str, Control]
    ) -> list[Shape]:
        """As `View.shapes`."""
        place = Place(self.box())
        control, at = controls[self.at], values[self.at]
        x = np.asarray(result[self.x], float)
        y = np.where(on_side(self.side, x, at), result[self.y], np.nan)
        high = nice_top(highest(self.least, y, result[self.value]))
        drawn = axis_y(place, Axis(0, high, self.label_y), place.top, place.bottom, 4)
        px, py = float(place.x(at, *self.x_axis.ends)), float(place.y(result[self.value], 0, high))
        drawn.append(Path([line(px, [place.top, place.bottom])], f"q{control.colour}", 1.5, "6 4"))
        drawn.append(Path(pieces(line(place.x(x, *self.x_axis.ends), place.y(y, 0, high))), "trace", 2))
        drawn.append(dot(px, py, f"q{control.colour}"))
        middle = min(max(px, place.left + 24), place.right - 24)
        drawn.append(Text(middle, place.top - 8, control.text(at), "middle", f"q{control.colour}"))
        return drawn + axis_x(place, self.x_axis, place.bottom)
