"""What every code of values from a known range checks."""

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import as_real, finite_array
from snnlab.kernel_arguments import numbers

__all__ = ["countable", "shares", "value_range", "with_gaps"]

_MOST = 1e8  # as many floats take 800 MB


def countable(name: str, number: float) -> float:
    """`number`, of steps or neurons, if there is memory for as many."""
    if not number <= _MOST:
        raise ValueError(f"{name} must be at most {_MOST:g}, got about {min(number, 1e300):g}")
    return number


def value_range(low: float, high: float) -> tuple[float, float]:
    """The ends of a range, in order and not so far apart that their distance overflows."""
    low, high = as_real("low", low), as_real("high", high)
    if not low < high:
        raise ValueError(f"high must be above low ({low:g}), got {high:g}")
    if not np.isfinite(high - low):
        raise ValueError(f"high - low must be finite, got {low:g} and {high:g}")
    return low, high


def shares(values: ArrayLike, low: float, high: float) -> np.ndarray:
    """Where in the range each value lies, from 0 at `low` to 1 at `high`, shape (n,)."""
    given = finite_array("values", values, (1,), "(n,)")
    low, high = value_range(low, high)
    if ((given < low) | (given > high)).any():
        raise ValueError(f"values must lie from {low:g} to {high:g}, got {given.min():g} to {given.max():g}")
    return np.clip((given - low) / (high - low), 0.0, 1.0)


def with_gaps(name: str, values: ArrayLike, ndim: int, shape: str) -> np.ndarray:
    """As `finite_array`, but NaN may stand for what is not known."""
    try:
        found = np.asarray(numbers(name, values))
    except TypeError:
        return finite_array(name, values, (ndim,), shape)  # says which shape is wanted
    gaps = np.isnan(found)
    return np.where(gaps, np.nan, finite_array(name, np.where(gaps, 0.0, found), (ndim,), shape))
