r"""How a camera moved and when its pixels fire, found from what it recorded of known images.

As long as a pixel is never blind the events of a saccade add up to the change of its light: their balance is
$n_{on} \theta_{on} - n_{off} \theta_{off} \approx L(end) - L(start)$. So where the triangle lies can be
fitted without simulating a single event: its corners, the blur and the ink are moved until the map of these
changes correlates best with the recorded map of ON − OFF, on average over saccades and recordings. A
correlation does not know the thresholds. They follow from how many events there are, and the refractory
period from the shortest pauses.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array
from snnlab.coding.camera.event_pixel import EventPixel
from snnlab.coding.camera.moving_scene import film_of
from snnlab.coding.camera.saccades import (
    SIDE,
    SIZE,
    Saccades,
    corners,
    saccade_events,
    saccade_scene,
)
from snnlab.data.events import Events, event_balance

__all__ = ["fit_pixel", "fit_saccades"]

FIRST, LAST = 0.5, 0.01  # steps of the search, pixels, and of the logarithm of the ink


def fit_saccades(
    recordings: Sequence[Events], images: ArrayLike, start: Saccades = Saccades()
) -> tuple[Saccades, float]:
    """The triangle, the blur and the ink that explain recordings of three saccades best.

    One number after the other is moved up and down by a step, which is halved when nothing helps any more.

    Parameters
    ----------
    recordings
        What a camera of 34 x 34 pixels saw.
    images : array of shape (recordings, 28, 28)
        What each was shown, ink from 0 to 1.
    start
        A rough guess.

    Returns
    -------
    tuple of Saccades and float
        With the mean correlation of changes of light and ON − OFF.

    Examples
    --------
    Events of a simulated camera lead back to its triangle:

    >>> from snnlab.data import load_mnist_5k
    >>> images = load_mnist_5k().x_train[:3] / 255
    >>> shown = Saccades(x1=-0.5, blur=0.8)
    >>> seen = [saccade_events(image, shown, EventPixel(0.02, 0.02)) for image in images]
    >>> found, alike = fit_saccades(seen, images)
    >>> print(f"{found.x1:.1f}, {found.blur:.1f}, {alike:.3f}")
    -0.5, 0.8, 1.000
    """
    images = one_each(recordings, images)
    balances = np.array([saccade_balances(events) for events in recordings])
    here = np.array([*start[:-1], np.log(start.ink)])

    def alike(numbers: np.ndarray) -> float:
        return float(
            np.mean([_changes_alike(_named(numbers), *seen) for seen in zip(images, balances, strict=True)])
        )

    best, size = alike(here), FIRST
    while size > LAST:
        moved = False
        for k in range(here.size):
            for way in (size, -size):
                there = here.copy()
                there[k] += way
                if there[-2] >= 0 and (value := alike(there)) > best:
                    here, best, moved = there, value, True
        if not moved:
            size /= 2
    return _named(here), best


def fit_pixel(recordings: Sequence[Events], images: ArrayLike, saccades: Saccades) -> EventPixel:
    """Thresholds with which a simulated camera sends as many events, and the refractory period.

    Parameters
    ----------
    recordings, images
        As for `fit_saccades`.
    saccades
        The movement.

    Returns
    -------
    EventPixel
        Its refractory period is the pause between two events of a pixel that one in a hundred falls short of.

    Examples
    --------
    >>> from snnlab.data import load_mnist_5k
    >>> images = load_mnist_5k().x_train[:2] / 255
    >>> seen = [saccade_events(image, pixel=EventPixel(0.3, 0.2)) for image in images]
    >>> found = fit_pixel(seen, images, Saccades())
    >>> print(f"{found.on:.2f}, {found.off:.2f}")
    0.30, 0.20
    """
    images = one_each(recordings, images)
    wanted = np.sum([_ways(events) for events in recordings], axis=0)
    pixel = EventPixel(refractory=float(np.quantile(np.concatenate([_pauses(e) for e in recordings]), 0.01)))
    for _ in range(12):
        sent = np.sum([_ways(saccade_events(image, saccades, pixel)) for image in images], axis=0)
        on, off = np.array(pixel[:2]) * np.maximum(sent, 1) / np.maximum(wanted, 1)
        pixel = pixel._replace(on=float(on), off=float(off))
    return pixel


def saccade_balances(events: Events) -> np.ndarray:
    """ON − OFF of each pixel in each of three saccades, shape (3, 34, 34)."""
    return np.array([event_balance(events, SIZE, SIDE * k, SIDE * (k + 1)) for k in range(3)])


def correlation(a: np.ndarray, b: np.ndarray) -> float:
    """Pearson's correlation of two maps; NaN if one of them is flat."""
    a, b = a - a.mean(), b - b.mean()
    size = np.sqrt((a * a).sum() * (b * b).sum())
    return float((a * b).sum() / size) if size > 0 else np.nan


def _changes_alike(saccades: Saccades, image: np.ndarray, balances: np.ndarray) -> float:
    rests = film_of(saccade_scene(image, saccades), *corners(saccades), SIZE)
    return float(np.mean([correlation(*maps) for maps in zip(np.diff(rests, axis=0), balances, strict=True)]))


def _named(numbers: np.ndarray) -> Saccades:
    return Saccades(*(float(x) for x in numbers[:-1]), float(np.exp(numbers[-1])))


def _ways(events: Events) -> np.ndarray:
    """How many are ON and how many OFF."""
    return np.bincount(~np.asarray(events.brighter), minlength=2)


def _pauses(events: Events) -> np.ndarray:
    """Times from an event of a pixel to its next one, ms; events at one time are one."""
    pixels = np.asarray(events.y, np.int64) * SIZE + events.x
    order = np.lexsort((events.t, pixels))
    pauses = np.diff(np.asarray(events.t)[order])[np.diff(pixels[order]) == 0]
    return pauses[pauses > 0.01]


def one_each(recordings: Sequence[Events], images: ArrayLike) -> np.ndarray:
    images = finite_array("images", images, (3,), "(recordings, rows, columns)")
    if len(images) != len(recordings) or not len(images):
        raise ValueError(
            f"images must be as many as recordings ({len(recordings)}, at least 1), got {len(images)}"
        )
    return images
