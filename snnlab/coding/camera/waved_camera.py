"""A digit that is pushed across the view of an event camera, once and in a straight line.

What each pixel sends, and the pixel that sends most: its light, the level that it remembers, its events.
"""

import math
from typing import Annotated, NamedTuple

import numpy as np

from snnlab.checks import as_real, positive, whole
from snnlab.coding.camera.event_pixel import EventPixel, run
from snnlab.coding.camera.moving_scene import glide, light_at, log_scene, place
from snnlab.compiling import kernel
from snnlab.data.images import load_digits
from snnlab.records import blank, read

__all__ = ["WavedCamera", "small_scenes", "waved_camera"]

SIZE, STEPS, CELL, FARTHEST = 34, 100, 3.0, 6.0  # pixels, steps of 1 ms, pixels a point, pixels of a push
POINTS, FINEST = 10, 0.05  # points across a scene, the least threshold
MOST = 512  # events of a pixel: a push passes 4 points at most, and each changes its light by 2.3 at most
GROUND = 0.1  # the light beside a digit, with that of its brightest points as 1


class WavedCamera(NamedTuple):
    """What a camera of 34 x 34 pixels sees of a push of 100 ms.

    Examples
    --------
    >>> waved_camera(3, 0.0, 0.0).n  # whatever does not move is not seen
    0
    """

    scene: np.ndarray
    """The logarithm of the light of each pixel at the end, the lowest row first."""
    balance: np.ndarray
    """ON − OFF of each pixel, the lowest row first."""
    level: np.ndarray
    """The logarithm of the light of the pixel that sends most, at the end of each step of 1 ms."""
    reference: np.ndarray
    """The level that this pixel remembers."""
    on_times: Annotated[np.ndarray, "n_on_there"]
    """When this pixel sends ON, ms."""
    off_times: Annotated[np.ndarray, "n_off_there"]
    """When it sends OFF, ms."""
    n: int
    """How many events all pixels send."""
    n_on: int
    """How many of them are ON."""
    n_off: int
    """How many are OFF."""
    speaking: int
    """How many pixels send anything."""
    way: float
    """How far the digit was pushed, pixels."""
    n_on_there: int
    """ON events of the pixel that sends most."""
    n_off_there: int
    """Its OFF events."""


def waved_camera(digit: int, dx: float, dy: float, threshold: float = 0.3) -> WavedCamera:
    """Push a small digit across the view of an event camera.

    Parameters
    ----------
    digit : int
        Which one, 0 to 9.
    dx, dy : float
        How far to the right and up, pixels; at most 6 to each side.
    threshold : float
        By how much the logarithm of a pixel's light has to change, up or down.

    Returns
    -------
    WavedCamera

    Examples
    --------
    A 1 is seen less when it moves along itself than across:

    >>> waved_camera(1, 0.0, 4.0).n < 0.6 * waved_camera(1, 4.0, 0.0).n
    True
    """
    digit, threshold = whole("digit", digit), positive("threshold", threshold)
    dx, dy = as_real("dx", dx), as_real("dy", dy)
    if digit > 9:
        raise ValueError(f"digit must be 0 to 9, got {digit}")
    for name, way in (("dx", dx), ("dy", dy)):
        if abs(way) > FARTHEST:
            raise ValueError(f"{name} must be between {-FARTHEST:g} and {FARTHEST:g} pixels, got {way:g}")
    if threshold < FINEST:
        raise ValueError(f"threshold must be at least {FINEST:g}, got {threshold:g}")
    seen = recorded()
    run_waved(seen, *workspace(), small_scenes(), float(digit), dx, dy, threshold)
    return read(seen)


def small_scenes() -> np.ndarray:
    """Ten bright digits on dark ground, one below the other, shape (100, 10): logarithms of light.

    Examples
    --------
    >>> small_scenes().shape, round(float(small_scenes().max()), 1)
    ((100, 10), 0.0)
    """
    digits = load_digits()
    images = digits.x_train[:10] / digits.white
    return np.vstack([log_scene(np.pad(image, 1), GROUND, 1.0) for image in images])


def recorded() -> WavedCamera:
    """A blank record."""
    return blank(
        WavedCamera,
        scene=(SIZE, SIZE),
        balance=(SIZE, SIZE),
        level=STEPS,
        reference=STEPS,
        on_times=MOST,
        off_times=MOST,
    )


def workspace() -> tuple[np.ndarray, ...]:
    """What the kernel works in: the light of one pixel, its events and their ways."""
    return np.zeros(STEPS + 1), np.zeros(MOST), np.zeros(MOST)


@kernel
def light_of(levels, scene, r, c, dx, dy):
    """The light of a pixel before the first step and at the end of each."""
    for k in range(levels.size):
        done = glide(k / (levels.size - 1))
        row = place(r, SIZE, -dy * done, CELL, scene.shape[0])
        levels[k] = light_at(scene, row, place(c, SIZE, dx * done, CELL, scene.shape[1]))


@kernel
def run_waved(seen, levels, times, ways, scenes, digit, dx, dy, threshold):
    """The whole push, pixel by pixel, and once more for the pixel that sends most."""
    first = POINTS * int(digit)
    scene, pixel = scenes[first : first + POINTS], EventPixel(threshold, threshold, 0.0)
    most, there_r, there_c = 0, SIZE // 2, SIZE // 2
    for r in range(SIZE):
        for c in range(SIZE):
            light_of(levels, scene, r, c, dx, dy)
            count, balance = run(times, ways, levels, 1.0, pixel), 0.0
            for j in range(count):
                balance += ways[j]
            if count > most:
                most, there_r, there_c = count, r, c
            seen.scene[SIZE - 1 - r, c] = levels[levels.size - 1]
            seen.balance[SIZE - 1 - r, c] = balance
            seen.speaking[0] += count > 0
            seen.n[0] += count
            seen.n_on[0] += (count + balance) / 2
            seen.n_off[0] += (count - balance) / 2
    seen.way[0] = math.sqrt(dx * dx + dy * dy)
    light_of(levels, scene, there_r, there_c, dx, dy)
    watch_closely(seen, levels, times, ways, run(times, ways, levels, 1.0, pixel), threshold)


@kernel
def watch_closely(seen, levels, times, ways, count, threshold):
    """The light of one pixel, the level that it remembers, and its events of both kinds."""
    reference, j = levels[0], 0
    for k in range(1, levels.size):
        while j < count and times[j] <= k:
            reference += ways[j] * threshold
            j += 1
        seen.level[k - 1], seen.reference[k - 1] = levels[k], reference
    for j in range(count):
        if ways[j] > 0:
            seen.on_times[int(seen.n_on_there[0])] = times[j]
            seen.n_on_there[0] += 1
        else:
            seen.off_times[int(seen.n_off_there[0])] = times[j]
            seen.n_off_there[0] += 1
