"""Grey pixels as lines that carry a spike or none: three lines a pixel, each with a level of its own."""

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array

__all__ = ["LEVELS", "pixel_lines"]

LEVELS = (0.25, 0.5, 0.75)


def pixel_lines(x: ArrayLike) -> np.ndarray:
    """A spike on every line whose level is exceeded.

    Parameters
    ----------
    x : array of shape (samples, pixels)
        Brightness from 0 to 1.

    Returns
    -------
    array of shape (samples, 3 * pixels)
        0 or 1; all pixels with the first level, then with the second, then with the third.

    Examples
    --------
    >>> print(pixel_lines([[0.0, 0.4, 1.0]]))
    [[0. 1. 1. 0. 0. 1. 0. 0. 1.]]
    """
    x = finite_array("x", x, (2,), "(samples, pixels)")
    return np.concatenate([x > level for level in LEVELS], axis=1).astype(float)
