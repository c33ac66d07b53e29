r"""A scene that moves in front of a camera: which light each pixel gets, and when.

A scene is a grid of logarithms of light, with a straight line between neighbouring points and the light of
the border beyond it. When the scene has moved by $(x, y)$ from the middle, a pixel that looks at the place
$(c, r)$ gets

$$ L_{c, r}(t) = S\left(c - x(t),\ r - y(t)\right) $$

So only the way $x(t), y(t)$ knows of time: a scene that rests sends nothing, however bright it is. An optics
that blurs is applied once, to the light, before the logarithm: blurring and moving may be done in either
order.
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, non_negative, positive, whole
from snnlab.compiling import kernel

__all__ = ["blurred", "film_of", "log_scene"]


def log_scene(image: ArrayLike, ground: float = 1.0, ink: float = 0.1) -> np.ndarray:
    """The logarithm of the light of a printed or shining image.

    Parameters
    ----------
    image : array of shape (rows, columns)
        How much ink there is, from 0 to 1.
    ground, ink : float
        Light where there is none and where there is as much as can be, positive, in any unit. Dark ink on
        light ground if `ink` is below `ground`, and else shining on dark.

    Returns
    -------
    array of shape (rows, columns)

    Examples
    --------
    >>> log_scene([[0.0, 1.0]], ground=1.0, ink=0.1).round(2)
    array([[ 0. , -2.3]])
    """
    share = finite_array("image", image, (2,), "(rows, columns)")
    ground, ink = positive("ground", ground), positive("ink", ink)
    if share.size == 0:
        raise ValueError("image must hold one value at least, got none")
    wrong = share[(share < 0) | (share > 1)]
    if wrong.size:
        raise ValueError(f"image must be between 0 and 1, got {wrong[0]:g}")
    return np.log(ground + (ink - ground) * share)


def blurred(image: ArrayLike, width: float, margin: int = 0) -> np.ndarray:
    """An image blurred by a Gaussian, as optics and the area of a pixel blur it.

    Parameters
    ----------
    image : array of shape (rows, columns)
        Zero beyond its border.
    width : float
        Standard deviation of the Gaussian, pixels; 0 for none.
    margin : int
        So many rows and columns are added on each side.

    Returns
    -------
    array of shape (rows + 2 margin, columns + 2 margin)

    Examples
    --------
    >>> blurred([[1.0]], width=0.5, margin=1).round(2)
    array([[0.01, 0.08, 0.01],
           [0.08, 0.62, 0.08],
           [0.01, 0.08, 0.01]])
    """
    image = finite_array("image", image, (2,), "(rows, columns)")
    width, margin = non_negative("width", width), whole("margin", margin)
    padded = np.pad(image, margin)
    if width == 0:
        return padded
    reach = math.ceil(4 * width)
    bell = np.exp(-0.5 * (np.arange(-reach, reach + 1) / width) ** 2)
    down, across = (_smear(n, bell / bell.sum()) for n in padded.shape)
    return np.clip(down @ padded @ across, padded.min(initial=0.0), padded.max(initial=0.0))


def _smear(n: int, bell: np.ndarray) -> np.ndarray:
    """The symmetric matrix that convolves `n` values with `bell`."""
    apart = np.abs(np.subtract.outer(np.arange(n), np.arange(n)))
    reach = bell.size // 2
    return np.where(apart <= reach, bell[reach + np.minimum(apart, reach)], 0.0)


def film_of(scene: ArrayLike, x: ArrayLike, y: ArrayLike, size: int = 34, cell: float = 1.0) -> np.ndarray:
    """What each pixel of a camera gets of a moving scene.

    Parameters
    ----------
    scene : array of shape (rows, columns)
        Logarithms of light, from `log_scene`; in the middle of the picture when it has not moved.
    x, y : array of shape (steps,)
        How far it has moved to the right and down, pixels.
    size : int
        Rows and columns of the camera.
    cell : float
        How many pixels lie between two points of the scene.

    Returns
    -------
    array of shape (steps, size, size)
        Logarithms of light, as `camera_events` takes them.

    Examples
    --------
    >>> film = film_of([[0.0, 1.0, 0.0]], x=[0.0, 0.5, 1.0], y=[0.0, 0.0, 0.0], size=3)
    >>> film[:, 1]
    array([[0. , 1. , 0. ],
           [0. , 0.5, 0.5],
           [0. , 0. , 1. ]])
    """
    grid = finite_array("scene", scene, (2,), "(rows, columns)")
    x, y = finite_array("x", x, (1,), "(steps,)"), finite_array("y", y, (1,), "(steps,)")
    size, cell = whole("size", size, 1), positive("cell", cell)
    if grid.size == 0:
        raise ValueError("scene must hold one value at least, got none")
    if x.shape != y.shape:
        raise ValueError(f"y must have shape {x.shape}, as x, got {y.shape}")
    film = np.empty((x.size, size, size))
    for k in range(x.size):
        look(film[k], grid, x[k], y[k], cell)
    return film


@kernel
def glide(share):
    """How much of a way is done when so much of its time is over: smoothly from rest to rest."""
    return share * share * (3.0 - 2.0 * share)


@kernel
def light_at(scene, row, column):
    """The logarithm of the light at a place between the points of a scene."""
    row = min(max(row, 0.0), scene.shape[0] - 1.0)
    column = min(max(column, 0.0), scene.shape[1] - 1.0)
    top, left = int(row), int(column)
    below, right = min(top + 1, scene.shape[0] - 1), min(left + 1, scene.shape[1] - 1)
    down, across = row - top, column - left
    upper = scene[top, left] + across * (scene[top, right] - scene[top, left])
    lower = scene[below, left] + across * (scene[below, right] - scene[below, left])
    return upper + down * (lower - upper)


@kernel
def place(pixel, size, moved, cell, points):
    """Where in a scene of so many points a pixel looks, along one axis; middle is on middle at rest."""
    return (pixel - 0.5 * (size - 1) - moved) / cell + 0.5 * (points - 1)


@kernel
def look(picture, scene, x, y, cell):
    """What all pixels get when the scene has moved by so much."""
    rows, columns = picture.shape
    for r in range(rows):
        row = place(r, rows, y, cell, scene.shape[0])
        for c in range(columns):
            picture[r, c] = light_at(scene, row, place(c, columns, x, cell, scene.shape[1]))
