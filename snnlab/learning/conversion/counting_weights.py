r"""A deep network's weights for spiking neurons that count: rates in place of rectified numbers.

A neuron without leak adds up what it hears, fires at the threshold 1, and a spike takes 1 away. What comes in
at a steady rate goes out at the same rate, if it is positive: in the long run it is a rectified neuron. Its
rate ends at one spike a step, so the weights are scaled until hardly any activation is larger. With $\lambda$
a high percentile of the activations of a layer (and 1 for the inputs, which are between 0 and 1)

$$ W' = W / \lambda_1, \quad b' = b / \lambda_1, \qquad U' = U\, \lambda_1 / \lambda_2, \quad
c' = c / \lambda_2 $$

which leaves the largest output the largest.

Source: P. U. Diehl, D. Neil, J. Binas, M. Cook, S.-C. Liu and M. Pfeiffer (2015), International Joint
Conference on Neural Networks, 1-8; B. Rueckauer, I.-A. Lungu, Y. Hu, M. Pfeiffer and S.-C. Liu (2017),
Frontiers in Neuroscience 11, 682, for the percentile.
"""

from typing import Annotated, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.array_rules import Floats
from snnlab.checks import as_real, finite_array
from snnlab.learning.conversion.layers import layers_of, rescaled
from snnlab.learning.deep_network import DeepNetwork, run_deep

__all__ = ["CountingWeights", "counting_weights"]


class CountingWeights(NamedTuple):
    """Weights of spiking neurons, one row for each presynaptic one, as kernels read them.

    Examples
    --------
    >>> CountingWeights(np.ones((2, 3)), np.zeros(3), np.ones((3, 2)), np.zeros(2)).w_in.shape
    (2, 3)
    """

    w_in: Annotated[np.ndarray, Floats("(inputs, hidden)")]
    """From the inputs, shape (inputs, hidden), in thresholds."""
    b_hidden: Annotated[np.ndarray, Floats("(hidden,)")]
    """What a hidden neuron gets in a step in which white inputs fire for certain, thresholds."""
    w_out: Annotated[np.ndarray, Floats("(hidden, outputs)")]
    """To the outputs, shape (hidden, outputs), in thresholds."""
    b_out: Annotated[np.ndarray, Floats("(outputs,)")]
    """The same for the outputs."""


def counting_weights(network: DeepNetwork, x: ArrayLike, percentile: float = 99.9) -> CountingWeights:
    """Scale the weights so that no rate is larger than a spike a step, but for a few.

    Parameters
    ----------
    network
        A trained deep network.
    x : array of shape (samples, inputs)
        What it learnt from, between 0 and 1: its activations set the scale.
    percentile : float
        Which of the activations of a layer becomes a spike a step, above 0 and at most 100.

    Raises
    ------
    ValueError
        If a layer is silent for all of `x`.

    Examples
    --------
    >>> network = DeepNetwork(np.array([[2.0], [-4.0]]), np.zeros(2), np.eye(2), np.array([0.0, 1.0]))
    >>> spiking = counting_weights(network, [[0.5], [1.0]], percentile=100)
    >>> print(spiking.w_in, spiking.b_out)  # the largest activation is 2
    [[ 1. -2.]] [0.  0.5]
    """
    percentile = as_real("percentile", percentile, "above 0 and at most 100")
    if not 0 < percentile <= 100:
        raise ValueError(f"percentile must be above 0 and at most 100, got {percentile:g}")
    x = finite_array("x", x, (2,), "(samples, inputs)")
    if not x.size or x.min() < 0 or x.max() > 1:
        wrong = x[(x < 0) | (x > 1)]
        raise ValueError(
            f"x must be samples between 0 and 1, got {f'{wrong[0]:g}' if wrong.size else 'none'}"
        )
    run = run_deep(network, x)
    hidden, y = (float(np.percentile(np.maximum(layer, 0), percentile)) for layer in run)
    for name, scale in (("hidden neuron", hidden), ("output", y)):
        if scale <= 0:
            raise ValueError(f"x must make at least one {name} active, got 0 at most")
    scaled = rescaled(layers_of(network), [hidden])
    return CountingWeights(
        scaled.weights[0].T.copy(),
        scaled.biases[0],
        (scaled.weights[1] / y).T.copy(),
        scaled.biases[1] / y,
    )
