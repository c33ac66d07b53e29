"""The colour scale of heat maps: from dark blue over green to light yellow, in even steps.

Even for the eye: each step is the same distance in the colour space OKLab (B. Ottosson, 2020). Readers who
cannot tell red from green, and paper without colours, have the lightness, which only rises.
"""

import numpy as np

__all__ = ["LEVELS", "SCALE", "level"]

LEVELS = 64
"""How many colours there are; `LEVELS` itself is the level of what is no number."""

# A colour of OKLab to the cube roots of the cones' answers, and these cubed to linear red, green and blue.
_TO_CONES = np.array([
    [1.0, 0.3963377774, 0.2158037573],
    [1.0, -0.1055613458, -0.0638541728],
    [1.0, -0.0894841775, -1.2914855480],
])
_TO_RGB = np.array([
    [4.0767416621, -3.3077115913, 0.2309699292],
    [-1.2684380046, 2.6097574011, -0.3413193965],
    [-0.0041960863, -0.7034186147, 1.7076147010],
])


def _rgb(lab: np.ndarray) -> np.ndarray:
    """Linear red, green and blue of `lab`, shape (n, 3); outside of 0 to 1 where no screen has the colour."""
    return ((lab @ _TO_CONES.T) ** 3) @ _TO_RGB.T


def _path(n: int) -> np.ndarray:
    """`n` colours along the way, as vivid as a screen allows but not more than 0.11."""
    lightness, hue = np.linspace(0.30, 0.94, n), np.radians(np.linspace(278.0, 102.0, n))
    direction = np.column_stack([np.zeros(n), np.cos(hue), np.sin(hue)])
    grey = lightness[:, None] * [1.0, 0.0, 0.0]
    low, high = np.zeros(n), np.full(n, 0.11)
    for _ in range(30):
        middle = (low + high) / 2
        rgb = _rgb(grey + middle[:, None] * direction)
        fits = ((rgb >= 0) & (rgb <= 1)).all(axis=1)
        low, high = np.where(fits, middle, low), np.where(fits, high, middle)
    return grey + low[:, None] * direction


def _scale() -> np.ndarray:
    """The colours as red, green and blue from 0 to 255, shape (LEVELS, 3)."""
    fine = _path(2001)
    way = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(fine, axis=0), axis=1))])
    even = np.linspace(0.0, way[-1], LEVELS)
    lab = np.column_stack([np.interp(even, way, channel) for channel in fine.T])
    rgb = np.clip(_rgb(lab), 0.0, 1.0)
    curved = np.where(rgb <= 0.0031308, 12.92 * rgb, 1.055 * rgb ** (1 / 2.4) - 0.055)
    return np.rint(255 * curved).astype(np.uint8)


SCALE = _scale()


def level(values: np.ndarray, low: float, high: float) -> np.ndarray:
    """Which of the colours `values` have if the scale goes from `low` to `high`.

    Parameters
    ----------
    values
        Any shape.
    low, high
        What the first and the last colour stand for; values beyond have the colour of the end.

    Returns
    -------
    ndarray of uint8
        0 to ``LEVELS - 1``, and ``LEVELS`` for what is no number.

    Examples
    --------
    >>> level(np.array([-1.0, 0.0, 0.5, 1.0, np.nan]), 0.0, 1.0)
    array([ 0,  0, 32, 63, 64], dtype=uint8)
    """
    share = np.where(np.isnan(values), 0.0, (values - low) / (high - low))
    levels = np.clip(np.floor(LEVELS * share), 0, LEVELS - 1)
    return np.where(np.isnan(values), LEVELS, levels).astype(np.uint8)
