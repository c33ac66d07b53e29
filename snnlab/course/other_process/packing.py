"""Pack a student's function for the journey to the worker."""

import contextlib
import functools
import types
from collections.abc import Callable
from typing import Any, TypeGuard

import numba
import numpy as np
from numba import cloudpickle

from snnlab.course.values import describe_type, type_name
from snnlab.travelling import by_value

__all__ = ["CannotTravel", "is_function", "pack", "plain_function"]

MOST_BYTES = 50_000_000

_FUNCTIONS = (
    types.FunctionType,
    types.BuiltinFunctionType,
    types.MethodType,
    functools.partial,
    np.ufunc,
    type(np.interp),
    type(numba.njit(lambda: 0)),
)


class CannotTravel(Exception):
    """The function cannot be packed; the message says why."""


def is_function(answer: object) -> TypeGuard[Callable]:
    """True for functions of Python, NumPy and Numba, decided by exact type."""
    return type(answer) in _FUNCTIONS


def plain_function(function: Any) -> types.FunctionType | None:
    """The Python function behind a compiled one, a method or a partial; None if there is none."""
    for attribute in ("py_func", "__func__", "func"):
        if type(function) is not types.FunctionType:
            function = getattr(function, attribute, function)
    return function if type(function) is types.FunctionType else None


def pack(function: Callable) -> bytes:
    """The pickle of `function`, with everything it uses that the worker cannot import.

    Parameters
    ----------
    function
        One for which `is_function` holds.

    Raises
    ------
    CannotTravel
        If it uses something that cannot be copied to another process, or something too large.

    Examples
    --------
    >>> cloudpickle.loads(pack(lambda x: 2 * x))(21)
    42
    """
    used = _uses(plain_function(function))
    for name, value in used.items():
        if type(value) is np.ndarray and value.nbytes > MOST_BYTES:
            raise CannotTravel(_too_large(name))
    try:
        with by_value(function):
            data = cloudpickle.dumps(function)
    except Exception:
        name = next((name for name, value in used.items() if not _can_travel(value)), "")
        what = f"`{name}`, {_kind(used[name])}," if name else "something"
        raise CannotTravel(
            f"Your function uses {what} that only exists in this notebook, so it cannot be tried elsewhere. "
            "Let it use only its arguments."
        ) from None
    if len(data) > MOST_BYTES:
        raise CannotTravel(_too_large(""))
    return data


def _too_large(name: str) -> str:
    what = f"`{name}`, which is too large" if name else "too much data"
    return f"Your function carries {what} to be copied for a test. Let it use only its arguments."


def _kind(value: object) -> str:
    return describe_type(type_name(value)).split(",")[0].split(":")[0]


def _can_travel(value: object) -> bool:
    try:
        cloudpickle.dumps(value)
    except Exception:
        return False
    return True


def _uses(function: types.FunctionType | None) -> dict[str, object]:
    """The variables outside the function that it mentions."""
    if function is None:
        return {}
    outside = {
        name: function.__globals__[name]
        for name in function.__code__.co_names
        if name in function.__globals__
    }
    for name, cell in zip(function.__code__.co_freevars, function.__closure__ or (), strict=True):
        with contextlib.suppress(ValueError):  # a cell that is still empty
            outside[name] = cell.cell_contents
    return outside
