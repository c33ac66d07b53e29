r"""One trial of store and recall, chosen symbol by symbol, in the network that has learnt it.

A trial has twelve intervals of 200 ms. In each of them a symbol is shown, but not in the one in which it is
asked for the symbol of the store. Whoever always says the same is right half of the time: so the trial runs
in ten pairs, with other input spikes each, once with the symbols as they are and once with the other symbol
stored. The very first run is told in detail, of the second only the thresholds.

A threshold comes back with the time constant $\tau_a$. How much a spike raises it is what the network has
learnt with, times a factor: 1 leaves it as it was, and with 0 all twenty are LIF neurons of the same weights.

The network is that of `snnlab.learning.memory.learnt_recall`, its step that of
`snnlab.learning.gradients.recurrent_pass`. The readable twin draws nothing itself:
`snnlab.learning.gradients.recurrent_gradient.run_recurrent` with `with_tau_a`, on the same input spikes.
"""

from typing import Annotated, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, fraction, positive, whole
from snnlab.learning.gradients.cell import Cell
from snnlab.learning.gradients.recurrent_path import Path, path_of, rows_of, short_zeros
from snnlab.learning.memory.learnt_recall import learnt_recall, whole_recall
from snnlab.learning.memory.recall_kernel import (
    INTERVALS,
    ROOM,
    SAID,
    STEPS,
    RecallWires,
    recall_numbers,
    run_recall,
)
from snnlab.learning.memory.store_recall import GROUPS
from snnlab.random import seed_from
from snnlab.records import blank, read

__all__ = ["ShownRecall", "shown_recall"]


class ShownRecall(NamedTuple):
    """A trial, and how often the right symbol is recalled.

    Examples
    --------
    >>> seen = shown_recall([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], rng=np.random.default_rng(1))
    >>> print(seen.wanted, seen.delay)
    1 1400.0
    """

    t: np.ndarray
    """Time at the end of each step, ms; 600 steps of 4 ms."""
    symbols: np.ndarray
    """The symbol of each interval, NaN where it is asked."""
    said_0: np.ndarray
    """Potential of the readout for 0 at the end of each step."""
    said_1: np.ndarray
    """The same for 1."""
    threshold_0: np.ndarray
    """Mean threshold of the adaptive neurons that prefer 0, in thresholds at rest."""
    threshold_1: np.ndarray
    """The same of those that prefer 1."""
    other_0: np.ndarray
    """The first again, if the other symbol had been stored: the second run, on the same chance."""
    other_1: np.ndarray
    """The same of those that prefer 1."""
    times: Annotated[np.ndarray, "n"]
    """Spikes, by time, ms: ends of steps."""
    rows: Annotated[np.ndarray, "n"]
    """Whose: 0 to 4 for five inputs of symbol 0, as many for symbol 1, store and recall; then neurons."""
    n: int
    """How many."""
    answer: int
    """The symbol that is recalled."""
    wanted: int
    """The symbol that was stored."""
    right: int
    """In how many of twenty trials the symbol that was stored is recalled; in ten of them it is the other."""
    asked: int
    """The interval in which it is asked, from 1: the one after the store at the earliest."""
    delay: float
    """From the beginning of the store to that of the recall, ms."""
    trace: float
    """What the store has left when the recall begins: by how much the threshold of a neuron is higher if the
    symbol that it prefers was stored than if it was the other, in thresholds at rest, mean of the pairs."""
    rate: float
    """Mean rate of a neuron, Hz, of twenty trials."""


def shown_recall(
    symbols: ArrayLike,
    store: int = 1,
    recall: int = 8,
    tau_a: float = 1200.0,
    adaptation: float = 1.0,
    *,
    rng: np.random.Generator | np.uint64,
) -> ShownRecall:
    """Show symbols to the network that has learnt, and ask it for one of them.

    Parameters
    ----------
    symbols : array of shape (12,)
        0 or 1 in each interval.
    store, recall : int
        The intervals of the commands, from 1. A recall that is not after the store comes right after it.
    tau_a : float
        Time constant with which thresholds come back, ms; the network has learnt with 1200.
    adaptation : float
        What a spike raises a threshold by, as a fraction of what the network has learnt with.
    rng
        Where input spikes come from, or a seed, as for `snnlab.random.seed_from`.

    Examples
    --------
    Without adaptation the same weights do not know after a second what it was:

    >>> symbols, seed = [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], np.uint64(1)
    >>> with_it, without = (shown_recall(symbols, recall=6, adaptation=a, rng=seed).right for a in (1, 0))
    >>> print(with_it > without)
    True
    """
    shown = finite_array("symbols", symbols, (1,), f"({INTERVALS},)")
    if shown.size != INTERVALS:
        raise ValueError(f"symbols must be one for each of {INTERVALS} intervals, got {shown.size}")
    if (wrong := shown[~np.isin(shown, (0, 1))]).size:
        raise ValueError(f"symbols must be 0 or 1, got {wrong[0]:g}")
    for name, interval, least in (("store", store, 1), ("recall", recall, 2)):
        most = INTERVALS - 2 + least
        if not least <= whole(name, interval) <= most:
            raise ValueError(f"{name} must be an interval from {least} to {most}, got {interval}")
    seen, (path, cell, wires) = recorded(), workspace()
    seen.symbols[:] = shown
    tau_a, adaptation = positive("tau_a", tau_a), fraction("adaptation", adaptation)
    run_recall(
        seen, path, cell, wires, *whole_recall(), recall_numbers(learnt_recall()), float(store),
        float(recall), tau_a, adaptation, seed_from(rng),
    )  # fmt: skip
    return read(seen)


def recorded() -> ShownRecall:
    """A blank record."""
    courses = dict.fromkeys(
        ("t", "said_0", "said_1", "threshold_0", "threshold_1", "other_0", "other_1"), STEPS
    )
    spikes = STEPS * (len(GROUPS) * SAID + whole_recall().prefers.size)
    return blank(ShownRecall, **courses, symbols=INTERVALS, times=spikes, rows=np.zeros(spikes, np.int32))


def workspace() -> tuple[Path, Cell, RecallWires]:
    """Room for the work, with the short integers that a page has."""
    network = learnt_recall()
    rows = rows_of(network)
    path = path_of(network, rows, STEPS)
    units, start, labels = (np.zeros(shape, np.int32) for shape in (ROOM, (1, STEPS + 1), 1))
    wires = RecallWires(*rows, units, start, labels)
    return (
        Path(*map(short_zeros, path)),
        Cell(*map(short_zeros, network.cell)),
        RecallWires(*map(short_zeros, wires)),
    )
