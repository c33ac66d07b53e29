"""Training a network of one bit: steps of Adam on its latent weights, epoch after epoch."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import fraction, whole
from snnlab.learning.binary.binary_network import (
    BatchNorm,
    Binarisation,
    BinaryNetwork,
    check_binarisation,
    check_binary_network,
    check_inputs,
)
from snnlab.learning.binary.straight_through import (
    Learnt,
    Room,
    blank_learnt,
    blank_room,
    forward,
    judge,
    learn_epoch,
    measure,
)
from snnlab.learning.classes import both, check_classes
from snnlab.learning.gradients.adam import Adam, check_adam
from snnlab.random import seed_from
from snnlab.work_and_memory import turns

__all__ = ["BinaryHistory", "BinaryTraining", "measure_norms", "train_binary"]


class BinaryHistory(NamedTuple):
    """What the epochs told, one number each.

    Examples
    --------
    >>> BinaryHistory(*(np.zeros(3) for _ in range(4))).loss.size
    3
    """

    loss: np.ndarray
    """Mean loss of a training sample at the end of the epoch."""
    accuracy: np.ndarray
    """Fraction of the training samples that are right then."""
    test_accuracy: np.ndarray
    """Fraction of the test samples that are right; NaN without any."""
    flips: np.ndarray
    """How often a weight of the first layer, as it is used, changed from one step to the next: with one bit,
    how often its sign did."""


class BinaryTraining(NamedTuple):
    """What came out.

    Examples
    --------
    >>> from snnlab.learning import initial_binary
    >>> network = initial_binary(4, 3, 2, rng=np.random.default_rng(1))
    >>> BinaryTraining(network, BinaryHistory(*(np.zeros(2) for _ in range(4)))).network.w_in.shape
    (3, 4)
    """

    network: BinaryNetwork
    """What was learnt; the means and spreads of its batch norms are those of the training set."""
    history: BinaryHistory
    """How."""


def train_binary(
    network: BinaryNetwork,
    x: ArrayLike,
    y: ArrayLike,
    epochs: int,
    method: Binarisation = Binarisation(),
    *,
    adam: Adam = Adam(rate=0.1),
    decay: float = 0.9,
    batch: int = 50,
    rng: np.random.Generator | np.uint64,
    test: tuple[ArrayLike, ArrayLike] | None = None,
) -> BinaryTraining:
    """Train a network.

    Parameters
    ----------
    network
        Where to start; it stays as it is.
    x : array of shape (samples, inputs)
        What is learnt.
    y : array of int, shape (samples,)
        The class of each sample, from 0 on.
    epochs : int
        How often all samples are gone through.
    method
        What has one bit while it learns.
    adam
        The numbers of the optimiser. A latent weight has a way of 2 from one end to the other, so its rate is
        a hundred times that of an ordinary network.
    decay : float
        By which the rate is multiplied after every epoch, from 0 to 1.
    batch : int
        Samples a step; at least two, whose spread batch norm takes. Where one is left over in an epoch, it
        teaches nothing in that one.
    rng
        Where the order of the samples comes from, or a seed, as for `snnlab.random.seed_from`.
    test : tuple, optional
        Inputs and classes that are asked for after each epoch.

    Returns
    -------
    BinaryTraining
        The network and its history, whose test accuracy is NaN where no test is given.

    Examples
    --------
    Four inputs of one bit; the class is that of the first, whatever the others say.

    >>> from snnlab.learning import initial_binary
    >>> rng = np.random.default_rng(1)
    >>> x = rng.choice([-1.0, 1.0], (200, 4))
    >>> start = initial_binary(4, 8, 2, rng=rng)
    >>> learnt = train_binary(start, x, (x[:, 0] > 0).astype(int), 10, rng=rng)
    >>> bool(learnt.history.accuracy[-1] > 0.9)
    True
    """
    network, method, adam = check_binary_network(network), check_binarisation(method), check_adam(adam)
    epochs, decay, batch = whole("epochs", epochs), fraction("decay", decay), whole("batch", batch, 2)
    x, y = _labelled("", x, y, network)
    if len(x) < 2:
        raise ValueError(f"x must have at least 2 samples, whose spread batch norm takes, got {len(x)}")
    x_test, y_test = (x[:0], y[:0]) if test is None else _labelled("_test", *both("test", test), network)
    seed = seed_from(rng)
    learnt, room = _learnt(network), blank_room(max(len(x), len(x_test)), *_sizes(network))
    order, all_samples, all_tests = np.arange(len(x)), np.arange(len(x)), np.arange(len(x_test))
    history = BinaryHistory(*(np.full(epochs, np.nan) for _ in BinaryHistory._fields))
    loss, right = measure(x, y, all_samples, learnt, room, method)
    for k in turns("epochs", epochs):
        flips = learn_epoch(x, y, order, batch, learnt, room, method, adam, decay, k, seed)
        loss, right = measure(x, y, all_samples, learnt, room, method)
        history.loss[k], history.accuracy[k], history.flips[k] = loss, right / len(x), flips
        if len(x_test):
            forward(x_test, all_tests, learnt, room, method.activations, True)
            history.test_accuracy[k] = judge(y_test, all_tests, room)[1] / len(x_test)
    return BinaryTraining(_network(learnt, room), history)


def measure_norms(
    network: BinaryNetwork, x: ArrayLike, method: Binarisation = Binarisation()
) -> BinaryNetwork:
    """The network with mean and spread of its batch norms as they are for these samples.

    A network that has learnt with one kind of bit and is used with another needs them anew.

    Parameters
    ----------
    network
        Its numbers.
    x : array of shape (samples, inputs)
        What it was trained on.
    method
        What has one bit when it is used.

    Examples
    --------
    >>> from snnlab.learning import initial_binary
    >>> network = initial_binary(2, 3, 2, rng=np.random.default_rng(1))
    >>> print(measure_norms(network, [[1, 1], [-1, -1]]).norm_in.mean)
    [0. 0. 0.]
    """
    network, method = check_binary_network(network), check_binarisation(method)
    x = check_inputs("x", x, network.w_in)
    x, y = _labelled("", x, np.zeros(len(x), np.int64), network)
    learnt, room = _learnt(network), blank_room(len(x), *_sizes(network))
    measure(x, y, np.arange(len(x)), learnt, room, method)
    return _network(learnt, room)


def _sizes(network: BinaryNetwork) -> tuple[int, int, int]:
    return network.w_in.shape[1], network.w_in.shape[0], network.w_out.shape[0]


def _labelled(name: str, x: ArrayLike, y: ArrayLike, network: BinaryNetwork) -> tuple[np.ndarray, np.ndarray]:
    """Inputs and classes that the network can have."""
    inputs = check_inputs(f"x{name}", x, network.w_in)
    return inputs, check_classes(f"y{name}", y, len(inputs), len(network.w_out))


def _learnt(network: BinaryNetwork) -> Learnt:
    """The numbers of a network as kernels take them, with Adam at its start."""
    learnt = blank_learnt(*_sizes(network))
    learnt.w_in[0], learnt.w_out[0] = network.w_in.T, network.w_out.T
    learnt.norm_in[0], learnt.norm_out[0] = network.norm_in[:2], network.norm_out[:2]
    return learnt


def _network(learnt: Learnt, room: Room) -> BinaryNetwork:
    """The other way round, with mean and spread as they were measured last."""
    norm_in, norm_out = (
        BatchNorm(*(row.copy() for row in (*learned[0], *stats)))
        for learned, stats in ((learnt.norm_in, room.stats_in), (learnt.norm_out, room.stats_out))
    )
    return BinaryNetwork(learnt.w_in[0].T.copy(), learnt.w_out[0].T.copy(), norm_in, norm_out)
