r"""Weights and delays: one for all, one for each synapse, or drawn from a truncated normal distribution.

$$ x \sim \mathcal{N}(\mu, \sigma^2), \qquad low \le x \le high $$

What falls outside is drawn again, which leaves the shape of the distribution between its ends as it is.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import NonNegative, as_real, checked, finite_array, whole
from snnlab.networks.wiring.connections import Connections, check_connections
from snnlab.random import generator

__all__ = ["TruncatedNormal", "weighted"]

_LEAST_SHARE = 1e-3  # of the normal distribution between the ends: fewer would be drawn for ever


class TruncatedNormal(NamedTuple):
    """A normal distribution without its tails.

    Examples
    --------
    >>> delay = TruncatedNormal(1.5, 0.75, low=0.1, high=5.0, grid=0.1)
    >>> bool((delay.draw(1000, np.random.default_rng(1)) >= 0.1).all())
    True
    """

    mean: float
    """Of the whole distribution, in the unit of what is drawn."""
    sd: NonNegative
    """Its standard deviation."""
    low: float
    """The least that is drawn."""
    high: float
    """The most that is drawn."""
    grid: NonNegative = 0.0
    """What is drawn is rounded to multiples of this, as delays have to be of dt; 0 for not at all."""

    def draw(self, n: int, rng: np.random.Generator) -> np.ndarray:
        """`n` values, shape (n,).

        Parameters
        ----------
        n : int
            How many.
        rng : numpy.random.Generator
            Where they come from.

        Examples
        --------
        >>> TruncatedNormal(1.5, 0.0, low=0.1, high=5.0).draw(2, np.random.default_rng(1))
        array([1.5, 1.5])
        """
        mean, sd, low, high, grid = check_truncated(self)
        n, rng = whole("n", n), generator(rng)
        out = rng.normal(mean, sd, n)
        again = np.flatnonzero((out < low) | (out > high))
        while again.size:
            out[again] = rng.normal(mean, sd, again.size)
            again = again[(out[again] < low) | (out[again] > high)]
        if grid:  # to the nearest multiple between the ends
            out = np.clip(np.rint(out / grid), math.ceil(low / grid - 1e-9), math.floor(high / grid + 1e-9))
            out *= grid
        return out


def check_truncated(distribution: TruncatedNormal) -> TruncatedNormal:
    """`distribution`, if something can be drawn from it."""
    mean, sd, low, high, grid = checked("the distribution", distribution, TruncatedNormal)
    if low > high:
        raise ValueError(f"high must be at least low ({low:g}), got {high:g}")
    if sd:
        ends = [math.erf((end - mean) / (sd * math.sqrt(2.0))) for end in (low, high)]
        share = 0.5 * (ends[1] - ends[0])
    else:
        share = float(low <= mean <= high)
    if share < _LEAST_SHARE:
        raise ValueError(f"low to high must hold at least {_LEAST_SHARE:g} of the values, got {share:.2g}")
    for end in (low, high) if grid else ():
        as_real("an end in steps of grid", end / grid)
    if grid and math.ceil(low / grid - 1e-9) > math.floor(high / grid + 1e-9):
        raise ValueError(f"grid must have a multiple from low to high, got {grid:g}")
    return TruncatedNormal(mean, sd, low, high, grid)


def weighted(
    connections: Connections,
    w: ArrayLike | TruncatedNormal | None = None,
    delay: ArrayLike | TruncatedNormal | None = None,
    rng: np.random.Generator | None = None,
) -> Connections:
    """The same synapses with other weights and delays.

    Parameters
    ----------
    connections
        The synapses.
    w : float, array of shape (synapses,), or TruncatedNormal, optional
        Weights in the unit of the synapse; left out, they stay as they are.
    delay : float, array of shape (synapses,), or TruncatedNormal, optional
        Delays in ms; left out, they stay as they are.
    rng
        What is drawn from; only a distribution needs it.

    Examples
    --------
    >>> from snnlab.networks import one_to_one
    >>> lines = weighted(one_to_one()(2, 2), w=-0.5, delay=[1.5, 2.0])
    >>> print(lines.w, lines.delay)
    [-0.5 -0.5] [1.5 2. ]
    """
    lines = check_connections(connections)
    new_w = lines.w if w is None else _one_each("w", w, lines.pre.size, rng)
    new_delay = lines.delay if delay is None else _one_each("delay", delay, lines.pre.size, rng)
    return check_connections(lines._replace(w=new_w, delay=new_delay))


def _one_each(
    name: str, value: ArrayLike | TruncatedNormal, n: int, rng: np.random.Generator | None
) -> np.ndarray:
    if isinstance(value, TruncatedNormal):
        if rng is None:
            raise ValueError(f"rng must be given for {name} to be drawn, got None")
        return value.draw(n, rng)
    array = finite_array(name, value, (0, 1), "() or (synapses,)")
    if array.ndim == 0:
        return np.full(n, float(array))
    if array.size != n:
        raise ValueError(f"{name} must be a number or one for each synapse ({n}), got {array.size}")
    return array
