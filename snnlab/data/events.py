"""Handwritten digits as an event camera saw them, offline.

The pixels of such a camera send no images. Each reports an *event* when it has become brighter or darker by
some share, and is silent otherwise: the camera speaks in spikes. Origin and licence of every file stand in
``LICENSES.md`` beside them.
"""

from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np

from snnlab.checks import as_real, finite_array, non_negative, whole
from snnlab.foreign_arrays import as_array, plain
from snnlab.spikes import Spikes

__all__ = ["EventDigits", "Events", "event_balance", "event_counts", "event_spikes", "load_nmnist_100"]

_FOLDER = Path(__file__).parent


class Events(NamedTuple):
    """One recording, sorted by time.

    Examples
    --------
    >>> events = load_nmnist_100().recordings[0]
    >>> print(events.t.size, events.x.max() < 34, f"{events.t[-1]:.1f} ms")
    5028 True 305.3 ms
    """

    t: np.ndarray
    """Times in ms, shape (events,)."""
    x: np.ndarray
    """Column of the pixel, from 0 at the left, uint8, shape (events,)."""
    y: np.ndarray
    """Row of the pixel, from 0 at the top, uint8, shape (events,)."""
    brighter: np.ndarray
    """Whether the pixel has become brighter, or else darker; bool, shape (events,)."""


class EventDigits(NamedTuple):
    """Recordings with what they show.

    Examples
    --------
    >>> digits = load_nmnist_100()
    >>> len(digits.recordings), digits.size
    (100, 34)
    """

    recordings: tuple[Events, ...]
    """The events of each."""
    labels: np.ndarray
    """What was shown, 0 to 9, int64, shape (recordings,)."""
    image: np.ndarray
    """Which image of MNIST it was: its place in `load_mnist_5k().x_train`, int64, shape (recordings,)."""
    size: int
    """Rows and columns of the camera."""
    name: str
    """What was recorded."""
    licence: str
    """Under which licence, and by whom."""


def load_nmnist_100() -> EventDigits:
    """100 recordings of N-MNIST, ten a digit, of 34 x 34 pixels and about 0.3 s each.

    A camera was moved in front of a screen that showed images of MNIST: three quick movements of 100 ms along
    the sides of a triangle (G. Orchard et al. 2015, Frontiers in Neuroscience 9, 437).

    Returns
    -------
    EventDigits
        Licence CC BY-SA 4.0: what is made from these recordings may be passed on under the same licence.
        G. Orchard and others.

    Examples
    --------
    >>> digits = load_nmnist_100()
    >>> print(digits.labels[::10], sum(events.t.size for events in digits.recordings))
    [0 1 2 3 4 5 6 7 8 9] 405375
    """
    with np.load(_FOLDER / "nmnist_100.npz") as file:
        x, y, steps, offset = file["x"], file["y"], file["dt_us"].astype(np.int64), file["offset"]
        brighter = np.unpackbits(file["p"])[: x.size].astype(bool)
        labels, image = file["label"].astype(np.int64), file["mnist_index"].astype(np.int64) - 1
    parts = [slice(a, b) for a, b in pairwise(offset)]
    recordings = tuple(Events(np.cumsum(steps[s]) / 1000.0, x[s], y[s], brighter[s]) for s in parts)
    return EventDigits(
        recordings,
        labels,
        image,
        34,
        "handwritten digits in front of an event camera",
        "CC BY-SA 4.0, G. Orchard, G. Cohen, A. Jayawant and N. Thakor",
    )


def event_counts(events: Events, size: int = 34) -> np.ndarray:
    """How many events each pixel sent.

    Parameters
    ----------
    events
        One recording.
    size : int
        Rows and columns of the camera.

    Returns
    -------
    array of int64 of shape (size, size)

    Raises
    ------
    ValueError, TypeError
        If a pixel lies outside.

    Examples
    --------
    >>> event_counts(load_nmnist_100().recordings[0]).sum()
    np.int64(5028)
    """
    x, y = _inside(events, size)
    return np.bincount(y * size + x, minlength=size * size).reshape(size, size)


def event_balance(events: Events, size: int = 34, start: float = 0.0, end: float | None = None) -> np.ndarray:
    """How many more times each pixel became brighter than darker within some time: ON − OFF.

    Parameters
    ----------
    events
        One recording.
    size : int
        Rows and columns of the camera.
    start, end : float
        From when, and until before when, ms. If `end` is left out, until the last event.

    Returns
    -------
    array of int64 of shape (size, size)

    Raises
    ------
    ValueError, TypeError
        If a pixel lies outside.

    Examples
    --------
    >>> events = load_nmnist_100().recordings[0]
    >>> event_balance(events, start=0, end=100).sum(), event_balance(events).sum()
    (np.int64(5), np.int64(-10))
    """
    x, y = _inside(events, size)
    start = as_real("start", start)
    end = np.inf if end is None else as_real("end", end)
    t = _times(events, x)
    kept = (t >= start) & (t < end)
    brighter = as_array("brighter", events.brighter, "True and False")
    if brighter.shape != x.shape:
        raise ValueError(f"brighter must have shape {x.shape}, as x and y, got {brighter.shape}")
    signs = np.where(brighter.astype(bool), 1, -1)[kept]
    sums = np.bincount((y * size + x)[kept], signs, minlength=size * size)
    return sums.astype(np.int64).reshape(size, size)


def event_spikes(events: Events, size: int = 34, *, pool: int = 1, duration: float | None = None) -> Spikes:
    """Events as spikes, one unit for each square of `pool` by `pool` pixels, whichever way they changed.

    Parameters
    ----------
    events
        One recording.
    size : int
        Rows and columns of the camera.
    pool : int
        Pixels that share a unit, in each direction; a divisor of `size`.
    duration : float, optional
        Where the recording ends, ms; later events are left out. If left out, at the last event.

    Returns
    -------
    Spikes
        Unit number row · columns + column.

    Raises
    ------
    ValueError, TypeError
        If a pixel lies outside, or `pool` is no divisor.

    Examples
    --------
    >>> event_spikes(load_nmnist_100().recordings[0], pool=2, duration=300.0)
    Spikes(5023 spikes of 289 units in 300 ms, 57.9 Hz a unit)
    """
    if whole("size", size, 1) % whole("pool", pool, 1):
        raise ValueError(f"pool must be a divisor of size ({size}), got {pool}")
    x, y = _inside(events, size)
    t = _times(events, x)
    end = float(t.max(initial=0.0)) if duration is None else non_negative("duration", duration)
    kept = t <= end
    units = (y // pool) * (size // pool) + x // pool
    return Spikes(t[kept], units[kept], n_units=(size // pool) ** 2, duration=end)


def _times(events: Events, x: np.ndarray) -> np.ndarray:
    """Times, one for each of the columns `x`."""
    t = finite_array("t", events.t, (1,), "(events,)")
    if t.shape != x.shape:
        raise ValueError(f"t must have shape {x.shape}, as x and y, got {t.shape}")
    return t


def _inside(events: Events, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Columns and rows, if all are from 0 to size − 1."""
    if not isinstance(events, Events):
        raise TypeError(f"events must be Events, got {type(events).__name__}")
    size, _ = whole("size", size, 1), plain("t", events.t)  # where no time is asked for, too
    places: list[np.ndarray] = []
    for name, values in (("x", events.x), ("y", events.y)):
        place = finite_array(name, values, (1,), "(events,)")
        wrong = place[(place != np.rint(place)) | (place < 0) | (place >= size)]
        if wrong.size:
            raise ValueError(f"{name} must be whole, from 0 to {size - 1}, got {wrong[0]:g}")
        places.append(place.astype(np.int64))
    if places[0].shape != places[1].shape:
        raise ValueError(f"y must have shape {places[0].shape}, as x, got {places[1].shape}")
    return places[0], places[1]
