"""Connections with a fixed number of synapses a neuron: in-degree and out-degree."""

import numpy as np

from snnlab.checks import true_or_false, whole
from snnlab.compiling import kernel
from snnlab.networks.wiring.rule import Pairs, Rule
from snnlab.random import uniform

__all__ = ["fixed_indegree", "fixed_outdegree"]


def fixed_indegree(k: int, *, autapses: bool = False) -> Rule:
    """Each postsynaptic neuron hears as many different neurons.

    Parameters
    ----------
    k : int
        How many.
    autapses : bool
        Whether a neuron may be joined to itself where both populations are one.

    Returns
    -------
    Rule
        A seed gives the same connections on every machine, sorted by the neuron that is told.

    Examples
    --------
    >>> lines = fixed_indegree(3)(10, 5, np.random.default_rng(1))
    >>> print(np.bincount(lines.post))
    [3 3 3 3 3]
    """
    k, autapses = whole("k", k), true_or_false("autapses", autapses)

    def expected(n_pre: int, n_post: int, same: bool) -> float:
        return float(n_post) * _at_most(k, n_pre - (same and not autapses))

    def pairs(n_pre: int, n_post: int, same: bool, seed: np.uint64) -> Pairs:
        post = np.repeat(np.arange(n_post, dtype=np.int32), k)
        return _drawn(n_post, n_pre, k, same and not autapses, seed), post

    return Rule(f"fixed_indegree({k}{', autapses=True' if autapses else ''})", expected, pairs)


def fixed_outdegree(k: int, *, autapses: bool = False) -> Rule:
    """Each presynaptic neuron tells as many different neurons.

    Parameters
    ----------
    k : int
        How many.
    autapses : bool
        Whether a neuron may be joined to itself where both populations are one.

    Returns
    -------
    Rule
        A seed gives the same connections on every machine, sorted by the neuron that fires.

    Examples
    --------
    >>> lines = fixed_outdegree(3)(5, 10, np.random.default_rng(1))
    >>> print(np.bincount(lines.pre))
    [3 3 3 3 3]
    """
    k, autapses = whole("k", k), true_or_false("autapses", autapses)

    def expected(n_pre: int, n_post: int, same: bool) -> float:
        return float(n_pre) * _at_most(k, n_post - (same and not autapses))

    def pairs(n_pre: int, n_post: int, same: bool, seed: np.uint64) -> Pairs:
        pre = np.repeat(np.arange(n_pre, dtype=np.int32), k)
        return pre, _drawn(n_pre, n_post, k, same and not autapses, seed)

    return Rule(f"fixed_outdegree({k}{', autapses=True' if autapses else ''})", expected, pairs)


def _at_most(k: int, others: int) -> int:
    if k > others:
        raise ValueError(f"k must be at most the number of neurons to draw from ({others}), got {k}")
    return k


def _drawn(rows: int, n: int, k: int, shift: bool, seed: np.uint64) -> np.ndarray:
    """For each of `rows` neurons `k` different ones of `n`, one after the other."""
    out = np.empty((rows, k), np.int32)
    if k:
        others = n - 1 if shift else n
        draw_different(out, np.arange(others, dtype=np.int32), np.empty(k, np.int32), shift, seed)
    return out.ravel()


@kernel
def draw_different(out, deck, taken, shift, seed):
    """Shuffle the front of `deck` for each row, deal it out, and put it back as it was."""
    rows, k = out.shape
    n = len(deck)
    for i in range(rows):
        for s in range(k):
            j = s + int(uniform(seed, np.uint64(i), np.uint64(s)) * (n - s))
            deck[s], deck[j] = deck[j], deck[s]
            taken[s] = j
        for s in range(k):
            out[i, s] = deck[s] + 1 if shift and deck[s] >= i else deck[s]
        for s in range(k - 1, -1, -1):
            j = taken[s]
            deck[s], deck[j] = deck[j], deck[s]
