r"""From the potential of a bin to the probability of what it holds: three links, and their slopes.

In bin $t$ a neuron has a potential $u_t$ without unit. Three links make of it the probability of the count
$y_t$ in that bin:

- *logistic*: a spike has probability $p = 1 / (1 + e^{-u})$;
- *complementary log-log*: a spike has probability $p = 1 - e^{-m}$ with $m = e^u$. This is the soft
  threshold of escape noise: $m$ is the hazard times the length of the bin;
- *exponential*: the count is of a Poisson distribution with mean $m = e^u$.

The log-likelihood of a bin is

$$ \ell = y u - \ln(1 + e^u), \qquad
\ell = y \ln(1 - e^{-m}) - (1 - y)\, m, \qquad
\ell = y u - m - \ln y! $$

Each bends downwards everywhere, $\partial^2 \ell / \partial u^2 \le 0$: where $u$ is a weighted sum there is
no second maximum. In narrow bins $m$ is small and the three agree: $\ell \approx y u - e^u$.

Source: W. Truccolo, U. T. Eden, M. R. Fellows, J. P. Donoghue and E. N. Brown (2005), Journal of
Neurophysiology 93, 1074–1089; L. Paninski (2004), Network: Computation in Neural Systems 15, 243–262.
"""

import math
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array
from snnlab.compiling import inlined_kernel, kernel

__all__ = ["Link", "counts_of", "expected_counts", "link_code", "log_likelihood", "potential_of_rate"]

Link = Literal["logistic", "complementary_log_log", "exponential"]

LOGISTIC, COMPLEMENTARY_LOG_LOG, EXPONENTIAL = 0, 1, 2


def link_code(link: object) -> int:
    """The number by which kernels know a link."""
    if link not in get_args(Link):
        raise ValueError(f"link must be one of {', '.join(get_args(Link))}, got {link!r}")
    return get_args(Link).index(link)


def counts_of(y: ArrayLike, code: int) -> np.ndarray:
    """`y` as an array of counts that the link can have: 0 and 1, or with the exponential one any."""
    y = finite_array("y", y, (1,), "(bins,)")
    wrong = (y < 0) | (y != np.rint(y)) if code == EXPONENTIAL else (y != 0) & (y != 1)
    if wrong.any():
        few = "0 and 1 (narrower bins, `np.minimum(y, 1)`, or exponential)"
        rule = "whole numbers from 0" if code == EXPONENTIAL else few
        raise ValueError(f"y must hold {rule}, got {y[wrong][0]:g} in bin {int(np.argmax(wrong))}")
    return y


def expected_counts(u: ArrayLike, link: Link = "logistic") -> np.ndarray:
    """How many spikes are expected in a bin with this potential: the probability of one, or the mean count.

    Parameters
    ----------
    u : array of any shape
        Potential of each bin.
    link
        What makes a probability of it; of a fit, ``fit.link``. The default is right for logistic
        fits only.

    Returns
    -------
    array of the shape of `u`

    Examples
    --------
    >>> print(expected_counts([-2.0, 0.0], "complementary_log_log").round(3))
    [0.127 0.632]
    """
    code, u = link_code(link), finite_array("u", u, tuple(range(33)), "any")
    if code == LOGISTIC:
        return np.exp(-np.logaddexp(0.0, -u))
    m = np.exp(np.minimum(u, 700.0))
    return -np.expm1(-m) if code == COMPLEMENTARY_LOG_LOG else m


def potential_of_rate(count: float, link: Link) -> float:
    """The potential at which `count` spikes are expected in a bin."""
    code = link_code(link)
    if code == LOGISTIC:
        return math.log(count) - math.log1p(-count)
    return math.log(-math.log1p(-count)) if code == COMPLEMENTARY_LOG_LOG else math.log(count)


def log_likelihood(u: ArrayLike, y: ArrayLike, link: Link = "logistic") -> float:
    r"""The logarithm of the probability of all counts, $\sum_t \ell(u_t, y_t)$, in nats.

    Those of bins of different lengths $\Delta t$ are not comparable. In narrow bins what may be compared is
    $\mathcal{L} - n \ln \Delta t$, with $n$ spikes: the log-likelihood of the times themselves.

    Parameters
    ----------
    u : array of shape (bins,)
        Potential of each bin.
    y : array of shape (bins,)
        What it held: 0 or 1, or with the exponential link a count.
    link
        What makes a probability of the potential; of a fit, ``fit.link``. The default is right for logistic
        fits only.

    Returns
    -------
    float
        Nats, never above 0.

    Examples
    --------
    >>> print(f"{log_likelihood([0.0, 0.0], [1, 0]):.4f} = ln(1/4)")
    -1.3863 = ln(1/4)
    """
    code, u = link_code(link), finite_array("u", u, (1,), "(bins,)")
    y = counts_of(y, code)
    if y.size != u.size:
        raise ValueError(f"y must have one value for each bin of u ({u.size}), got {y.size}")
    return float(pulls(u, y, code, np.empty(u.size), np.empty(u.size)) - log_factorials(y))


def log_factorials(y: np.ndarray) -> float:
    """The sum of ln y!, which no weight changes."""
    return sum(math.lgamma(count + 1.0) for count in y[y > 1])


@inlined_kernel
def pull(u, y, code):
    """The log-likelihood of a bin but for ln y!, its slope in `u`, and how strongly it bends downwards."""
    if code == 0:
        e = math.exp(-abs(u))
        p = 1.0 / (1.0 + e) if u > 0.0 else e / (1.0 + e)
        return y * u - max(u, 0.0) - math.log1p(e), y - p, e / (1.0 + e) ** 2
    m = math.exp(min(u, 700.0))
    if code == 2 or y == 0.0:
        return y * u - m, y - m, m
    if m > 30.0:  # a spike is as good as sure; beyond 700 it is sure, and m squared need not be a number
        silent = math.exp(-m) if m < 700.0 else 0.0
        m = min(m, 700.0)
        return -silent, m * silent, m * (m - 1.0) * silent
    if u < -30.0:  # a spike in a bin that hardly ever has one: ln(m), where m may have become 0
        return u - m / 2.0, 1.0 - m / 2.0, m / 2.0
    fired = -math.expm1(-m)
    slope = m * math.exp(-m) / fired
    # m / fired - 1 loses its digits where m is small; there it is m / 2
    bend = m / fired - 1.0 if m > 1e-5 else m / 2.0
    return math.log(fired), slope, slope * bend


@kernel
def pulls(u, y, code, slope, bend):
    """`pull` of each bin; returns the sum of the log-likelihoods."""
    total = 0.0
    for t in range(u.size):
        value, slope[t], bend[t] = pull(u[t], y[t], code)
        total += value
    return total
