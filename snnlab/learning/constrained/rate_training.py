r"""Training with the curve of the spiking neuron, and with the noise that its spikes will bring.

$$ j^l = W^l h^{l-1} + b^l, \qquad h^l = A \left( r(j^l) + \sigma(r)\, \xi \right), \qquad
y = W^L h^{L-1} + b^L $$

with the rate $r$ of the soft LIF neuron, the spread $\sigma$ of its filtered spikes and a normally
distributed $\xi$, drawn anew for each neuron, sample and step. $A$ brings rates to about 1. On the way back
the noise counts as given: an error passes by the slope of the rate.

Source: E. Hunsberger and C. Eliasmith (2015), Spiking deep networks with LIF neurons, arXiv:1510.08829; the
noise there has one width for all rates.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, non_negative, whole, wholes
from snnlab.learning.constrained.filtered_spikes import filtered_sd
from snnlab.learning.constrained.soft_lif import (
    SoftLIF,
    check_soft_lif,
    soft_lif_rate,
    soft_lif_slope,
)
from snnlab.learning.conversion.layers import Layers, check_layers
from snnlab.learning.gradients.adam import Adam, check_adam
from snnlab.learning.gradients.descent import descend, layer_gradients, rectified_start
from snnlab.learning.labelled import classes_of, labelled
from snnlab.random import generator

__all__ = ["AMPLITUDE", "run_soft", "train_soft"]

AMPLITUDE = 0.01
"""A, by which a rate in Hz is multiplied before the next layer hears it."""


def train_soft(
    x: ArrayLike,
    y: ArrayLike,
    hidden: Sequence[int] = (64, 64),
    neuron: SoftLIF = SoftLIF(),
    *,
    tau_s: float = 0.0,
    epochs: int = 100,
    batch: int = 50,
    adam: Adam = Adam(rate=5e-3),
    rng: np.random.Generator,
) -> Layers:
    """Train a network whose hidden neurons have the curve of a LIF neuron.

    Parameters
    ----------
    x : array of shape (samples, inputs)
        What is learnt, best between 0 and 1.
    y : array of int, shape (samples,)
        The classes, 0, 1, 2 and so on.
    hidden : sequence of int
        Neurons of each hidden layer.
    neuron
        Its curve; with γ = 0 errors pass by the slope of the hard one.
    tau_s : float
        Time constant of the synapse whose trembling is the noise, ms; 0 for training without noise.
    epochs, batch : int
        How often all samples are gone through, and how many make a step.
    adam
        The numbers of the optimiser.
    rng
        Of the weights at the start, of the order, and of the noise.

    Returns
    -------
    Layers
        Weights and biases, in threshold currents; each neuron begins at its threshold.

    Examples
    --------
    >>> layers = train_soft(np.eye(3), [0, 1, 2], (20,), epochs=200, rng=np.random.default_rng(1))
    >>> print(run_soft(layers, np.eye(3))[-1].argmax(axis=1))
    [0 1 2]
    """
    x, y = labelled("", x, y)
    neuron, tau_s = check_soft_lif(neuron), non_negative("tau_s", tau_s)
    adam, rng, inputs = check_adam(adam), generator(rng), x.astype(float)
    sizes = [x.shape[1], *wholes("hidden", hidden, least=1), classes_of(y)]
    epochs, batch = whole("epochs", epochs, least=1), whole("batch", batch, least=1)
    weights = rectified_start(sizes, rng)
    biases = [*(np.ones(n) for n in sizes[1:-1]), np.zeros(sizes[-1])]

    def gradient(which):
        shown = inputs[which], y[which]
        of_weights, of_biases = soft_gradients(weights, biases, neuron, tau_s, *shown, rng if tau_s else None)
        return [*of_weights, *of_biases]

    descend([*weights, *biases], gradient, len(x), epochs=epochs, batch=batch, adam=adam, rng=rng)
    return Layers(tuple(weights), tuple(biases))


def soft_gradients(
    weights: Sequence[np.ndarray],
    biases: Sequence[np.ndarray],
    neuron: SoftLIF,
    tau_s: float,
    x: np.ndarray,
    y: np.ndarray,
    noise: np.random.Generator | None,
) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """The gradients of a batch by weights and biases, with noise from `noise` or none."""

    def activate(_, j):
        rate, slope = soft_lif_rate(j, neuron), soft_lif_slope(j, neuron)
        if noise is not None:
            rate = rate + filtered_sd(rate, tau_s) * noise.standard_normal(rate.shape)
        return AMPLITUDE * rate, lambda back: AMPLITUDE * slope * back

    return layer_gradients(weights, biases, activate, x, y)


def run_soft(layers: Layers, x: ArrayLike, neuron: SoftLIF = SoftLIF()) -> list[np.ndarray]:
    """What every layer makes of each sample, in rates and without noise.

    Parameters
    ----------
    layers
        What was learnt.
    x : array of shape (samples, inputs)
        What it is shown.
    neuron
        Its curve.

    Returns
    -------
    list of array of shape (samples, neurons)
        Rates of the hidden layers, Hz, and the outputs.

    Examples
    --------
    >>> one = Layers((np.ones((1, 1)), np.ones((1, 1))), (np.ones(1), np.zeros(1)))
    >>> print([out.round(2) for out in run_soft(one, [[1.0]])])
    [array([[55.98]]), array([[0.56]])]
    """
    layers, neuron = check_layers(layers), check_soft_lif(neuron)
    h, seen = finite_array("x", x, (2,), "(samples, inputs)"), []
    for k, (w, b) in enumerate(zip(*layers, strict=True)):
        j = h @ w.T + b
        seen.append(j if k == len(layers.weights) - 1 else soft_lif_rate(j, neuron))
        h = AMPLITUDE * seen[-1]
    return seen
