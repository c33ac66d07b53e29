"""What a kernel takes: numbers, arrays of numbers, and tuples of these.

Numba tells of anything else on a page about its types. Before a kernel is compiled for arguments of new
types they are looked at here, once, and what it cannot take is named. Where its docstring says ``out : array
of float``, integers are refused as well: they would cut off what is written into them, and so is an array
that is read-only.
"""

import inspect
import re
from collections.abc import Callable
from numbers import Number
from typing import Any

import numpy as np

__all__ = ["refuse_others"]

_LEAST, _MOST = -(2**63), 2**64 - 1


def refuse_others(dispatcher: Any, function: Callable) -> None:
    """Let `dispatcher` name an argument that no kernel can take, before it compiles `function`.

    Parameters
    ----------
    dispatcher
        What Numba makes of the function.
    function
        The function.

    Examples
    --------
    >>> from snnlab.random import uniform
    >>> uniform("a", 0, 0)
    Traceback (most recent call last):
    ...
    TypeError: seed must be a number, an array of numbers or a tuple of these, got str
    """
    compile_for = dispatcher._compile_for_args  # private to Numba: without it, its own words are shown
    names = list(inspect.signature(function).parameters)
    floats = set(re.findall(r"^ *(\w+) : array of float\b", function.__doc__ or "", flags=re.MULTILINE))

    def compile_for_numbers(*arguments: Any, **more: Any) -> Any:
        for name, value in zip(names, arguments, strict=False):
            _refuse(name, value)
            if name in floats and getattr(value, "dtype", np.dtype(object)).kind != "f":
                raise TypeError(f"{name} must be an array of floats, got {_described(value)}")
            if name in floats and not value.flags.writeable:
                raise ValueError(f"{name} must be an array that can be written into, got a read-only one")
        return compile_for(*arguments, **more)

    dispatcher._compile_for_args = compile_for_numbers


def _refuse(name: str, value: Any) -> None:
    if isinstance(value, tuple):
        fields = getattr(value, "_fields", range(len(value)))
        for field, part in zip(fields, value, strict=True):
            _refuse(f"{name}.{field}" if isinstance(field, str) else f"{name}[{field}]", part)
    elif isinstance(value, np.ndarray | np.generic):
        if value.dtype.kind not in "biufc" or not value.dtype.isnative:
            raise TypeError(f"{name} must be of a type of numbers that this machine has, got {value.dtype}")
    elif isinstance(value, int) and not _LEAST <= value <= _MOST:
        raise ValueError(f"{name} must be a whole number of 64 bits, got one of {value.bit_length()} bits")
    elif not isinstance(value, Number | np.random.Generator):
        raise TypeError(
            f"{name} must be a number, an array of numbers or a tuple of these, got {_described(value)}"
        )


def _described(value: Any) -> str:
    return f"an array of {value.dtype}" if isinstance(value, np.ndarray) else type(value).__name__
