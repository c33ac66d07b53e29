"""How far all trains of a recording are from one another, as a matrix."""

from collections.abc import Callable
from numbers import Real

import numpy as np

from snnlab.checks import function
from snnlab.checks_of_spikes import be_spikes
from snnlab.spikes import Spikes

__all__ = ["distance_matrix"]


def distance_matrix(spikes: Spikes, measure: Callable[..., float], **numbers: float) -> np.ndarray:
    """The spike train distance of each pair of units, or any other measure that both trains share.

    Parameters
    ----------
    spikes
        Trains of one or more units, looked at for the same time.
    measure : function
        Given two trains and `numbers`, one number, the same in either order: `victor_purpura_distance`,
        `van_rossum_distance`, `isi_distance`, `spike_distance`, `spike_synchronisation` or `sttc`.
    **numbers : float
        What the measure takes beside the trains, such as ``cost=100.0`` or ``tau=10.0``.

    Returns
    -------
    array of shape (n_units, n_units)
        Symmetric, on its diagonal each train with itself; NaN where the measure is not defined.

    Examples
    --------
    >>> from snnlab.coding import victor_purpura_distance
    >>> spikes = Spikes([10.0, 20.0, 12.0, 50.0], units=[0, 0, 1, 2], duration=100)
    >>> print(distance_matrix(spikes, victor_purpura_distance, cost=100.0))
    [[0.  1.2 3. ]
     [1.2 0.  2. ]
     [3.  2.  0. ]]
    """
    be_spikes("spikes", spikes)
    measure = function("measure", measure)
    trains = [spikes[unit : unit + 1] for unit in range(spikes.n_units)]
    matrix = np.empty((len(trains), len(trains)))
    for row, one in enumerate(trains):
        for column in range(row, len(trains)):
            found = measure(one, trains[column], **numbers)
            matrix[row, column] = matrix[column, row] = _number(found)
    return matrix


def _number(found: object) -> float:
    """What a measure returned, which may be NaN."""
    if isinstance(found, bool) or not isinstance(found, Real):
        raise TypeError(f"measure must return a number, got {type(found).__name__}")
    return float(found)
