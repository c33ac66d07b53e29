"""Training a network of neurons with alpha synapses: steps of Adam down the exact gradient, on mistakes only.

What is answered correctly teaches nothing, as long as `AlphaLearning.only_mistakes` says so.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import checked, fraction, whole
from snnlab.learning.classes import both, check_classes
from snnlab.learning.gradients.adam import Adam, check_adam
from snnlab.learning.spike_times.alpha_layers import AlphaLearning, blank_layers, learn_epoch
from snnlab.learning.spike_times.alpha_network import (
    AlphaNetwork,
    as_learnt,
    as_network,
    check_alpha_network,
    check_samples,
    run_alpha,
    sizes_of,
)
from snnlab.learning.spike_times.alpha_neuron import AlphaNeuron, check_alpha_neuron
from snnlab.random import seed_from
from snnlab.work_and_memory import turns

__all__ = ["AlphaHistory", "AlphaTraining", "train_alpha"]


class AlphaHistory(NamedTuple):
    """What the epochs told, one number each.

    Examples
    --------
    >>> AlphaHistory(*(np.zeros(3) for _ in range(3))).accuracy.size
    3
    """

    accuracy: np.ndarray
    """Fraction of the training samples that were right when they were asked, during the epoch."""
    test_accuracy: np.ndarray
    """Fraction of the test samples that are right after it; NaN without any."""
    steps: np.ndarray
    """How many steps of Adam there were so far."""


class AlphaTraining(NamedTuple):
    """What came out.

    Examples
    --------
    >>> from snnlab.learning.spike_times.alpha_network import initial_alpha
    >>> network = initial_alpha((2, 4, 2), 1, rng=np.random.default_rng(1))
    >>> AlphaTraining(network, AlphaHistory(*(np.zeros(2) for _ in range(3)))).network.weights[0].shape
    (4, 3)
    """

    network: AlphaNetwork
    """What was learnt."""
    history: AlphaHistory
    """How."""


def train_alpha(
    network: AlphaNetwork,
    x: ArrayLike,
    y: ArrayLike,
    epochs: int,
    neuron: AlphaNeuron = AlphaNeuron(),
    method: AlphaLearning = AlphaLearning(),
    *,
    adam: Adam = Adam(rate=0.01),
    decay: float = 1.0,
    batch: int = 1,
    rng: np.random.Generator | np.uint64,
    test: tuple[ArrayLike, ArrayLike] | None = None,
) -> AlphaTraining:
    """Train a network.

    Parameters
    ----------
    network
        Where to start; it stays as it is.
    x : array of shape (samples, inputs)
        When each input spikes, 0 or later; infinite for one that does not.
    y : array of int, shape (samples,)
        The output that should fire first, from 0 on.
    epochs : int
        How often all samples are gone through.
    neuron
        The numbers of all neurons.
    method
        What teaches, and how the pulses learn.
    adam
        The numbers of the optimiser.
    decay : float
        By which both learning rates are multiplied after every epoch, from 0 to 1.
    batch : int
        Samples a step.
    rng
        Where the order of the samples comes from, or a seed, as for `snnlab.random.seed_from`.
    test : tuple, optional
        Inputs and classes that are asked for after each epoch.

    Returns
    -------
    AlphaTraining
        The network and its history, whose test accuracy is NaN where no test is given.

    Examples
    --------
    Which of two inputs comes first?

    >>> from snnlab.learning.spike_times.alpha_network import initial_alpha
    >>> rng = np.random.default_rng(1)
    >>> x = rng.uniform(size=(200, 2))
    >>> start = initial_alpha((2, 2), 1, rng=rng)
    >>> learnt = train_alpha(start, x, x.argmin(axis=1), 20, rng=rng)
    >>> bool(learnt.history.accuracy[-1] > 0.9)
    True
    """
    network, neuron = check_alpha_network(network), check_alpha_neuron(neuron)
    method, adam = checked("method", method, AlphaLearning), check_adam(adam)
    epochs, decay, batch = whole("epochs", epochs), fraction("decay", decay), whole("batch", batch, 1)
    sizes, learnt = sizes_of(network), as_learnt(network)
    x, y = _labelled("", x, y, sizes)
    x_test, y_test = (x[:0], y[:0]) if test is None else _labelled("_test", *both("test", test), sizes)
    room, order, done = blank_layers(sizes, network.pulses[0].size), np.arange(len(x)), np.zeros(1, np.int64)
    history, seed = AlphaHistory(*(np.full(epochs, np.nan) for _ in AlphaHistory._fields)), seed_from(rng)
    for k in turns("epochs", epochs):
        right = learn_epoch(
            x, y, order, batch, learnt, sizes, room, neuron, method, adam, decay**k, done, np.uint64(k), seed
        )
        history.accuracy[k], history.steps[k] = right / len(x), done[0]
        if len(x_test):
            found = run_alpha(as_network(learnt, sizes), x_test, neuron).answers
            history.test_accuracy[k] = np.mean(found == y_test)
    return AlphaTraining(as_network(learnt, sizes), history)


def _labelled(name: str, x: ArrayLike, y: ArrayLike, sizes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Inputs and classes that the network can have."""
    inputs = check_samples(f"x{name}", x, sizes)
    return inputs, check_classes(f"y{name}", y, len(inputs), int(sizes[-1]))
