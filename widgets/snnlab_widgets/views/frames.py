"""From a result to what a view needs: checks, thinning, and the frame that Python sends to the page."""

import traceback
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from snnlab_widgets.core.controls import ReadOut
from snnlab_widgets.views.view import View

__all__ = ["COLUMNS", "checked", "in_words", "on_side", "pack", "thin"]

COLUMNS = 600
"""A trace is drawn with two points for each of this many columns, which is finer than the screen."""

HAIR = 1e-9
"""By how much a place on a curve may miss the value of a control and still be the same."""


def checked(result: Mapping, views: Sequence[View], readouts: Mapping[str, ReadOut]) -> dict:
    """The result of a function as arrays and floats, or one sentence that says what is missing in it."""
    if not isinstance(result, Mapping):
        raise TypeError(f"compute must return a dict of arrays and numbers, got {type(result).__name__}")
    drawn = list(dict.fromkeys(name for view in views for name in view.arrays()))
    matrices = {name for view in views for name in view.matrices()}
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
        for name in view.filled():
            if not clean[name].size:
                raise ValueError(f"{name} must have at least one value, got none")
        alike = view.alike()
        if len({len(clean[name]) for name in alike}) > 1:
            raise ValueError(f"{' and '.join(alike)} must have the same length")
    return clean


def on_side(side: str, x: np.ndarray, at: float) -> np.ndarray:
    """Which of the places `x` a curve has when its point is `at`: all, or those on one `side` of it."""
    if not side:
        return np.ones(x.shape, bool)
    return x <= at + HAIR if side == "left" else x >= at - HAIR


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
    for number, view in enumerate(views):
        for name in view.arrays():
            arrays |= view.sent(name, result, number)
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
