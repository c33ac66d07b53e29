r"""Tasks whose samples are spike times: the exclusive or, the Yin-Yang set, and pictures.

**Exclusive or.** Each of two inputs spikes early, drawn evenly from 0 to 0.45, for *false*, or late, from
0.55 to 1, for *true*. The class is 1 where one of the two is true. The ranges are those of the authors'
program, ihmehimmeli, of I. M. Comsa et al. (2020), ICASSP.

**Yin-Yang.** A point of the disc of radius 1/2 about $(1/2, 1/2)$, in one of three classes. Two *dots* of
radius 0.1 lie about the points $(1/4, 1/2)$ and $(3/4, 1/2)$; they are the third class. The rest is *yin* and
*yang*, which the turn by half a circle exchanges: yin is the upper half, without what lies within 1/4 of the
right point, and with what lies within 1/4 of the left point below. A straight line separates little of it, so
what a hidden layer is good for shows: twice as much as with the digits. The four inputs are
$x,\ y,\ 1 - x,\ 1 - y$, taken for spike times.

Source of Yin-Yang: L. Kriener, J. Göltz and M. A. Petrovici (2022), The Yin-Yang dataset, Neuro-Inspired
Computational Elements (NICE), arXiv:2102.08211; drawn anew here from the rule.
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, positive, whole
from snnlab.random import generator

__all__ = ["ink_times", "xor_times", "yin_yang", "yin_yang_class"]

DOT, LOBE = 0.1, 0.25  # radii
LEFT, RIGHT = (0.25, 0.5), (0.75, 0.5)
YIN, YANG, DOTS = 0, 1, 2


def xor_times(n: int, *, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Samples of the exclusive or in spike times.

    Parameters
    ----------
    n : int
        How many.
    rng : numpy.random.Generator
        Where they come from.

    Returns
    -------
    x : array of shape (n, 2)
        When each input spikes, from 0 to 1.
    y : array of int, shape (n,)
        1 where one of the two is late, else 0.

    Examples
    --------
    >>> x, y = xor_times(1000, rng=np.random.default_rng(1))
    >>> bool((((x[:, 0] > 0.5) != (x[:, 1] > 0.5)) == y).all())
    True
    """
    n, rng = whole("n", n), _generator(rng)
    late = rng.integers(0, 2, (n, 2))
    return 0.55 * late + 0.45 * rng.random((n, 2)), late.sum(axis=1) % 2


def yin_yang(n: int, *, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Samples of the Yin-Yang set in spike times.

    Each is drawn for a class, and the classes come in turn, so that each is as frequent as the others; where
    in the region of its class, is left to chance.

    Parameters
    ----------
    n : int
        How many.
    rng : numpy.random.Generator
        Where they come from.

    Returns
    -------
    x : array of shape (n, 4)
        x, y, 1 − x and 1 − y of each point.
    y : array of int, shape (n,)
        0 yin, 1 yang, 2 dot.

    Examples
    --------
    >>> x, y = yin_yang(300, rng=np.random.default_rng(1))
    >>> x.shape, np.bincount(y).tolist()
    ((300, 4), [100, 100, 100])
    """
    n, rng = whole("n", n), _generator(rng)
    wanted, points = np.arange(n) % 3, np.empty((n, 2))
    missing = np.arange(n)
    while missing.size:
        points[missing] = rng.random((missing.size, 2))
        missing = missing[yin_yang_class(points[missing]) != wanted[missing]]
    return np.hstack([points, 1.0 - points]), wanted


def yin_yang_class(points: ArrayLike) -> np.ndarray:
    """Where points lie in the sign of Yin and Yang.

    Parameters
    ----------
    points : array of shape (n, 2)
        Their places.

    Returns
    -------
    array of int, shape (n,)
        0 yin, 1 yang, 2 dot; −1 outside of the disc.

    Examples
    --------
    The upper half, the lower half, a dot, and the lobes that reach into the other half.

    >>> yin_yang_class([[0.5, 0.9], [0.5, 0.1], [0.25, 0.5], [0.75, 0.7], [0.25, 0.3]])
    array([0, 1, 2, 1, 0])
    """
    points = finite_array("points", points, (2,), "(n, 2)")
    if points.shape[1] != 2:
        raise ValueError(f"points must have 2 columns, got {points.shape[1]}")
    to_left, to_right, to_centre = (np.hypot(*(points - at).T) for at in (LEFT, RIGHT, (0.5, 0.5)))
    yin = (points[:, 1] > 0.5) & (to_right > LOBE) | (to_left <= LOBE)
    found = np.where(yin, YIN, YANG)
    found[np.minimum(to_left, to_right) < DOT] = DOTS
    found[to_centre > 0.5] = -1
    return found


def ink_times(images: ArrayLike, white: float) -> np.ndarray:
    """Pictures as spike times: a pixel spikes the earlier the more ink it has, and without any it is silent.

    Parameters
    ----------
    images : array of shape (images, rows, columns)
        Pixels from 0 to `white`.
    white : float
        The largest possible value.

    Returns
    -------
    array of shape (images, rows · columns)
        1 − ink, from 0 on, with the ink from 0 to 1; infinite without any.

    Examples
    --------
    >>> ink_times([[[0, 4], [8, 16]]], 16)
    array([[ inf, 0.75, 0.5 , 0.  ]])
    """
    images, white = finite_array("images", images, (3,), "(images, rows, columns)"), positive("white", white)
    if images.size and not 0 <= images.min() <= images.max() <= white:
        raise ValueError(
            f"images must be between 0 and white ({white:g}), got {images.min():g} to {images.max():g}"
        )
    ink = images.reshape(len(images), -1) / white
    return np.where(ink > 0, 1.0 - ink, math.inf)


def _generator(rng: np.random.Generator) -> np.random.Generator:
    rng = generator(rng)
    return rng
