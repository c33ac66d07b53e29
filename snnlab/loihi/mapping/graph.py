"""A network as the chip sees it: a graph G(V, E), compartments and the synapses between them.

The notes on Loihi call the vertices V compartments and the weighted edges E synapses. What the weights are
does not matter for where a compartment finds room, only how many bits each takes.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import whole, wholes
from snnlab.compiling import kernel
from snnlab.loihi.fixed_point import SPLIT, whole_array
from snnlab.loihi.networks.layers import Layer, check_layers

__all__ = ["Graph", "check_graph", "graph_of_layers", "layered_graph", "recurrent_graph"]

_MOST = 20_000_000  # synapses, of which sorting takes 2 GB, and compartments


class Graph(NamedTuple):
    """Compartments and synapses.

    Examples
    --------
    Three places in a ring, driven by one input from outside:

    >>> ring = Graph(3, pre=np.array([0, 1, 2, 3]), post=np.array([1, 2, 0, 0]), n_inputs=1)
    >>> ring.pre.size
    4
    """

    n: int
    """Compartments, numbered from 0."""
    pre: np.ndarray
    """Where each synapse comes from: a compartment, or from `n` on an input from outside the chip."""
    post: np.ndarray
    """To which compartment it leads."""
    n_inputs: int = 0
    """Inputs from outside; they take no compartment."""
    group: np.ndarray | None = None
    """The group of each compartment, rising from 0: a layer for example. A core holds one group only."""
    weight_bits: int = 8
    """Bits a weight takes."""
    longest_delay: int = 0
    """Steps; with more than 0 every synapse stores its delay."""
    kind: np.ndarray | None = None
    """The kind of each synapse, 0 or 1: excitatory or inhibitory where they are kept apart. As
    nengo-loihi maps them, each kind has input axons and blocks of its own."""

    @property
    def axon(self) -> np.ndarray:
        """The axon of each synapse: its source, and where there are two kinds, its source and kind."""
        return self.pre if self.kind is None else 2 * self.pre + self.kind

    @property
    def n_axons(self) -> int:
        """Axons that there may be."""
        return (self.n + self.n_inputs) * (1 if self.kind is None else 2)

    @property
    def bits(self) -> int:
        """Bits of a synapse, without the number of its compartment."""
        return self.weight_bits + self.longest_delay.bit_length()


def check_graph(graph: Graph) -> Graph:
    """`graph`, if every synapse has two ends.

    Parameters
    ----------
    graph
        What to check. Whether it has room on a chip is the question of `place`.

    Returns
    -------
    Graph
        With arrays of int64, and a group for each compartment.

    Examples
    --------
    >>> check_graph(Graph(2, pre=[0], post=[2]))
    Traceback (most recent call last):
    ValueError: post must be whole, from 0 to 1, got 2
    """
    if not isinstance(graph, Graph):
        raise TypeError(f"graph must be a Graph, got {type(graph).__name__}")
    n, n_inputs = whole("n", graph.n, 1), whole("n_inputs", graph.n_inputs)
    if n + n_inputs > _MOST:
        raise ValueError(f"compartments and inputs must be at most {_MOST}, got {n + n_inputs}")
    pre = whole_array("pre", graph.pre, 0, n + n_inputs - 1)
    post = whole_array("post", graph.post, 0, n - 1)
    if pre.ndim != 1 or pre.shape != post.shape:
        raise ValueError(
            f"pre and post must have the same shape (synapses,), got {pre.shape} and {post.shape}"
        )
    given = np.zeros(n) if graph.group is None else graph.group
    group = whole_array("group", given, 0, n)
    steps = np.diff(group) if group.shape == (n,) else np.array([-1])
    if group.shape != (n,) or group[0] != 0 or ((steps < 0) | (steps > 1)).any():
        raise ValueError(f"group must have shape ({n},) and rise from 0 in steps of 0 or 1")
    bits, longest = whole("weight_bits", graph.weight_bits, 1), whole("longest_delay", graph.longest_delay)
    kind = None if graph.kind is None else whole_array("kind", graph.kind, 0, 1)
    if kind is not None and kind.shape != pre.shape:
        raise ValueError(f"kind must have shape {pre.shape}, as pre, got {kind.shape}")
    return Graph(n, pre, post, n_inputs, group, bits, longest, kind)


def layered_graph(
    sizes: Sequence[int], fan_in: int | None = None, *, weight_bits: int = 8, longest_delay: int = 0
) -> Graph:
    """Layers, the first of which are inputs from outside.

    Parameters
    ----------
    sizes : sequence of int
        Inputs, then compartments of each layer.
    fan_in : int, optional
        How many of the layer before each compartment hears, spread evenly; if left out, or if there are no
        more, all of them.
    weight_bits, longest_delay
        As in `Graph`.

    Examples
    --------
    >>> graph = layered_graph([784, 100, 10])
    >>> print(graph.n, graph.n_inputs, graph.pre.size)
    110 784 79400
    """
    given = wholes("sizes", sizes, 1)
    if len(given) < 2:
        raise ValueError(f"sizes must be at least two, inputs and a layer, got {len(given)}")
    most = max(given) if fan_in is None else whole("fan_in", fan_in, 1)
    heard = [min(most, before) for before in given[:-1]]
    _affordable(sum(f * size for f, size in zip(heard, given[1:], strict=True)))
    n, pre, post, first = sum(given[1:]), [], [], 0
    for k, (f, size) in enumerate(zip(heard, given[1:], strict=True)):
        before = n if k == 0 else first - given[k]  # where the numbers of the layer before begin
        which = (np.arange(size)[:, None] * f + np.arange(f)) % given[k]
        pre.append((before + which).ravel())
        post.append(first + np.repeat(np.arange(size), f))
        first += size
    group = np.repeat(np.arange(len(given) - 1), given[1:])
    return check_graph(
        Graph(n, np.concatenate(pre), np.concatenate(post), given[0], group, weight_bits, longest_delay)
    )


def recurrent_graph(n: int, fan_in: int, *, weight_bits: int = 8, longest_delay: int = 0) -> Graph:
    """One group whose compartments hear one another, each so many, spread evenly.

    Parameters
    ----------
    n, fan_in : int
        Compartments, and how many of them each hears; all, if there are no more. Neighbours share none.
    weight_bits, longest_delay
        As in `Graph`.

    Examples
    --------
    >>> graph = recurrent_graph(5, 2)
    >>> print(graph.pre, graph.post)
    [0 1 2 3 4 0 1 2 3 4] [0 0 1 1 2 2 3 3 4 4]
    """
    n = whole("n", n, 1)
    heard = min(whole("fan_in", fan_in, 1), n)
    _affordable(n * heard)
    pre = (np.arange(n)[:, None] * heard + np.arange(heard)) % n
    post = np.repeat(np.arange(n), heard)
    return check_graph(Graph(n, pre.ravel(), post, 0, None, weight_bits, longest_delay))


def graph_of_layers(layers: Sequence[Layer]) -> Graph:
    """The graph of a network in whole numbers: a synapse for each weight other than 0.

    Parameters
    ----------
    layers
        As for `run_layers`. The bits of a weight and the delay are the largest of all layers. Weights that
        are `SPLIT` are of two kinds.

    Examples
    --------
    >>> graph = graph_of_layers([Layer(np.array([[100, 0], [4, -6]]))])
    >>> print(graph.pre, graph.post)
    [2 2 3] [0 1 1]
    """
    checked = check_layers(layers)
    sizes = [checked[0].w.shape[1], *(len(layer.w) for layer in checked)]
    _affordable(sum(layer.w.size for layer in checked))
    n, pre, post, kind, first = sum(sizes[1:]), [], [], [], 0
    for k, layer in enumerate(checked):
        i, j = np.nonzero(layer.w)
        kind.append((layer.w[i, j] < 0) & (layer.synapse.sign_mode == SPLIT))
        pre.append((n if k == 0 else first - sizes[k]) + j)
        post.append(first + i)
        first += sizes[k + 1]
    return check_graph(
        Graph(
            n,
            np.concatenate(pre),
            np.concatenate(post),
            sizes[0],
            np.repeat(np.arange(len(checked)), sizes[1:]),
            max(layer.synapse.bits for layer in checked),
            max(layer.delay for layer in checked),
            np.concatenate(kind).astype(np.int64) if np.concatenate(kind).any() else None,
        )
    )


def _affordable(synapses: int) -> None:
    if synapses > _MOST:
        raise ValueError(f"the number of synapses must be at most {_MOST}, got {synapses}")


def pairs(a: ArrayLike, b: ArrayLike, n_b: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The different pairs of `a` and `b`, both from 0, and how often each occurs."""
    a, b = (np.ascontiguousarray(x, np.int64) for x in (a, b))
    of_a, of_b = np.zeros(int(a.max(initial=0)) + 2, np.int64), np.zeros(n_b + 1, np.int64)
    order, *found = (np.empty(a.size, np.int64) for _ in range(4))
    many = _sorted_pairs(a, b, of_a, of_b, order, *found)
    first, second, count = (x[:many] if 2 * many > a.size else x[:many].copy() for x in found)
    return first, second, count


@kernel
def _sorted_pairs(a, b, of_a, of_b, order, first, second, count):
    """The different pairs, in order, and how many: sorted by counting, in linear time, if they are not."""
    s = 1
    while s < a.size and (a[s - 1] < a[s] or (a[s - 1] == a[s] and b[s - 1] <= b[s])):
        s += 1
    if s < a.size:
        _sort_pairs(a, b, of_a, of_b, order, first, second)
    else:
        first[:], second[:] = a, b
    k = -1
    for s in range(a.size):
        if k < 0 or first[s] != first[k] or second[s] != second[k]:
            k += 1
            first[k], second[k], count[k] = first[s], second[s], 0
        count[k] += 1
    return k + 1


@kernel
def _sort_pairs(a, b, of_a, of_b, order, first, second):
    """By b, unless they are, and then by a, where those that are alike keep their order."""
    sorted_by_b = True
    for s in range(a.size):
        of_a[a[s] + 1] += 1
        of_b[b[s] + 1] += 1
        sorted_by_b = sorted_by_b and (s == 0 or b[s - 1] <= b[s])
    for k in range(1, of_a.size):
        of_a[k] += of_a[k - 1]
    for k in range(1, of_b.size):
        of_b[k] += of_b[k - 1]
    if not sorted_by_b:
        for s in range(a.size):
            order[of_b[b[s]]] = s
            of_b[b[s]] += 1
    for j in range(a.size):
        s = j if sorted_by_b else order[j]
        first[of_a[a[s]]] = a[s]
        second[of_a[a[s]]] = b[s]
        of_a[a[s]] += 1
