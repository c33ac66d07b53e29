"""The still pictures of the views whose points move in two directions: kernels and heat maps."""

from collections.abc import Mapping

import numpy as np

from snnlab_widgets.core.controls import Control
from snnlab_widgets.views import Handle, HeatMap, Kernels
from snnlab_widgets.views.frames import on_side
from snnlab_widgets.views.scale import LEVELS, level
from snnlab_widgets.views.shapes import (
    DASHES,
    Cells,
    Path,
    Place,
    Shape,
    Text,
    axis_x,
    axis_y,
    dot,
    legend,
    line,
    number,
    pieces,
    ticks,
    wide,
)

__all__ = ["heat_map", "kernels", "place_of"]


def place_of(
    place: float | str | tuple, result: Mapping, values: Mapping[str, float], controls: Mapping[str, Control]
) -> tuple[float, Control | None]:
    """Where a handle is on one axis, and the control that moves it there, if one does."""
    name, factor = place if isinstance(place, tuple) else (place, 1.0)
    if not isinstance(name, str):
        return float(name) * factor, None
    return float(values[name] if name in values else result[name]) * factor, controls.get(name)


def kernels(view: Kernels, place: Place, result: Mapping, values: Mapping, controls: Mapping) -> list[Shape]:
    """Curves over one axis, and their points."""
    drawn = legend(place, [(name, f"q{colour}") for _, name, colour in view.curves])
    drawn += axis_y(place, view.low_y, view.high_y, view.label_y, place.top, place.bottom, 4)
    along = np.asarray(result[view.x], float)
    here = on_side(view, along, values[view.handles[0].x] if view.side else 0.0)
    x = place.x(along, view.low_x, view.high_x)
    if view.low_y < 0 < view.high_y:
        zero = float(place.y(0.0, view.low_y, view.high_y))
        drawn.append(Path([line([place.left, place.right], zero)], "edge"))
    for k, (name, _, colour) in enumerate(view.curves):
        y = place.y(np.where(here, result[name], np.nan), view.low_y, view.high_y)
        drawn.append(Path(pieces(line(x, y)), f"q{colour}", 2, DASHES[k % len(DASHES)]))
    for handle in view.handles:
        drawn += _point(view, handle, place, result, values, controls)
    return drawn + axis_x(place, view.low_x, view.high_x, view.label_x, place.bottom)


def _where(
    view: Kernels | HeatMap, handle: Handle, place: Place, result: Mapping, values: Mapping
) -> tuple[float, float]:
    """Where a handle is in the picture; within the frame, whatever it stands for."""
    x, y = (place_of(p, result, values, {})[0] for p in (handle.x, handle.y))
    px = place.x(np.clip(x, view.low_x, view.high_x), view.low_x, view.high_x)
    return float(px), float(place.y(np.clip(y, view.low_y, view.high_y), view.low_y, view.high_y))


def _point(
    view: Kernels | HeatMap, handle: Handle, place: Place, result: Mapping, values: Mapping, controls: Mapping
) -> list[Shape]:
    """A handle: dotted lines from the axes whose controls it moves, and a dot."""
    (x, across), (y, up) = (place_of(p, result, values, controls) for p in (handle.x, handle.y))
    if np.isnan(x + y):
        return []
    px, py = _where(view, handle, place, result, values)
    guides = [(across, line(px, [py, place.bottom])), (up, line([place.left, px], py))]
    drawn: list[Shape] = []
    for control, guide in guides:
        if control and isinstance(view, HeatMap):  # light on dark: one of them is seen on every colour
            drawn += [Path([guide], "ink", 1.5), Path([guide], "rule", 1.5, "4 4")]
        elif control:
            drawn.append(Path([guide], f"q{control.colour}", 1.25, "2 3"))
    moves = [control for control in (across, up) if control]
    text = ", ".join(control.text(values[control.name]) for control in moves)
    colour = f"q{moves[0].colour}"
    if isinstance(view, HeatMap):  # no word could be read there
        drawn += [dot(px, py, "rule", 13), dot(px, py, "ink")]
    else:
        half = wide(text) / 2
        middle = max(place.left + half, min(place.right - half, px))
        drawn.append(dot(px, py, colour))
        others = (_where(view, other, place, result, values) for other in view.handles if other != handle)
        hides = any(np.hypot(max(0.0, abs(x - middle) - half), y - py + 24) < 14 for x, y in others)
        below = py < place.top + 32 or hides
        drawn.append(Text(middle, py + 30 if below else py - 20, text, "middle", colour))
    return drawn


def heat_map(view: HeatMap, place: Place, result: Mapping, values: Mapping, controls: Mapping) -> list[Shape]:
    """Coloured cells, the bar that says what the colours mean, and the point."""
    levels = level(np.asarray(result[view.z], float), view.low, view.high)[::-1]
    wide, tall = place.right - place.left, place.bottom - place.top
    drawn: list[Shape] = [Cells(place.left, place.top, wide, tall, levels)]
    drawn.append(Text(0, place.head, view.label_y))
    heights = ticks(view.low_y, view.high_y, 4)
    for value in heights:
        y = float(place.y(value, view.low_y, view.high_y))
        drawn += [Path([line([place.left - 4, place.left], y)], "soft")]
        drawn.append(number(place.left - 6, y + 4, value, heights, "end"))
    bar = place.right + 16
    drawn.append(Cells(bar, place.top, 12, tall, np.arange(LEVELS, dtype=np.uint8)[::-1, None]))
    drawn.append(Text(place.width, place.head, view.label, "end"))
    marks = ticks(view.low, view.high, 4)
    for value in marks:
        y = float(place.y(value, view.low, view.high))
        drawn += [
            Path([line([bar + 12, bar + 16], y)], "soft"),
            number(bar + 19, y + 4, value, marks, "start"),
        ]
    if view.at:
        drawn += _point(view, view.at, place, result, values, controls)
    return drawn + axis_x(place, view.low_x, view.high_x, view.label_x, place.bottom)
