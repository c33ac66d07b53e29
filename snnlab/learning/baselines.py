"""What classifiers without spikes make of the same data: the figures that belong beside those of a network.

They are scikit-learn's, which comes with the course (the extra ``course`` of the package).
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from snnlab._checks import finite_array, whole

__all__ = ["ann_accuracy", "linear_accuracy"]


def linear_accuracy(
    x: ArrayLike, y: ArrayLike, x_test: ArrayLike, y_test: ArrayLike, *, epochs: int = 8, seed: int = 1
) -> float:
    """How many of the tests a linear classifier gets right.

    Parameters
    ----------
    x, x_test : array of shape (samples, inputs)
        What is learnt and what is asked for, best between 0 and 1.
    y, y_test : array of int, shape (samples,)
        Their classes.
    epochs : int
        How often all samples are gone through.
    seed : int
        Of their order.

    Returns
    -------
    float
        From 0 to 1. Logistic regression, one class against the others.

    Raises
    ------
    ValueError, TypeError
        If an argument breaks its rule; the sentence names it.

    Examples
    --------
    >>> x, y = [[0.0], [0.1], [0.9], [1.0]], [0, 0, 1, 1]
    >>> linear_accuracy(x, y, [[0.2], [0.8]], [0, 1], epochs=50)
    1.0
    """
    from sklearn.linear_model import SGDClassifier

    epochs, seed = whole("epochs", epochs, least=1), whole("seed", seed)
    x, y, x_test, y_test = _data(x, y, x_test, y_test)
    model = SGDClassifier(loss="log_loss", alpha=1e-3, max_iter=epochs, tol=None, random_state=seed)
    return float(model.fit(x, y).score(x_test, y_test))


def ann_accuracy(
    x: ArrayLike,
    y: ArrayLike,
    x_test: ArrayLike,
    y_test: ArrayLike,
    hidden: int = 100,
    *,
    epochs: int = 8,
    seed: int = 1,
) -> float:
    """How many of the tests an artificial neural network with one hidden layer gets right.

    Parameters
    ----------
    x, y, x_test, y_test
        As for `linear_accuracy`.
    hidden : int
        Neurons of the hidden layer, which are rectified.
    epochs : int
        How often all samples are gone through, 100 a step of Adam.
    seed : int
        Of the weights at the start, and of the order.

    Returns
    -------
    float
        From 0 to 1.

    Raises
    ------
    ValueError, TypeError
        If an argument breaks its rule; the sentence names it.

    Examples
    --------
    >>> x, y = [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]], [0, 1, 1, 0]
    >>> ann_accuracy(x, y, x, y, 50, epochs=400)  # what no linear classifier can
    1.0
    """
    from sklearn.neural_network import MLPClassifier

    hidden, epochs = whole("hidden", hidden, least=1), whole("epochs", epochs, least=1)
    seed = whole("seed", seed)
    x, y, x_test, y_test = _data(x, y, x_test, y_test)
    model = MLPClassifier(hidden, batch_size=min(100, len(y)), random_state=seed)
    for _ in range(epochs):
        model.partial_fit(x, y, classes=np.unique(y))
    return float(model.score(x_test, y_test))


def _data(x: Any, y: Any, x_test: Any, y_test: Any) -> tuple[np.ndarray, ...]:
    """Inputs in single precision, as quick as they can be, and classes, as many as inputs."""
    parts = []
    for name, inputs, classes in (("", x, y), ("_test", x_test, y_test)):
        inputs = finite_array(f"x{name}", inputs, (2,), "(samples, inputs)").astype(np.float32)
        classes = np.asarray(classes)
        if classes.shape != inputs.shape[:1] or classes.size == 0:
            raise ValueError(
                f"y{name} must be one class a sample ({len(inputs)}, at least one), got {classes.shape}"
            )
        parts += [inputs, classes]
    if parts[0].shape[1] != parts[2].shape[1]:
        raise ValueError(f"x_test must have the inputs of x ({parts[0].shape[1]}), got {parts[2].shape[1]}")
    return tuple(parts)
