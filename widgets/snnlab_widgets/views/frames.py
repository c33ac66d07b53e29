"""From a result to what a view needs: checks, thinning, and the frame that Python sends to the page."""

import traceback
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from snnlab_widgets.core.controls import ReadOut
from snnlab_widgets.views import Curve, Handle, HeatMap, Histogram, Kernels, Raster, Trace, View

__all__ = [
    "arrays_of", "checked", "controls_of", "handles_of", "in_words", "names_of", "on_side", "pack", "shown",
    "thin",
]  # fmt: skip

COLUMNS = 600
"""A trace is drawn with two points for each of this many columns, which is finer than the screen."""

HAIR = 1e-9
"""By how much a place on a curve may miss the value of a control and still be the same."""


def arrays_of(view: View) -> list[str]:
    """The entries of the result that `view` draws."""
    match view:
        case Trace():
            lines = [view.y, *(name for name, _, _ in view.also)]
            return [name for name in (*lines, view.spikes, view.behind, view.behind_spikes) if name]
        case Raster():
            return [name for name in (view.times, view.units, view.strip) if name]
        case Curve():
            return [view.x, view.y]
        case Histogram():
            return [name for name in (view.counts, view.law) if name]
        case Kernels():
            return [view.x, *(name for name, _, _ in view.curves)]
        case HeatMap():
            return [view.z]


def handles_of(view: View) -> list[Handle]:
    """The points of `view` that are dragged in two directions."""
    match view:
        case Kernels():
            return list(view.handles)
        case HeatMap():
            return [view.at] if view.at else []
        case _:
            return []


def names_of(handle: Handle) -> list[str]:
    """The controls and read-outs that say where `handle` is."""
    names = [place[0] if isinstance(place, tuple) else place for place in (handle.x, handle.y)]
    return [name for name in names if isinstance(name, str)]


def controls_of(view: View) -> list[str]:
    """The controls that `view` shows or moves, apart from those of its handles."""
    match view:
        case Trace():
            return [name for name in (view.line, *view.on[:1]) if name]
        case Raster():
            return [name for name in (view.rows, view.expected) if isinstance(name, str) and name]
        case Curve():
            return [view.at]
        case _:
            return []


def checked(result: Mapping, views: Sequence[View], readouts: Mapping[str, ReadOut]) -> dict:
    """The result of a function as arrays and floats, or one sentence that says what is missing in it."""
    if not isinstance(result, Mapping):
        raise TypeError(f"compute must return a dict of arrays and numbers, got {type(result).__name__}")
    drawn = list(dict.fromkeys(name for view in views for name in arrays_of(view)))
    matrices = {view.z for view in views if isinstance(view, HeatMap)}
    wanted = drawn + list(readouts)
    if missing := [name for name in wanted if name not in result]:
        raise ValueError(f"compute must return {', '.join(wanted)}; missing: {', '.join(missing)}")
    clean: dict[str, Any] = {
        name: float(value) if name in readouts else np.asarray(value) for name, value in result.items()
    }
    for name in drawn:
        array = clean[name]
        if array.dtype.kind not in "biuf":
            raise TypeError(f"{name} must be an array of numbers, got {array.dtype}")
        if name in matrices:
            if array.ndim != 2:
                raise ValueError(f"{name} must have two axes, got shape {array.shape}")
            continue
        if array.ndim != 1 and not (array.ndim == 2 and array.shape[1] == 1):
            raise ValueError(f"{name} must have one axis, got shape {array.shape}")
        clean[name] = array.reshape(-1)
    for view in views:
        for name in _filled(view):
            if not clean[name].size:
                raise ValueError(f"{name} must have at least one value, got none")
        alike = _alike(view)
        if len({len(clean[name]) for name in alike}) > 1:
            raise ValueError(f"{' and '.join(alike)} must have the same length")
    return clean


def _filled(view: View) -> list[str]:
    """The arrays without which there is nothing to draw; spikes may be none."""
    match view:
        case Trace():
            return [name for name in arrays_of(view) if name not in (view.spikes, view.behind_spikes)]
        case Raster():
            return [view.strip] if view.strip else []
        case _:
            return arrays_of(view)


def _alike(view: View) -> list[str]:
    """The arrays of `view` that must have the same length."""
    match view:
        case Curve() | Raster() | Histogram():
            return arrays_of(view)[:2]
        case Kernels():
            return arrays_of(view)
        case Trace():
            return [view.y, *(name for name, _, _ in view.also)]
        case _:
            return []


def on_side(view: Curve | Kernels, x: np.ndarray, at: float) -> np.ndarray:
    """Which of the places `x` `view` draws when its point is `at`: all, or those on one side of it."""
    if not view.side:
        return np.ones(x.shape, bool)
    return x <= at + HAIR if view.side == "left" else x >= at - HAIR


def shown(view: Trace, name: str, result: Mapping) -> np.ndarray:
    """The part of the result `name` that `view` draws: all of it, or up to the time `until`."""
    whole, total = np.asarray(result[name]), len(result[view.y]) * view.dt
    if not 0 < view.until < total:
        return whole
    return whole[: int(len(whole) * view.until / total + 0.5)]


def thin(y: np.ndarray, columns: int = COLUMNS) -> tuple[np.ndarray, np.ndarray]:
    """The lowest and the highest point of each of `columns` pieces of `y`, in their order.

    Parameters
    ----------
    y
        The values, shape (steps,).
    columns
        How many pieces.

    Returns
    -------
    at, value : arrays of float32
        Indices into `y` and the values there. A `y` of up to two points a column comes back whole. What is
        no number is neither low nor high, unless there is nothing else.

    Examples
    --------
    >>> thin(np.array([0.0, 3.0, 1.0, 2.0, 9.0, 5.0]), columns=2)
    (array([0., 1., 3., 4.], dtype=float32), array([0., 3., 2., 9.], dtype=float32))
    """
    n = len(y)
    if n <= 2 * columns:
        return np.arange(n, dtype=np.float32), y.astype(np.float32)
    edges = np.arange(columns + 1) * n // columns
    piece = np.repeat(np.arange(columns), np.diff(edges))
    number = ~np.isnan(y)
    lows, highs = np.where(number, y, np.inf), np.where(number, y, -np.inf)
    order = np.lexsort((np.arange(n), lows, piece))  # by value within each piece, the earlier of equals first
    low = order[edges[:-1]]
    top = np.maximum.reduceat(highs, edges[:-1])
    is_top = np.flatnonzero(highs == top[piece])
    high = is_top[np.searchsorted(is_top, edges[:-1])]
    at = np.sort(np.stack([low, high], axis=1), axis=1).reshape(-1)
    return at.astype(np.float32), y[at].astype(np.float32)


def pack(
    result: Mapping, views: Sequence[View], readouts: Mapping[str, ReadOut]
) -> tuple[dict, list[memoryview]]:
    """The head and the binary buffers of a frame: what the views draw, traces thinned, and the read-outs."""
    arrays: dict[str, np.ndarray] = {}
    for k, view in enumerate(views):
        for name in arrays_of(view):
            if isinstance(view, Trace) and name not in (view.spikes, view.behind_spikes):
                part = shown(view, name, result)
                key = f"{name}<{k}" if view.until else name  # another view may show more of the same run
                arrays[f"{key}.at"], arrays[f"{key}.value"] = thin(part)
                arrays[f"{key}.steps"] = np.array([float(len(part))])
            elif isinstance(view, HeatMap):
                arrays[f"{name}.value"] = np.ascontiguousarray(result[name], np.float64)
                arrays[f"{name}.columns"] = np.array([float(result[name].shape[1])])
            else:
                whole = result[name].dtype.kind in "biu"
                arrays[name] = np.ascontiguousarray(result[name], np.int32 if whole else np.float64)
    arrays["reads"] = np.array([result[name] for name in readouts])
    head = {"names": list(arrays), "types": [array.dtype.str[1:] for array in arrays.values()]}
    return head, [array.data for array in arrays.values()]


def in_words(error: Exception, function: Callable) -> str:
    """`error` in one line, with the line of `function`'s file at which it happened."""
    code = getattr(getattr(function, "py_func", function), "__code__", None)
    lines = [
        frame.lineno
        for frame in traceback.extract_tb(error.__traceback__)
        if code is not None and frame.filename == code.co_filename and frame.name == code.co_name
    ]
    where = f" (line {lines[-1] - code.co_firstlineno + 1} of {code.co_name})" if lines and code else ""
    return f"{type(error).__name__}: {error}{where}"
