"""A network that knows the digits of MNIST and has been made ready for spikes.

196 pixels, two hidden layers of 100 and 50 neurons, 10 outputs. It has learnt from the 4000 training images
of `snnlab.data.load_mnist_5k`, each ten times, a little turned, slanted, stretched and moved, and shrunk to
14 x 14 pixels as `snnlab.learning.conversion.pen_picture` shrinks a drawing. Then each hidden layer was
divided by a percentile of what it said to them.

It is kept in ``mnist_deep.npz`` in the folder of the data, under the licence of MNIST, which is share-alike;
``python tests/learning/conversion/write_mnist_network.py`` writes it.
"""

from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

import snnlab.data
from snnlab.checks import finite_array
from snnlab.learning.conversion.layers import Layers
from snnlab.learning.conversion.pen_picture import FINE, PIXELS

__all__ = ["WholeWeights", "shrunk", "spiking_on_mnist", "whole_weights"]

UNIT = 4096  # a power of two, so that sums of weights are exact in every order
FILE = Path(snnlab.data.__file__).with_name("mnist_deep.npz")


class WholeWeights(NamedTuple):
    """Weights ``w[post, pre]`` and biases of three layers in parts of a threshold, as a page keeps them.

    Examples
    --------
    >>> whole_weights().w_3.shape
    (10, 50)
    """

    w_1: np.ndarray
    """Of the first hidden layer, int32, shape (neurons, pixels)."""
    b_1: np.ndarray
    """Its biases, int32."""
    w_2: np.ndarray
    """Of the second hidden layer."""
    b_2: np.ndarray
    """Its biases."""
    w_3: np.ndarray
    """Of the outputs."""
    b_3: np.ndarray
    """Their biases."""


def whole_weights() -> WholeWeights:
    """The network in whole numbers: a weight of 4096 brings a neuron from rest to its threshold.

    Examples
    --------
    >>> [len(b) for b in whole_weights()[1::2]]
    [100, 50, 10]
    """
    with np.load(FILE) as file:
        return WholeWeights(*(file[name].astype(np.int32) for name in WholeWeights._fields))


def spiking_on_mnist() -> Layers:
    """The same network as layers, thresholds being 1.

    Examples
    --------
    >>> [w.shape for w in spiking_on_mnist().weights]
    [(100, 196), (50, 100), (10, 50)]
    """
    return as_layers(whole_weights())


def shrunk(images: ArrayLike) -> np.ndarray:
    """Images as the network is shown them: each square of 2 x 2 pixels as one.

    Parameters
    ----------
    images : array of shape (images, 28, 28)
        Brightness, from 0 to 1.

    Returns
    -------
    array of shape (images, 196)

    Examples
    --------
    >>> shrunk(np.ones((3, 28, 28))).shape
    (3, 196)
    """
    images = finite_array("images", images, (3,), "(images, 28, 28)")
    n, rows, columns = images.shape
    if rows != FINE or columns != FINE:
        raise ValueError(f"images must have shape (images, {FINE}, {FINE}), got {images.shape}")
    return images.reshape(n, PIXELS, 2, PIXELS, 2).mean(axis=(2, 4)).reshape(n, -1)


def as_layers(whole: WholeWeights) -> Layers:
    """Whole weights as layers whose thresholds are 1."""
    return Layers(tuple(w / UNIT for w in whole[0::2]), tuple(b / UNIT for b in whole[1::2]))
