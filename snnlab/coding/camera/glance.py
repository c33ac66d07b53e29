"""One glance of an event camera: two pictures one after the other, as a camera of images gives them.

The pixels remember from glance to glance. Between two pictures nothing is known, so that a pixel sends as
many events as thresholds lie between what it remembers and what it sees.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import checked, finite_array
from snnlab.coding.camera.event_pixel import EventPixel
from snnlab.coding.camera.moving_scene import film_of
from snnlab.coding.camera.waved_camera import CELL, POINTS, small_scenes
from snnlab.coding.codes.level_crossing import step
from snnlab.compiling import kernel
from snnlab.records import blank, read

__all__ = ["Glance", "glance", "two_pictures"]

ROWS, COLUMNS = 36, 48
GREYS, DARK = (
    256,
    8.0,
)  # grey levels, and the light of the darkest, in grey levels: a screen's black is not dark
FARTHEST, FINEST = 100.0, 0.01  # what a pixel may remember, and the least threshold: no glance takes for ever


class Glance(NamedTuple):
    """What the pixels send.

    Examples
    --------
    >>> first, second = two_pictures()
    >>> glance(second, glance(first).remembers).n > 100
    True
    """

    light: np.ndarray
    """The logarithm of the light of each pixel now, the lowest row first."""
    balance: np.ndarray
    """ON − OFF of each pixel, the lowest row first."""
    remembers: np.ndarray
    """The level that each pixel remembers afterwards, the highest row first."""
    n: int
    """How many events there are."""
    n_on: int
    """How many of them are ON."""
    n_off: int
    """How many are OFF."""
    speaking: int
    """How many pixels send anything."""


def glance(grey: ArrayLike, remembered: ArrayLike | None = None, pixel: EventPixel = EventPixel()) -> Glance:
    """What an event camera would send when it sees this picture.

    Parameters
    ----------
    grey : array of int of shape (rows, columns)
        The picture in grey levels from 0 to 255, the highest row first.
    remembered : array of shape (rows, columns), optional
        The level that each pixel remembers, from the glance before. If left out, that of this picture, so
        that nothing is sent.
    pixel
        The thresholds; a refractory period is not looked at.

    Returns
    -------
    Glance

    Examples
    --------
    >>> picture = np.full((2, 2), 100)
    >>> glance(picture).n, glance(picture + 50, glance(picture).remembers).n_on
    (0, 4)
    """
    picture = finite_array("grey", grey, (2,), "(rows, columns)")
    wrong = picture[(picture != np.rint(picture)) | (picture < 0) | (picture >= GREYS)]
    if wrong.size or not picture.size:
        what = f"got {wrong[0]:g}" if wrong.size else "got none"
        raise ValueError(f"grey must hold whole numbers from 0 to 255, {what}")
    pixel, logs = checked("pixel", pixel, EventPixel), logarithms()
    for name, threshold in (("on", pixel.on), ("off", pixel.off)):
        if threshold < FINEST:
            raise ValueError(f"{name} must be at least {FINEST:g}, got {threshold:g}")
    levels = picture.astype(np.int32)
    before = (
        logs[levels]
        if remembered is None
        else finite_array("remembered", remembered, (2,), "(rows, columns)").copy()
    )
    if before.shape != picture.shape:
        raise ValueError(f"remembered must have shape {picture.shape}, as grey, got {before.shape}")
    if np.abs(before).max() > FARTHEST:
        raise ValueError(
            f"remembered must be between -100 and 100, got {before.flat[np.abs(before).argmax()]:g}"
        )
    seen = recorded(*picture.shape)
    run_glance(seen, levels, before, logs, pixel.on, pixel.off)
    return read(seen)._replace(light=seen.light, balance=seen.balance, remembers=seen.remembers)


def two_pictures() -> tuple[np.ndarray, np.ndarray]:
    """A small digit and the same digit three pixels farther to the right, 36 x 48 pixels in grey levels.

    Examples
    --------
    >>> [picture.shape for picture in two_pictures()]
    [(36, 48), (36, 48)]
    """
    scene = small_scenes()[3 * POINTS : 4 * POINTS]
    film = np.exp(film_of(scene, [-1.5, 1.5], [0.0, 0.0], COLUMNS, CELL))
    rows = slice((COLUMNS - ROWS) // 2, (COLUMNS + ROWS) // 2)
    first, second = np.rint((GREYS - 1) * film[:, rows]).astype(np.int32)
    return first, second


def logarithms() -> np.ndarray:
    """The level of each grey level, shape (256,).

    Examples
    --------
    >>> bool(np.all(np.diff(logarithms()) > 0))
    True
    """
    return np.log((np.arange(GREYS) + DARK) / (GREYS - 1 + DARK))


def recorded(rows: int = ROWS, columns: int = COLUMNS) -> Glance:
    """A blank record."""
    return blank(Glance, light=(rows, columns), balance=(rows, columns), remembers=(rows, columns))


@kernel
def run_glance(seen, grey, remembered, logs, on, off):
    """Every pixel goes on until what it remembers is less than a threshold from what it sees."""
    rows, columns = grey.shape
    for r in range(rows):
        for c in range(columns):
            level, base, ups, downs = logs[grey[r, c]], remembered[r, c], 0, 0
            way = step(level, base, on, off)
            while way != 0:
                if way > 0:
                    ups += 1
                else:
                    downs += 1
                way = step(level, base + ups * on - downs * off, on, off)
            seen.light[rows - 1 - r, c] = level
            seen.balance[rows - 1 - r, c] = ups - downs
            seen.remembers[r, c] = base + ups * on - downs * off
            seen.speaking[0] += ups + downs > 0
            seen.n_on[0] += ups
            seen.n_off[0] += downs
            seen.n[0] += ups + downs
