r"""Gaussian receptive fields: a value is told by which neurons of a row it excites, and how early they fire.

Each neuron prefers a value $c_j$ of its own, and the closer $x$ comes to it, the stronger and the earlier it
answers in a time $T$:

$$ g_j(x) = e^{-(x - c_j)^2 / 2 \sigma^2}, \qquad t_j = T \left(1 - g_j(x)\right) $$

A neuron that hardly answers stays silent. The logarithms of the answers lie on a parabola in $c_j$, and its
slope tells $x$, from two neurons $j$ and $k$ on without any error:

$$ x = \frac{c_j + c_k}{2} + \frac{\sigma^2}{c_k - c_j} \ln \frac{g_k}{g_j} $$

For more of them this is a regression, in which early spikes count more, since $\ln g$ of a late one is easily
wrong.

Source: S. M. Bohte, H. La Poutré and J. N. Kok (2002), IEEE Transactions on Neural Networks 13, 426–435.
"""

import math
from typing import Annotated, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.array_rules import Floats
from snnlab.checks import Positive, checked, finite_array, fraction, positive, whole
from snnlab.checks_of_spikes import be_spikes
from snnlab.coding.codes.first_spike import _first
from snnlab.coding.values import countable, shares, value_range
from snnlab.compiling import kernel
from snnlab.spikes import Spikes

__all__ = ["ReceptiveFields", "decode_fields", "encode_fields", "field_responses", "receptive_fields"]


class ReceptiveFields(NamedTuple):
    """A row of neurons, each with a value that it prefers.

    Examples
    --------
    >>> centres, width, low, high = receptive_fields(4)
    >>> print(centres)
    [-0.25  0.25  0.75  1.25]
    """

    centres: Annotated[np.ndarray, Floats("(n_fields,)", rising=True)]
    """The values that the neurons prefer, growing, shape (n_fields,)."""
    width: Positive
    """Standard deviation σ of the fields."""
    low: float
    """The smallest value that can be told."""
    high: float
    """The largest."""


def receptive_fields(
    n_fields: int, low: float = 0.0, high: float = 1.0, overlap: float = 1.5
) -> ReceptiveFields:
    """Fields that cover a range evenly, the first and the last one half a distance beyond its ends.

    Parameters
    ----------
    n_fields : int
        How many, 3 at least.
    low, high : float
        The ends of the range.
    overlap : float
        Distance between neighbours in standard deviations: the larger, the less they overlap. Up to 2.1, two
        neurons or more answer every value.

    Examples
    --------
    >>> receptive_fields(12, low=-1, high=1, overlap=2).width
    0.1
    """
    n_fields, (low, high) = whole("n_fields", n_fields, least=3), value_range(low, high)
    countable("n_fields", n_fields)
    distance = (high - low) / (n_fields - 2)
    centres = low + (np.arange(n_fields) - 0.5) * distance
    return ReceptiveFields(centres, distance / positive("overlap", overlap), low, high)


def check_fields(fields: ReceptiveFields) -> ReceptiveFields:
    """`fields` with one neuron or more, and every number valid."""
    fields = checked("fields", fields, ReceptiveFields)
    if not fields.centres.size:
        raise ValueError("centres must be one value or more, got none")
    value_range(fields.low, fields.high)
    return fields


def field_responses(values: ArrayLike, fields: ReceptiveFields) -> np.ndarray:
    """How strongly each value excites each neuron.

    Parameters
    ----------
    values : array of shape (n,)
        From ``fields.low`` to ``fields.high``.
    fields
        From `receptive_fields`.

    Returns
    -------
    array of shape (n, n_fields)
        g, from 0 to 1.

    Examples
    --------
    >>> print(field_responses([0.25, 0.5], receptive_fields(4)).round(2))
    [[0.32 1.   0.32 0.01]
     [0.08 0.75 0.75 0.08]]
    """
    fields = check_fields(fields)
    shares(values, fields.low, fields.high)
    away = finite_array("values", values, (1,), "(n,)")[:, None] - fields.centres
    return np.exp(-0.5 * (away / fields.width) ** 2)


def encode_fields(
    values: ArrayLike, fields: ReceptiveFields, duration: float, silent_below: float = 0.1
) -> Spikes:
    """One spike or none of each neuron, the earlier the closer the value comes to what it prefers.

    Parameters
    ----------
    values : array of shape (n,)
        From ``fields.low`` to ``fields.high``.
    fields
        From `receptive_fields`, one row for each value.
    duration : float
        T, ms.
    silent_below : float
        A response below this, from 0 to 1, makes no spike.

    Returns
    -------
    Spikes
        n · n_fields units: first the row of the first value, then that of the second, and so on.

    Examples
    --------
    >>> spikes = encode_fields([0.25], receptive_fields(4), duration=100)
    >>> print(spikes.units, spikes.times.round(1))
    [1 0 2] [ 0.  67.5 67.5]
    """
    response = field_responses(values, fields).ravel()
    duration, silent_below = positive("duration", duration), fraction("silent_below", silent_below)
    times = duration * (1.0 - response)
    fires = np.flatnonzero((response >= silent_below) & (times < duration))
    return Spikes(times[fires], fires, n_units=response.size, duration=duration)


def decode_fields(spikes: Spikes, fields: ReceptiveFields) -> np.ndarray:
    """The value behind the spikes of each row of neurons.

    Parameters
    ----------
    spikes
        From `encode_fields`, perhaps with jitter; what comes after a neuron's first spike does not count.
    fields
        As they were when the spikes were made.

    Returns
    -------
    array of shape (n,)
        The preferred value of a neuron that is the only one to fire in its row; NaN for a silent row.

    Examples
    --------
    >>> fields = receptive_fields(6)
    >>> print(decode_fields(encode_fields([0.0, 0.3, 0.77], fields, duration=20), fields).round(9))
    [0.   0.3  0.77]
    """
    be_spikes("spikes", spikes)
    fields = check_fields(fields)
    m = fields.centres.size
    if spikes.n_units % m:
        raise ValueError(f"spikes must have whole rows of {m} units, got {spikes.n_units} units")
    g = np.nan_to_num(1.0 - _first(spikes) / (spikes.duration or 1.0)).reshape(-1, m)  # 0 for a silent one
    return np.array([read_row(row, fields.centres, float(fields.width)) for row in g])


@kernel
def read_row(g, centres, width):
    """The value behind the answers of one row, a parabola through their logarithms; NaN if all are silent."""
    total, middle, answered = 0.0, 0.0, 0
    for j in range(g.size):
        total += g[j] * g[j]
        middle += g[j] * g[j] * centres[j]
        answered += 1 if g[j] > 0.0 else 0
    if total == 0.0:
        return math.nan
    middle /= total
    above, below = 0.0, 0.0
    for j in range(g.size):
        if g[j] > 0.0 and answered > 1:
            z = (centres[j] - middle) / width  # its weighted mean is 0
            above += g[j] * g[j] * z * (math.log(g[j]) + 0.5 * z * z)
            below += g[j] * g[j] * z * z
    return middle + (width * above / below if below > 0.0 else 0.0)
