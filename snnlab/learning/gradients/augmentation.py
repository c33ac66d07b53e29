"""More images out of few: the same ones, moved a little."""

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import whole
from snnlab.foreign_arrays import as_array
from snnlab.random import generator

__all__ = ["shift_images"]


def shift_images(images: ArrayLike, most: int = 1, *, rng: np.random.Generator) -> np.ndarray:
    """Each image moved by a few pixels, at random; what leaves is lost, and 0 comes in.

    Parameters
    ----------
    images : array of shape (images, rows, columns)
        What to move.
    most : int
        Up to so many pixels up or down, and to the left or to the right.
    rng : numpy.random.Generator
        Where the moves come from.

    Returns
    -------
    array of the shape and type of `images`

    Examples
    --------
    >>> image = np.zeros((1, 3, 3), int)
    >>> image[0, 1, 1] = 7
    >>> print(shift_images(image, rng=np.random.default_rng(3))[0])
    [[0 0 7]
     [0 0 0]
     [0 0 0]]
    """
    rng = generator(rng)
    given, most = as_array("images", images), whole("most", most)
    if given.ndim != 3:
        raise ValueError(f"images must have shape (images, rows, columns), got {given.shape}")
    count, rows, columns = given.shape
    padded = np.pad(given, ((0, 0), (most, most), (most, most)))
    top, left = rng.integers(0, 2 * most + 1, (2, count))
    row = top[:, None, None] + np.arange(rows)[:, None]
    column = left[:, None, None] + np.arange(columns)
    return padded[np.arange(count)[:, None, None], row, column]
