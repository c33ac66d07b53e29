r"""The shared network as kernels, for one sample: what a panel computes while it is moved.

All matrices are padded with zeros to squares of one size and stand in one array, ``w[layer, post, pre]``;
activities in ``h[layer, unit]``, the input first. Units that are only padding have a potential of 0, say
0, and get no error, so no kernel has to know how many there really are.

`forward` and `send_back` are the equations of `rate_network` and `backpropagation`, which are their
readable twins; what the errors go back through is an array of its own, ``down[layer, unit, unit above]``,
from the first hidden layer on.
"""

import math
from collections.abc import Sequence

import numpy as np

from snnlab.compiling import kernel

__all__ = ["forward", "matrices_angle", "opening", "padded", "send_back", "square_of_sum", "update_angle"]


def padded(matrices: Sequence[np.ndarray], size: int) -> np.ndarray:
    """Matrices in one array, with zeros around them.

    Parameters
    ----------
    matrices : sequence of arrays
        Of any shapes.
    size : int
        At least that of the largest.

    Returns
    -------
    array of shape (matrices, size, size)
        Each begins at the first row and column.

    Examples
    --------
    >>> padded([np.ones((1, 2))], 2)
    array([[[1., 1.],
            [0., 0.]]])
    """
    made = np.zeros((len(matrices), size, size))
    for place, matrix in zip(made, matrices, strict=True):
        place[: matrix.shape[0], : matrix.shape[1]] = matrix
    return made


@kernel
def weighted(w, heard, unit):
    """The potential of one unit."""
    u = 0.0
    for k in range(heard.size):
        u += w[unit, k] * heard[k]
    return u


@kernel
def weighted_back(w, errors, unit):
    """What comes back to one unit through the weights that lead up from it."""
    u = 0.0
    for k in range(errors.size):
        u += w[k, unit] * errors[k]
    return u


@kernel
def answered(u, linear):
    """The activity of a hidden unit."""
    return u if linear else math.tanh(u)


@kernel
def steepness(h, linear):
    """Its slope, by its activity."""
    return 1.0 if linear else 1.0 - h * h


@kernel
def forward(w, h, linear):
    """Fill the activities above the input."""
    last = w.shape[0]
    for layer in range(1, last + 1):
        for k in range(h.shape[1]):
            u = weighted(w[layer - 1], h[layer - 1], k)
            h[layer, k] = u if layer == last else answered(u, linear)


@kernel
def send_back(down, h, target, errors, linear):
    """Fill δ of every layer; it is that of `forward`'s output and of what goes down through `down`."""
    last = errors.shape[0]
    for k in range(h.shape[1]):
        errors[last - 1, k] = h[last, k] - target[k]
    for layer in range(last - 1, 0, -1):
        for k in range(h.shape[1]):
            came = weighted(down[layer - 1], errors[layer], k)
            errors[layer - 1, k] = steepness(h[layer, k], linear) * came


@kernel
def opening(apart, along):
    """Degrees between two vectors of length 1, from the squares of their difference and of their sum."""
    return math.degrees(2.0 * math.atan2(math.sqrt(apart), math.sqrt(along)))


@kernel
def square_of_sum(a, one, b, other):
    """|a · one + b · other|², for matrices in one array."""
    total = 0.0
    for layer in range(one.shape[0]):
        for post in range(one.shape[1]):
            for pre in range(one.shape[2]):
                total += (a * one[layer, post, pre] + b * other[layer, post, pre]) ** 2
    return total


@kernel
def matrices_angle(one, other):
    """Degrees between matrices in one array, all taken as one vector; NaN if one of the two is nothing."""
    first = math.sqrt(square_of_sum(1.0, one, 0.0, one))
    second = math.sqrt(square_of_sum(1.0, other, 0.0, other))
    if first == 0.0 or second == 0.0:
        return math.nan
    apart = square_of_sum(1.0 / first, one, -1.0 / second, other)
    return opening(apart, square_of_sum(1.0 / first, one, 1.0 / second, other))


@kernel
def update_angle(errors, heard, other_errors, other_heard):
    """Degrees between the updates δ hᵀ of two theories for one sample; NaN if one of them is nothing."""
    layers, units = errors.shape
    one, other = 0.0, 0.0
    for layer in range(layers):
        for post in range(units):
            for pre in range(units):
                one += (errors[layer, post] * heard[layer, pre]) ** 2
                other += (other_errors[layer, post] * other_heard[layer, pre]) ** 2
    if one == 0.0 or other == 0.0:
        return math.nan
    one, other = math.sqrt(one), math.sqrt(other)
    apart, along = 0.0, 0.0
    for layer in range(layers):
        for post in range(units):
            for pre in range(units):
                a = errors[layer, post] * heard[layer, pre] / one
                b = other_errors[layer, post] * other_heard[layer, pre] / other
                apart += (a - b) ** 2
                along += (a + b) ** 2
    return opening(apart, along)
