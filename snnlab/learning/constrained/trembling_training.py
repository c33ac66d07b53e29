r"""Training rectified neurons with the noise that their spikes will bring: all but the spiking curve.

$$ h^l = \max(0, z^l) + \kappa\, \sigma(h^l / \kappa)\, \xi, \qquad \kappa = \frac{\lambda^l}{r_{max}} $$

An activation $h$ will be the rate $h / \kappa$ of a spiking neuron, and the scale $\lambda^l$ of a layer (the
percentile 99.9 of its activations above 0, here those of the batch) the highest one, $r_{max}$. $\sigma$ is
the spread of filtered spikes of that rate and $\xi$ normally distributed, drawn anew for each neuron, sample
and step. On the way back the noise counts as given.

It is a control: what is left of the loss when a rectified network knows the noise was not lost to the noise.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import positive, whole, wholes
from snnlab.learning.constrained.filtered_spikes import filtered_sd
from snnlab.learning.conversion.layers import Layers
from snnlab.learning.gradients.adam import Adam, check_adam
from snnlab.learning.gradients.descent import Activation, descend, layer_gradients, rectified_start
from snnlab.learning.labelled import classes_of, labelled
from snnlab.random import generator

__all__ = ["train_trembling"]

PERCENTILE = 99.9
"""Of the activations above 0, as in a conversion (`snnlab.learning.conversion.layers.activation_scales`)."""


def train_trembling(
    x: ArrayLike,
    y: ArrayLike,
    hidden: Sequence[int] = (64, 64),
    highest: float = 150.0,
    *,
    tau_s: float = 5.0,
    epochs: int = 100,
    batch: int = 50,
    adam: Adam = Adam(rate=5e-3),
    rng: np.random.Generator,
) -> Layers:
    """Train a rectified network that will spike, with the noise of its spikes.

    Parameters
    ----------
    x : array of shape (samples, inputs)
        What is learnt, best between 0 and 1.
    y : array of int, shape (samples,)
        The classes, 0, 1, 2 and so on.
    hidden : sequence of int
        Neurons of each hidden layer.
    highest : float
        The rate that will stand for the scale of a layer, Hz.
    tau_s : float
        Time constant of the synapse behind which spikes tremble, ms.
    epochs, batch : int
        How often all samples are gone through, and how many make a step.
    adam
        The numbers of the optimiser.
    rng
        Of the weights at the start, of the order, and of the noise.

    Returns
    -------
    Layers
        As `snnlab.learning.conversion.quantised_training.train_layers` learns them.

    Examples
    --------
    >>> from snnlab.learning.conversion.layers import activations
    >>> layers = train_trembling(np.eye(3), [0, 1, 2], (20,), epochs=200, rng=np.random.default_rng(1))
    >>> print(activations(layers, np.eye(3))[-1].argmax(axis=1))
    [0 1 2]
    """
    x, y = labelled("", x, y)
    sizes = [x.shape[1], *wholes("hidden", hidden, least=1), classes_of(y)]
    highest, tau_s = positive("highest", highest), positive("tau_s", tau_s)
    epochs, batch = whole("epochs", epochs, least=1), whole("batch", batch, least=1)
    adam, rng, inputs = check_adam(adam), generator(rng), x.astype(float)
    weights = rectified_start(sizes, rng)
    biases = [np.zeros(n) for n in sizes[1:]]
    activate = trembling(highest, tau_s, rng)

    def gradient(which):
        of_weights, of_biases = layer_gradients(weights, biases, activate, inputs[which], y[which])
        return [*of_weights, *of_biases]

    descend([*weights, *biases], gradient, len(x), epochs=epochs, batch=batch, adam=adam, rng=rng)
    return Layers(tuple(weights), tuple(biases))


def trembling(highest: float, tau_s: float, rng: np.random.Generator) -> Activation:
    """The activation of a hidden layer with its noise, and the way back through it."""

    def activate(_, z):
        h = np.maximum(z, 0.0)
        if not h.any():
            return h, np.zeros_like
        worth = np.percentile(h[h > 0], PERCENTILE) / highest
        noise = worth * filtered_sd(h / worth, tau_s) * rng.standard_normal(h.shape)
        return h + noise, lambda back: back * (z > 0)

    return activate
