r"""Connections: which neuron sends its spikes to which, how strongly, and how long they take.

A network is a directed graph. A *synapse* leads from a presynaptic neuron $j$ to a postsynaptic neuron $i$;
it has a weight $w_{ij}$ and a delay $d_{ij}$. What spikes $S_j(t) = \sum_f \delta(t - t_j^{(f)})$ bring to
neuron $i$ is

$$ I_i(t) = \sum_j w_{ij}\, S_j(t - d_{ij}) $$

summed over its synapses. Two neurons may be joined by several synapses (*multapses*), and a neuron to itself
(an *autapse*).

Source: E. Nordlie, M.-O. Gewaltig and H. E. Plesser (2009), PLoS Computational Biology 5, e1000456.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from snnlab.checks import finite_array, whole
from snnlab.foreign_arrays import as_array
from snnlab.work_and_memory import afford

__all__ = ["Connections", "check_connections"]

MOST_NEURONS = 2**31 - 1  # numbers of neurons have 32 bits


class Connections(NamedTuple):
    """Synapses between two populations, or within one; one entry each, in any order.

    The rules of `snnlab.networks`, `from_list` and `from_matrix` make them.

    Examples
    --------
    >>> lines = Connections(np.array([0, 1]), np.array([1, 2]), np.array([0.5, -2.0]), np.ones(2), 2, 3)
    >>> lines.w.size, lines.n_post
    (2, 3)
    """

    pre: np.ndarray
    """The neuron that fires, from 0, int32 of shape (synapses,)."""
    post: np.ndarray
    """The neuron that is told, from 0, int32 of shape (synapses,)."""
    w: np.ndarray
    """Weights in the unit of the synapse, float64 of shape (synapses,)."""
    delay: np.ndarray
    """Delays in ms, float64 of shape (synapses,)."""
    n_pre: int
    """Neurons of the population that sends."""
    n_post: int
    """Neurons of the population that is told."""


def check_connections(connections: Connections) -> Connections:
    """`connections`, if their arrays fit to one another and to the populations, as int32 and float64."""
    if not isinstance(connections, Connections):
        raise TypeError(
            "connections must be Connections, or a rule as one_to_one() where populations are connected, "
            f"got {getattr(connections, '__name__', type(connections).__name__)}"
        )
    n_pre, n_post = size("n_pre", connections.n_pre), size("n_post", connections.n_post)
    pre, post = neurons("pre", connections.pre, n_pre), neurons("post", connections.post, n_post)
    if post.shape != pre.shape:
        raise ValueError(f"post must be as many as pre ({pre.size}), got {post.size}")
    w, delay = (
        finite_array(name, values, (1,), "(synapses,)")
        for name, values in (("w", connections.w), ("delay", connections.delay))
    )
    for name, values in (("w", w), ("delay", delay)):
        if values.shape != pre.shape:
            raise ValueError(f"{name} must be as many as pre ({pre.size}), got {values.size}")
    if (delay < 0).any():
        raise ValueError(f"delay must be zero or positive, got {delay.min():g}")
    return Connections(pre, post, w, delay, n_pre, n_post)


def joined(parts: Sequence[Connections], n_pre: int, n_post: int) -> Connections:
    """The synapses of all parts, one part after the other; there may be none."""
    ends, values = np.zeros((2, 0), np.int32), np.zeros((2, 0))
    none = Connections(ends[0], ends[1], values[0], values[1], n_pre, n_post)
    columns = zip(*(part[:4] for part in (none, *parts)), strict=True)
    pre, post, w, delay = (np.concatenate(column) for column in columns)
    return Connections(pre, post, w, delay, n_pre, n_post)


def size(name: str, n: object) -> int:
    """`n` neurons, if their numbers fit into 32 bits."""
    number = whole(name, n, 1, MOST_NEURONS)
    afford(name, numbers=number)
    return number


def neurons(name: str, values: object, n: int) -> np.ndarray:
    """Numbers of neurons from 0 to `n` - 1, as int32."""
    array = as_array(name, values, "whole numbers")
    if array.ndim != 1:
        raise ValueError(f"{name} must have shape (synapses,), got {array.shape}")
    if not array.size:
        return np.zeros(0, np.int32)
    if array.dtype.kind not in "iu":
        raise TypeError(f"{name} must be whole numbers, got {array.dtype}")
    afford(name, numbers=0.5 * array.size)  # as int32, and what is wrong
    wrong = (array < 0) | (array >= n)
    if wrong.any():
        k = int(np.argmax(wrong))
        raise ValueError(f"{name} must be from 0 to {n - 1}, got {array[k]} at position {k}")
    return np.ascontiguousarray(array, np.int32)
