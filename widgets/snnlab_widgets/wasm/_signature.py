"""What the page can pass to a kernel: checks of a signature, with the position of what is wrong."""

import inspect
from collections.abc import Sequence
from typing import Any

from numba import types
from numba.core import sigutils

__all__ = ["problem", "split"]

_NUMBERS = (
    types.float64, types.float32, types.boolean,
    types.int64, types.int32, types.int16, types.int8, types.uint64, types.uint32, types.uint16, types.uint8,
)  # fmt: skip
_ITEMS = [number for number in _NUMBERS if number is not types.boolean]


def split(signature: str | Sequence) -> tuple[tuple, Any]:
    """The types of the arguments and of the result.

    Parameters
    ----------
    signature Numba types in order, or text such as ``"void(float64[:, ::1], float64)"`` or
    ``"(float64[::1], int32)"``.

    Returns
    -------
    tuple, type or None
        None where the signature leaves the result open.

    Raises
    ------
    TypeError, ValueError, NameError, SyntaxError
        If it is no signature.
    """
    if not isinstance(signature, str):
        signature = signature if hasattr(signature, "args") else tuple(signature)
    return sigutils.normalize_signature(signature)


def _trouble(kind: Any) -> str:
    """What the page has against an argument of this type; empty if nothing."""
    if isinstance(kind, types.BaseNamedTuple):
        fields: Any = kind
        return next(filter(None, map(_trouble, fields)), "")
    if isinstance(kind, types.Array):
        if kind.dtype not in _ITEMS:
            return f"an array of {kind.dtype}"
        return "" if kind.layout == "C" else f"{kind}: write its type as {kind.dtype}[{_dims(kind)}]"
    return "" if kind in _NUMBERS else str(kind)


def _dims(kind: types.Array) -> str:
    return ", ".join([":"] * (kind.ndim - 1) + ["::1"])


def problem(function: Any, args: tuple, result: Any) -> str:
    """What the page cannot pass, as the end of a sentence that begins with the kernel; empty if nothing.

    Parameters
    ----------
    function
        The Python function behind the kernel.
    args
        The types of the arguments.
    result
        The type of the result, or None if it is open.
    """
    names = list(inspect.signature(function).parameters)
    if len(names) != len(args):
        return f"takes {len(names)} arguments and the signature has {len(args)}"
    for position, (name, kind) in enumerate(zip(names, args, strict=True), 1):
        if trouble := _trouble(kind):
            return f"has an argument {position} ({name}) of a type that the page cannot pass: {trouble}"
    if result is not None and result is not types.void and result not in _NUMBERS:
        return f"returns {result}: return one number, and write the rest into array arguments"
    return ""
