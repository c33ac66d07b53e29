"""Symbols that somebody draws, for a trial of store and recall.

What is shown them is the network of `snnlab.learning.memory.shown_recall`.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from snnlab.compiling import kernel
from snnlab.data.drawings import drawing_as_text, points_of
from snnlab.learning.gates.drawn_line import fill_line
from snnlab.learning.memory.recall_kernel import INTERVALS, run_recall

__all__ = ["symbols_drawn"]


def symbols_drawn(strokes: Sequence[ArrayLike] | str) -> np.ndarray:
    """The symbols that a drawing stands for.

    From left to right it has twelve intervals. What goes through the upper half in the middle of one is a 1
    there, what goes through the lower half a 0. A dot counts wherever in its interval it is. Where something
    is drawn over what was there, the last one counts; between strokes the line is straight, beyond their ends
    it is level.

    Parameters
    ----------
    strokes : sequence of array of shape (points, 2), or str
        A drawing, as in `snnlab.data.drawings`.

    Returns
    -------
    array of shape (12,)
        0 everywhere if nothing is drawn.

    Examples
    --------
    >>> print(symbols_drawn([[(0, 100), (240, 100)], [(260, 900), (1000, 900)]]))
    [1. 1. 1. 0. 0. 0. 0. 0. 0. 0. 0. 0.]
    """
    text = strokes if isinstance(strokes, str) else drawing_as_text(strokes)
    symbols = np.empty(INTERVALS)
    fill_symbols(symbols, points_of(text))
    return symbols


@kernel
def fill_symbols(symbols, points):
    """The points of a drawing as one symbol an interval."""
    fill_line(symbols, points)
    for k in range(symbols.size):
        symbols[k] = 1.0 if symbols[k] > 0.0 else 0.0


@kernel
def run_drawn_recall(
    seen, path, cell, wires, drawing, whole_in, whole_rec, whole_out, prefers, numbers, store, recall, tau_a,
    adaptation, seed,
):  # fmt: skip
    """The drawing becomes symbols, and the network is shown them."""
    fill_symbols(seen.symbols, drawing)
    run_recall(
        seen, path, cell, wires, whole_in, whole_rec, whole_out, prefers, numbers, store, recall, tau_a,
        adaptation, seed,
    )  # fmt: skip
