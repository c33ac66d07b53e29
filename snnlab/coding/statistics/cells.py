r"""Counts of very many spikes: how many fall into each cell, a stretch of time of some neighbouring units.

A spike of unit $k$ at $t$ belongs to column $\lfloor t / w \rfloor$ and row $\lfloor k / g \rfloor$, where
cells have width $w$ and $g$ units. The rule for times at an edge is that of `Spikes.counts`, and with one
unit to a cell the counts are the same; here no table with a column for each unit is made first.
"""

import math

import numpy as np

from snnlab.checks import positive, whole
from snnlab.checks_of_spikes import be_spikes
from snnlab.compiling import kernel
from snnlab.spikes import Spikes, bin_tolerance

__all__ = ["counts_in_cells"]


def counts_in_cells(
    spikes: Spikes,
    width: float,
    group: int = 1,
    columns: tuple[int, int] | None = None,
    rows: tuple[int, int] | None = None,
) -> np.ndarray:
    """How many spikes fall into each cell.

    Parameters
    ----------
    spikes
        Trains of one or more units.
    width : float
        How long a cell is, ms. If it does not divide the duration, the last one reaches beyond the end.
    group : int
        How many units a cell has; the last row may have fewer.
    columns, rows : pair of int, optional
        Which are counted, from the first up to, not including, the last; if left out, all. Beyond the spikes
        there are none.

    Returns
    -------
    array of int32 of shape (columns, rows)

    Examples
    --------
    >>> spikes = Spikes([1.0, 2.0, 2.5, 9.0], [0, 1, 3, 2], duration=10)
    >>> print(counts_in_cells(spikes, width=5, group=2))
    [[2 1]
     [0 1]]
    """
    be_spikes("spikes", spikes)
    width, group = positive("width", width), whole("group", group, 1)
    end = spikes.duration / width
    every = math.ceil(end - bin_tolerance(end))
    first_column, end_column = (0, every) if columns is None else columns
    first_row, end_row = (0, -(-spikes.n_units // group)) if rows is None else rows
    shape = (whole("columns", end_column - first_column), whole("rows", end_row - first_row))
    counts = np.zeros(shape, np.int32)
    # one cell more on either side: the kernel has the last word on which column a spike belongs to
    around = slice(
        np.searchsorted(spikes.times, (first_column - 1) * width),
        np.searchsorted(spikes.times, (end_column + 1) * width, side="right"),
    )
    _count(spikes.times[around], spikes.units[around], width, first_column, every, group, first_row, counts)
    return counts


@kernel
def _count(times, units, width, column, every, group, row, counts):
    """Add each spike to its cell; the last of all `every` columns includes its end."""
    columns, rows = counts.shape
    for k in range(times.size):
        at = times[k] / width
        c = min(int(at + 1e-9 + 1e-15 * at), every - 1) - column
        r = units[k] // group - row
        if 0 <= c < columns and 0 <= r < rows:
            counts[c, r] += 1
