r"""Decoders: what each neuron's rate is worth, so that the sum over all comes nearest to what was meant.

With the rates $A$ (points by neurons) and what should be read at these points, $X$,

$$ D = \left( A^\top A + m\, \sigma^2 I \right)^{-1} A^\top X, \qquad \hat x = A D $$

for $m$ points. This is least squares for rates that are noisy with the standard deviation $\sigma$. It is
given as a share of the highest rate and is called regularisation: without it neurons of nearly the same
tuning would be weighed against each other, thousands of times what they say. The error has two parts,

$$ E = \underbrace{\langle | x - \hat x |^2 \rangle}_{\text{distortion}}
+ \underbrace{\sigma^2 \textstyle\sum_i | d_i |^2}_{\text{noise}} $$

Weights from one population to another are products, $W = \alpha\, E D^\top$: to know the numbers that stand
between them is to know all synapses.

Source: C. Eliasmith and C. H. Anderson (2003), Neural Engineering, MIT Press, chapters 2 and 4.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, non_negative, positive
from snnlab.coding.nef.tuned_population import TunedPopulation, check_population
from snnlab.compiling import kernel

__all__ = ["DecodingError", "decoders", "decoding_error", "full_weights"]


class DecodingError(NamedTuple):
    """Both parts of the squared error.

    Examples
    --------
    >>> DecodingError(distortion=1e-4, noise=3e-4).noise
    0.0003
    """

    distortion: float
    """Mean squared distance of what is read without noise."""
    noise: float
    """What the noise of the rates adds to it, on average."""


def decoders(rates: ArrayLike, target: ArrayLike, reg: float = 0.1) -> np.ndarray:
    """The decoders of a function of what is represented.

    Parameters
    ----------
    rates : array of shape (points, neurons)
        A, Hz, not all 0.
    target : array of shape (points, values)
        X, what should be read at each point.
    reg : float
        σ as a share of the highest rate, above 0.

    Returns
    -------
    array of shape (neurons, values)

    Examples
    --------
    >>> a = np.array([[0.0, 100.0], [25.0, 75.0], [100.0, 0.0]])
    >>> d = decoders(a, [[-1.0], [-0.5], [1.0]], reg=0.01)
    >>> print((a @ d).ravel().round(2))
    [-1.  -0.5  1. ]
    """
    a, x, sigma = _read(rates, target, reg)
    n = a.shape[1]
    d, factor = np.empty((n, x.shape[1])), np.empty((n, n))
    solve_positive(a.T @ a, a.T @ x, n, len(a) * sigma**2, factor, d)
    return d


def decoding_error(rates: ArrayLike, target: ArrayLike, d: ArrayLike, reg: float = 0.1) -> DecodingError:
    """How far off the decoded values are.

    Parameters
    ----------
    rates, target, reg
        As for `decoders`; other points than those tell more.
    d : array of shape (neurons, values)
        Decoders.

    Examples
    --------
    >>> decoding_error([[100.0], [0.0]], [[1.0], [0.0]], [[0.01]], reg=0.1)
    DecodingError(distortion=0.0, noise=0.01)
    """
    a, x, sigma = _read(rates, target, reg)
    d = finite_array("d", d, (2,), "(neurons, values)")
    if d.shape != (a.shape[1], x.shape[1]):
        raise ValueError(f"d must have shape ({a.shape[1]}, {x.shape[1]}), got {d.shape}")
    distortion = np.mean(np.sum((a @ d - x) ** 2, axis=1))
    return DecodingError(float(distortion), float(sigma**2 * np.sum(d**2)))


def full_weights(population: TunedPopulation, d: ArrayLike) -> np.ndarray:
    r"""All synapses onto a population, $w_{ij} = \alpha_i\, e_i \cdot d_j$.

    Parameters
    ----------
    population
        Who listens.
    d : array of shape (neurons, dimensions)
        Decoders of those who talk, of as many values as the listeners have dimensions.

    Returns
    -------
    array of shape (listeners, talkers)
        Threshold currents for each Hz.

    Examples
    --------
    >>> full_weights(TunedPopulation(np.ones((1, 1)), np.full(1, 2.0), np.ones(1)), [[0.5], [-0.5]])
    array([[ 1., -1.]])
    """
    population, d = check_population(population), finite_array("d", d, (2,), "(neurons, dimensions)")
    if d.shape[1] != population.encoders.shape[1]:
        raise ValueError(f"d must have {population.encoders.shape[1]} columns, got {d.shape[1]}")
    return population.gain[:, None] * (population.encoders @ d.T)


def _read(rates: ArrayLike, target: ArrayLike, reg: float) -> tuple[np.ndarray, np.ndarray, float]:
    a = finite_array("rates", rates, (2,), "(points, neurons)")
    x, reg = finite_array("target", target, (2,), "(points, values)"), positive("reg", reg)
    if len(a) != len(x):
        raise ValueError(f"target must have {len(a)} rows, one a point, got {len(x)}")
    if not a.size or non_negative("rates", a.max(initial=0.0)) == 0:
        raise ValueError("rates must be above 0 somewhere, got none")
    return a, x, reg * float(a.max())


@kernel
def solve_positive(m, b, n, ridge, factor, x):
    """Solve (m + ridge I) x = b for the first `n` rows and columns of a positive matrix, by Cholesky."""
    for i in range(n):
        for j in range(i + 1):
            total = m[i, j] + (ridge if i == j else 0.0)
            for k in range(j):
                total -= factor[i, k] * factor[j, k]
            factor[i, j] = math.sqrt(total) if i == j else total / factor[j, j]
    for c in range(b.shape[1]):
        for i in range(n):
            total = b[i, c]
            for k in range(i):
                total -= factor[i, k] * x[k, c]
            x[i, c] = total / factor[i, i]
        for i in range(n - 1, -1, -1):
            total = x[i, c]
            for k in range(i + 1, n):
                total -= factor[k, i] * x[k, c]
            x[i, c] = total / factor[i, i]
