r"""How a camera moved and when its pixels fire, found from what it recorded of known images.

As long as a pixel is never blind the events of a saccade add up to the change of its light: their balance is
$n_{on} \theta_{on} - n_{off} \theta_{off} \approx L(end) - L(start)$. So where the triangle lies can be
fitted without simulating a single event: its corners, the blur and the ink are moved until the map of these
changes correlates best with the recorded map of ON − OFF, on average over saccades and recordings. A
correlation does not know the thresholds. They follow from how many events there are, and the refractory
period from how short the pauses of a pixel are.
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
ROUNDS = 20  # of the search for a pixel


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
            np.mean([changes_alike(_named(numbers), *seen) for seen in zip(images, balances, strict=True)])
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
        With as many ON and OFF events, and with pauses between two events of a pixel of which one in ten is
        as short as in the recordings. Noise is not fitted.

    Examples
    --------
    >>> from snnlab.coding.camera.saccades import NMNIST
    >>> from snnlab.data import load_mnist_5k
    >>> images = load_mnist_5k().x_train[:2] / 255
    >>> seen = [saccade_events(image, pixel=EventPixel(0.3, 0.2, 2.0)) for image in images]
    >>> found = fit_pixel(seen, images, NMNIST)
    >>> print(f"{found.on:.1f}, {found.off:.1f}, {found.refractory:.1f} ms")
    0.3, 0.2, 2.0 ms
    """
    images, pixel = one_each(recordings, images), EventPixel()
    wanted, shortest = _ways_and_pause(recordings)
    for _ in range(ROUNDS):
        sent, pause = _ways_and_pause([saccade_events(image, saccades, pixel) for image in images])
        # half a step in the logarithm: each threshold changes the other one's events as well
        on, off = np.array(pixel[:2]) * np.sqrt(np.maximum(sent, 1) / np.maximum(wanted, 1))
        refractory = max(0.0, pixel.refractory + (shortest - pause) / 2)
        pixel = EventPixel(float(on), float(off), refractory)
    return pixel


def saccade_balances(events: Events) -> np.ndarray:
    """ON − OFF of each pixel in each of three saccades, shape (3, 34, 34)."""
    return np.array([event_balance(events, SIZE, SIDE * k, SIDE * (k + 1)) for k in range(3)])


def correlation(a: np.ndarray, b: np.ndarray) -> float:
    """Pearson's correlation of two maps; NaN if one of them is flat."""
    a, b = a - a.mean(), b - b.mean()
    size = np.sqrt((a * a).sum() * (b * b).sum())
    return float((a * b).sum() / size) if size > 0 else np.nan


def changes_alike(saccades: Saccades, image: np.ndarray, balances: np.ndarray) -> float:
    """How the logarithm of the picture changes in a saccade, beside ON − OFF: without pixels and events."""
    rests = film_of(saccade_scene(image, saccades), *corners(saccades), SIZE)
    return float(np.mean([correlation(*maps) for maps in zip(np.diff(rests, axis=0), balances, strict=True)]))


def _named(numbers: np.ndarray) -> Saccades:
    return Saccades._make([*map(float, numbers[:-1]), float(np.exp(numbers[-1]))])


def _ways_and_pause(recordings: Sequence[Events]) -> tuple[np.ndarray, float]:
    """How many events are ON and how many OFF, and the pause than which one in ten is shorter, ms."""
    ways = np.sum([np.bincount(~np.asarray(e.brighter), minlength=2) for e in recordings], axis=0)
    return ways, float(np.quantile(np.concatenate([_pauses(e) for e in recordings]), 0.1))


def _pauses(events: Events) -> np.ndarray:
    """Times from an event of a pixel to its next one, ms."""
    pixels = np.asarray(events.y, np.int64) * SIZE + events.x
    order = np.lexsort((events.t, pixels))
    return np.diff(np.asarray(events.t)[order])[np.diff(pixels[order]) == 0]


def one_each(recordings: Sequence[Events], images: ArrayLike) -> np.ndarray:
    images = finite_array("images", images, (3,), "(recordings, rows, columns)")
    if len(images) != len(recordings) or not len(images):
        raise ValueError(
            f"images must be as many as recordings ({len(recordings)}, at least 1), got {len(images)}"
        )
    return images
