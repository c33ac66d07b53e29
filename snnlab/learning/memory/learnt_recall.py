"""A network that has learnt store and recall, as it is kept.

Twenty neurons, ten of which adapt, trained as the networks of the table `store_recall`, from one seed. Behind
the LIF neurons come the adaptive ones that fire more when a 0 is stored, and behind these those that fire
more when a 1 is. Weights are whole numbers, so that sums of them are the same in every order and in a page.

It is kept in ``store_recall.npz`` in the folder of the data;
``python tests/learning/memory/write_recall_network.py`` writes it.
"""

from pathlib import Path
from typing import NamedTuple

import numpy as np

import snnlab.data
from snnlab.learning.gradients.recurrent_network import RecurrentNetwork
from snnlab.learning.memory.recall_network import recall_network

__all__ = ["WholeRecall", "learnt_recall", "whole_recall"]

UNIT = 65536  # a power of two, so that sums of weights are exact
FILE = Path(snnlab.data.__file__).with_name("store_recall.npz")
_DT = 4.0


class WholeRecall(NamedTuple):
    """Weights in parts of 1 / 65536, as a page keeps them, each with a row for the neuron that fires.

    Examples
    --------
    >>> whole_recall().whole_out.shape
    (20, 2)
    """

    whole_in: np.ndarray
    """From the inputs, int32, shape (inputs, neurons)."""
    whole_rec: np.ndarray
    """Among the neurons, int32, shape (neurons, neurons), 0 from one to itself."""
    whole_out: np.ndarray
    """To the readout, int32, shape (neurons, 2)."""
    prefers: np.ndarray
    """−1 for a LIF neuron, else the symbol at whose store it fires more, int32, shape (neurons,)."""


def whole_recall() -> WholeRecall:
    """The weights in whole numbers.

    Examples
    --------
    >>> whole_recall().whole_in.shape
    (100, 20)
    """
    with np.load(FILE) as file:
        return WholeRecall(*(file[name].astype(np.int32) for name in WholeRecall._fields))


def learnt_recall() -> RecurrentNetwork:
    """The network, ready to be asked; `snnlab.learning.memory.recall_network.recall_error` does.

    Examples
    --------
    >>> from snnlab.learning.memory.recall_network import recall_error
    >>> from snnlab.learning.memory.store_recall import one_recall
    >>> rng = np.random.default_rng(1)
    >>> print(recall_error(learnt_recall(), one_recall(50, 3, rng=rng), rng=rng) < 0.1)
    True
    """
    return as_network(whole_recall())


def as_network(whole: WholeRecall) -> RecurrentNetwork:
    """Whole weights as a network."""
    w_in, w_rec, w_out = (w.T / UNIT for w in whole[:3])
    start = recall_network(n=len(whole.prefers), dt=_DT, rng=np.random.default_rng(0))
    assert start.recurrent is not None
    lines = start.recurrent
    return start._replace(
        w_in=w_in, w_out=w_out, recurrent=lines._replace(w=w_rec[lines.post, lines.pre].copy())
    )


def to_whole(network: RecurrentNetwork, preference: np.ndarray) -> WholeRecall:
    """A network in parts of 1 / 65536, its adaptive neurons sorted by what they prefer.

    Parameters
    ----------
    network
        LIF neurons, and behind them as many adaptive ones.
    preference
        Of each neuron, how much more it fires for a 1, as `NegativeImage.told` has it.
    """
    adapts, lines = network.cell.beta_a > 0, network.recurrent
    assert lines is not None and network.w_in is not None
    prefers = np.where(adapts, preference > 0, -1)
    order = np.argsort(prefers, kind="stable")
    w_rec = np.zeros((adapts.size, adapts.size))
    w_rec[lines.pre, lines.post] = lines.w
    sorted_by = network.w_in.T[:, order], w_rec[np.ix_(order, order)], network.w_out.T[order]
    whole_in, whole_rec, whole_out = (np.rint(UNIT * w).astype(np.int32) for w in sorted_by)
    return WholeRecall(whole_in, whole_rec, whole_out, prefers[order].astype(np.int32))
