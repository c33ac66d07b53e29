"""What a control and an array may be declared as, asked before anything is computed or allocated."""

import math
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np

from snnlab.checks import as_real, whole
from snnlab_widgets.core.controls import Array, Control

__all__ = ["COLOURS", "check_arrays", "check_control", "check_play", "in_use"]

COLOURS = range(1, 7)
_MOST = 2**28  # bytes: a page has to hold it


def check_control(control: Control) -> Control:
    """`control`, unless its numbers contradict each other: then its name, the rule and the value."""
    name = control.name
    low, high, step = (
        as_real(f"{part} of {name}", getattr(control, part)) for part in ("low", "high", "step")
    )
    if not low < high:
        raise ValueError(f"low of {name} must be below its high, got {low:g} and {high:g}")
    if not 0 < step <= high - low:
        raise ValueError(f"step of {name} must be above 0 and at most from low to high, got {step:g}")
    if control.colour not in COLOURS:
        raise ValueError(f"colour of {name} must be 1 to 6, got {control.colour!r}")
    return control


def check_play(play: Sequence[str], controls: Collection[str], axes: Collection[Any]) -> None:
    """Refuse a process whose time is no control and no axis, or which has no word for its button."""
    if not play:
        return
    anew = play[2:] == ("anew",) and play[0] in controls
    if len(play) < 2 or not (anew or not play[2:]) or play[0] not in {*controls, *axes}:
        raise ValueError(f"play must be a control or an axis, and a word, got {play}")


def check_arrays(arrays: Mapping[str, Any]) -> None:
    """Refuse arrays of a kind of number, a shape or a size that a page cannot take."""
    for name, array in arrays.items():
        if not isinstance(array, Array):
            continue
        if not isinstance(array.shape, tuple) or not array.shape:
            raise ValueError(f"shape of {name} must be a tuple of whole numbers, got {array.shape!r}")
        size = math.prod(whole(f"shape of {name}", n, most=2**62) for n in array.shape)
        if array.dtype not in ("float64", "int32", "uint64"):
            raise ValueError(f"{name} must be one of float64, int32, uint64, got {array.dtype}")
        needed = size * np.dtype(array.dtype).itemsize
        if needed > _MOST:
            raise ValueError(
                f"{name} must be at most {_MOST // 2**20} MB, so that a page can hold it, "
                f"got {needed / 2**20:.3g} MB: shape {array.shape}"
            )


def in_use(name: str, values: np.ndarray, upto: str, n: float) -> np.ndarray:
    """The entries of an array that the read-out `upto` says are in use."""
    if not 0 <= n <= len(values):
        raise ValueError(f"{upto} must be from 0 to {len(values)}, the length of {name}, got {n:g}")
    return values[: int(n)]
