"""The still picture of a panel: what print, a page without JavaScript and a plain notebook viewer show.

It has the geometry of the living one (`box` gives both the same numbers). A view becomes a short list of
shapes, which `svg` and `png` in `still.py` write down.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from snnlab_widgets.core.controls import Control
from snnlab_widgets.views import Curve, HeatMap, Histogram, Kernels, Raster, Trace, View
from snnlab_widgets.views.frames import on_side, shown, thin
from snnlab_widgets.views.planes import heat_map, kernels
from snnlab_widgets.views.scale import SCALE
from snnlab_widgets.views.shapes import (
    DASHES,
    LEGEND_ROW,
    Path,
    Place,
    Shape,
    Text,
    axis_x,
    axis_y,
    dot,
    highest,
    legend,
    legend_rows,
    level_line,
    line,
    nice_top,
    pieces,
    ticks,
)

__all__ = ["box", "height", "page_spec", "shapes"]


def box(view: View) -> dict[str, int]:
    """Margins and heights of `view` in pixels, its share of the width, and the height of its label."""
    with_grip = {"left": 40, "right": 96, "top": 44, "frame": 176, "gap": 0, "strip": 0, "bottom": 38}
    match view:
        case Trace():
            return {"width": 740 if view.behind else 460, **with_grip, **_head_of_trace(view)}
        case Curve():
            return {"width": 280, **with_grip, "right": 12, "head": 12}
        case Histogram():
            return {"width": 280, **with_grip, "right": 12, "top": 24, "frame": 250, "head": 14}
        case Raster():
            below = {"gap": 24, "strip": 64} if view.strip else {}
            side = {} if view.expected else {"right": 16}
            return {"width": 540, **with_grip, **side, "top": 24, "frame": 250, **below, "head": 14}
        case Kernels(curves=curves):
            rows = LEGEND_ROW * legend_rows([name for _, name, _ in curves])
            frame = {"top": 24 + rows, "frame": max(176, 196 - rows), "head": 12 + rows, "legend": rows}
            return {"width": 380, **with_grip, "right": 16, **frame}
        case HeatMap():
            return {"width": 380, **with_grip, "right": 80, "top": 24, "frame": 196, "head": 12}


def _head_of_trace(view: Trace) -> dict[str, int]:
    """Above a trace: a legend, grey ticks, the label beside black ones. At its side: a grip or names."""
    rows = LEGEND_ROW * legend_rows([name for name, _ in lines_of(view)])
    top = rows + (62 if view.behind else 44 if view.spikes else 24)
    side = {} if view.line or view.rows else {"right": 16}
    head = top - (32 if view.spikes else 12)
    return {"top": top, "frame": max(176, 220 - top), "head": head, "legend": rows, **side}


def lines_of(view: Trace) -> list[tuple[str, str]]:
    """Name and colour of each line of a trace that has several."""
    if not view.also:
        return []
    first = view.name or view.label.split(" (")[0]
    return [(first, colour_of(view)), *((name, f"q{colour}") for _, name, colour in view.also)]


def colour_of(view: Trace) -> str:
    """The colour of the first line of a trace."""
    return f"q{view.colour}" if view.colour else "trace"


def height(view: View) -> int:
    """The height of `view` in pixels."""
    size = box(view)
    return sum(size[part] for part in ("top", "frame", "gap", "strip", "bottom"))


def page_spec(view: View) -> dict[str, Any]:
    """What the page has to know of `view`, as JSON."""
    more: dict[str, Any] = {}
    if isinstance(view, Trace):
        more = {"lines": lines_of(view)}
    if isinstance(view, HeatMap):
        more = {"scale": SCALE.tobytes().hex()}
    return {"kind": type(view).__name__.lower(), "box": box(view), **view._asdict(), **more}


def shapes(
    view: View, result: Mapping, values: Mapping[str, float], controls: Mapping[str, Control]
) -> list[Shape]:
    """What `view` looks like for `result`."""
    place = Place(box(view))
    match view:
        case Trace():
            return _trace(view, place, result, values, controls)
        case Raster():
            return _raster(view, place, result, values, controls)
        case Curve():
            return _curve(view, place, result, values, controls)
        case Histogram():
            return _histogram(view, place, result)
        case Kernels():
            return kernels(view, place, result, values, controls)
        case HeatMap():
            return heat_map(view, place, result, values, controls)


def _trace(view: Trace, place: Place, result: Mapping, values: Mapping, controls: Mapping) -> list[Shape]:
    v = shown(view, view.y, result)
    end = len(v) * view.dt
    drawn = legend(place, lines_of(view))
    drawn += axis_y(place, view.low, view.high, view.label, place.top, place.bottom, 4)
    if view.on and view.on[1] < end:
        name, start, stop = view.on
        bar = line(place.x([start, min(stop, end)], 0, end), place.bottom - 4)
        drawn.append(Path([bar], f"q{controls[name].colour}", 5))
        label = f"{controls[name].label.lower()} {controls[name].text(values[name])}"
        drawn.append(Text(float(bar[0, 0]), place.bottom - 16, label, "start", f"q{controls[name].colour}"))
    if view.line:
        y = float(place.y(values[view.line], view.low, view.high))
        drawn += level_line(place, y, controls[view.line], values[view.line])
    if view.behind:
        behind = shown(view, view.behind, result)
        at, thinned = thin(behind)
        drawn.append(Path(_inside(view, place, at * end / len(behind), thinned, end), "edge", 1.5))
    for k, (name, _, colour) in reversed([*enumerate(view.also, 1)]):
        at, thinned = thin(shown(view, name, result))
        pieces = _inside(view, place, (at + 1) * view.dt, thinned, end)
        drawn.append(Path(pieces, f"q{colour}", 1.5, DASHES[k % len(DASHES)]))
    at, thinned = thin(v)
    drawn.append(Path(_inside(view, place, (at + 1) * view.dt, thinned, end), colour_of(view), 1.5))
    for times, top, colour in (
        (view.spikes, place.top - 20, "ink"),
        (view.behind_spikes, place.top - 42, "edge"),
    ):
        if times:
            spikes = np.asarray(result[times])
            xs = place.x(spikes[spikes <= end * (1 + 1e-9)], 0, end)
            drawn.append(Path([line(x, [top, top + 16]) for x in xs], colour, 1.5))
    for name, y in zip(view.rows, (place.top - 29, place.top - 7), strict=False):
        drawn.append(Text(place.right + 6, y, name))
    return drawn + axis_x(place, 0, end, view.label_x, place.bottom)


def _inside(view: Trace, place: Place, t: np.ndarray, v: np.ndarray, end: float) -> list[np.ndarray]:
    """The pieces of a trace that lie within the frame, each up to its edge."""
    points = line(place.x(t, 0, end), place.y(v, view.low, view.high))
    outside = (v < view.low) | (v > view.high)
    outside[1:-1] &= outside[:-2] & outside[2:]
    parts = np.split(points, np.flatnonzero(np.diff(outside)) + 1)
    return [piece for part in parts[int(outside[:1].any()) :: 2] for piece in pieces(part)]


def _raster(view: Raster, place: Place, result: Mapping, values: Mapping, controls: Mapping) -> list[Shape]:
    rows = int(view.rows if isinstance(view.rows, int) else values[view.rows])
    row_height = (place.bottom - place.top) / rows
    drawn: list[Shape] = [Text(0, place.head, view.label)]
    few = rows if rows <= 10 else 5
    for row in dict.fromkeys([1, *(int(t) for t in ticks(0, rows, few) if t >= 1 and t == int(t)), rows]):
        if row in (1, rows) or (row - 1) * row_height > 13 < (rows - row) * row_height:
            drawn.append(Text(place.left - 6, place.top + (row - 0.5) * row_height + 4, str(row), "end"))
    x = place.x(result[view.times], 0, view.duration)
    y = place.top + np.asarray(result[view.units]) * row_height
    gap = 0.1 * row_height
    marks = [line(a, [b + gap, b + row_height - gap]) for a, b in zip(x, y, strict=True) if np.isfinite(a)]
    drawn.append(Path(marks, "ink", 1.2))
    bottom = place.bottom
    if view.strip:
        top, bottom = place.strip
        strip = np.asarray(result[view.strip])
        expected = values[view.expected] if view.expected else 0.0
        high = nice_top(highest(strip, 1.5 * expected))
        drawn += axis_y(place, 0, high, "", top, bottom, 2)
        drawn.append(Text(0, top - 8, view.strip_label))
        edges = place.x(np.arange(len(strip) + 1), 0, len(strip)).repeat(2)[1:-1]
        stairs = line(edges, np.repeat(place.y(strip, 0, high, top, bottom), 2))
        drawn.append(Path(pieces(stairs), "trace", 1.5))
        if view.expected:
            level = float(place.y(expected, 0, high, top, bottom))
            drawn += level_line(place, level, controls[view.expected], expected)
    return drawn + axis_x(place, 0, view.duration, "time (ms)", bottom)


def _curve(view: Curve, place: Place, result: Mapping, values: Mapping, controls: Mapping) -> list[Shape]:
    control, at = controls[view.at], values[view.at]
    x = np.asarray(result[view.x], float)
    y = np.where(on_side(view, x, at), result[view.y], np.nan)
    high = nice_top(highest(view.least, y, result[view.value]))
    drawn = axis_y(place, 0, high, view.label_y, place.top, place.bottom, 4)
    px, py = float(place.x(at, view.low, view.high)), float(place.y(result[view.value], 0, high))
    drawn.append(Path([line(px, [place.top, place.bottom])], f"q{control.colour}", 1.5, "6 4"))
    drawn.append(Path(pieces(line(place.x(x, view.low, view.high), place.y(y, 0, high))), "trace", 2))
    drawn.append(dot(px, py, f"q{control.colour}"))
    middle = min(max(px, place.left + 24), place.right - 24)
    drawn.append(Text(middle, place.top - 8, control.text(at), "middle", f"q{control.colour}"))
    return drawn + axis_x(place, view.low, view.high, view.label_x, place.bottom)


def _histogram(view: Histogram, place: Place, result: Mapping) -> list[Shape]:
    counts = np.asarray(result[view.counts], float)
    law = np.asarray(result[view.law], float) if view.law else np.zeros(0)
    high = nice_top(highest(counts, law))
    drawn = axis_y(place, 0, high, view.label_y, place.top, place.bottom, 4)
    edges = place.x(np.arange(len(counts) + 1), 0, len(counts)).repeat(2)[1:-1]
    drawn.append(Path(pieces(line(edges, np.repeat(place.y(counts, 0, high), 2))), "trace", 1.5))
    if view.law:
        middles = place.x(np.arange(len(law)) + 0.5, 0, len(law))
        drawn.append(Path(pieces(line(middles, place.y(law, 0, high))), f"q{view.colour}", 2))
    return drawn + axis_x(place, view.low, view.high, view.label_x, place.bottom)
