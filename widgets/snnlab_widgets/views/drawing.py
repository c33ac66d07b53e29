"""A square on which the reader draws: `Drawing`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from snnlab.data.drawings import MOST, SIDE, strokes_of
from snnlab_widgets.core.controls import Control
from snnlab_widgets.views.shapes import Path, Place, Shape, Text, line
from snnlab_widgets.views.view import WITH_GRIP, View

__all__ = ["Drawing"]

PEN = 13
"""How wide a stroke is drawn, in pixels; a style sheet gives lines of this width round ends."""


@dataclass(frozen=True)
class Drawing(View):
    """A square on which the reader draws with mouse, pen or finger, or with the keys.

    What is drawn is a value of the panel like those of its controls, in the form of text
    (`snnlab.data.drawings`): ``panel.drawing`` can be read, set and observed, and it is part of a link and of
    a saved file. The kernel gets it as the array of that name, filled as `points_of` fills it.

    Attributes
    ----------
    strokes : str
        The name of the value.
    start : str
        What is drawn at the beginning and after a reset. The first stroke of the reader replaces it.
    what : str
        What is to be drawn, for readers who do not see the square: ``"a digit"``.
    title : str
        The picture in words, for the same readers.
    columns : int
        Into how many equal columns faint lines divide the square; 0 for none.
    bands : tuple of str
        The names of equal bands, from the top, with a faint line between them.

    Examples
    --------
    >>> Drawing("drawing", "dw00dwrs").strokes
    'drawing'
    """

    strokes: str
    start: str = ""
    what: str = "something"
    title: str = "What is drawn"
    columns: int = 0
    bands: tuple[str, ...] = ()

    def arrays(self) -> list[str]:
        """As `View.arrays`: nothing that is computed."""
        return []

    def drawn(self) -> dict[str, str]:
        """As `View.drawn`."""
        return {self.strokes: self.start}

    def more(self) -> dict[str, Any]:
        """As `View.more`."""
        return {
            "whole": SIDE,
            "most": MOST,
            "pen": PEN,
            "columns": self.columns,
            "bands": list(self.bands),
        }

    def box(self) -> dict[str, int]:
        """As `View.box`."""
        return {
            "width": 270,
            **WITH_GRIP,
            "left": 8,
            "right": 8,
            "top": 8,
            "frame": 246,
            "bottom": 4,
            "head": 12,
        }

    def shapes(
        self, result: Mapping, values: Mapping[str, Any], controls: Mapping[str, Control]
    ) -> list[Shape]:
        """As `View.shapes`."""
        place = Place(self.box())
        side = min(place.right - place.left, place.bottom - place.top)
        left, top = (place.left + place.right - side) / 2, place.top
        edges = line(left + side * np.array([0, 1, 1, 0, 0]), top + side * np.array([0, 0, 1, 1, 0]))
        strokes = [
            np.array([left, top]) + stroke * (side / SIDE) for stroke in strokes_of(values[self.strokes])
        ]
        drawn: list[Shape] = [Path([edges], "edge")]
        for k in range(1, self.columns):
            x = left + k * side / self.columns
            drawn.append(Path([line(x, [top, top + side])], "rule"))
        for k, name in enumerate(self.bands):
            y = top + k * side / len(self.bands)
            drawn.append(Text(left + 6, y + 16, name))
            if k:
                drawn.append(Path([line([left, left + side], y)], "soft"))
        return [*drawn, Path([_visible(stroke) for stroke in strokes], "ink", PEN)]


def _visible(stroke: np.ndarray) -> np.ndarray:
    """A dot as a line of hardly any length: a pen that is not moved leaves a mark."""
    return stroke if len(stroke) > 1 else np.vstack([stroke, stroke + np.array([0.1, 0.0])])
