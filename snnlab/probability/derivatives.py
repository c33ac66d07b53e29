r"""The log-likelihood of all bins, and how it changes with the weights.

With one row $x_t$ of the design matrix for each bin, whose first element is 1, the potential is
$u_t = w \cdot x_t$ and

$$ \frac{\partial \mathcal{L}}{\partial w} = \sum_t \frac{\partial \ell}{\partial u_t}\, x_t, \qquad
\frac{\partial^2 \mathcal{L}}{\partial w^2} = \sum_t \frac{\partial^2 \ell}{\partial u_t^2}\, x_t x_t^T $$

For the logistic and the exponential link the slope is what came minus what was expected, $y_t - \bar y_t$.
All second derivatives of bins are negative or 0, and so is the whole: the log-likelihood is concave.
"""

from typing import NamedTuple

import numpy as np

from snnlab.probability.links import pulls

__all__ = ["Derivatives", "derivatives"]

_BLOCK = 4096  # rows that stay in a core's cache


class Derivatives(NamedTuple):
    """The log-likelihood at some weights, without the terms ln y!, and how it changes there."""

    value: float
    """Nats."""
    gradient: np.ndarray
    """Shape (features,)."""
    hessian: np.ndarray
    """Shape (features, features); no direction in it bends upwards."""
    u: np.ndarray
    """Potential of each bin, shape (bins,)."""


def derivatives(x: np.ndarray, y: np.ndarray, code: int, w: np.ndarray) -> Derivatives:
    """The log-likelihood, its gradient and its Hessian.

    Parameters
    ----------
    x : array of shape (bins, features)
        Design matrix; its first column is 1 where there is an intercept.
    y : array of shape (bins,)
        Counts.
    code : int
        The link, from `snnlab.probability.links.link_code`.
    w : array of shape (features,)
        Weights.

    Examples
    --------
    >>> found = derivatives(np.ones((4, 1)), np.array([1.0, 0, 0, 0]), 0, np.array([0.0]))
    >>> print(f"{found.value:.3f} {found.gradient} {found.hessian[0]}")
    -2.773 [-1.] [-1.]
    """
    u = x @ w
    slope, bend = np.empty(u.size), np.empty(u.size)
    value = pulls(u, y, code, slope, bend)
    hessian = np.zeros((w.size, w.size))
    for start in range(0, u.size, _BLOCK):  # no second design matrix in memory
        rows = x[start : start + _BLOCK]
        hessian -= (rows * bend[start : start + _BLOCK, None]).T @ rows
    return Derivatives(float(value), slope @ x, hessian, u)
