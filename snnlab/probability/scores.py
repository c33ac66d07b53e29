r"""How good a likelihood is: deviance, and bits per spike.

A log-likelihood alone says little: it grows with the recording. Two measures set it beside another model.
The *deviance* looks up, at a model that knows every count beforehand,

$$ D = 2 \left(\mathcal{L}_{\text{every count known}} - \mathcal{L}\right) $$

and *bits per spike* look down, at a neuron that fires at a constant rate:

$$ B = \frac{\mathcal{L} - \mathcal{L}_{\text{constant}}}{n \ln 2} $$

with $n$ spikes. On bins that were not fitted, $B$ falls below 0 where a model is worse than no model.

Source: J. W. Pillow et al. (2008), Nature 454, 995–999; P. McCullagh and J. A. Nelder (1989), Generalized
Linear Models, section 2.3.
"""

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, non_negative
from snnlab.probability.links import (
    EXPONENTIAL,
    Link,
    counts_of,
    link_code,
    log_factorials,
    log_likelihood,
    potential_of_rate,
)

__all__ = ["bits_per_spike", "deviance"]


def deviance(u: ArrayLike, y: ArrayLike, link: Link = "logistic") -> float:
    """Twice the nats that are missing to a model that knows every count beforehand.

    Parameters
    ----------
    u : array of shape (bins,)
        Potential of each bin.
    y : array of shape (bins,)
        What it held.
    link
        What makes a probability of the potential; of a fit, ``fit.link``. The default is right for logistic
        fits only.

    Returns
    -------
    float
        Nats, never below 0; 0 if every count was sure.

    Examples
    --------
    >>> print(f"{deviance([0.0, 0.0], [1, 0]):.4f} = 4 ln(2)")
    2.7726 = 4 ln(2)
    """
    counts = counts_of(y, link_code(link))
    some = counts[counts > 0]
    known = some @ np.log(some) - some.sum() - log_factorials(some) if link_code(link) == EXPONENTIAL else 0.0
    return float(2 * (known - log_likelihood(u, y, link)))


def bits_per_spike(
    u: ArrayLike, y: ArrayLike, link: Link = "logistic", constant: float | None = None
) -> float:
    """How many bits a spike a model knows more than a constant rate does.

    Parameters
    ----------
    u : array of shape (bins,)
        Potential of each bin.
    y : array of shape (bins,)
        What it held.
    link
        What makes a probability of the potential; of a fit, ``fit.link``. The default is right for logistic
        fits only.
    constant : float, optional
        Spikes a bin of the constant rate; if left out, those of `y`. For bins that were not fitted it is the
        mean of those that were.

    Returns
    -------
    float
        NaN where there is no spike.

    Examples
    --------
    >>> print(f"{bits_per_spike([4.0, -4.0], [1, 0]):.2f}")  # nearly all that a fair coin leaves open
    1.95
    """
    counts, u = counts_of(y, link_code(link)), finite_array("u", u, (1,), "(bins,)")
    if not counts.any():
        return float("nan")
    mean = float(counts.mean()) if constant is None else non_negative("constant", constant)
    if mean == 0 or (mean >= 1 and link_code(link) != EXPONENTIAL):
        return float("nan")  # a rate that is sure of every bin has no potential
    level = np.full(counts.size, potential_of_rate(mean, link))
    gained = log_likelihood(u, counts, link) - log_likelihood(level, counts, link)
    return float(gained / (counts.sum() * np.log(2.0)))
