"""Exercise 12.3, sketch then plot: the one number that helps signs to resemble real weights."""

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["BEST_SCALE"]

_W = np.array([0.9, -0.2, 0.4, -0.5])
_SIZES = np.abs(_W)


def _with(alpha: float) -> np.ndarray:
    """A scale and the squared error that it leaves."""
    return np.array([alpha, float(((_SIZES - alpha) ** 2).sum())])


_RIGHT = _with(float(_SIZES.mean()))  # 0.5, 0.26

BEST_SCALE = Number(
    id="12.3",
    title="One scale for four weights",
    statement=(
        "Four real weights, 0.9, −0.2, 0.4 and −0.5, are replaced by their signs times one scale α. Sketch "
        "the sum of the four squared errors against α, from 0 to 1. Then plot it, with "
        "`alpha = np.linspace(0, 1, 1001)` and `w = np.array([0.9, -0.2, 0.4, -0.5])`. Where is it lowest, "
        "and how large is it there?"
    ),
    stub="best = [..., ...]  # the scale, the sum of squared errors",
    variable="best",
    labels=("Scale α", "Sum of squared errors"),
    tolerance=0.005,
    solution=_RIGHT,
    next_step=(
        "It is what the sizes of the weights spread: four times their variance. When would a row of signs "
        "and one scale lose nothing at all?"
    ),
    mistakes=(
        Mistake(
            "signs kept in the mean",
            np.array([_W.mean(), _with(float(_W.mean()))[1]]),
            "You have taken the mean of the weights with their signs. The signs are in b already: take the "
            "mean of the sizes.",
        ),
        Mistake(
            "root mean square",
            _with(float(np.sqrt((_W**2).mean()))),
            "This is the root of the mean square, which keeps the length of the row. The squared error is "
            "lowest at the mean of the sizes.",
        ),
        Mistake(
            "median",
            _with(float(np.median(_SIZES))),
            "This is the median of the sizes. It would make the sum of the errors smallest, not that of "
            "their squares.",
        ),
        Mistake(
            "no scale",
            _with(1.0),
            "This is the error of the bare signs. Move along your curve to where it is lowest.",
        ),
        Mistake(
            "largest",
            _with(float(_SIZES.max())),
            "You have taken the largest weight for the scale. The other three are far from it.",
        ),
        Mistake(
            "sum of the sizes",
            _with(float(_SIZES.sum())),
            "This is the sum of the sizes. Divide it by their number.",
        ),
        Mistake(
            "error of the bare signs",
            np.array([_RIGHT[0], _with(1.0)[1]]),
            "The scale is right. The error is that of the bare signs: multiply them by the scale first.",
        ),
        Mistake(
            "mean error",
            np.array([_RIGHT[0], _RIGHT[1] / 4.0]),
            "The scale is right. This is the mean of the four squared errors, and the sum is wanted.",
        ),
        Mistake(
            "root of the error",
            np.array([_RIGHT[0], np.sqrt(_RIGHT[1])]),
            "The scale is right. You have taken the root of the sum; leave it out.",
        ),
        Mistake(
            "reversed",
            _RIGHT[::-1],
            "Both numbers are right and stand in the opposite order: first the scale.",
        ),
    ),
)
