r"""Surrogate shapes: what stands in for the derivative of a spike.

A spike is a step, $s = H(x)$ with $x = v - v_{th}$, and the derivative of a step is zero everywhere but at
one point, where it is infinite. On the way back a *surrogate* takes its place: a hump $h(x)$ around the
threshold, of height 1 and width $w$. The forward way keeps its spikes.

Sources: F. Zenke and S. Ganguli (2018), SuperSpike, Neural Computation 30, 1514–1541 (the fast sigmoid);
E. O. Neftci, H. Mostafa and F. Zenke (2019), Surrogate gradient learning in spiking neural networks, IEEE
Signal Processing Magazine 36(6), 51–63 (an overview).
"""

from collections.abc import Callable

import numpy as np

from snnlab.compiling import kernel

__all__ = ["SHAPES", "arctan", "boxcar", "fast_sigmoid", "logistic", "shape_number", "triangle"]


@kernel
def fast_sigmoid(x, width):
    r"""The hump of SuperSpike, $(1 + |x| / w)^{-2}$: a sharp peak with long tails.

    Parameters
    ----------
    x : float or array
        Distance of the membrane from its threshold; NaN stays NaN.
    width : float
        w, above 0. Here the hump has fallen to a quarter.

    Returns
    -------
    float or array
        1 at the threshold, less on both sides.

    Examples
    --------
    >>> print(fast_sigmoid(np.array([-0.5, 0.0, 0.5]), 0.5))
    [0.25 1.   0.25]
    """
    part = width / (width + np.abs(x))
    return part * part


@kernel
def logistic(x, width):
    r"""The derivative of the logistic function at height 1, $4 \sigma(x / w)\,(1 - \sigma(x / w))$.

    Parameters
    ----------
    x : float or array
        Distance of the membrane from its threshold; NaN stays NaN.
    width : float
        w, above 0. Here the hump has fallen to 0.79.

    Returns
    -------
    float or array
        1 at the threshold, less on both sides.

    Examples
    --------
    >>> print(logistic(np.array([-0.5, 0.0, 0.5]), 0.5).round(2))
    [0.79 1.   0.79]
    """
    part = np.exp(-np.abs(x) / width)  # even, and no overflow
    return 4.0 * part / ((1.0 + part) * (1.0 + part))


@kernel
def triangle(x, width):
    r"""A triangle, $\max(0,\ 1 - |x| / w)$: exactly zero beyond the width.

    Parameters
    ----------
    x : float or array
        Distance of the membrane from its threshold; NaN stays NaN.
    width : float
        w, above 0. Here the hump has fallen to 0.

    Returns
    -------
    float or array
        1 at the threshold, less on both sides.

    Examples
    --------
    >>> print(triangle(np.array([-0.25, 0.0, 0.75]), 0.5))
    [0.5 1.  0. ]
    """
    return np.maximum(0.0, 1.0 - np.abs(x) / width)


@kernel
def arctan(x, width):
    r"""The derivative of the arc tangent, $1 / (1 + (x / w)^2)$.

    Parameters
    ----------
    x : float or array
        Distance of the membrane from its threshold; NaN stays NaN.
    width : float
        w, above 0. Here the hump has fallen to one half.

    Returns
    -------
    float or array
        1 at the threshold, less on both sides; NaN there where w² is no number above 0, as of 1e-200.

    Examples
    --------
    >>> print(arctan(np.array([-0.5, 0.0, 0.5]), 0.5))
    [0.5 1.  0.5]
    """
    return width * width / (width * width + x * x)


@kernel
def boxcar(x, width):
    r"""A box, 1 where $|x| < w$ and 0 elsewhere: the straight-through estimator with a window.

    Parameters
    ----------
    x : float or array
        Distance of the membrane from its threshold; NaN is near to nothing.
    width : float
        w, above 0.

    Returns
    -------
    float or array
        1 near the threshold, 0 elsewhere.

    Examples
    --------
    >>> print(boxcar(np.array([-0.25, 0.0, 0.75]), 0.5))
    [1. 1. 0.]
    """
    return 1.0 * (np.abs(x) < width)


SHAPES = (fast_sigmoid, logistic, triangle, arctan, boxcar)
"""Every shape; its place in this row is its number in the kernels."""


def shape_number(shape: Callable) -> int:
    """The number under which the kernels know a shape.

    Parameters
    ----------
    shape
        One of `SHAPES`.

    Returns
    -------
    int
        Its place in `SHAPES`.

    Raises
    ------
    ValueError
        If it is none of them.

    Examples
    --------
    >>> shape_number(triangle)
    2
    """
    for number, known in enumerate(SHAPES):
        if shape is known:
            return number
    names = ", ".join(known.__name__ for known in SHAPES)
    raise ValueError(f"shape must be one of the functions {names}, got {shape!r}")


@kernel
def _hump(shape, x, width):
    """The surrogate with this number."""
    if shape == 0:
        return fast_sigmoid(x, width)
    if shape == 1:
        return logistic(x, width)
    if shape == 2:
        return triangle(x, width)
    if shape == 3:
        return arctan(x, width)
    return boxcar(x, width)
