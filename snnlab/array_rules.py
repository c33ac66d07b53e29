"""Rules for the arrays in a named tuple: what they hold, and that their axes fit one another.

A field declares its rule as `snnlab.checks` has it: ``w: Annotated[np.ndarray, Floats("(hidden, inputs)")]``.
The names in the brackets are those of the axes; `checked` refuses two fields in which one axis has two
lengths.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from snnlab.checks import finite_array
from snnlab.foreign_arrays import plain
from snnlab.work_and_memory import afford

__all__ = ["Floats", "Wholes"]


@dataclass(frozen=True)
class Floats:
    """Finite numbers, as float64.

    Examples
    --------
    >>> print(Floats("(lags,)")("lag", [1, 2]))
    [1. 2.]
    """

    shape: str
    """The axes in words, as ``"(lags, n_units)"``."""
    rising: bool = False
    """Whether each is above the one before."""
    positive: bool = False
    """Whether none is negative."""

    @property
    def axes(self) -> tuple[str, ...]:
        """The names of the axes."""
        return _axes_of(self.shape)

    def __call__(self, name: str, value: Any) -> np.ndarray:
        """`value`, if it keeps the rule."""
        array = finite_array(name, value, (len(self.axes),), self.shape)
        if self.positive and (array < 0).any():
            raise ValueError(f"{name} must be zero or positive, got {array.min():g}")
        if self.rising and (np.diff(array) <= 0).any():
            k = int(np.argmax(np.diff(array) <= 0))
            raise ValueError(f"{name} must rise, got {array[k + 1]:g} after {array[k]:g}")
        return array


@dataclass(frozen=True)
class Wholes:
    """Whole numbers of `least` or above, as integers of the type `dtype`.

    Examples
    --------
    >>> Wholes("(spikes,)", np.uint32)("units", [3, 0]).dtype
    dtype('uint32')
    """

    shape: str
    """The axes in words."""
    dtype: type = np.int64
    """Of the array that the kernels get."""
    least: int | None = 0
    """The smallest that is allowed."""

    @property
    def axes(self) -> tuple[str, ...]:
        """The names of the axes."""
        return _axes_of(self.shape)

    def __call__(self, name: str, value: Any) -> np.ndarray:
        """`value`, if it keeps the rule; nothing is copied if it is already as it should be."""
        value = plain(name, value)
        try:
            array = np.asarray(value)
        except ValueError:
            raise TypeError(
                f"{name} must be whole numbers of shape {self.shape}, got a ragged {type(value).__name__}"
            ) from None
        if array.dtype.kind not in "iu" and (array.size or array.dtype.kind != "f"):  # [] has floats
            raise TypeError(
                f"{name} must be whole numbers of shape {self.shape}, got a {type(value).__name__} "
                f"of {array.dtype}"
            )
        if array.ndim != len(self.axes):
            raise ValueError(f"{name} must have shape {self.shape}, got {array.shape}")
        if array.dtype != self.dtype or not array.flags.c_contiguous:
            afford(name, numbers=array.size)  # a copy
        if array.size > np.iinfo(np.int32).max:  # a view of a few numbers as of many
            afford(name, steps=array.size, ns=1.0)
        limits = np.iinfo(self.dtype)
        least = limits.min if self.least is None else max(limits.min, self.least)
        if array.size and not (least <= int(array.min()) and int(array.max()) <= limits.max):
            wrong = int(array.min()) if int(array.min()) < least else int(array.max())
            raise ValueError(f"{name} must be from {least} to {limits.max}, got {wrong}")
        return np.asarray(array, dtype=self.dtype, order="C")


def _axes_of(shape: str) -> tuple[str, ...]:
    return tuple(axis.strip() for axis in shape.strip("()").split(",") if axis.strip())
