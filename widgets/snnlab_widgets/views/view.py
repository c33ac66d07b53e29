"""What every kind of view answers. A kind is one file here, and beside it the JavaScript that draws it alive.

A view names the results that it draws, and computes nothing.
"""

import math
from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping
from typing import Any

import numpy as np

from snnlab_widgets.core.controls import Control
from snnlab_widgets.core.declared import COLOURS
from snnlab_widgets.views.axis import Axis
from snnlab_widgets.views.handle import Handle, names_of
from snnlab_widgets.views.shapes import Shape

__all__ = ["WITH_GRIP", "View"]

WITH_GRIP = {"left": 40, "right": 96, "top": 44, "frame": 176, "gap": 0, "strip": 0, "bottom": 38}
"""The margins and heights of a picture with a grip at its right side, in pixels."""


class View(ABC):
    """A picture that a panel can have; each kind is a frozen dataclass of what it draws."""

    title: str
    """The picture in words, for readers who do not see it."""

    @abstractmethod
    def arrays(self) -> list[str]:
        """The entries of the result that it draws."""

    @abstractmethod
    def box(self) -> dict[str, int]:
        """Margins and heights in pixels, its share of the width, and the height of its label."""

    def ratio(self) -> float:
        """Of width to height that its frame keeps, whatever room there is; 0 where it takes all."""
        return 0.0

    @abstractmethod
    def shapes(
        self, result: Mapping, values: Mapping[str, float], controls: Mapping[str, Control]
    ) -> list[Shape]:
        """The still picture, in the geometry of the living one."""

    def controls(self) -> list[str]:
        """The controls that it shows or moves, apart from those of its points."""
        return []

    def drawn(self) -> dict[str, str]:
        """What the reader draws on it: the name of the value, and what is there at the start, as text."""
        return {}

    def points(self) -> list[Handle]:
        """The points that are dragged in two directions."""
        return []

    def filled(self) -> list[str]:
        """The arrays without which there is nothing to draw; spikes may be none."""
        return self.arrays()

    def alike(self) -> list[str]:
        """The arrays that must have the same length."""
        return []

    def matrices(self) -> list[str]:
        """The arrays that have two axes; the others have one."""
        return []

    def colours(self) -> list[int]:
        """The quantity colours that it uses."""
        return []

    def scripts(self) -> set[str]:
        """What its JavaScript needs beside itself."""
        return set()

    def more(self) -> dict[str, Any]:
        """What the page has to know beside the declaration, its axes among it."""
        return {}

    def sent(self, name: str, result: Mapping, number: int) -> dict[str, np.ndarray]:
        """What Python sends to the page of the entry `name`; this is the panel's view `number`."""
        whole = result[name].dtype.kind in "biu"
        return {name: np.ascontiguousarray(result[name], np.int32 if whole else np.float64)}

    @property
    def kind(self) -> str:
        """The name of its files."""
        return type(self).__name__.lower()

    @property
    def height(self) -> int:
        """The height of the picture in pixels."""
        size = self.box()
        return sum(size[part] for part in ("top", "frame", "gap", "strip", "bottom"))

    def spec(self) -> dict[str, Any]:
        """What the page has to know, as JSON."""
        declared = {name: value for name, value in vars(self).items() if not isinstance(value, Axis)}
        return {"kind": self.kind, "box": self.box(), "ratio": self.ratio(), **declared, **self.more()}

    def _axes(self) -> list[tuple[str, Axis]]:
        return [(name, value) for name, value in vars(self).items() if isinstance(value, Axis)]

    def check(self, controls: Collection[str], readouts: Collection[str]) -> None:
        """Look it over before anything runs: names are known, ranges go upwards, colours exist.

        Parameters
        ----------
        controls, readouts
            The names of the panel.

        Raises
        ------
        ValueError
            With one sentence that says what is wrong.
        """
        kind = type(self).__name__
        for name in self.controls():
            if name not in controls:
                raise ValueError(f"{kind} moves {name}, which is no control")
        for handle in self.points():
            for name in names_of(handle):
                if name not in controls and name not in readouts:
                    raise ValueError(f"{handle.name} lies at {name}, which is no control and no read-out")
            if not set(names_of(handle)) & set(controls):
                raise ValueError(f"{handle.name} moves no control")
            for place in (handle.x, handle.y):
                if isinstance(place, tuple) and (len(place) not in (2, 3) or not place[1]):
                    raise ValueError(f"a place of {handle.name} must be (name, factor), not 0, got {place}")
        for name, axis in self._axes():
            if not (math.isfinite(axis.low) and math.isfinite(axis.high) and axis.low < axis.high):
                low, high = axis.ends
                raise ValueError(
                    f"low of the {name} of a {kind} must be below its high, got {low} and {high}"
                )
        for colour in self.colours():
            if colour not in COLOURS:
                raise ValueError(f"a colour of a {kind} must be 1 to 6, got {colour!r}")
