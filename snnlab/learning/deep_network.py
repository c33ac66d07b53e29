r"""A deep network to stand beside a spiking one: one hidden layer of rectified neurons, no time, no spikes.

$$ h = \max(0, W x + b), \qquad y = U h + c $$

The class with the largest $y$ is named. It is trained by scikit-learn, which comes with the course (the extra
``course`` of the package).
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, whole
from snnlab.learning.labelled import classes_of, labelled
from snnlab.scikit_learn import scikit_learn

__all__ = ["DeepNetwork", "DeepRun", "run_deep", "train_deep"]


class DeepNetwork(NamedTuple):
    """Weights ``w[post, pre]`` and what is added.

    Examples
    --------
    >>> DeepNetwork(np.ones((3, 2)), np.zeros(3), np.ones((2, 3)), np.zeros(2)).w_in.shape
    (3, 2)
    """

    w_in: np.ndarray
    """W, shape (hidden, inputs)."""
    b_hidden: np.ndarray
    """b, shape (hidden,)."""
    w_out: np.ndarray
    """U, shape (outputs, hidden)."""
    b_out: np.ndarray
    """c, shape (outputs,)."""


class DeepRun(NamedTuple):
    """What a network makes of its inputs.

    Examples
    --------
    >>> DeepRun(hidden=np.zeros((1, 3)), y=np.array([[0.2, 0.9]])).y.argmax(axis=1)
    array([1])
    """

    hidden: np.ndarray
    """h, shape (samples, hidden)."""
    y: np.ndarray
    """y, shape (samples, outputs)."""


def train_deep(
    x: ArrayLike, y: ArrayLike, hidden: int = 100, *, epochs: int = 8, seed: int = 1
) -> DeepNetwork:
    """Train one by Adam, 100 samples a step.

    Parameters
    ----------
    x : array of shape (samples, inputs)
        What is learnt, best between 0 and 1.
    y : array of int, shape (samples,)
        The classes, 0, 1, 2 and so on, more than two of them.
    hidden : int
        Neurons of the hidden layer.
    epochs : int
        How often all samples are gone through.
    seed : int
        Of the weights at the start, and of the order.

    Examples
    --------
    >>> network = train_deep(np.eye(3), [0, 1, 2], 20, epochs=300)
    >>> run_deep(network, np.eye(3)).y.argmax(axis=1)
    array([0, 1, 2])
    """
    x, y = labelled("", x, y)
    classes_of(y, least=3)
    model = fitted(
        x, y, whole("hidden", hidden, least=1), whole("epochs", epochs, least=1), whole("seed", seed)
    )
    (w, u), (b, c) = model.coefs_, model.intercepts_
    return DeepNetwork(w.T.copy(), b, u.T.copy(), c)


def run_deep(network: DeepNetwork, x: ArrayLike) -> DeepRun:
    """What the network makes of each sample.

    Parameters
    ----------
    network
        Its weights.
    x : array of shape (samples, inputs)
        What it is shown.

    Examples
    --------
    >>> network = DeepNetwork(np.array([[1.0], [-1.0]]), np.zeros(2), np.ones((1, 2)), np.zeros(1))
    >>> run_deep(network, [[-3.0]]).hidden  # the absolute value, of two rectified halves
    array([[0., 3.]])
    """
    x = finite_array("x", x, (2,), "(samples, inputs)")
    if x.shape[1] != network.w_in.shape[1]:
        raise ValueError(f"x must have {network.w_in.shape[1]} columns, one an input, got {x.shape[1]}")
    hidden = np.maximum(x @ network.w_in.T + network.b_hidden, 0.0)
    return DeepRun(hidden, hidden @ network.w_out.T + network.b_out)


def fitted(x: np.ndarray, y: np.ndarray, hidden: int, epochs: int, seed: int) -> Any:
    """scikit-learn's network after so many epochs, from what has been checked."""
    network = scikit_learn("neural_network").MLPClassifier
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # comes with it

    model = network(hidden, batch_size=min(100, len(y)), random_state=seed)
    with threadpool_limits(1):  # batches so small that a second thread only waits
        for _ in range(epochs):
            model.partial_fit(x, y, classes=np.unique(y))
    return model
