r"""A recurrent neural network in plain NumPy, as one writes it who has never heard of spikes.

Each neuron has a state that leaks, and tells a function $f$ of it to all, itself included:

$$ v_{t+1} = \beta\, v_t + W x_t + U s_t, \qquad s_{t+1} = f(v_{t+1} - 1) $$
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, fraction

__all__ = ["RecurrentRun", "plain_recurrent"]


class RecurrentRun(NamedTuple):
    """What a recurrent network does, step by step.

    Examples
    --------
    >>> RecurrentRun(v=np.zeros((3, 2)), s=np.zeros((3, 2))).v.shape
    (3, 2)
    """

    v: np.ndarray
    """States, shape (steps, neurons)."""
    s: np.ndarray
    """Outputs, shape (steps, neurons)."""


def plain_recurrent(
    w: ArrayLike, u: ArrayLike, x: ArrayLike, beta: float = 0.9, f: Callable = lambda y: np.heaviside(y, 0.0)
) -> RecurrentRun:
    """Run one from rest.

    Parameters
    ----------
    w : array of shape (neurons, inputs)
        W, weights from the inputs.
    u : array of shape (neurons, neurons)
        U, weights from the outputs of the step before.
    x : array of shape (steps, inputs)
        What comes in.
    beta : float
        What a step leaves of a state.
    f : function
        Of the distance from 1, for all neurons at once; the step if left out.

    Examples
    --------
    >>> plain_recurrent([[0.6]], [[-1.0]], np.ones((3, 1))).v.ravel()
    array([0.6  , 1.14 , 0.626])
    """
    w, u = finite_array("w", w, (2,), "(neurons, inputs)"), finite_array("u", u, (2,), "(neurons, neurons)")
    x, beta = finite_array("x", x, (2,), "(steps, inputs)"), fraction("beta", beta)
    if u.shape != (len(w), len(w)):
        raise ValueError(f"u must have shape ({len(w)}, {len(w)}), got {u.shape}")
    if x.shape[1] != w.shape[1]:
        raise ValueError(f"x must have {w.shape[1]} columns, one an input, got {x.shape[1]}")
    return RecurrentRun(*unroll(w, u, x, beta, f))


def unroll(w, u, x, beta, f):
    """States and outputs, step by step."""
    v = s = np.zeros(len(w))
    states, outputs = np.empty((2, len(x), len(w)))
    for t in range(len(x)):
        v = beta * v + w @ x[t] + u @ s
        s = f(v - 1)
        states[t], outputs[t] = v, s
    return states, outputs
