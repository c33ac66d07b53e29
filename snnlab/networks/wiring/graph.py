r"""A network as a directed graph: who hears whom, how many, and whether something comes back.

The neurons that neuron $i$ hears are its *presynaptic set* $P_i$, and the *adjacency matrix* counts synapses,

$$ P_i = \{j : A_{ij} > 0\}, \qquad k_i^{in} = \sum_j A_{ij}, \qquad k_j^{out} = \sum_i A_{ij} $$

A *cycle* leads along synapses from a neuron back to itself. A network without one is *feed-forward*: its
neurons can be put in an order in which all synapses lead forward.

Source: H. Jang, O. Simeone, B. Gardner and A. Grüning (2019), IEEE Signal Processing Magazine 36(6), 64-77.
"""

from collections import deque
from typing import NamedTuple

import numpy as np

from snnlab.checks import whole
from snnlab.networks.wiring.connections import Connections, check_connections

__all__ = ["Degrees", "adjacency", "degrees", "presynaptic", "shortest_cycle"]

_LARGEST = 10_000  # neurons whose matrix takes 800 MB


class Degrees(NamedTuple):
    """How many synapses each neuron has; multapses count each.

    Examples
    --------
    >>> Degrees(np.array([1, 1]), np.array([0, 2])).outward
    array([0, 2])
    """

    inward: np.ndarray
    """Synapses onto each neuron that is told, int64 of shape (n_post,)."""
    outward: np.ndarray
    """Synapses of each neuron that fires, int64 of shape (n_pre,)."""


def presynaptic(connections: Connections, i: int) -> np.ndarray:
    """The neurons that neuron `i` hears.

    Parameters
    ----------
    connections
        The synapses.
    i : int
        A neuron that is told, from 0.

    Returns
    -------
    array of int32 of shape (n,)
        Each once, in order.

    Examples
    --------
    >>> from snnlab.networks import from_matrix
    >>> presynaptic(from_matrix([[0, 0, 0], [5, 0, -2], [0, 1, 0]]), 1)
    array([0, 2], dtype=int32)
    """
    lines = check_connections(connections)
    if whole("i", i) >= lines.n_post:
        raise ValueError(f"i must be below n_post ({lines.n_post}), got {i}")
    return np.unique(lines.pre[lines.post == i])


def adjacency(connections: Connections) -> np.ndarray:
    """How many synapses lead from each neuron to each, for small networks.

    Parameters
    ----------
    connections
        The synapses, of at most 10,000 neurons on each side.

    Returns
    -------
    array of int64 of shape (n_post, n_pre)
        `a[post, pre]`.

    Examples
    --------
    >>> from snnlab.networks import from_list
    >>> print(adjacency(from_list([0, 0, 1], [1, 1, 0], n_pre=2, n_post=2)))
    [[0 1]
     [2 0]]
    """
    lines = check_connections(connections)
    for name, n in (("n_pre", lines.n_pre), ("n_post", lines.n_post)):
        if n > _LARGEST:
            raise ValueError(f"{name} must be at most {_LARGEST} for a matrix, got {n}")
    out = np.zeros((lines.n_post, lines.n_pre), np.int64)
    np.add.at(out, (lines.post, lines.pre), 1)
    return out


def degrees(connections: Connections) -> Degrees:
    """How many synapses each neuron has, inward and outward.

    Parameters
    ----------
    connections
        The synapses.

    Examples
    --------
    >>> from snnlab.networks import from_list
    >>> print(*degrees(from_list([0, 0, 1], [1, 1, 0], n_pre=2, n_post=3)))
    [1 2 0] [2 1]
    """
    lines = check_connections(connections)
    return Degrees(
        np.bincount(lines.post, minlength=lines.n_post), np.bincount(lines.pre, minlength=lines.n_pre)
    )


def shortest_cycle(connections: Connections) -> np.ndarray:
    """The neurons of a shortest cycle within one population; none if the network is feed-forward.

    Parameters
    ----------
    connections
        Synapses of a population with itself. The time grows with neurons times synapses: a network of a
        thousand neurons takes seconds if its cycles are long.

    Returns
    -------
    array of int64 of shape (n,)
        From its neuron of the lowest number onwards, in the order in which a spike goes round.

    Examples
    --------
    >>> from snnlab.networks import from_list
    >>> shortest_cycle(from_list([0, 1, 2, 3, 3], [1, 2, 3, 1, 0], n_pre=4, n_post=4))
    array([1, 2, 3])
    >>> shortest_cycle(from_list([0, 1], [1, 2], n_pre=3, n_post=3)).size
    0
    """
    lines = check_connections(connections)
    if lines.n_pre != lines.n_post:
        raise ValueError(f"n_post must be n_pre ({lines.n_pre}) within one population, got {lines.n_post}")
    targets: list[list[int]] = [[] for _ in range(lines.n_pre)]
    for pre, post in np.unique(np.stack([lines.pre, lines.post], axis=1), axis=0).tolist():
        targets[pre].append(post)
    best: list[int] = []
    for start in range(lines.n_pre):
        found = _back_to(start, targets, len(best) or lines.n_pre + 1)
        best = found or best
    return np.array(best, np.int64)


def _back_to(start: int, targets: list[list[int]], limit: int) -> list[int]:
    """A shortest cycle through `start` and neurons of higher numbers, if it has fewer than `limit`."""
    came_from, far, waiting = {start: start}, {start: 1}, deque([start])
    while waiting:
        j = waiting.popleft()
        if far[j] >= limit:
            return []
        for i in targets[j]:
            if i == start:
                path = [j]
                while path[-1] != start:
                    path.append(came_from[path[-1]])
                return path[::-1]
            if i > start and i not in came_from:
                came_from[i], far[i] = j, far[j] + 1
                waiting.append(i)
    return []
