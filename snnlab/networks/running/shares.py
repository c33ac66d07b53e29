"""A network of one delay shared out among threads.

Each thread has neurons of its own, the same number as every other one, and of each neuron that fires the
targets among them. So no two threads ever write to the same place, and what a target gets it gets in the same
order as from one thread.

    >>> where_to_cut(np.array([0, 3000, 4000]), threads=2)
    array([   0, 2048, 4000])
"""

from typing import Any, NamedTuple

import numpy as np

from snnlab.networks.cells.cells import Cells, NetworkState
from snnlab.networks.cells.exponential_currents import BLOCK
from snnlab.networks.running.one_delay import Fans

__all__ = [
    "LONGEST_SLICE",
    "Shares",
    "Workspace",
    "cells_cut",
    "shared_bytes",
    "shared_out",
    "where_to_cut",
    "workspace",
]

LONGEST_SLICE = 32
"""Steps that threads do without hearing of each other; more would save nothing."""

_APART = (
    64  # numbers of 8 bytes between what two threads write, so that it never lies in one line of the cache
)


class Shares(NamedTuple):
    """Which neurons and which synapses each thread has."""

    neurons: np.ndarray
    """The first neuron of each thread, and how many there are in all, int64 of shape (threads + 1,)."""
    populations: np.ndarray
    """The first of its populations, as `cells_cut` counts them."""
    begin: np.ndarray
    """Where its targets of each neuron begin, and the last ones end, int64 of shape (threads, n_pre + 1)."""
    post: np.ndarray
    """These targets, thread after thread, shape (synapses,)."""


class Workspace(NamedTuple):
    """What each thread writes during a slice, a row for each of them."""

    ids: np.ndarray
    """Who of its neurons fires, int32."""
    ends: np.ndarray
    """Where the spikes of each step of the slice end there."""
    drives: np.ndarray
    """When the next spike of each drive comes, as in the state: each thread draws it for itself."""
    drawn: np.ndarray
    """How many random numbers each drive has drawn, as in the state."""
    seen: np.ndarray
    """What was read ahead; nobody needs it."""


def where_to_cut(first: np.ndarray, threads: int) -> np.ndarray:
    """The first neuron of each thread, and how many there are in all.

    `first` is that of `Cells`. A population is cut between two blocks only: then the blocks are the same ones
    for any number of threads, and neurons that share a random number have one thread.
    """
    wanted = first[-1] * np.arange(1, threads) / threads
    p = np.searchsorted(first, wanted, side="right") - 1
    blocks = np.rint((wanted - first[p]) / BLOCK).astype(np.int64)
    inside = np.minimum(first[p] + BLOCK * blocks, first[p + 1])
    return np.concatenate([[0], inside, first[-1:]])


def cells_cut(cells: Cells, neurons: np.ndarray) -> Cells:
    """The same cells, of more populations: one that belongs to two threads is two.

    Where `Rows` stand there is a number: a parallel kernel takes no tuple within a tuple.
    """
    first = np.union1d(cells.first, neurons)
    p = np.searchsorted(cells.first, first[:-1], side="right") - 1
    numbers: dict[str, Any] = {name: getattr(cells, name)[p] for name in cells._fields[1:]}
    return cells._replace(**(numbers | {"rows": 0, "first": first}))


def shared_out(fans: Fans, first: np.ndarray, threads: int) -> Shares:
    """Neurons and synapses of as many threads; `first` is that of `Cells`."""
    neurons = where_to_cut(first, threads)
    begin, post = np.empty((threads, fans.begin.size), np.int64), np.empty_like(fans.post)
    end = 0
    for k in range(threads):
        own = (fans.post >= neurons[k]) & (fans.post < neurons[k + 1])
        before = np.concatenate([[0], np.cumsum(own)])
        begin[k] = end + before[fans.begin]
        post[end : end + before[-1]] = fans.post[own]
        end += before[-1]
    return Shares(neurons, np.searchsorted(np.union1d(first, neurons), neurons), begin, post)


def shared_bytes(n: int, sources: int, late: int, threads: int) -> float:
    """What it takes at most that threads share `n` neurons, in bytes; delays are of up to `late` steps."""
    if threads == 1:
        return 0.0
    of_a_thread = 8.0 * sources + 20.0 * (_APART + LONGEST_SLICE)
    return threads * of_a_thread + 4.0 * min(late, LONGEST_SLICE) * (n + BLOCK * threads)


def workspace(state: NetworkState, cells: Cells, fans: Fans, shares: Shares) -> Workspace:
    """Room for all that can fire in a slice."""
    threads = len(shares.begin)
    steps = min(fans.late, LONGEST_SLICE)
    at_most = 1 + (steps - 1) // (int(cells.hold.min()) + 1)  # times that a neuron fires
    ids = np.empty((threads, at_most * int(np.diff(shares.neurons).max()) + _APART), np.int32)
    drives, drawn = (
        np.empty((threads, kept.size + _APART), kept.dtype) for kept in (state.drives, state.drawn)
    )
    drives[:, : state.drives.size], drawn[:, : state.drawn.size] = state.drives, state.drawn
    ends, seen = np.zeros((threads, steps + _APART), np.int64), np.zeros((threads, _APART), np.int64)
    return Workspace(ids, ends, drives, drawn, seen)
