"""Drawings: strokes of a pen as points, the same as text, and ten digits that were drawn.

A *stroke* is the path of the pen while it is down. A drawing is a list of strokes, each an array of points
(x, y) in thousandths of the side of a square, from its upper left corner.

As text a point is four letters or digits, two for each number to the base 36, and a hyphen stands between
strokes: ``"0000rsrs-rs00"`` is a line from corner to corner and a dot. So a drawing fits into the address of
a page.
"""

import json
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import entries, finite_array

__all__ = ["drawing_as_text", "load_drawings", "strokes_of"]

FILE = Path(__file__).with_name("drawings.json")
SIDE, MOST = 1000, 600  # of the square, and points of a drawing
_STROKE = re.compile(r"(?:[0-9a-z]{4})+")


def strokes_of(text: str) -> list[np.ndarray]:
    """The strokes that a text stands for.

    Parameters
    ----------
    text : str
        A drawing, as `drawing_as_text` writes it; ``""`` is an empty one.

    Returns
    -------
    list of array of shape (points, 2)
        The strokes, int64.

    Examples
    --------
    >>> [stroke.tolist() for stroke in strokes_of("0000rsrs-rs00")]
    [[[0, 0], [1000, 1000]], [[1000, 0]]]
    """
    if not isinstance(text, str):
        raise TypeError(f"a drawing must be text, got {type(text).__name__}")
    strokes = []
    for piece in text.split("-") if text else ():
        if not _STROKE.fullmatch(piece):
            raise ValueError(
                f"a drawing must be points of four letters a to z or digits, and hyphens between strokes, "
                f"got {piece!r}"
            )
        numbers = [int(piece[k : k + 2], 36) for k in range(0, len(piece), 2)]
        strokes.append(np.array(numbers, np.int64).reshape(-1, 2))
    _check(strokes)
    return strokes


def drawing_as_text(strokes: Sequence[ArrayLike]) -> str:
    """Strokes as text.

    Parameters
    ----------
    strokes : sequence of array of shape (points, 2)
        A drawing; at most 600 points from 0 to 1000, which are rounded.

    Examples
    --------
    >>> drawing_as_text([[(0, 0), (1000, 1000)], [(1000, 0)]])
    '0000rsrs-rs00'
    """
    drawn = entries("strokes", strokes, "arrays")
    whole = [np.rint(finite_array("stroke", each, (2,), "(points, 2)")).astype(np.int64) for each in drawn]
    for stroke in whole:
        if not len(stroke) or stroke.shape[1] != 2:
            raise ValueError(f"stroke must have shape (points, 2), one point at least, got {stroke.shape}")
    _check(whole)
    return "-".join("".join(f"{_digit(n // 36)}{_digit(n % 36)}" for n in each.flat) for each in whole)


def points_of(text: str) -> np.ndarray:
    """A drawing as a kernel takes it.

    Parameters
    ----------
    text : str
        As in `strokes_of`.

    Returns
    -------
    array of shape (600, 3)
        x, y and 1 for a point that begins a stroke, 2 for one that goes on; 0 after the last point.

    Examples
    --------
    >>> points_of("0000rsrs-rs00")[:4].astype(int).tolist()
    [[0, 0, 1], [1000, 1000, 2], [1000, 0, 1], [0, 0, 0]]
    """
    points, at = np.zeros((MOST, 3)), 0
    for stroke in strokes_of(text):
        points[at : at + len(stroke)] = np.c_[stroke, np.full(len(stroke), 2)]
        points[at, 2] = 1
        at += len(stroke)
    return points


def load_drawings() -> list[list[np.ndarray]]:
    """Ten drawings, one of each digit from 0 to 9, which no network has learnt from.

    ``drawings.json`` says where they come from. Their licence is that of the project.

    Examples
    --------
    >>> drawings = load_drawings()
    >>> len(drawings), [len(stroke) for stroke in drawings[4]]
    (10, [31, 21])
    """
    told = json.loads(FILE.read_text(encoding="utf-8"))["drawings"]
    return [[np.array(stroke, np.int64) for stroke in drawing["strokes"]] for drawing in told]


def _digit(n: int) -> str:
    return "0123456789abcdefghijklmnopqrstuvwxyz"[n]


def _check(strokes: Sequence[np.ndarray]) -> None:
    total = sum(len(stroke) for stroke in strokes)
    if total > MOST:
        raise ValueError(f"a drawing must have at most {MOST} points, got {total}")
    for stroke in strokes:
        wrong = stroke[(stroke < 0) | (stroke > SIDE)]
        if wrong.size:
            raise ValueError(f"a point of a drawing must be from 0 to {SIDE}, got {wrong[0]}")
