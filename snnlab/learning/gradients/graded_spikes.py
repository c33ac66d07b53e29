r"""Graded spikes: the antiderivatives of the surrogate shapes.

Each hump $h(x)$ of `snnlab.learning.gradients.surrogate_shapes` has an antiderivative that rises from 0 to 1,

$$ \varphi(x) = \frac{1}{A} \int_{-\infty}^{x} h(x')\, dx', \qquad A = \int_{-\infty}^{\infty} h(x')\, dx' $$

A network whose spikes are $\varphi(v - v_{th})$ instead of 0 or 1 is *relaxed*: nothing in it jumps, so its
gradient is honest and can be checked against differences of the loss. The gradient of the spiking network is
the same code with a 0 or a 1 in the place of $\varphi$.
"""

import math
from collections.abc import Callable

import numpy as np

from snnlab.checks import positive
from snnlab.compiling import kernel
from snnlab.learning.gradients.surrogate_shapes import shape_number

__all__ = [
    "arctan_spike",
    "area",
    "boxcar_spike",
    "fast_sigmoid_spike",
    "graded_spike",
    "logistic_spike",
    "triangle_spike",
]


@kernel
def fast_sigmoid_spike(x, width):
    r"""The antiderivative of `fast_sigmoid` over its area 2w: $\frac12 + \frac12 x / (w + |x|)$.

    Parameters
    ----------
    x : float or array
        Distance of the membrane from its threshold; NaN stays NaN, and of an infinite one comes NaN.
    width : float
        w, above 0.

    Returns
    -------
    float or array
        From 0 to 1, one half at the threshold.

    Examples
    --------
    >>> print(fast_sigmoid_spike(np.array([-0.5, 0.0, 0.5]), 0.5))
    [0.25 0.5  0.75]
    """
    return 0.5 + 0.5 * x / (width + np.abs(x))


@kernel
def logistic_spike(x, width):
    r"""The antiderivative of `logistic` over its area 4w: the logistic function $\sigma(x / w)$.

    Parameters
    ----------
    x : float or array
        Distance of the membrane from its threshold; NaN stays NaN.
    width : float
        w, above 0.

    Returns
    -------
    float or array
        From 0 to 1, one half at the threshold.

    Examples
    --------
    >>> print(logistic_spike(np.array([-0.5, 0.0, 0.5]), 0.5).round(2))
    [0.27 0.5  0.73]
    """
    return 0.5 + 0.5 * np.tanh(0.5 * x / width)


@kernel
def triangle_spike(x, width):
    r"""The antiderivative of `triangle` over its area w: two parabolas that meet at one half.

    Parameters
    ----------
    x : float or array
        Distance of the membrane from its threshold; NaN stays NaN.
    width : float
        w, above 0.

    Returns
    -------
    float or array
        From 0 to 1, one half at the threshold.

    Examples
    --------
    >>> print(triangle_spike(np.array([-0.25, 0.0, 0.75]), 0.5))
    [0.125 0.5   1.   ]
    """
    inside = np.minimum(1.0, np.maximum(-1.0, x / width))
    return 0.5 + inside - 0.5 * inside * np.abs(inside)


@kernel
def arctan_spike(x, width):
    r"""The antiderivative of `arctan` over its area πw: $\frac12 + \arctan(x / w) / \pi$.

    Parameters
    ----------
    x : float or array
        Distance of the membrane from its threshold; NaN stays NaN.
    width : float
        w, above 0.

    Returns
    -------
    float or array
        From 0 to 1, one half at the threshold.

    Examples
    --------
    >>> print(arctan_spike(np.array([-0.5, 0.0, 0.5]), 0.5))
    [0.25 0.5  0.75]
    """
    return 0.5 + np.arctan(x / width) / math.pi


@kernel
def boxcar_spike(x, width):
    r"""The antiderivative of `boxcar` over its area 2w: a ramp from −w to w.

    Parameters
    ----------
    x : float or array
        Distance of the membrane from its threshold; NaN stays NaN.
    width : float
        w, above 0.

    Returns
    -------
    float or array
        From 0 to 1, one half at the threshold.

    Examples
    --------
    >>> print(boxcar_spike(np.array([-0.25, 0.0, 0.75]), 0.5))
    [0.25 0.5  1.  ]
    """
    return 0.5 + 0.5 * np.minimum(1.0, np.maximum(-1.0, x / width))


_SPIKES = (fast_sigmoid_spike, logistic_spike, triangle_spike, arctan_spike, boxcar_spike)
_AREAS = (2.0, 4.0, 1.0, math.pi, 2.0)  # for width 1, in the order of SHAPES


def graded_spike(shape: Callable) -> Callable:
    """The graded spike that belongs to a shape: its antiderivative over its area.

    Parameters
    ----------
    shape
        One of `SHAPES`.

    Returns
    -------
    function
        Of x and the width, from 0 to 1.

    Raises
    ------
    ValueError
        If it is none of them.

    Examples
    --------
    >>> from snnlab.learning import arctan
    >>> graded_spike(arctan)(0.0, 0.5)
    0.5
    """
    return _SPIKES[shape_number(shape)]


def area(shape: Callable, width: float) -> float:
    """The area under a shape: divided by it, the shape is the derivative of its graded spike.

    Parameters
    ----------
    shape
        One of `SHAPES`.
    width : float
        w, above 0.

    Returns
    -------
    float
        A, in the unit of the width.

    Examples
    --------
    >>> from snnlab.learning import fast_sigmoid
    >>> area(fast_sigmoid, 0.01)
    0.02
    """
    return _AREAS[shape_number(shape)] * positive("width", width)


@kernel
def _graded(shape, x, width):
    """The graded spike with this number."""
    if shape == 0:
        return fast_sigmoid_spike(x, width)
    if shape == 1:
        return logistic_spike(x, width)
    if shape == 2:
        return triangle_spike(x, width)
    if shape == 3:
        return arctan_spike(x, width)
    return boxcar_spike(x, width)
