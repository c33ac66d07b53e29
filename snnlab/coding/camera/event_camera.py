"""An event camera: pixels that know nothing of one another, whose events are put into one order of time.

What leaves the camera is a list of addresses: when, which pixel, which way. Where nothing changes it stays
empty.
"""

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import checked, finite_array, positive
from snnlab.coding.camera.event_pixel import EventPixel, most_events, run
from snnlab.compiling import kernel
from snnlab.data.events import Events

__all__ = ["camera_events"]


def camera_events(log_intensity: ArrayLike, dt: float, pixel: EventPixel = EventPixel()) -> Events:
    """What a camera reports of a film.

    Parameters
    ----------
    log_intensity : array of shape (steps, rows, columns)
        The natural logarithm of the light on each pixel at the times 0, `dt`, 2 `dt` …; in between it moves
        in a straight line. At most 256 rows and columns.
    dt : float
        Length of a step, ms.
    pixel
        The thresholds and the refractory period, the same for all.

    Returns
    -------
    Events
        Sorted by time, and in order of rows and columns where times are equal.

    Raises
    ------
    ValueError
        If more than 100 million events could come.

    Examples
    --------
    One of two pixels becomes twice as bright within 10 ms:

    >>> import numpy as np
    >>> events = camera_events(np.log([[[1.0, 1.0]], [[1.0, 2.0]]]), dt=10)
    >>> print(np.round(events.t, 1), events.x, events.brighter)
    [2.9 5.8 8.7] [1 1 1] [ True  True  True]
    """
    film = finite_array("log_intensity", log_intensity, (3,), "(steps, rows, columns)")
    dt, pixel = positive("dt", dt), checked("pixel", pixel, EventPixel)
    steps, rows, columns = film.shape
    if film.size == 0 or max(rows, columns) > 256:
        raise ValueError(
            f"log_intensity must hold one step at least, of 1 to 256 rows and columns, got {film.shape}"
        )
    levels = film.reshape(steps, rows * columns)
    most = most_events(levels, pixel)
    times, ways, pixels = np.empty(most), np.empty(most), np.empty(most, np.int64)
    count = run_pixels(times, ways, pixels, np.ascontiguousarray(levels.T), dt, pixel)
    order = np.argsort(times[:count], kind="stable")
    y, x = np.divmod(pixels[order], columns)
    return Events(times[order], x.astype(np.uint8), y.astype(np.uint8), ways[order] > 0)


@kernel
def run_pixels(times, ways, pixels, levels, dt, pixel):
    """All events of all pixels, pixel by pixel; `levels` has a row a pixel. Returns their number."""
    count = 0
    for k in range(levels.shape[0]):
        more = run(times[count:], ways[count:], levels[k], dt, pixel)
        for _ in range(more):
            pixels[count] = k
            count += 1
    return count
