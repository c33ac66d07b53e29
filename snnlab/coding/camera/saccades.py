r"""Three saccades in front of a digit, as the camera of N-MNIST made them, and what a simulated one sees.

The camera of N-MNIST stood on a motor, which turned it three times within 300 ms, so that the image of a
digit went along the three sides of a triangle. Neither the triangle nor the camera's thresholds come with the
recordings; `NMNIST` and `NMNIST_PIXEL` are what `fit_saccades` and `fit_pixel` find on the first two
recordings of each digit. A side takes 100 ms here, from rest to rest. The recorded pauses show no refractory
period: some are shorter than any between two crossings of a simulated pixel without one.

The recorded signs are those of a dark digit on a light ground: the edge that moves ahead becomes darker.
Whether the screen showed it so, or the sign is stored the other way round, the recordings do not say.

Source: G. Orchard, A. Jayawant, G. K. Cohen and N. Thakor (2015), Frontiers in Neuroscience 9, 437.
"""

from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import NonNegative, Positive, checked, positive
from snnlab.coding.camera.event_camera import camera_events
from snnlab.coding.camera.event_pixel import EventPixel
from snnlab.coding.camera.moving_scene import blurred, film_of, glide, log_scene
from snnlab.data.events import Events

__all__ = [
    "NMNIST",
    "NMNIST_PIXEL",
    "TUNING",
    "Saccades",
    "saccade_events",
    "saccade_path",
    "saccade_scene",
]

SIZE, MARGIN, SIDE = 34, 3, 100.0  # pixels of the camera, pixels around a digit, ms that a saccade takes


class Saccades(NamedTuple):
    """The corners of the triangle in pixels to the right of the middle and below it, and the picture.

    Examples
    --------
    >>> Saccades(blur=0.0).ink
    0.1
    """

    x0: float = -2.5
    """Where the image is at the beginning and at the end."""
    y0: float = -2.0
    x1: float = -1.0
    """Where the first saccade ends."""
    y1: float = 3.5
    x2: float = 2.5
    """Where the second one ends."""
    y2: float = -1.5
    blur: NonNegative = 0.5
    """Standard deviation of the Gaussian by which the optics blur, pixels."""
    ink: Positive = 0.1
    """The light of a digit's darkest points, with that of the ground as 1."""


NMNIST = Saccades(-2.469, -1.781, -0.891, 3.547, 2.531, -1.563, blur=0.469, ink=0.0816)
NMNIST_PIXEL = EventPixel(on=0.30, off=0.31)
TUNING = tuple(k for k in range(100) if k % 10 < 2)
"""The recordings of `snnlab.data.load_nmnist_100` on which these two were found, two of each digit."""


def saccade_path(saccades: Saccades = NMNIST, dt: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    """Where the image is, step by step.

    Parameters
    ----------
    saccades
        The triangle.
    dt : float
        Length of a step, ms; a hundredth of a second holds a whole number of them.

    Returns
    -------
    tuple of two arrays of shape (steps + 1,)
        Pixels to the right of the middle and below it, at the times 0, `dt` … 300 ms.

    Examples
    --------
    >>> x, y = saccade_path()
    >>> bool(x[0] == x[-1]), x.size
    (True, 301)
    """
    saccades, dt = checked("saccades", saccades, Saccades), positive("dt", dt)
    steps = round(SIDE / dt)
    if steps < 1 or abs(steps * dt - SIDE) > 1e-9 * SIDE:
        raise ValueError(f"dt must divide a saccade of {SIDE:g} ms, got {dt:g}")
    x, y = corners(saccades)
    done = np.array([glide(k / steps) for k in range(1, steps + 1)])
    ways = [[c[:1], *(a + done * (b - a) for a, b in pairwise(c))] for c in (x, y)]
    return np.concatenate(ways[0]), np.concatenate(ways[1])


def corners(saccades: Saccades) -> tuple[np.ndarray, np.ndarray]:
    """Where the image rests: at the beginning and after each saccade."""
    x0, y0, x1, y1, x2, y2, *_ = saccades
    return np.array([x0, x1, x2, x0]), np.array([y0, y1, y2, y0])


def saccade_scene(image: ArrayLike, saccades: Saccades = NMNIST) -> np.ndarray:
    """A digit as the camera sees it at rest.

    Parameters
    ----------
    image : array of shape (28, 28)
        Ink from 0 to 1.
    saccades
        Its blur and ink count.

    Returns
    -------
    array of shape (34, 34)
        Logarithms of light.

    Examples
    --------
    >>> saccade_scene([[0.0] * 28] * 28).shape
    (34, 34)
    """
    saccades = checked("saccades", saccades, Saccades)
    return log_scene(blurred(image, saccades.blur, MARGIN), ink=saccades.ink)


def saccade_events(
    image: ArrayLike, saccades: Saccades = NMNIST, pixel: EventPixel = NMNIST_PIXEL, dt: float = 1.0
) -> Events:
    """What a simulated camera of 34 x 34 pixels reports while a digit goes around the triangle.

    Parameters
    ----------
    image : array of shape (28, 28)
        Ink from 0 to 1.
    saccades, pixel
        The movement with its picture, and the pixels.
    dt : float
        Between two pictures, ms; in between the light of a pixel changes in a straight line.

    Returns
    -------
    Events
        As `snnlab.data.load_nmnist_100` has them.

    Examples
    --------
    >>> from snnlab.data import load_mnist_5k
    >>> events = saccade_events(load_mnist_5k().x_train[0] / 255)
    >>> bool(events.t[-1] < 300), events.x.max() < 34
    (True, np.True_)
    """
    scene = saccade_scene(image, saccades)
    return camera_events(film_of(scene, *saccade_path(saccades, dt), SIZE), dt, pixel)
