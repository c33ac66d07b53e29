r"""Two classifiers without spikes, to compare with: a linear one and an artificial neural network.

$$ p = \mathrm{softmax}(V\, r + c), \qquad r = x \quad\text{or}\quad r = \max(0,\ W x + b) $$

Both are trained by Adam on batches, as the spiking network is, with the gradients of the textbook: D. E.
Rumelhart, G. E. Hinton and R. J. Williams (1986), Nature 323, 533–536. What a network of spikes achieves says
little until these two are printed beside it.
"""

import math
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab._checks import finite_array, whole
from snnlab.learning.adam import Adam, _update, check_adam

__all__ = ["Classifier", "classify", "fit_ann", "fit_linear"]


class Classifier(NamedTuple):
    """Weights ``w[post, pre]`` and biases, layer by layer.

    Examples
    --------
    >>> net = Classifier((np.ones((3, 2)),), (np.zeros(3),))
    >>> len(net.weights)
    1
    """

    weights: tuple[np.ndarray, ...]
    """One layer, or two with rectified neurons between them."""
    biases: tuple[np.ndarray, ...]
    """One number for each neuron of a layer."""


def fit_linear(
    x: ArrayLike,
    y: ArrayLike,
    epochs: int = 20,
    *,
    adam: Adam = Adam(1e-3),
    batch: int = 50,
    rng: np.random.Generator,
) -> Classifier:
    """Train a linear classifier (softmax regression).

    Parameters
    ----------
    x : array of shape (samples, inputs)
        What is to be classified, best between 0 and 1.
    y : array of int, shape (samples,)
        Classes, from 0.
    epochs, batch : int
        How often all samples are gone through, and how many a step.
    adam
        The numbers of the optimiser.
    rng : numpy.random.Generator
        Where the order of the samples and the first weights come from.

    Returns
    -------
    Classifier
        For `classify`.

    Raises
    ------
    ValueError, TypeError
        If an argument breaks its rule; the sentence names it.

    Examples
    --------
    >>> x = np.random.default_rng(1).normal(size=(200, 2))
    >>> net = fit_linear(x, (x[:, 0] > 0).astype(int), 60, adam=Adam(0.01), rng=np.random.default_rng(2))
    >>> print((classify(net, x) == (x[:, 0] > 0)).mean() > 0.95)
    True
    """
    return _fit(x, y, (), epochs, adam, batch, rng)


def fit_ann(
    x: ArrayLike,
    y: ArrayLike,
    n_hidden: int = 100,
    epochs: int = 20,
    *,
    adam: Adam = Adam(1e-3),
    batch: int = 50,
    rng: np.random.Generator,
) -> Classifier:
    """Train an artificial neural network with one hidden layer of rectified neurons.

    Parameters
    ----------
    x : array of shape (samples, inputs)
        What is to be classified, best between 0 and 1.
    y : array of int, shape (samples,)
        Classes, from 0.
    n_hidden : int
        Number of hidden neurons.
    epochs, batch : int
        How often all samples are gone through, and how many a step.
    adam
        The numbers of the optimiser.
    rng : numpy.random.Generator
        Where the order of the samples and the first weights come from.

    Returns
    -------
    Classifier
        For `classify`.

    Raises
    ------
    ValueError, TypeError
        If an argument breaks its rule; the sentence names it.

    Examples
    --------
    >>> x = np.random.default_rng(1).normal(size=(200, 2))
    >>> xor = (x[:, 0] * x[:, 1] > 0).astype(int)
    >>> net = fit_ann(x, xor, 20, 60, adam=Adam(0.01), rng=np.random.default_rng(2))
    >>> print((classify(net, x) == xor).mean() > 0.95)
    True
    """
    return _fit(x, y, (whole("n_hidden", n_hidden, 1),), epochs, adam, batch, rng)


def classify(net: Classifier, x: ArrayLike) -> np.ndarray:
    """The class that a classifier names for each sample.

    Parameters
    ----------
    net
        From `fit_linear` or `fit_ann`.
    x : array of shape (samples, inputs)
        What is to be classified.

    Returns
    -------
    array of int, shape (samples,)

    Raises
    ------
    ValueError, TypeError
        If an argument breaks its rule; the sentence names it.

    Examples
    --------
    >>> print(classify(Classifier((np.eye(2),), (np.zeros(2),)), [[0.1, 0.9], [3.0, 2.0]]))
    [1 0]
    """
    inputs = finite_array("x", x, (2,), "(samples, inputs)")
    if inputs.shape[1] != net.weights[0].shape[1]:
        raise ValueError(
            f"x must have {net.weights[0].shape[1]} columns, one for each input, got {inputs.shape[1]}"
        )
    return _layers(net, inputs)[-1].argmax(axis=1)


def _layers(net: Classifier, x: np.ndarray) -> list[np.ndarray]:
    """What every layer says; the last one without the softmax."""
    said = [x]
    for w, b in zip(net.weights, net.biases, strict=True):
        said.append((said[-1] if len(said) == 1 else np.maximum(said[-1], 0.0)) @ w.T + b)
    return said


def _gradient(net: Classifier, x: np.ndarray, y: np.ndarray) -> list[np.ndarray]:
    """Of the mean loss, by weights and biases in the order in which a classifier has them."""
    said = _layers(net, x)
    shares = np.exp(said[-1] - said[-1].max(axis=1, keepdims=True))
    error = shares / shares.sum(axis=1, keepdims=True)
    error[np.arange(len(y)), y] -= 1.0
    error /= len(y)
    weights: list[np.ndarray] = []
    biases: list[np.ndarray] = []
    for k in range(len(net.weights) - 1, -1, -1):
        came = said[k] if k == 0 else np.maximum(said[k], 0.0)
        weights.insert(0, error.T @ came)
        biases.insert(0, error.sum(axis=0))
        error = (error @ net.weights[k]) * (said[k] > 0)
    return weights + biases


def _fit(
    x: ArrayLike,
    y: ArrayLike,
    hidden: tuple[int, ...],
    epochs: int,
    adam: Adam,
    batch: int,
    rng: np.random.Generator,
) -> Classifier:
    """Train a network with these hidden layers."""
    inputs, classes, adam = finite_array("x", x, (2,), "(samples, inputs)"), np.asarray(y), check_adam(adam)
    if classes.shape != inputs.shape[:1] or classes.dtype.kind not in "iu" or not classes.size:
        raise ValueError(
            f"y must be {len(inputs)} whole numbers, one for each sample, got shape {classes.shape}"
        )
    if classes.min() < 0:
        raise ValueError(f"y must be zero or above, got {classes.min()}")
    batch, epochs = whole("batch", batch, 1), whole("epochs", epochs)
    sizes = (inputs.shape[1], *hidden, int(classes.max()) + 1)
    net = Classifier(
        tuple(rng.normal(0, math.sqrt(2 / pre), (post, pre)) for pre, post in pairwise(sizes)),
        tuple(np.zeros(post) for post in sizes[1:]),
    )
    parts = [*net.weights, *net.biases]
    mean, square = ([np.zeros_like(w) for w in parts] for _ in range(2))
    step = 0
    for _ in range(epochs):
        order = rng.permutation(len(inputs))
        for first in range(0, len(order), batch):
            which = order[first : first + batch]
            step += 1
            for w, g, m, q in zip(
                parts, _gradient(net, inputs[which], classes[which]), mean, square, strict=True
            ):
                _update(w.ravel(), g.ravel(), m.ravel(), q.ravel(), step, *adam)
    return net
