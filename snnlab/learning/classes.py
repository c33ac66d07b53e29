"""The classes of samples that a network learns, as its friendly functions take them."""

import numpy as np
from numpy.typing import ArrayLike

from snnlab.foreign_arrays import as_array

__all__ = ["both", "check_classes"]


def check_classes(name: str, y: ArrayLike, samples: int, outputs: int) -> np.ndarray:
    """`y` as int64, one class a sample and at least one, each from 0 to below `outputs`."""
    classes = as_array("y", y)
    if classes.shape != (samples,) or classes.dtype.kind not in "iu" or not classes.size:
        raise ValueError(
            f"{name} must be {samples} whole numbers, one a sample and at least one, "
            f"got shape {classes.shape} of {classes.dtype}"
        )
    wrong = classes[(classes < 0) | (classes >= outputs)]
    if wrong.size:
        raise ValueError(f"{name} must be from 0 to {outputs - 1}, got {wrong[0]}")
    return classes.astype(np.int64)


def both(name: str, pair: object) -> tuple[ArrayLike, ArrayLike]:
    """`pair`, if it is two things: samples, and their classes."""
    if not isinstance(pair, tuple | list) or len(pair) != 2:
        raise TypeError(f"{name} must be a pair of samples and their classes, got {pair!r:.60}")
    return pair[0], pair[1]
