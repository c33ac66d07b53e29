r"""A neuron whose synapses exist by chance, and the probability that it fires.

Synapse $i$ has a strength $s_i$, a whole number that is given, and is there with the probability $c_i$. The
neuron adds up the spikes $x_i$ (0 or 1) that come over the synapses that are there, and a whole number, and
fires if the sum is above 0. In what follows all is independent, and $x_i$ is the probability of a spike:

$$ I = \sum_i s_i\, x_i\, c_i + b, \qquad \mu = \sum_i s_i x_i c_i + b, \qquad
\sigma^2 = \sum_i s_i^2\, x_i c_i\, (1 - x_i c_i) + f (1 - f) $$

where $b$ is made whole by chance: with its fractional part $f$ as the probability it is rounded up. The sum
is whole, so *above 0* is *at least 1*, and the normal distribution that stands for it is cut half way:

$$ P(I > 0) \approx \frac12 \left[ 1 + \operatorname{erf} \frac{\mu - \frac12}{\sqrt{2 \sigma^2}} \right] $$

A neuron that fired from 0 on would have $\mu + \frac12$. The distribution itself is made by adding one
synapse after the other, `sum_law`.

Source: S. K. Esser, R. Appuswamy, P. Merolla, J. V. Arthur and D. S. Modha (2015), Backpropagation for
energy-efficient neuromorphic computing, NeurIPS 28. The series of the normal distribution: G. Marsaglia
(2004), Journal of Statistical Software 11(4).
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import as_real, finite_array
from snnlab.compiling import kernel

__all__ = ["firing_probability", "sum_law"]


def firing_probability(mean: ArrayLike, variance: ArrayLike) -> np.ndarray:
    """The probability that a whole sum is above 0, from its mean and variance.

    Parameters
    ----------
    mean : float or array
        Of the sum.
    variance : float or array
        Of the sum, above 0; broadcast against `mean`.

    Examples
    --------
    >>> print(firing_probability([0.5, 2.5], 4.0).round(3))
    [0.5   0.841]
    """
    means = finite_array("mean", mean, tuple(range(33)), "any")
    variances = finite_array("variance", variance, tuple(range(33)), "any")
    if variances.size and variances.min() <= 0:
        raise ValueError(f"variance must be positive, got {variances.min():g}")
    return normal_share((means - 0.5) / np.sqrt(variances))


def normal_share(u: np.ndarray) -> np.ndarray:
    """The probability that a normally distributed number of mean 0 and variance 1 is below `u`."""
    found = np.empty(u.shape)
    shares_below(np.ascontiguousarray(u).ravel(), found.ravel())
    return found


def sum_law(chances: ArrayLike, strengths: ArrayLike, bias: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    """The distribution of the sum, exactly: one synapse after the other.

    Parameters
    ----------
    chances : array of shape (synapses,)
        The probability that something comes over each, x times c, from 0 to 1.
    strengths : array of int, shape (synapses,)
        s, whole numbers.
    bias : float
        What is added, rounded up with its fractional part as the probability.

    Returns
    -------
    sums : array of int
        All that can come out.
    probabilities : array
        Of each of them.

    Examples
    --------
    >>> sums, p = sum_law([0.5, 0.5], [1, -1])
    >>> print(sums, p)
    [-1  0  1] [0.25 0.5  0.25]
    """
    q = finite_array("chances", chances, (1,), "(synapses,)")
    s, bias = np.asarray(strengths), as_real("bias", bias)
    if s.shape != q.shape or s.dtype.kind not in "iu":
        raise ValueError(
            f"strengths must be {q.size} whole numbers, one a chance, got {s.shape} of {s.dtype}"
        )
    if q.size and not 0 <= q.min() <= q.max() <= 1:
        raise ValueError(f"chances must be from 0 to 1, got {q[(q < 0) | (q > 1)][0]:g}")
    floor = math.floor(bias)
    q, s = np.r_[q, bias - floor], np.r_[s.astype(np.int64), 1]
    least = int(np.minimum(s, 0).sum())
    p = np.zeros(int(np.abs(s).sum()) + 1)
    add_synapses(q, s, p, -least)
    sums = np.arange(p.size) + least + floor
    told = np.flatnonzero(p)
    kept = slice(told[0], told[-1] + 1)
    return sums[kept], p[kept]


@kernel
def share_below(u):
    """The normal distribution, by a series all of whose terms have one sign."""
    if u < -8.0:
        return 0.0
    if u > 8.0:
        return 1.0
    term, total, n = u, u, 1.0
    while abs(term) > 1e-17 * abs(total):
        n += 2.0
        term *= u * u / n
        total += term
    return 0.5 + total * math.exp(-0.5 * u * u) / math.sqrt(2.0 * math.pi)


@kernel
def shares_below(u, found):
    """`share_below` for each."""
    for k in range(u.size):
        found[k] = share_below(u[k])


@kernel
def add_synapses(chances, strengths, p, zero):
    """The probabilities of all sums, in `p`, whose entry `zero` is that of the sum 0."""
    for k in range(p.size):
        p[k] = 0.0
    p[zero] = 1.0
    for i in range(chances.size):
        q, s = chances[i], int(strengths[i])
        if s > 0:  # from the far end, so that nothing is moved twice
            for k in range(p.size - 1, -1, -1):
                p[k] = (1.0 - q) * p[k] + (q * p[k - s] if k >= s else 0.0)
        elif s < 0:
            for k in range(p.size):
                p[k] = (1.0 - q) * p[k] + (q * p[k - s] if k - s < p.size else 0.0)
