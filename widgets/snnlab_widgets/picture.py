"""The still picture of a panel: what print, a page without JavaScript and a plain notebook viewer show.

It has the geometry of the living one (`box` gives both the same numbers). A view becomes a short list of
shapes, which `svg` and `png` in `still.py` write down. Positions are in CSS pixels from the top left.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from snnlab_widgets.controls import Control
from snnlab_widgets.formats import decimals_of, fixed
from snnlab_widgets.frames import thin
from snnlab_widgets.views import Curve, Histogram, Raster, Trace, View

__all__ = ["Path", "Text", "box", "height", "nice_top", "shapes", "ticks"]

LADDER = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)


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


def box(view: View) -> dict[str, int]:
    """Margins and heights of `view` in pixels, and its share of the width."""
    with_grip = {"left": 40, "right": 96, "top": 44, "frame": 176, "gap": 0, "strip": 0, "bottom": 38}
    match view:
        case Trace(behind=behind):
            return {"width": 740, **with_grip, "top": 62} if behind else {"width": 460, **with_grip}
        case Curve():
            return {"width": 280, **with_grip, "right": 12}
        case Histogram():
            return {"width": 280, **with_grip, "right": 12, "top": 24, "frame": 250}
        case Raster():
            below = {"gap": 24, "strip": 64} if view.strip else {}
            return {"width": 540, **with_grip, "top": 24, "frame": 250, **below}


def height(view: View) -> int:
    """The height of `view` in pixels."""
    return sum(size for side, size in box(view).items() if side not in ("width", "left", "right"))


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


def shapes(view: View, result: Mapping, values: Mapping[str, float], controls: Mapping[str, Control]) -> list:
    """What `view` looks like for `result`."""
    place = _Place(view)
    match view:
        case Trace():
            return _trace(view, place, result, values, controls)
        case Raster():
            return _raster(view, place, result, values, controls)
        case Curve():
            return _curve(view, place, result, values, controls)
        case Histogram():
            return _histogram(view, place, result)


class _Place:
    """From numbers to pixels for one view."""

    def __init__(self, view: View):
        size = box(view)
        self.left, self.top = size["left"], size["top"]
        self.right, self.bottom = size["width"] - size["right"], size["top"] + size["frame"]
        self.width = size["width"]
        self.strip = (self.bottom + size["gap"], self.bottom + size["gap"] + size["strip"])

    def x(self, value: Any, low: float, high: float) -> np.ndarray:
        return self.left + (np.asarray(value, float) - low) / (high - low) * (self.right - self.left)

    def y(
        self, value: Any, low: float, high: float, top: float | None = None, bottom: float | None = None
    ) -> np.ndarray:
        top = self.top if top is None else top
        bottom = self.bottom if bottom is None else bottom
        return np.clip(bottom - (np.asarray(value, float) - low) / (high - low) * (bottom - top), top, bottom)


def _line(x: Any, y: Any) -> np.ndarray:
    return np.column_stack(np.broadcast_arrays(np.atleast_1d(x), np.atleast_1d(y))).astype(float)


def _axis_x(place: _Place, low: float, high: float, label: str, bottom: float) -> list:
    drawn: list = [Path([_line([place.left, place.right], bottom)], "soft")]
    values = ticks(low, high, 5)
    for value in values:
        x = float(place.x(value, low, high))
        mark = Path([_line(x, [bottom, bottom + 4])], "soft")
        drawn += [mark, _number(x, bottom + 16, value, values, "middle")]
    return [*drawn, Text((place.left + place.right) / 2, bottom + 33, label, "middle")]


def _axis_y(place: _Place, low: float, high: float, label: str, top: float, bottom: float, most: int) -> list:
    drawn: list = [Text(0, top - 32 if top > 40 else top - 10, label)]
    values = ticks(low, high, most)
    for value in values:
        y = float(place.y(value, low, high, top, bottom))
        rule = Path([_line([place.left, place.right], y)], "rule")
        drawn += [rule, _number(place.left - 6, y + 4, value, values, "end")]
    return drawn


def _number(x: float, y: float, value: float, values: list[float], anchor: str) -> Text:
    step = values[1] - values[0] if len(values) > 1 else 1.0
    return Text(x, y, fixed(value, decimals_of(float(f"{step:.6g}"))), anchor)


def _level(place: _Place, y: float, control: Control, value: float) -> list:
    """A dashed line at `y` with its value beside it."""
    colour = f"q{control.colour}"
    line = Path([_line([place.left, place.right], y)], colour, 1.5, "6 4")
    return [line, Text(place.right + 6, y + 4, control.text(value), "start", colour)]


def _trace(view: Trace, place: _Place, result: Mapping, values: Mapping, controls: Mapping) -> list:
    v = np.asarray(result[view.y])
    end = len(v) * view.dt
    drawn = _axis_y(place, view.low, view.high, view.label, place.top, place.bottom, 4)
    if view.on:
        name, start, stop = view.on
        bar = _line(place.x([start, stop], 0, end), place.bottom - 4)
        drawn.append(Path([bar], f"q{controls[name].colour}", 5))
        label = f"{controls[name].label.lower()} {controls[name].text(values[name])}"
        drawn.append(Text(float(bar[0, 0]), place.bottom - 16, label, "start", f"q{controls[name].colour}"))
    if view.line:
        control = controls[view.line]
        y = float(place.y(values[view.line], view.low, view.high))
        drawn += _level(place, y, control, values[view.line])
    if view.behind:
        behind = np.asarray(result[view.behind])
        at, thinned = thin(behind)
        drawn.append(Path(_inside(view, place, at * end / len(behind), thinned, end), "edge", 1.5))
    at, thinned = thin(v)
    drawn.append(Path(_inside(view, place, (at + 1) * view.dt, thinned, end), "trace", 1.5))
    for times, top, colour in (
        (view.spikes, place.top - 20, "ink"),
        (view.behind_spikes, place.top - 42, "edge"),
    ):
        if times:
            spikes = place.x(result[times], 0, end)
            drawn.append(Path([_line(x, [top, top + 16]) for x in spikes], colour, 1.5))
    for name, y in zip(view.rows, (place.top - 29, place.top - 7), strict=False):
        drawn.append(Text(place.right + 6, y, name))
    return drawn + _axis_x(place, 0, end, "time (ms)", place.bottom)


def _inside(view: Trace, place: _Place, t: np.ndarray, v: np.ndarray, end: float) -> list[np.ndarray]:
    """The pieces of a trace that lie within the frame, each up to its edge."""
    line = _line(place.x(t, 0, end), place.y(v, view.low, view.high))
    outside = (v < view.low) | (v > view.high)
    outside[1:-1] &= outside[:-2] & outside[2:]
    pieces = np.split(line, np.flatnonzero(np.diff(outside)) + 1)
    return pieces[int(outside[:1].any()) :: 2]


def _raster(view: Raster, place: _Place, result: Mapping, values: Mapping, controls: Mapping) -> list:
    rows = int(view.rows if isinstance(view.rows, int) else values[view.rows])
    row_height = (place.bottom - place.top) / rows
    drawn: list = [Text(0, place.top - 10, view.label)]
    for row in dict.fromkeys([1, *(int(t) for t in ticks(0, rows, 5) if t >= 1 and t == int(t)), rows]):
        if row in (1, rows) or (row - 1) * row_height > 13 < (rows - row) * row_height:
            drawn.append(Text(place.left - 6, place.top + (row - 0.5) * row_height + 4, str(row), "end"))
    x = place.x(result[view.times], 0, view.duration)
    y = place.top + np.asarray(result[view.units]) * row_height
    gap = 0.1 * row_height
    marks = [_line(a, [b + gap, b + row_height - gap]) for a, b in zip(x, y, strict=True)]
    drawn.append(Path(marks, "ink", 1.2))
    bottom = place.bottom
    if view.strip:
        top, bottom = place.strip
        strip = np.asarray(result[view.strip])
        expected = values[view.expected] if view.expected else 0.0
        high = nice_top(max(float(strip.max()), 1.5 * expected))
        drawn += _axis_y(place, 0, high, "", top, bottom, 2)
        drawn.append(Text(0, top - 8, view.strip_label))
        edges = place.x(np.arange(len(strip) + 1), 0, len(strip)).repeat(2)[1:-1]
        drawn.append(Path([_line(edges, np.repeat(place.y(strip, 0, high, top, bottom), 2))], "trace", 1.5))
        if view.expected:
            control = controls[view.expected]
            level = float(place.y(expected, 0, high, top, bottom))
            drawn += _level(place, level, control, expected)
    return drawn + _axis_x(place, 0, view.duration, "time (ms)", bottom)


def _curve(view: Curve, place: _Place, result: Mapping, values: Mapping, controls: Mapping) -> list:
    control, at = controls[view.at], values[view.at]
    x, y = np.asarray(result[view.x], float), np.asarray(result[view.y], float)
    high = nice_top(max(float(np.nanmax(y, initial=0.0)), float(result[view.value])))
    drawn = _axis_y(place, 0, high, view.label_y, place.top, place.bottom, 4)
    px, py = float(place.x(at, view.low, view.high)), float(place.y(result[view.value], 0, high))
    drawn.append(Path([_line(px, [place.top, place.bottom])], f"q{control.colour}", 1.5, "6 4"))
    drawn.append(Path([_line(place.x(x, view.low, view.high), place.y(y, 0, high))], "trace", 2))
    drawn.append(Path([_line([px, px], py)], f"q{control.colour}", 9))
    middle = min(max(px, place.left + 24), place.right - 24)
    drawn.append(Text(middle, place.top - 8, control.text(at), "middle", f"q{control.colour}"))
    return drawn + _axis_x(place, view.low, view.high, view.label_x, place.bottom)


def _histogram(view: Histogram, place: _Place, result: Mapping) -> list:
    counts = np.asarray(result[view.counts], float)
    law = np.asarray(result[view.law], float) if view.law else np.zeros(0)
    high = nice_top(max(counts.max(initial=0.0), law.max(initial=0.0)))
    drawn = _axis_y(place, 0, high, view.label_y, place.top, place.bottom, 4)
    edges = place.x(np.arange(len(counts) + 1), 0, len(counts)).repeat(2)[1:-1]
    drawn.append(Path([_line(edges, np.repeat(place.y(counts, 0, high), 2))], "trace", 1.5))
    if view.law:
        middles = place.x(np.arange(len(law)) + 0.5, 0, len(law))
        drawn.append(Path([_line(middles, place.y(law, 0, high))], f"q{view.colour}", 2))
    return drawn + _axis_x(place, view.low, view.high, view.label_x, place.bottom)
