"""Inputs and their classes, checked, for what is compared with a spiking network."""

from typing import Any

import numpy as np

from snnlab.checks import finite_array
from snnlab.foreign_arrays import as_array

__all__ = ["classes_of", "labelled"]


def labelled(name: str, x: Any, y: Any) -> tuple[np.ndarray, np.ndarray]:
    """Inputs in single precision, as quick as they can be, and classes, as many as inputs.

    Parameters
    ----------
    name : str
        What stands behind ``x`` and ``y`` in the names of the arguments.
    x : array of shape (samples, inputs)
        The inputs.
    y : array of int of shape (samples,)
        Their classes.

    Raises
    ------
    ValueError, TypeError
        If they do not have the same number, or there is none.

    Examples
    --------
    >>> labelled("", [[0.5]], [3])[0].dtype
    dtype('float32')
    """
    inputs = finite_array(f"x{name}", x, (2,), "(samples, inputs)").astype(np.float32)
    classes = as_array(f"y{name}", y, "whole numbers")
    whole = classes.dtype.kind == "f" and ((classes == np.rint(classes)) & (np.abs(classes) < 2.0**53)).all()
    if whole or classes.dtype.kind == "b":  # True and False would be a mask and no places
        classes = classes.astype(np.int64)
    if classes.shape != inputs.shape[:1] or classes.size == 0:
        raise ValueError(
            f"y{name} must be one class a sample ({len(inputs)}, at least one), got {classes.shape}"
        )
    if classes.dtype.kind not in "biu":
        raise TypeError(f"y{name} must be whole numbers, one a sample, got {classes.dtype}")
    return inputs, classes


def classes_of(y: np.ndarray, least: int = 2) -> int:
    """How many classes there are, which have to be 0, 1, 2 and so on.

    Parameters
    ----------
    y : array of shape (samples,)
        The class of each sample.
    least : {2, 3}
        How many have to be there.

    Raises
    ------
    ValueError
        If one is missing, or there are fewer.

    Examples
    --------
    >>> classes_of(np.array([1, 0, 2, 1]))
    3
    """
    known = np.unique(y)
    if len(known) < least or known.tolist() != list(range(len(known))):
        many = {2: "two", 3: "three"}[least]
        raise ValueError(f"y must be the classes 0, 1, 2 and so on, at least {many}, got {known.tolist()}")
    return len(known)
