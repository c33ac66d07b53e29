"""Handwritten digits, for codes of images and for networks that learn, one loader a data set, offline.

Origin and licence of every file stand in ``LICENSES.md`` beside them.
"""

from pathlib import Path
from typing import NamedTuple

import numpy as np

__all__ = ["Images", "load_digits", "load_mnist_5k"]

_FOLDER = Path(__file__).parent
_TESTED = 500  # of the small digits, the last ones


class Images(NamedTuple):
    """Images with what they show, some to learn from and others to be tested on.

    Examples
    --------
    >>> digits = load_digits()
    >>> bright = digits.x_train / digits.white  # from 0 to 1
    >>> bright.shape, float(bright.max())
    ((1297, 8, 8), 1.0)
    """

    x_train: np.ndarray
    """Images to learn from, uint8, shape (images, rows, columns): 0 is black, `white` the brightest."""
    y_train: np.ndarray
    """What they show, 0 to 9, int64, shape (images,)."""
    x_test: np.ndarray
    """Images for the test, as `x_train`."""
    y_test: np.ndarray
    """What those show."""
    white: int
    """The largest possible value of a pixel."""
    name: str
    """What is shown."""
    licence: str
    """Under which licence, and by whom."""


def load_mnist_5k() -> Images:
    """The first 4000 images for training and the first 1000 for the test of MNIST, 28 x 28 pixels.

    Returns
    -------
    Images
        Pixels from 0 to 255. Licence CC BY-SA 3.0: what is made from these images may be passed on under the
        same licence. Y. LeCun and C. Cortes.

    Examples
    --------
    >>> mnist = load_mnist_5k()
    >>> mnist.x_train.shape, mnist.x_test.shape, mnist.x_test.dtype
    ((4000, 28, 28), (1000, 28, 28), dtype('uint8'))
    """
    with np.load(_FOLDER / "mnist_5k.npz") as file:
        return Images(
            file["x_train"],
            file["y_train"].astype(np.int64),
            file["x_test"],
            file["y_test"].astype(np.int64),
            255,
            "handwritten digits of MNIST",
            "CC BY-SA 3.0, Y. LeCun and C. Cortes",
        )


def load_digits() -> Images:
    """1797 small images of handwritten digits, 8 x 8 pixels, that 13 people wrote.

    Returns
    -------
    Images
        Pixels from 0 to 16. The first 1297 are for training, the last 500 for the test. By E. Alpaydin and
        C. Kaynak; BSD licence, scikit-learn developers.

    Examples
    --------
    >>> digits = load_digits()
    >>> digits.x_train.shape, digits.x_test.shape, digits.y_test[:5]
    ((1297, 8, 8), (500, 8, 8), array([0, 1, 2, 3, 4]))
    """
    with np.load(_FOLDER / "digits_8x8.npz") as file:
        x, y = file["images"], file["labels"].astype(np.int64)
    return Images(
        x[:-_TESTED],
        y[:-_TESTED],
        x[-_TESTED:],
        y[-_TESTED:],
        16,
        "small handwritten digits",
        "BSD, scikit-learn developers",
    )
