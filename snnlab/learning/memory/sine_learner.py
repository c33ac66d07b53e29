"""A small LSNN that has learnt to learn sines, with its weights in hundredths.

It is a `snnlab.learning.memory.function_learner` whose outer loop is over. The weights are kept in
``sine_learner.npz`` in the folder of the data, which ``python tests/learning/memory/write_sine_learner.py``
writes.
"""

from pathlib import Path
from typing import NamedTuple

import numpy as np

import snnlab.data
from snnlab.learning.gradients.recurrent_network import RecurrentNetwork, check_recurrent
from snnlab.learning.memory.function_learner import function_learner

__all__ = ["Hundredths", "as_hundredths", "as_network", "kept_hundredths", "sine_learner", "usual_errors"]

FILE = Path(snnlab.data.__file__).with_name("sine_learner.npz")
MOST = np.iinfo(np.int16).max


class Hundredths(NamedTuple):
    """The weights of a learner, as a page keeps them.

    Examples
    --------
    >>> kept_hundredths().w_out.shape
    (1, 60)
    """

    w_in: np.ndarray
    """From the inputs, int16, shape (neurons, inputs)."""
    w_out: np.ndarray
    """To the readout, shape (1, neurons)."""
    w_rec: np.ndarray
    """Among the neurons, all to all but oneself, by who fires and then by who hears, shape (synapses,)."""


def kept_hundredths() -> Hundredths:
    """What the file has.

    Examples
    --------
    >>> kept_hundredths().w_in.dtype
    dtype('int16')
    """
    with np.load(FILE) as file:
        return Hundredths(*(file[name] for name in Hundredths._fields))


def as_hundredths(network: RecurrentNetwork) -> Hundredths:
    """The weights of a network, rounded.

    Examples
    --------
    >>> weights = as_hundredths(function_learner(n=4, rng=np.random.default_rng(1)))
    >>> weights.w_rec.shape
    (12,)
    """
    network = check_recurrent(network)
    assert network.w_in is not None and network.recurrent is not None
    lines = network.recurrent
    w_rec = lines.w[np.lexsort((lines.post, lines.pre))]
    weights = [np.rint(100.0 * w) for w in (network.w_in, network.w_out, w_rec)]
    largest = max(np.abs(w).max(initial=0.0) for w in weights)
    if largest > MOST:
        raise ValueError(f"weights must be at most {MOST / 100.0:g} in size, got {largest / 100.0:g}")
    return Hundredths(*(w.astype(np.int16) for w in weights))


def as_network(weights: Hundredths) -> RecurrentNetwork:
    """A network with these weights.

    Examples
    --------
    >>> as_network(kept_hundredths()).recurrent.w.size
    3540
    """
    network = check_recurrent(function_learner(n=weights.w_out.shape[1], rng=np.random.default_rng(0)))
    assert network.recurrent is not None
    return network._replace(
        w_in=weights.w_in / 100.0,
        w_out=weights.w_out / 100.0,
        recurrent=network.recurrent._replace(w=weights.w_rec / 100.0),
    )


def usual_errors() -> np.ndarray:
    """The mean squared error of each of twenty examples, over many sines and all places.

    Returns
    -------
    array of shape (2, 20)
        With the values of the sine itself, and with those of others.

    Examples
    --------
    >>> usual_errors().shape
    (2, 20)
    """
    with np.load(FILE) as file:
        return file["usual"] / 1000.0


def sine_learner() -> RecurrentNetwork:
    """The network that has learnt to learn.

    Examples
    --------
    >>> sine_learner().w_in.shape
    (60, 32)
    """
    return as_network(kept_hundredths())
