"""What is made of the same data without spikes: the figures that belong beside those of a network.

They are scikit-learn's, which comes with the course (the extra ``course`` of the package).
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, whole, within
from snnlab.learning.deep_network import fitted
from snnlab.learning.labelled import labelled
from snnlab.random import seed_from
from snnlab.scikit_learn import scikit_learn

__all__ = ["ann_accuracy", "k_means", "linear_accuracy", "nearest_centres"]


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

    Examples
    --------
    >>> x, y = [[0.0], [0.1], [0.9], [1.0]], [0, 0, 1, 1]
    >>> linear_accuracy(x, y, [[0.2], [0.8]], [0, 1], epochs=50)
    1.0
    """
    epochs, seed = whole("epochs", epochs, least=1), whole("seed", seed, most=2**32 - 1)
    x, y, x_test, y_test = _data(x, y, x_test, y_test)
    model = scikit_learn("linear_model").SGDClassifier(
        loss="log_loss", alpha=1e-3, max_iter=epochs, tol=None, random_state=seed
    )
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

    Examples
    --------
    >>> x, y = [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]], [0, 1, 1, 0]
    >>> ann_accuracy(x, y, x, y, 50, epochs=400)  # what no linear classifier can
    1.0
    """
    hidden, epochs = whole("hidden", hidden, least=1), whole("epochs", epochs, least=1)
    seed = whole("seed", seed, most=2**32 - 1)
    x, y, x_test, y_test = _data(x, y, x_test, y_test)
    return float(fitted(x, y, hidden, epochs, seed).score(x_test, y_test))


def k_means(images: ArrayLike, k: int, *, rng: np.random.Generator) -> np.ndarray:
    """The centres of `k` clusters.

    Each image belongs to the nearest centre, and each centre moves to the mean of its images, until they
    hardly move.

    Parameters
    ----------
    images : array of shape (images, pixels)
        What is clustered.
    k : int
        How many centres.
    rng
        Of the centres at the start, far apart. One number is drawn from it.

    Returns
    -------
    array of shape (k, pixels)

    Examples
    --------
    >>> sorted(k_means([[0.0], [1.0], [10.0], [12.0]], 2, rng=np.random.default_rng(1)).ravel().tolist())
    [0.5, 11.0]
    """
    x, k = finite_array("images", images, (2,), "(images, pixels)"), whole("k", k, least=1)
    if k > len(x):
        raise ValueError(f"k must be at most the number of images ({len(x)}), got {k}")
    model = scikit_learn("cluster").KMeans(k, n_init=1, random_state=int(seed_from(rng)) % 2**32)
    return model.fit(x).cluster_centers_


def nearest_centres(images: ArrayLike, centres: ArrayLike) -> np.ndarray:
    """Which centre is nearest to each image.

    Parameters
    ----------
    images : array of shape (images, pixels)
        Where to look from.
    centres : array of shape (k, pixels)
        Where to.

    Returns
    -------
    array of int of shape (images,)

    Raises
    ------
    ValueError, TypeError
        If they do not have the same number of pixels.

    Examples
    --------
    >>> nearest_centres([[0.0], [9.0]], [[1.0], [7.0]])
    array([0, 1])
    """
    x = finite_array("images", images, (2,), "(images, pixels)")
    c = finite_array("centres", centres, (2,), "(k, pixels)")
    if x.shape[1] != c.shape[1]:
        raise ValueError(f"centres must have {x.shape[1]} pixels as the images do, got {c.shape[1]}")
    return ((c**2).sum(axis=1) - 2.0 * x @ c.T).argmin(axis=1)


def _data(x: Any, y: Any, x_test: Any, y_test: Any) -> tuple[np.ndarray, ...]:
    """What is learnt and what is asked for, checked."""
    parts = (*labelled("", x, y), *labelled("_test", x_test, y_test))
    if parts[0].shape[1] != parts[2].shape[1]:
        raise ValueError(f"x_test must have the inputs of x ({parts[0].shape[1]}), got {parts[2].shape[1]}")
    for name, array in (("x", parts[0]), ("x_test", parts[2])):
        within(name, array, 1e30)  # scikit-learn computes in 32 bits
    return parts
