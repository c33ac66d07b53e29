r"""Convolution and pooling by the mean as what they are: matrices with many zeros and few different numbers.

A layer of `Layers` has a weight for each pair of neurons. The kernel $k$ of a convolution stands in it once
for each place of the output,

$$ W_{(o, i, j), (c, y, x)} = k_{o, c, a, b} \quad \text{where} \quad y = i\, s - p + a\, d, \quad
x = j\, s - p + b\, d $$

with stride $s$, padding $p$ and dilation $d$, and 0 elsewhere. The mean of a window is a convolution whose
kernel has equal numbers. So a small image network becomes layers as any other; of a large one the matrices
would not fit anywhere.

Source: the operators Conv and AveragePool of ONNX, opset 13.
"""

from typing import NamedTuple

import numpy as np

__all__ = ["Window", "convolution", "mean_pooling"]

MOST = 50_000_000  # weights of one matrix: 400 MB

Shape = tuple[int, int, int]


class Window(NamedTuple):
    """How a kernel moves over an image, in rows and in columns.

    Examples
    --------
    >>> Window((3, 3)).stride
    (1, 1)
    """

    size: tuple[int, int]
    """Rows and columns of the kernel."""
    stride: tuple[int, int] = (1, 1)
    """How far it moves."""
    pads: tuple[int, int, int, int] = (0, 0, 0, 0)
    """Rows of zeros above, columns of them at the left, rows below, columns at the right."""
    dilation: tuple[int, int] = (1, 1)
    """How far two neighbours in the kernel are from each other in the image."""

    def places(self, shape: Shape) -> tuple[int, int]:
        """How many rows and columns of places there are for it in an image."""
        rows, columns = (
            (n + self.pads[k] + self.pads[k + 2] - self.dilation[k] * (self.size[k] - 1) - 1)
            // self.stride[k] + 1
            for k, n in enumerate(shape[1:])
        )  # fmt: skip
        if rows < 1 or columns < 1:
            raise ValueError(f"window must fit into the image, got {self.size} in {shape[1:]}")
        return rows, columns


def convolution(
    kernel: np.ndarray, window: Window, shape: Shape, groups: int = 1
) -> tuple[np.ndarray, Shape]:
    """The matrix of a convolution.

    Parameters
    ----------
    kernel : array of shape (outputs, channels of a group, rows, columns)
        k.
    window
        How it moves.
    shape : tuple of int
        Channels, rows and columns of the image.
    groups : int
        Parts of the channels that do not hear each other's input.

    Returns
    -------
    array of shape (outputs × places, channels × rows × columns), and the shape of the output

    Examples
    --------
    >>> w, shape = convolution(np.array([[[[1.0, -1.0]]]]), Window((1, 2)), (1, 1, 3))
    >>> print(w, shape)
    [[ 1. -1.  0.]
     [ 0.  1. -1.]] (1, 1, 2)
    """
    outputs, each = kernel.shape[:2]
    if outputs % groups or each * groups != shape[0]:
        raise ValueError(
            f"kernel must be for {shape[0]} channels in {groups} groups, got {each} channels a group"
        )
    rows, columns = window.places(shape)
    if outputs * rows * columns * np.prod(shape, dtype=float) > MOST:
        raise ValueError(
            f"a layer must have at most {MOST:,} weights, got {outputs * rows * columns:,} neurons with "
            f"{np.prod(shape):,} inputs"
        )
    w = np.zeros((outputs, rows, columns, *shape))
    for a, b, i, j in np.ndindex(*window.size, rows, columns):
        y = i * window.stride[0] - window.pads[0] + a * window.dilation[0]
        x = j * window.stride[1] - window.pads[1] + b * window.dilation[1]
        if 0 <= y < shape[1] and 0 <= x < shape[2]:
            for group in range(groups):
                out = slice(group * outputs // groups, (group + 1) * outputs // groups)
                w[out, i, j, group * each : (group + 1) * each, y, x] = kernel[out, :, a, b]
    return w.reshape(outputs * rows * columns, -1), (outputs, rows, columns)


def mean_pooling(window: Window, shape: Shape, *, count_padding: bool = False) -> tuple[np.ndarray, Shape]:
    """The matrix of a mean over each window.

    Parameters
    ----------
    window
        How it moves.
    shape : tuple of int
        Channels, rows and columns of the image.
    count_padding : bool
        Whether zeros around the image count in the mean.

    Returns
    -------
    array of shape (channels × places, channels × rows × columns), and the shape of the output

    Examples
    --------
    >>> mean_pooling(Window((1, 2), stride=(1, 2)), (1, 1, 4))[0]
    array([[0.5, 0.5, 0. , 0. ],
           [0. , 0. , 0.5, 0.5]])
    """
    w, pooled = convolution(np.ones((shape[0], 1, *window.size)), window, shape, groups=shape[0])
    heard = np.maximum(w.sum(axis=1, keepdims=True), 1.0)
    return w / (np.prod(window.size) if count_padding else heard), pooled
