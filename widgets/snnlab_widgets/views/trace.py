"""Quantities over time: `Trace`."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from snnlab_widgets.core.controls import Control
from snnlab_widgets.views.axis import Axis
from snnlab_widgets.views.frames import thin
from snnlab_widgets.views.handle import Handle, point
from snnlab_widgets.views.shapes import (
    DASHES,
    LEGEND_ROW,
    Path,
    Place,
    Shape,
    Text,
    axis_x,
    axis_y,
    legend,
    legend_rows,
    level_line,
    line,
    pieces,
)
from snnlab_widgets.views.view import WITH_GRIP, View

__all__ = ["Trace"]


@dataclass(frozen=True)
class Trace(View):
    """Quantities over time, with spikes as ticks above the frame and a threshold line that can be dragged.

    Attributes
    ----------
    y : str
        The result that is drawn, one value a step (at the end of the step).
    dt : float
        The step in ms.
    y_axis : Axis
        The vertical axis. Choose its range for the drama: spikes are ticks above the frame, not part of it.
    line : str
        The control whose value is drawn as a line and dragged; ``""`` for none.
    spikes : str
        The result with the spike times in ms; ``""`` for none.
    on : tuple
        ``(control, start, end)``: a bar under the trace says when that input is on, in ms; ``()`` for none.
    behind : str
        A result over the same time that is drawn in grey behind the trace, a recording for example, whatever
        its step; ``""`` for none.
    behind_name : str
        What `behind` is called in the row that says which line is which.
    behind_spikes : str
        Its spike times in ms, a row of grey ticks above the others; ``""`` for none.
    rows : tuple of str
        What the two rows of ticks are called, the upper one first; ``()`` for no names.
    also : tuple of tuple
        ``(result, name, colour)`` of each further quantity over the same steps and the same vertical axis,
        with one of the quantity colours 1 to 6. A row above the frame says which line is which; lines differ
        in their dashes as well as in colour.
    name : str
        What `y` is called in that row; ``""`` for its label without the unit.
    until : float
        The end of what is shown in ms, to see the first part of a long run; 0 for all of it. The result keeps
        the rest.
    title : str
        The picture in words, for readers who do not see it.
    colour : int
        Which of the quantity colours 1 to 6 `y` has; 0 for the blue of traces.
    label_x : str
        What the horizontal axis shows, with its unit; a model whose steps have no length counts steps.
    handles : tuple of Handle
        The points that can be dragged, in time and up and down.

    Examples
    --------
    >>> Trace("v", 0.1, Axis(-72.0, -42.0, "v (mV)"), line="v_th", spikes="times", until=350.0).behind
    ''
    >>> gates = Trace("m", 0.01, Axis(0.0, 1.0, "open"), name="m", also=(("h", "h", 2), ("n", "n", 4)))
    >>> [name for _, name, _ in gates.also]
    ['h', 'n']
    """

    y: str
    dt: float
    y_axis: Axis
    line: str = ""
    spikes: str = ""
    on: tuple = ()
    behind: str = ""
    behind_name: str = ""
    behind_spikes: str = ""
    rows: tuple = ()
    also: tuple = ()
    name: str = ""
    until: float = 0.0
    title: str = "A quantity over time"
    colour: int = 0
    label_x: str = "time (ms)"
    handles: tuple[Handle, ...] = ()

    def arrays(self) -> list[str]:
        """As `View.arrays`."""
        lines = [self.y, *(name for name, _, _ in self.also)]
        return [name for name in (*lines, self.spikes, self.behind, self.behind_spikes) if name]

    def controls(self) -> list[str]:
        """As `View.controls`."""
        return [name for name in (self.line, *self.on[:1]) if name]

    def filled(self) -> list[str]:
        """As `View.filled`."""
        return [name for name in self.arrays() if name not in (self.spikes, self.behind_spikes)]

    def alike(self) -> list[str]:
        """As `View.alike`."""
        return [self.y, *(name for name, _, _ in self.also)]

    def colours(self) -> list[int]:
        """As `View.colours`."""
        return [colour for _, _, colour in self.also] + ([self.colour] if self.colour else [])

    def scripts(self) -> set[str]:
        """As `View.scripts`."""
        return {script for script, used in (("legend", self.lines()), ("handle", self.handles)) if used}

    def points(self) -> list[Handle]:
        """As `View.points`."""
        return list(self.handles)

    def more(self) -> dict[str, Any]:
        """As `View.more`."""
        return {"lines": self.lines(), **self.y_axis.named()}

    def check(self, controls: Collection[str], readouts: Collection[str]) -> None:
        """As `View.check`."""
        super().check(controls, readouts)
        if not self.dt > 0:
            raise ValueError(f"dt of a Trace must be positive, got {self.dt}")
        if not self.until >= 0:
            raise ValueError(f"until of a Trace must not be negative, got {self.until}")

    def shown(self, name: str, result: Mapping) -> np.ndarray:
        """The part of the result `name` that is drawn: all of it, or up to the time `until`."""
        whole, total = np.asarray(result[name]), len(result[self.y]) * self.dt
        if not 0 < self.until < total:
            return whole
        return whole[: int(len(whole) * self.until / total + 0.5)]

    def sent(self, name: str, result: Mapping, number: int) -> dict[str, np.ndarray]:
        """As `View.sent`: lines are thinned."""
        if name in (self.spikes, self.behind_spikes):
            return super().sent(name, result, number)
        part = self.shown(name, result)
        key = f"{name}<{number}" if self.until else name  # another view may show more of the same run
        at, value = thin(part)
        return {f"{key}.at": at, f"{key}.value": value, f"{key}.steps": np.array([float(len(part))])}

    def lines(self) -> list[tuple[str, str]]:
        """Name and colour of each line of a trace that has several."""
        if not self.also and not self.behind_name:
            return []
        first = self.name or self.y_axis.label.split(" (")[0]
        behind = [(self.behind_name, "edge")] if self.behind_name else []
        return [(first, self.first()), *((name, f"q{colour}") for _, name, colour in self.also), *behind]

    def first(self) -> str:
        """The colour of the first line."""
        return f"q{self.colour}" if self.colour else "trace"

    def box(self) -> dict[str, int]:
        """As `View.box`.

        Above a trace: a legend, grey ticks, the label beside black ones. At its side: a grip or names.
        """
        rows = LEGEND_ROW * legend_rows([name for name, _ in self.lines()])
        top = rows + (62 if self.behind_spikes else 44 if self.spikes else 24)
        side = {} if self.line or self.rows else {"right": 16}
        head = {"top": top, "frame": max(176, 220 - top), "head": top - (32 if self.spikes else 12)}
        return {"width": 740 if self.behind else 460, **WITH_GRIP, **head, "legend": rows, **side}

    def shapes(
        self, result: Mapping, values: Mapping[str, float], controls: Mapping[str, Control]
    ) -> list[Shape]:
        """As `View.shapes`."""
        place = Place(self.box())
        v = self.shown(self.y, result)
        end = len(v) * self.dt
        drawn = legend(place, self.lines())
        drawn += axis_y(place, self.y_axis, place.top, place.bottom, 4)
        if self.on and self.on[1] < end:
            name, start, stop = self.on
            bar = line(place.x([start, min(stop, end)], 0, end), place.bottom - 4)
            drawn.append(Path([bar], f"q{controls[name].colour}", 5))
            label = f"{controls[name].label.lower()} {controls[name].text(values[name])}"
            drawn.append(
                Text(float(bar[0, 0]), place.bottom - 16, label, "start", f"q{controls[name].colour}")
            )
        if self.line:
            y = float(place.y(values[self.line], *self.y_axis.ends))
            drawn += level_line(place, y, controls[self.line], values[self.line])
        if self.behind:
            behind = self.shown(self.behind, result)
            at, thinned = thin(behind)
            drawn.append(Path(self._inside(place, at * end / len(behind), thinned, end), "edge", 1.5))
        for k, (name, _, colour) in reversed([*enumerate(self.also, 1)]):
            at, thinned = thin(self.shown(name, result))
            pieces = self._inside(place, (at + 1) * self.dt, thinned, end)
            drawn.append(Path(pieces, f"q{colour}", 1.5, DASHES[k % len(DASHES)]))
        at, thinned = thin(v)
        drawn.append(Path(self._inside(place, (at + 1) * self.dt, thinned, end), self.first(), 1.5))
        for times, top, colour in (
            (self.spikes, place.top - 20, "ink"),
            (self.behind_spikes, place.top - 42, "edge"),
        ):
            if times:
                spikes = np.asarray(result[times])
                xs = place.x(spikes[spikes <= end * (1 + 1e-9)], 0, end)
                drawn.append(Path([line(x, [top, top + 16]) for x in xs], colour, 1.5))
        for name, y in zip(self.rows, (place.top - 29, place.top - 7), strict=False):
            drawn.append(Text(place.right + 6, y, name))
        axes = (0.0, end), self.y_axis.ends
        for handle in self.handles:
            drawn += point(handle, [*self.handles], axes, place, result, values, controls)
        return drawn + axis_x(place, Axis(0, end, self.label_x), place.bottom)

    def _inside(self, place: Place, t: np.ndarray, v: np.ndarray, end: float) -> list[np.ndarray]:
        """The pieces of a trace that lie within the frame, each up to its edge."""
        low, high = self.y_axis.ends
        points = line(place.x(t, 0, end), place.y(v, low, high))
        outside = (v < low) | (v > high)
        outside[1:-1] &= outside[:-2] & outside[2:]
        parts = np.split(points, np.flatnonzero(np.diff(outside)) + 1)
        return [piece for part in parts[int(outside[:1].any()) :: 2] for piece in pieces(part)]
