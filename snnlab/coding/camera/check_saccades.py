"""The simulated camera beside recordings of the same digits, and beside a digit that is merely blurred.

Where many events come from is a poor test: edges send them, and any picture with ink in the same places looks
like the map of all events. Their signs are a better one. A picture without movement has none to offer. Two
pictures, one before and one after the saccade, have: the map of signs tests the movement, and hardly the
pixel.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.coding.camera.event_pixel import EventPixel
from snnlab.coding.camera.fit_saccades import changes_alike, correlation, one_each, saccade_balances
from snnlab.coding.camera.moving_scene import blurred
from snnlab.coding.camera.saccades import MARGIN, NMNIST, NMNIST_PIXEL, SIZE, Saccades, saccade_events
from snnlab.data.events import Events, event_counts

__all__ = ["SaccadeCheck", "check_saccades"]

WIDTH = 2.0  # of the Gaussian that blurs a digit until it looks most like the map of all events, pixels


class SaccadeCheck(NamedTuple):
    """Correlations over the 34 x 34 pixels, one a recording.

    Examples
    --------
    >>> from snnlab.data import load_mnist_5k
    >>> images = load_mnist_5k().x_train[:2] / 255
    >>> same = check_saccades([saccade_events(image) for image in images], images)
    >>> print(same.signed.mean(), same.sent / same.recorded)
    1.0 [1. 1.]
    """

    signed: np.ndarray
    """ON − OFF of a saccade, simulated and recorded; the mean of three saccades."""
    unsigned: np.ndarray
    """All events of the three saccades, simulated and recorded."""
    pictures_signed: np.ndarray
    """ON − OFF of a saccade, and two pictures without any event: by how much the logarithm of the light
    changes from the beginning of the saccade to its end; the mean of three saccades."""
    blurred_signed: np.ndarray
    """ON − OFF of a saccade and the blurred digit; the mean of three saccades."""
    blurred_unsigned: np.ndarray
    """All events of the three saccades and the blurred digit."""
    sent: np.ndarray
    """How many events the simulated camera sends."""
    recorded: np.ndarray
    """How many were recorded."""


def check_saccades(
    recordings: Sequence[Events],
    images: ArrayLike,
    saccades: Saccades = NMNIST,
    pixel: EventPixel = NMNIST_PIXEL,
) -> SaccadeCheck:
    """Compare recordings with simulations of the same digits.

    Parameters
    ----------
    recordings
        What a camera of 34 x 34 pixels saw in three saccades.
    images : array of shape (recordings, 28, 28)
        What each was shown, ink from 0 to 1.
    saccades, pixel
        As for `saccade_events`.

    Returns
    -------
    SaccadeCheck

    Examples
    --------
    Digits that had no part in the fit:

    >>> from snnlab.data import load_mnist_5k, load_nmnist_100
    >>> digits, images = load_nmnist_100(), load_mnist_5k().x_train / 255
    >>> some = [9, 19, 29]
    >>> seen = check_saccades([digits.recordings[k] for k in some], images[digits.image[some]])
    >>> bool(seen.signed.min() > 0.8), bool(abs(seen.blurred_signed).max() < 0.3)
    (True, True)
    """
    images = one_each(recordings, images)
    rows = [_compare(*one, saccades, pixel) for one in zip(recordings, images, strict=True)]
    return SaccadeCheck(*np.array(rows).T)


def _compare(recorded: Events, image: np.ndarray, saccades: Saccades, pixel: EventPixel) -> tuple[float, ...]:
    sent = saccade_events(image, saccades, pixel)
    counts, balances = event_counts(recorded, SIZE), saccade_balances(recorded)
    blur = blurred(image, WIDTH, MARGIN)
    pairs = zip(saccade_balances(sent), balances, strict=True)
    return (
        float(np.mean([correlation(a, b) for a, b in pairs])),
        correlation(event_counts(sent, SIZE), counts),
        changes_alike(saccades, image, balances),
        float(np.mean([correlation(blur, b) for b in balances])),
        correlation(blur, counts),
        float(sent.t.size),
        float(recorded.t.size),
    )
