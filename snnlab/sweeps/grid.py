"""The points of a grid: the first axis of it changes slowest, as in an array of that shape.

>>> axes = checked_axes({"i": [0.2, 0.3], "tau_m": range(10, 30, 10)})
>>> [point_of(axes, k) for k in range(4)]
[{'i': 0.2, 'tau_m': 10}, {'i': 0.2, 'tau_m': 20}, {'i': 0.3, 'tau_m': 10}, {'i': 0.3, 'tau_m': 20}]
"""

import inspect
import math
from collections.abc import Callable, Mapping, Set
from typing import Any

import numpy as np

from snnlab.checks import as_real, entries
from snnlab.foreign_arrays import plain
from snnlab.work_and_memory import afford

__all__ = ["Axes", "checked_axes", "lengths", "point_of", "takes_rng"]

Axes = dict[str, list[Any]]

_KINDS = ((bool, "truth values"), (str, "texts"), ((int, float), "numbers"))
_NUMBERS = 34.0  # of 8 bytes that a point takes, with its number, its result and where that is found
_FASTEST = 1e5  # ns that a point takes at least, with the way to where it is computed


def checked_axes(grid: object) -> Axes:
    """`grid` as lists of plain numbers, texts or truth values, each value once."""
    if not isinstance(grid, Mapping):
        raise TypeError(f"grid must be a dict of names and sequences, got {type(grid).__name__}")
    if not grid:
        raise ValueError("grid must have at least one axis, got none")
    for name in grid:
        if not isinstance(name, str) or not name.isidentifier():
            raise ValueError(f"grid must name each axis as an argument is named, got {name!r:.60}")
        if name == "rng":
            raise ValueError("grid must leave rng to the sweep, which draws one for each point, got an axis")
    axes = {name: _axis(name, values) for name, values in grid.items()}
    n = math.prod(lengths(axes))
    afford("grid", numbers=_NUMBERS * n, steps=n, ns=_FASTEST)
    return axes


def _axis(name: str, values: Any) -> list[Any]:
    if isinstance(values, str | bytes | Mapping | Set):
        raise TypeError(f"{name} must be a sequence of numbers or texts, got {values!r:.60}")
    listed = [_plain(name, value) for value in entries(name, plain(name, values), "numbers or texts")]
    if not listed:
        raise ValueError(f"{name} must hold at least one value, got none")
    kind = next(words for types, words in _KINDS if isinstance(listed[0], types))
    other = next((x for x in listed if kind != next(w for types, w in _KINDS if isinstance(x, types))), None)
    if other is not None:
        raise TypeError(f"{name} must hold {kind}, as its first value is, got {other!r:.60}")
    met: set[Any] = set()
    for value in listed:
        if value in met:
            raise ValueError(f"{name} must hold each value once, got {value!r} twice")
        met.add(value)
    return listed


def _plain(name: str, value: Any) -> Any:
    """One value of an axis, as it is written down."""
    if isinstance(value, np.generic) or (isinstance(value, np.ndarray) and value.ndim == 0):
        value = value.item()
    if isinstance(value, float | int) and not isinstance(value, bool):
        as_real(name, value)
        return value if type(value) in (int, float) else float(value)
    if not isinstance(value, str | bool):
        raise TypeError(f"{name} must hold numbers, texts or truth values, got {value!r:.60}")
    return value


def lengths(axes: Axes) -> tuple[int, ...]:
    """How many values each axis has."""
    return tuple(len(values) for values in axes.values())


def point_of(axes: Axes, index: int) -> dict[str, Any]:
    """The arguments of a point."""
    where = np.unravel_index(index, lengths(axes))
    return {name: values[int(k)] for (name, values), k in zip(axes.items(), where, strict=True)}


def takes_rng(function: Callable, axes: Axes) -> bool:
    """Whether a function that can be called with `axes` asks for a generator as well."""
    try:
        signature = inspect.signature(getattr(function, "py_func", function))
    except (TypeError, ValueError):  # one of C, which says nothing
        return False
    named = {
        name: parameter
        for name, parameter in signature.parameters.items()
        if parameter.kind in (parameter.POSITIONAL_OR_KEYWORD, parameter.KEYWORD_ONLY)
    }
    kinds = {parameter.kind for parameter in signature.parameters.values()}
    missed = [name for name in axes if name not in named and inspect.Parameter.VAR_KEYWORD not in kinds]
    if missed:
        raise ValueError(
            f"function must take each axis of grid by its name, got one without {missed[0]}: {signature}"
        )
    asked = [name for name, one in named.items() if one.default is one.empty and name not in (*axes, "rng")]
    if asked:
        raise ValueError(f"grid must have an axis for each argument without a default, got none: {asked[0]}")
    return "rng" in named
