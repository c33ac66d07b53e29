"""A point in a picture that is dragged to both sides and up and down."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from snnlab_widgets.core.controls import Control
from snnlab_widgets.views.shapes import Path, Place, Shape, Text, dot, line, wide

__all__ = ["Handle", "names_of", "place_of", "point", "where"]

Ranges = tuple[tuple[float, float], tuple[float, float]]
"""The ends of the horizontal and of the vertical axis."""


class Handle(NamedTuple):
    """A point in a picture that is dragged to move one control or two.

    A place is a number (the point stays there), the name of a control (dragging moves it), the name of a
    read-out (the point follows), ``(name, factor)`` for a multiple of one of these, or ``(name, factor,
    begin)`` for a multiple that is counted from there.

    Attributes
    ----------
    name : str
        What the point is called, for readers who do not see it: ``"Membrane kernel"``.
    x, y : float, str or tuple
        Its place on the horizontal and on the vertical axis; at least one of them is a control.

    Examples
    --------
    A point on the curve a exp(-s / τ) where that has fallen to 1/e:

    >>> import math
    >>> Handle("Decay", "tau", ("a", math.exp(-1))).x
    'tau'
    """

    name: str
    x: float | str | tuple
    y: float | str | tuple


def names_of(handle: Handle) -> list[str]:
    """The controls and read-outs that say where `handle` is."""
    names = [place[0] if isinstance(place, tuple) else place for place in (handle.x, handle.y)]
    return [name for name in names if isinstance(name, str)]


def place_of(
    place: float | str | tuple, result: Mapping, values: Mapping[str, float], controls: Mapping[str, Control]
) -> tuple[float, Control | None]:
    """Where a handle is on one axis, and the control that moves it there, if one does."""
    name, factor, *begin = place if isinstance(place, tuple) else (place, 1.0)
    value = name if not isinstance(name, str) else values[name] if name in values else result[name]
    control = controls.get(name) if isinstance(name, str) else None
    return float(value) * factor + sum(begin), control


def where(
    handle: Handle, ranges: Ranges, place: Place, result: Mapping, values: Mapping
) -> tuple[float, float]:
    """Where a handle is in the picture; within the frame, whatever it stands for."""
    x, y = (place_of(p, result, values, {})[0] for p in (handle.x, handle.y))
    px, py = (
        at(np.clip(v, *ends), *ends) for at, v, ends in zip((place.x, place.y), (x, y), ranges, strict=True)
    )
    return float(px), float(py)


def point(
    handle: Handle,
    others: list[Handle],
    ranges: Ranges,
    place: Place,
    result: Mapping,
    values: Mapping,
    controls: Mapping,
    on_colours: bool = False,
) -> list[Shape]:
    """A handle: dotted lines from the axes whose controls it moves, and a dot.

    Its values stand beside it, where they hide no other point; on a map of colours no word could be read.
    """
    (x, across), (y, up) = (place_of(p, result, values, controls) for p in (handle.x, handle.y))
    if np.isnan(x + y):
        return []
    px, py = where(handle, ranges, place, result, values)
    guides = [(across, line(px, [py, place.bottom])), (up, line([place.left, px], py))]
    drawn: list[Shape] = []
    for control, guide in guides:
        if control and on_colours:  # light on dark: one of them is seen on every colour
            drawn += [Path([guide], "ink", 1.5), Path([guide], "rule", 1.5, "4 4")]
        elif control:
            drawn.append(Path([guide], f"q{control.colour}", 1.25, "2 3"))
    if on_colours:
        return [*drawn, dot(px, py, "rule", 13), dot(px, py, "ink")]
    moves = [control for control in (across, up) if control]
    text = ", ".join(control.text(values[control.name]) for control in moves)
    colour = f"q{moves[0].colour}"
    half = wide(text) / 2
    middle = max(place.left + half, min(place.right - half, px))
    places = (where(other, ranges, place, result, values) for other in others if other != handle)
    hides = any(np.hypot(max(0.0, abs(x - middle) - half), y - py + 24) < 14 for x, y in places)
    below = py < place.top + 32 or hides
    return [*drawn, dot(px, py, colour), Text(middle, py + 30 if below else py - 20, text, "middle", colour)]
