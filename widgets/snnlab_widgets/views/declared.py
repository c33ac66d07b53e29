"""What a view must be before anything runs: its names are known, its ranges go upwards, its colours exist."""

import math
from collections.abc import Collection

from snnlab_widgets.views import Curve, HeatMap, Histogram, Kernels, Raster, Trace, View, frames

__all__ = ["check_view"]


def check_view(view: View, controls: Collection[str], readouts: Collection[str]) -> None:
    """Look `view` over.

    Parameters
    ----------
    view
        The view.
    controls, readouts
        The names of the panel.

    Raises
    ------
    ValueError
        With one sentence that says what is wrong.

    Examples
    --------
    >>> check_view(Trace("v", 0.1, -42.0, -72.0, "v (mV)"), ["v_th"], ["n"])
    Traceback (most recent call last):
    ...
    ValueError: low of a Trace must be below its high, got -42.0 and -72.0
    """
    kind = type(view).__name__
    for name in frames.controls_of(view):
        if name not in controls:
            raise ValueError(f"{kind} moves {name}, which is no control")
    for handle in frames.handles_of(view):
        for name in frames.names_of(handle):
            if name not in controls and name not in readouts:
                raise ValueError(f"{handle.name} lies at {name}, which is no control and no read-out")
        if not set(frames.names_of(handle)) & set(controls):
            raise ValueError(f"{handle.name} moves no control")
        for place in (handle.x, handle.y):
            if isinstance(place, tuple) and (len(place) != 2 or not place[1]):
                raise ValueError(f"a place of {handle.name} must be (name, factor), not 0, got {place}")
    for low, high in _ranges(view):
        bottom, top = getattr(view, low), getattr(view, high)
        if not (math.isfinite(bottom) and math.isfinite(top) and bottom < top):
            raise ValueError(f"{low} of a {kind} must be below its {high}, got {bottom} and {top}")
    if isinstance(view, Trace) and not view.dt > 0:
        raise ValueError(f"dt of a Trace must be positive, got {view.dt}")
    if isinstance(view, Trace) and not view.until >= 0:
        raise ValueError(f"until of a Trace must not be negative, got {view.until}")
    if isinstance(view, Raster) and not view.duration > 0:
        raise ValueError(f"duration of a Raster must be positive, got {view.duration}")
    if isinstance(view, Curve | Kernels) and view.side not in ("", "left", "right"):
        raise ValueError(f'side of a {kind} must be "left", "right" or "", got {view.side!r}')
    if isinstance(view, Kernels) and view.side and not (view.handles and view.handles[0].x in controls):
        raise ValueError("side of a Kernels needs a first point whose x is a control")
    for colour in _colours(view):
        if colour not in range(1, 7):
            raise ValueError(f"a colour of a {kind} must be 1 to 6, got {colour!r}")


def _ranges(view: View) -> list[tuple[str, str]]:
    match view:
        case Trace() | Curve() | Histogram():
            return [("low", "high")]
        case Kernels():
            return [("low_x", "high_x"), ("low_y", "high_y")]
        case HeatMap():
            return [("low_x", "high_x"), ("low_y", "high_y"), ("low", "high")]
        case _:
            return []


def _colours(view: View) -> list[object]:
    match view:
        case Trace():
            return [colour for _, _, colour in view.also] + ([view.colour] if view.colour else [])
        case Kernels():
            return [colour for _, _, colour in view.curves]
        case Histogram():
            return [view.colour]
        case _:
            return []
