r"""The Victor–Purpura distance: what it costs to turn one train into the other.

A spike is inserted or taken away for 1, and moved in time by $\Delta t$ for $q\,|\Delta t|$. The distance is
the price of the cheapest way. With $G_{j,k}$ that of the first $j$ spikes of one train and the first $k$ of
the other:

$$ G_{j,k} = \min\left\{ G_{j-1,k} + 1,\ G_{j,k-1} + 1,\ G_{j-1,k-1} + q\,|a_j - b_k| \right\} $$

For $q = 0$ only the numbers of spikes count. Two spikes further apart than $2/q$ are not worth moving.

Source: J. D. Victor and K. P. Purpura (1996), Journal of Neurophysiology 76, 1310–1326.
"""

import numpy as np

from snnlab.checks import non_negative
from snnlab.coding.pairs import two_trains
from snnlab.compiling import kernel
from snnlab.spikes import Spikes

__all__ = ["victor_purpura_distance"]


def victor_purpura_distance(a: Spikes, b: Spikes, cost: float) -> float:
    """The Victor–Purpura distance of two trains.

    Parameters
    ----------
    a, b : Spikes of one unit
        The trains, looked at for the same time.
    cost : float
        q: what it costs to move a spike by one second, 1/s.

    Returns
    -------
    float
        The least cost; at most the number of spikes of both.

    Examples
    --------
    >>> a, b = Spikes([10.0, 20.0], duration=100), Spikes([12.0], duration=100)
    >>> victor_purpura_distance(a, b, cost=100.0)
    1.2
    """
    one, two, _ = two_trains(a, b)
    row = np.arange(two.size + 1.0)
    _fill(one, two, row, non_negative("cost", cost) / 1000.0)
    return float(row[-1])


@kernel
def step(skip_a, skip_b, both, cost, apart):
    """The cheapest way to one more spike in each train."""
    return min(skip_a + 1.0, skip_b + 1.0, both + cost * apart)


@kernel
def _fill(a, b, row, cost):
    """All rows of the table, each over the one before; `row` starts as that of no spike of `a`."""
    for j in range(a.size):
        both = row[0]
        row[0] = j + 1.0
        for k in range(b.size):
            skip_a = row[k + 1]
            row[k + 1] = step(skip_a, row[k], both, cost, abs(a[j] - b[k]))
            both = skip_a
