"""Weights as a picture: those of each neuron are a square tile, which shows what the neuron looks for."""

import math

from snnlab.compiling import kernel

__all__ = ()


def tiles_shape(n: int, side: int) -> tuple[int, int]:
    """Rows and columns of the picture of `n` neurons that see images with sides of so many pixels."""
    across = math.ceil(math.sqrt(n)) * (side + 1)
    return across, across


@kernel
def draw_tiles(w, picture):
    """Each column of `w` as a tile, row by row from the top, with an empty line between two.

    The first row of `picture` lies at the bottom. What is in no tile becomes NaN.
    """
    side = int(math.sqrt(w.shape[0]) + 0.5)
    across = picture.shape[1] // (side + 1)
    for row in range(picture.shape[0]):
        for column in range(picture.shape[1]):
            picture[row, column] = math.nan
    for k in range(w.shape[1]):
        for j in range(w.shape[0]):
            row, column = k // across * (side + 1) + j // side, k % across * (side + 1) + j % side
            picture[picture.shape[0] - 1 - row, column] = w[j, k]
