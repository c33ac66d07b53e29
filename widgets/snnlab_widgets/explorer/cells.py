r"""What a picture of many spikes shows: how many fall into each of its cells.

A cell is a stretch of time of some neurons. Its sides are round (1, 2 or 5 times a power of ten) and its
edges are multiples of them, so that a grid of time steps leaves no stripes and a picture that is moved does
not flicker. A spike at $t$ belongs to column $\lfloor t / w \rfloor$, by the rule of `Spikes.counts`.
"""

import math
from typing import NamedTuple

import numpy as np

from snnlab import Spikes
from snnlab.coding.statistics.cells import counts_in_cells

__all__ = ["COLUMNS", "SINGLE", "Scene", "round_up", "scene"]

COLUMNS, ROWS = 600, 200
"""So many cells there are at most."""
BIN = 5  # columns to a bin of the population rate
SINGLE = 4000
"""So many spikes, or fewer, are shown one by one."""


class Scene(NamedTuple):
    """What is seen of some spikes.

    The cells may reach a little beyond what was asked for; they and the rates count all that is in them.
    """

    counts: np.ndarray
    """Spikes in each cell, int32, shape (rows, columns), the first row is that of the first neurons."""
    width: float
    """Time of a cell, ms."""
    neurons: int
    """Neurons of a cell."""
    start: float
    """Where the first column begins, ms."""
    first: int
    """The first neuron of the first row."""
    bins: np.ndarray
    """Edges of the bins of the population rate, ms, shape (bins + 1,)."""
    population: np.ndarray
    """Mean rate of the neurons of the picture in each bin, Hz, shape (bins,)."""
    edges: np.ndarray
    """Where rows begin and end, as numbers of neurons, shape (rows + 1,)."""
    rates: np.ndarray
    """Mean rate of each row over the time of the picture, Hz, shape (rows,)."""
    times: np.ndarray
    """Times of the spikes if they are few, else none, ms, shape (spikes,)."""
    units: np.ndarray
    """The neuron of each of these, shape (spikes,)."""
    n_spikes: int
    """Spikes between the times and of the neurons that were asked for."""

    @property
    def single(self) -> bool:
        """Whether the spikes are few enough to be shown one by one."""
        return self.n_spikes <= SINGLE


def round_up(value: float) -> float:
    """The smallest of …, 0.5, 1, 2, 5, 10, … that is not below `value`.

    Examples
    --------
    >>> round_up(0.13), round_up(5.0), round_up(501)
    (0.2, 5.0, 1000.0)
    """
    power = math.floor(math.log10(value))
    for exponent, digit in ((power, 1), (power, 2), (power, 5), (power + 1, 1)):
        step = float(f"{digit}e{exponent}")
        if step >= value * (1 - 1e-9):
            break
    return step


def scene(spikes: Spikes, start: float, stop: float, first: int, last: int, columns: int = COLUMNS) -> Scene:
    """Count the spikes between two times and of some neurons.

    Parameters
    ----------
    spikes : Spikes
    start, stop : float
        In ms, 0 ≤ `start` < `stop` ≤ duration.
    first, last : int
        Neurons, 0 ≤ `first` ≤ `last` < n_units.
    columns : int
        How many columns there may be, at least 50: not more than the screen has pixels.

    Examples
    --------
    >>> seen = scene(Spikes([1.0, 2.0, 2.5], [0, 1, 1], duration=500), 0, 500, 0, 1)
    >>> seen.counts.shape, seen.width, seen.neurons, seen.n_spikes
    ((2, 500), 1.0, 1, 3)
    >>> seen.counts[:, :4]
    array([[0, 1, 0, 0],
           [0, 0, 2, 0]], dtype=int32)
    """
    width = round_up((stop - start) / (columns - 2 * BIN))
    group = int(max(1.0, round_up((last - first + 1) / (ROWS - 1))))
    bin_width = BIN * width
    column = BIN * math.floor(start / bin_width + 1e-9)
    end = BIN * math.ceil(stop / bin_width - 1e-9)
    row = first // group
    cells = counts_in_cells(spikes, width, group, (column, end), (row, last // group + 1))
    counts = np.ascontiguousarray(cells.T)

    bins = bin_width * np.arange(column // BIN, end // BIN + 1)
    lasts = np.diff(np.minimum(bins, spikes.duration))
    edges = group * np.arange(row, row + counts.shape[0] + 1)
    sizes = np.diff(np.minimum(edges, spikes.n_units))
    in_bins = counts.reshape(counts.shape[0], -1, BIN).sum(axis=(0, 2))
    seen = slice(np.searchsorted(spikes.times, start), np.searchsorted(spikes.times, stop, side="right"))
    inside = (spikes.units[seen] >= first) & (spikes.units[seen] <= last)
    n_spikes = int(np.count_nonzero(inside))
    times, units = spikes.times[seen], spikes.units[seen]
    few = inside if n_spikes <= SINGLE else slice(0)
    return Scene(
        counts, width, group, column * width, row * group,
        bins, in_bins * (1000 / (lasts * sizes.sum())),
        edges, counts.sum(axis=1) * (1000 / (sizes * lasts.sum())),
        times[few], units[few], n_spikes,
    )  # fmt: skip
