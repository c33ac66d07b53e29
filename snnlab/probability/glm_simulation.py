r"""GLM neurons that run free: each bin throws its coin, and what fell is heard by the bins that follow.

With a drive $d$, which no spike changes, and filters $h_{ij}$ of what neuron $i$ hears of neuron $j$,

$$ u_{i,t} = d_{i,t} + \sum_j \sum_{\ell \ge 1} h_{ij}(\ell)\, y_{j,t-\ell} $$

and $y_{i,t}$ is drawn with the probability that the link makes of $u_{i,t}$. A fitted filter may excite its
own neuron beyond all bounds, although no bin of the recording says so. With the exponential link the counts
then grow until nothing can be drawn; the simulation stops there and says when.

Source: L. Paninski (2004), Network: Computation in Neural Systems 15, 243–262; running away: F. Gerhard,
M. Deger and W. Truccolo (2017), PLoS Computational Biology 13, e1005390.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, positive
from snnlab.compiling import kernel
from snnlab.kernel_arguments import numbers
from snnlab.probability.links import Link, link_code
from snnlab.random import seed_from, uniform
from snnlab.spikes import Spikes

__all__ = ["GLMRun", "simulate_glm"]

MOST = 30.0  # spikes expected in one bin; a bin should hold one at most


class GLMRun(NamedTuple):
    """A run of GLM neurons.

    Examples
    --------
    >>> GLMRun(np.zeros(2), np.array([0, 1]), Spikes([1.0], duration=2)).spikes.n_spikes
    1
    """

    u: np.ndarray
    """Potential of each bin, shape of the drive."""
    y: np.ndarray
    """What each bin holds, shape of the drive."""
    spikes: Spikes
    """The same as times; those of one bin are spread evenly from its start."""


def simulate_glm(
    drive: ArrayLike,
    filters: ArrayLike,
    link: Link = "logistic",
    dt: float = 1.0,
    given: ArrayLike | None = None,
    *,
    rng: np.random.Generator,
) -> GLMRun:
    """Draw the spikes of GLM neurons, bin by bin.

    Parameters
    ----------
    drive : array of shape (bins,) or (bins, n)
        What intercept and stimulus make of each bin.
    filters : array of shape (lags,) or (lags, n, n)
        What a spike adds to the potential of the next bin, the one after it, …. With one axis each neuron
        hears itself alone, so that columns are repetitions of one experiment; with three the axes are lag,
        who hears, and who fired.
    link
        What makes a probability of the potential.
    dt : float
        Length of a bin, ms.
    given : array of the shape of the drive, optional
        Counts that are not drawn, such as recorded trains of some of the neurons; NaN where a coin falls.
    rng
        Where the seed comes from; one number is drawn from it.

    Raises
    ------
    ValueError
        If a neuron runs away: with the exponential link, if more than 30 spikes are expected in one bin. With
        the others it fires in every bin, and nothing says so.

    Examples
    --------
    >>> run = simulate_glm(np.full(10_000, -3.0), [-20.0, -20.0, -2.0], rng=np.random.default_rng(1))
    >>> run.spikes
    Spikes(419 spikes of 1 unit in 10000 ms, 41.9 Hz a unit)
    >>> print(np.diff(run.spikes.times).min())  # twice silent for sure
    3.0
    """
    code, dt = link_code(link), positive("dt", dt)
    u = finite_array("drive", drive, (1, 2), "(bins,) or (bins, n)")
    table = (u[:, None] if u.ndim == 1 else u).copy()
    n = table.shape[1]
    filters = finite_array("filters", filters, (1, 3), "(lags,) or (lags, n, n)")
    if filters.ndim == 3 and filters.shape[1:] != (n, n):
        raise ValueError(f"filters must have shape (lags, {n}, {n}) for {n} neurons, got {filters.shape}")
    heard = filters.reshape(-1, 1, 1) if filters.ndim == 1 else filters
    y = _given(given, u.shape).reshape(table.shape)
    stopped = run(table, y, np.ascontiguousarray(heard), code, seed_from(rng))
    if stopped >= 0:
        raise ValueError(
            f"filters must not let a neuron run away, got more than {MOST:g} spikes expected in bin {stopped}"
        )
    shape = u.shape
    return GLMRun(table.reshape(shape), y.reshape(shape), Spikes.from_counts(y, dt))


def _given(given: ArrayLike | None, shape: tuple[int, ...]) -> np.ndarray:
    """Counts that are not drawn, and -1 where they are."""
    if given is None:
        return np.full(shape, -1, np.int64)
    counts = np.array(numbers("given", given))
    if counts.shape != shape:
        raise ValueError(f"given must have the shape of drive {shape}, got {counts.shape}")
    free = np.isnan(counts)
    wrong = counts[~free][(counts[~free] < 0) | (counts[~free] != np.rint(counts[~free]))]
    if wrong.size:
        raise ValueError(f"given must hold whole numbers from 0, or NaN, got {wrong[0]:g}")
    return np.where(free, -1.0, counts).astype(np.int64)


@kernel
def drawn(u, code, chance):
    """The count of a bin with the potential `u`, from a number that is uniform in [0, 1)."""
    if code == 0:
        return 1 if chance < 1.0 / (1.0 + math.exp(-u)) else 0
    m = math.exp(min(u, 700.0))
    if code == 1:
        return 1 if chance < -math.expm1(-m) else 0
    count, term = 0, math.exp(-m)  # one count after the other, until their probabilities reach the number
    total = term
    while total <= chance:
        count += 1
        term *= m / count
        if count > m and total + term == total:  # the number lies above all sums, by rounding
            break
        total += term
    return count


@kernel
def run(u, y, filters, code, seed):
    """All bins in order; counts below 0 are drawn. Returns the bin in which a neuron ran away, or -1."""
    bins, n = u.shape
    joined = filters.shape[1] == n and n > 1
    for t in range(bins):
        reach = min(filters.shape[0], bins - 1 - t)
        for j in range(n):
            if y[t, j] < 0:
                if code == 2 and u[t, j] > math.log(30.0):
                    return t
                y[t, j] = drawn(u[t, j], code, uniform(seed, np.uint64(j), np.uint64(t)))
        for j in range(n):
            if y[t, j] > 0:
                for lag in range(reach):
                    if joined:
                        for i in range(n):
                            u[t + 1 + lag, i] += y[t, j] * filters[lag, i, j]
                    else:
                        u[t + 1 + lag, j] += y[t, j] * filters[lag, 0, 0]
    return -1
