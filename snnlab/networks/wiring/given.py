"""Connections that somebody gives one by one: from a list, and from a matrix."""

import numpy as np
from numpy.typing import ArrayLike

from snnlab.array_rules import Wholes
from snnlab.checks import finite_array
from snnlab.networks.wiring.connections import Connections, check_connections

__all__ = ["from_list", "from_matrix"]


def from_list(
    pre: ArrayLike, post: ArrayLike, w: ArrayLike = 1.0, delay: ArrayLike = 1.0, *, n_pre: int, n_post: int
) -> Connections:
    """Connections from lists of their ends.

    Parameters
    ----------
    pre, post : array of int of shape (synapses,)
        The neuron that fires and the neuron that is told, from 0.
    w : float or array of shape (synapses,)
        Weights in the unit of the synapse.
    delay : float or array of shape (synapses,)
        Delays, ms.
    n_pre, n_post : int
        Neurons of the two populations.

    Examples
    --------
    >>> lines = from_list([0, 1, 2], [1, 2, 0], w=0.5, delay=[1.5, 1.5, 3.0], n_pre=3, n_post=3)
    >>> print(lines.w, lines.delay)
    [0.5 0.5 0.5] [1.5 1.5 3. ]
    """
    pre, post = (Wholes("(synapses,)", least=None)(name, ids) for name, ids in (("pre", pre), ("post", post)))
    count = pre.shape
    weights, delays = (
        np.full(count, array) if array.ndim == 0 else array
        for array in (
            finite_array(name, values, (0, 1), "() or (synapses,)")
            for name, values in (("w", w), ("delay", delay))
        )
    )
    lines = Connections(pre, post, weights, delays, n_pre, n_post)
    return check_connections(lines)


def from_matrix(w: ArrayLike, delay: ArrayLike = 1.0) -> Connections:
    """Connections from a matrix of weights; where the weight is 0 there is none.

    Parameters
    ----------
    w : array of shape (n_post, n_pre)
        `w[post, pre]` in the unit of the synapse.
    delay : float or array of shape (n_post, n_pre)
        Delays, ms.

    Returns
    -------
    Connections
        Sorted by the neuron that fires.

    Examples
    --------
    >>> lines = from_matrix([[0.0, -4.0], [7.0, 0.0]], delay=2.0)
    >>> print(lines.pre, lines.post, lines.w)
    [0 1] [1 0] [ 7. -4.]
    """
    weights = finite_array("w", w, (2,), "(n_post, n_pre)")
    delays = finite_array("delay", delay, (0, 2), "() or (n_post, n_pre)")
    if delays.ndim and delays.shape != weights.shape:
        raise ValueError(f"delay must be a number or have shape {weights.shape}, got {delays.shape}")
    pre, post = np.nonzero(weights.T)
    n_post, n_pre = weights.shape
    lines = Connections(
        pre, post, weights[post, pre], np.broadcast_to(delays, weights.shape)[post, pre], n_pre, n_post
    )
    return check_connections(lines)
