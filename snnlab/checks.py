"""Checks of arguments: each failure is one sentence with the name, the rule and the value."""

import math
from numbers import Integral, Real

import numpy as np

__all__ = ["affordable", "as_real", "finite_array", "fraction", "non_negative", "positive", "whole"]

_MOST_SPIKES = 1e8  # sorting that many takes 5 GB


def as_real(name: str, value: object, rule: str = "finite") -> float:
    """`value` as a finite float; `rule` says in words what else the caller asks of it."""
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value[()]
    if isinstance(value, bool | np.bool_) or not isinstance(value, Real):
        raise TypeError(f"{name} must be a number, got {type(value).__name__}")
    try:
        number = float(value)
    except OverflowError:  # a whole number of more than 308 digits
        number = math.inf if value > 0 else -math.inf  # type: ignore[operator]
    if not math.isfinite(number):
        raise ValueError(f"{name} must be {rule}, got {number:g}")
    return number


def positive(name: str, value: object) -> float:
    """`value` as a float above zero."""
    number = as_real(name, value, "positive and finite")
    if number <= 0:
        raise ValueError(f"{name} must be positive and finite, got {number:g}")
    return number


def non_negative(name: str, value: object) -> float:
    """`value` as a float of zero or above."""
    number = as_real(name, value, "zero or positive, and finite")
    if number < 0:
        raise ValueError(f"{name} must be zero or positive, and finite, got {number:g}")
    return number


def fraction(name: str, value: object) -> float:
    """`value` as a float from 0 to 1."""
    number = as_real(name, value, "between 0 and 1")
    if not 0 <= number <= 1:
        raise ValueError(f"{name} must be between 0 and 1, got {number:g}")
    return number


def whole(name: str, value: object, least: int = 0) -> int:
    """`value` as an int of at least `least`."""
    if isinstance(value, bool | np.bool_) or not isinstance(value, Integral):
        raise TypeError(f"{name} must be a whole number, got {value!r}")
    if value < least:
        raise ValueError(f"{name} must be at least {least}, got {value}")
    return int(value)


def finite_array(name: str, values: object, ndim: tuple[int, ...], shape: str) -> np.ndarray:
    """`values` as a C-ordered float64 array of one of the dimensions `ndim` (`shape` says it in words)."""
    try:
        array = np.asarray(values)
        if array.dtype.kind not in "biuf":
            raise TypeError
    except (TypeError, ValueError):
        wanted = "any shape" if shape == "any" else f"shape {shape}"
        raise TypeError(
            f"{name} must be an array of numbers of {wanted}, got a {type(values).__name__}"
        ) from None
    if array.ndim not in ndim:
        raise ValueError(f"{name} must have shape {shape}, got {array.shape}")
    array = np.asarray(array, dtype=np.float64, order="C")
    bad = ~np.isfinite(array)
    if bad.any():
        where = tuple(int(k) for k in np.argwhere(bad)[0])
        place = f" at {list(where)}" if where else ""
        raise ValueError(f"{name} must be finite, got {array[where]:g}{place}")
    return array


def affordable(spikes: float) -> float:
    """`spikes`, how many there will be at most or on average, if there is time and memory for them."""
    if not spikes <= _MOST_SPIKES:
        raise ValueError(f"the number of spikes must be at most {_MOST_SPIKES:g}, got about {spikes:g}")
    return spikes
