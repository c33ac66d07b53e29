"""A trained network on LIF neurons: currents in, spikes through low-pass synapses, an answer at every moment.

The image is a constant current into the first layer. Every later layer hears the filtered spikes of the one
before; the outputs do not fire, they are read from what they hear. Training and deployment share weights and
biases as they are: nothing is scaled, nothing is learnt.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, whole
from snnlab.learning.constrained.rate_training import AMPLITUDE
from snnlab.learning.constrained.soft_lif import SoftLIF, check_soft_lif
from snnlab.learning.constrained.spiking_layer import filtered_rates
from snnlab.learning.conversion.layers import Layers, activation_scales, check_layers, rescaled

__all__ = ["Deployment", "deploy_on_lif", "rectified_as_lif"]

TOGETHER = 50  # images whose neurons are simulated side by side


class Deployment(NamedTuple):
    """What spiking neurons make of each image.

    Examples
    --------
    >>> Deployment(np.zeros((5, 2)), 3.0).named.shape
    (5, 2)
    """

    named: np.ndarray
    """The largest output after each step, shape (steps, samples)."""
    spikes: float
    """Hidden spikes an image, mean of all."""


def deploy_on_lif(
    layers: Layers,
    x: ArrayLike,
    steps: int = 100,
    neuron: SoftLIF = SoftLIF(),
    *,
    tau_s: float = 5.0,
    dt: float = 1.0,
) -> Deployment:
    """Run a network of `train_soft` on spiking neurons.

    Parameters
    ----------
    layers
        Weights and biases, in threshold currents.
    x : array of shape (samples, inputs)
        What it is shown, as constant currents.
    steps : int
        How long.
    neuron
        Its membrane; γ is not used, the threshold of a spiking neuron is hard.
    tau_s : float
        Time constant of all synapses, ms.
    dt : float
        Time step, ms.

    Examples
    --------
    Two neurons, one for each input; after 20 steps both have fired.

    >>> layers = Layers((2 * np.eye(2), np.eye(2)), (np.zeros(2), np.zeros(2)))
    >>> print(deploy_on_lif(layers, np.eye(2), 20).named[-1])
    [0 1]
    """
    layers, neuron, steps = check_layers(layers), check_soft_lif(neuron), whole("steps", steps, least=1)
    x = finite_array("x", x, (2,), "(samples, inputs)")
    if x.shape[1] != layers.weights[0].shape[1]:
        raise ValueError(f"x must have {layers.weights[0].shape[1]} columns, one an input, got {x.shape[1]}")
    named, spikes = np.empty((steps, len(x)), np.int64), 0.0
    for first in range(0, len(x), TOGETHER):
        shown = x[first : first + TOGETHER]
        j = np.broadcast_to(
            shown @ layers.weights[0].T + layers.biases[0], (steps, len(shown), layers.biases[0].size)
        )
        for w, b in zip(layers.weights[1:], layers.biases[1:], strict=True):
            filtered, counts = filtered_rates(j.reshape(steps, -1), neuron, tau_s, dt)
            spikes += counts.sum()
            j = AMPLITUDE * filtered.reshape(j.shape) @ w.T + b
        named[:, first : first + TOGETHER] = j.argmax(axis=2)
    return Deployment(named, spikes / max(len(x), 1))


def rectified_as_lif(
    layers: Layers, x: ArrayLike, highest: float = 150.0, neuron: SoftLIF = SoftLIF()
) -> Layers:
    r"""An ordinary rectified network, made fit for LIF neurons afterwards.

    A rectified neuron begins at 0, a LIF neuron at its threshold, so each gets the bias 1; and the scale of
    its layer, the percentile 99.9 of all activations as in a conversion, becomes the rate `highest`. Between
    these two points the curves differ.

    Parameters
    ----------
    layers
        As `train_layers` learns them.
    x : array of shape (samples, inputs)
        What was learnt from: the scales are taken from it.
    highest : float
        Rate that stands for the scale of a layer, Hz.
    neuron
        Whose curve it is; the hard one, whatever γ is.

    Returns
    -------
    Layers
        For `deploy_on_lif`.

    Examples
    --------
    >>> one = Layers((np.ones((1, 1)), np.ones((1, 1))), (np.zeros(1), np.zeros(1)))
    >>> made = rectified_as_lif(one, [[1.0], [0.5]])
    >>> print(made.biases[0])
    [1.]
    """
    layers, neuron = check_layers(layers), check_soft_lif(neuron)
    scales = activation_scales(layers, x)
    if not 0 < highest < 1000.0 / neuron.t_ref:
        raise ValueError(f"highest must be above 0 and below {1000.0 / neuron.t_ref:g} Hz, got {highest:g}")
    climb = 1.0 / np.expm1((1000.0 / highest - neuron.t_ref) / neuron.tau_m)  # current above the threshold
    scaled, worth = rescaled(layers, scales), 1.0 / (highest * AMPLITUDE)  # of the highest rate, once heard
    weights = [w * (worth if k else 1.0) for k, w in enumerate(scaled.weights)]
    hidden = range(len(scales))
    return Layers(
        (*(climb * weights[k] for k in hidden), weights[-1]),
        (*(climb * scaled.biases[k] + 1.0 for k in hidden), scaled.biases[-1]),
    )
