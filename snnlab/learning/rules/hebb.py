r"""Hebb's rule, and Oja's, which keeps it from running away. Neurons here are rates, without spikes.

A linear neuron answers $y = \mathbf w \cdot \mathbf x$. What fires together grows together (Hebb):

$$ \Delta \mathbf w = \eta\, y\, \mathbf x $$

On average that is $\eta\, C \mathbf w$ with the correlations $C = \langle \mathbf x \mathbf x^T \rangle$ of
the inputs, so the weights grow without end, fastest along the eigenvector of the largest eigenvalue. Oja lets
them forget as much as they gain,

$$ \Delta \mathbf w = \eta\, y\, (\mathbf x - y\, \mathbf w) $$

and the length of $\mathbf w$ goes to 1: what is left is the direction, the first principal component (for
inputs of mean zero).

Source: D. O. Hebb (1949), The Organization of Behavior, chapter 4; E. Oja (1982), Journal of Mathematical
Biology 15, 267–273.
"""

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, non_negative
from snnlab.compiling import kernel

__all__ = ["learn_hebb", "learn_oja"]


def learn_hebb(x: ArrayLike, w: ArrayLike, eta: float = 0.01) -> np.ndarray:
    """Hebb's rule, one input after the other.

    Parameters
    ----------
    x : array of shape (steps, n)
        The inputs, one row a step.
    w : array of shape (n,)
        The weights at the start.
    eta : float
        Learning rate.

    Returns
    -------
    array of shape (steps, n)
        The weights after each step; infinite or NaN once no number is large enough.

    Examples
    --------
    >>> print(learn_hebb([[1.0, 0.0], [1.0, 1.0]], [0.5, 0.5], eta=0.1).round(3))
    [[0.55  0.5  ]
     [0.655 0.605]]
    """
    return _learnt(x, w, eta, 0.0)


def learn_oja(x: ArrayLike, w: ArrayLike, eta: float = 0.01) -> np.ndarray:
    """Oja's rule, one input after the other.

    Parameters
    ----------
    x : array of shape (steps, n)
        The inputs, one row a step.
    w : array of shape (n,)
        The weights at the start.
    eta : float
        Learning rate; η y² must stay well below 1, or the weights jump.

    Returns
    -------
    array of shape (steps, n)
        The weights after each step; infinite or NaN where they have jumped beyond all numbers.

    Examples
    --------
    >>> w = learn_oja(np.tile([[3.0, 4.0]], (200, 1)), [1.0, 0.0])[-1]
    >>> print(w.round(3))
    [0.6 0.8]
    """
    return _learnt(x, w, eta, 1.0)


def _learnt(x: ArrayLike, w: ArrayLike, eta: float, forget: float) -> np.ndarray:
    x = finite_array("x", x, (2,), "(steps, n)")
    w = finite_array("w", w, (1,), "(n,)")
    if w.size != x.shape[1]:
        raise ValueError(f"w must have one weight for each of the {x.shape[1]} inputs, got {w.size}")
    history = np.empty(x.shape)
    run(x, w.copy(), history, non_negative("eta", eta), forget)
    return history


@kernel
def step(w, x, y, eta, forget):
    """One weight after one input: Hebb without `forget`, Oja with `forget` 1."""
    return w + eta * y * (x - forget * y * w)


@kernel
def run(x, w, history, eta, forget):
    """All inputs, one after the other; `w` ends as the last row of `history`."""
    steps, n = x.shape
    for t in range(steps):
        y = 0.0
        for k in range(n):
            y += w[k] * x[t, k]
        for k in range(n):
            w[k] = step(w[k], x[t, k], y, eta, forget)
            history[t, k] = w[k]
