r"""Training for few time steps: an activation that is already a count.

A neuron that starts at half a threshold and gets a constant input for $L$ steps fires as often as rounding
says. So this activation is learnt with, in place of the rectified one, whose scale $\lambda$ is learnt too:

$$ h = \lambda\; \mathrm{clip}\!\left( \frac{1}{L} \left\lfloor \frac{z L}{\lambda} + \frac12 \right\rfloor,
\; 0, \; 1 \right) $$

The floor has no slope. The gradient goes straight through it, as if it were not there: 1 between 0 and
$\lambda$ and 0 elsewhere, and for $\lambda$ the part of $h / \lambda$ that does not follow $z$. What is
learnt has nothing above $\lambda$ and nothing finer than a spike in $L$ steps. Without levels it is an
ordinary rectified network of any depth.

Source: T. Bu, W. Fang, J. Ding, P. Dai, Z. Yu and T. Huang (2022), Optimal ANN–SNN conversion for
high-accuracy and ultra-low-latency spiking neural networks, ICLR.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import non_negative, whole, wholes
from snnlab.learning.conversion.layers import Layers
from snnlab.learning.gradients.adam import Adam, check_adam
from snnlab.learning.gradients.descent import descend, layer_gradients, rectified_start
from snnlab.learning.labelled import classes_of, labelled
from snnlab.random import generator

__all__ = ["TrainedLayers", "quantised", "run_trained", "train_layers"]


class TrainedLayers(NamedTuple):
    """What was learnt.

    Examples
    --------
    >>> one = Layers((np.ones((1, 1)), np.ones((1, 1))), (np.zeros(1), np.zeros(1)))
    >>> TrainedLayers(one, np.ones(1), levels=4).levels
    4
    """

    layers: Layers
    """Weights and biases."""
    scales: np.ndarray
    """λ of each hidden layer; NaN without levels."""
    levels: int
    """L; 0 for rectified layers."""


def quantised(z: ArrayLike, scale: float, levels: int) -> np.ndarray:
    """The activation: a multiple of `scale` / `levels` from 0 to `scale`.

    Parameters
    ----------
    z : array
        What comes in.
    scale : float
        λ, 0 or more.
    levels : int
        L.

    Examples
    --------
    >>> print(quantised([-1.0, 0.1, 0.3, 0.9, 5.0], 1.0, 4))
    [0.   0.   0.25 1.   1.  ]
    """
    z, levels = np.asarray(z, float), whole("levels", levels, least=1)
    scale = non_negative("scale", scale)
    return scale * np.clip(np.floor(z * (levels / scale) + 0.5) / levels, 0.0, 1.0) if scale else 0.0 * z


def train_layers(
    x: ArrayLike,
    y: ArrayLike,
    hidden: Sequence[int] = (100, 100),
    *,
    levels: int = 0,
    epochs: int = 30,
    batch: int = 100,
    adam: Adam = Adam(),
    rng: np.random.Generator,
) -> TrainedLayers:
    """Train a network to name classes, by the cross-entropy of its outputs.

    Parameters
    ----------
    x : array of shape (samples, inputs)
        What is learnt, best between 0 and 1.
    y : array of int, shape (samples,)
        The classes, 0, 1, 2 and so on.
    hidden : sequence of int
        Neurons of each hidden layer.
    levels : int
        L; with 0 the layers are rectified.
    epochs : int
        How often all samples are gone through.
    batch : int
        Samples a step.
    adam
        The numbers of the optimiser.
    rng
        Of the weights at the start, and of the order.

    Examples
    --------
    >>> learnt = train_layers(np.eye(3), [0, 1, 2], (20,), epochs=200, rng=np.random.default_rng(1))
    >>> print(run_trained(learnt, np.eye(3))[-1].argmax(axis=1))
    [0 1 2]
    """
    x, y = labelled("", x, y)
    sizes = [x.shape[1], *wholes("hidden", hidden, least=1), classes_of(y)]
    levels, epochs = whole("levels", levels), whole("epochs", epochs, least=1)
    batch, adam, rng = whole("batch", batch, least=1), check_adam(adam), generator(rng)
    weights = rectified_start(sizes, rng)
    biases = [np.zeros(n) for n in sizes[1:]]
    scales = [np.full(1, 4.0 if levels else np.nan) for _ in sizes[1:-1]]
    learnt = [*weights, *biases, *(scales if levels else [])]
    inputs = x.astype(float)

    def gradient(which):
        return _gradient(weights, biases, scales, levels, inputs[which], y[which])

    def settle():
        for scale in scales if levels else []:
            scale[0] = max(scale[0], 1e-3)

    descend(learnt, gradient, len(x), epochs=epochs, batch=batch, adam=adam, rng=rng, after=settle)
    return TrainedLayers(Layers(tuple(weights), tuple(biases)), np.array(scales).reshape(-1), levels)


def run_trained(trained: TrainedLayers, x: ArrayLike) -> list[np.ndarray]:
    """What every layer makes of each sample, with the activation that was learnt with.

    Parameters
    ----------
    trained
        What was learnt.
    x : array of shape (samples, inputs)
        What it is shown.

    Returns
    -------
    list of array of shape (samples, neurons)
        One a layer; the last is linear.

    Examples
    --------
    >>> one = Layers((np.ones((1, 1)), np.ones((1, 1))), (np.zeros(1), np.zeros(1)))
    >>> print(run_trained(TrainedLayers(one, np.ones(1), levels=4), [[0.3]])[0])
    [[0.25]]
    """
    h, (weights, biases) = np.asarray(x, float), trained.layers
    return [after for _, after in _forward(weights, biases, trained.scales, trained.levels, h)]


def _forward(weights, biases, scales, levels, h):
    """Drive and activation of each layer."""
    for k, (w, b) in enumerate(zip(weights, biases, strict=True)):
        z = h @ w.T + b
        if k == len(weights) - 1:
            h = z
        else:
            h = quantised(z, float(np.ravel(scales[k])[0]), levels) if levels else np.maximum(z, 0.0)
        yield z, h


def _gradient(weights, biases, scales, levels, x, y):
    """Of the mean cross-entropy: weights, biases and, with levels, scales."""
    of_scales: list[np.ndarray] = []

    def activate(k, z):
        if not levels:
            return np.maximum(z, 0.0), lambda back: back * (z > 0)
        scale = scales[k][0]
        h, within = quantised(z, float(scale), levels), (z > 0) & (z < scale)

        def through(back):
            of_scales.insert(0, np.array([np.sum(back * (h - np.where(within, z, 0.0)) / scale)]))
            return back * within

        return h, through

    of_weights, of_biases = layer_gradients(weights, biases, activate, x, y)
    return [*of_weights, *of_biases, *of_scales]
