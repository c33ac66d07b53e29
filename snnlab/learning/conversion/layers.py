r"""Feed-forward networks of any depth: rectified layers, and a last one that stays linear.

$$ h^l = \max(0,\; W^l h^{l-1} + b^l), \qquad y = W^L h^{L-1} + b^L $$

A rectified layer may be scaled as one likes, if the next one takes it back. With a scale $\lambda^l$ for
each,

$$ W^l \leftarrow W^l\, \frac{\lambda^{l-1}}{\lambda^l}, \qquad b^l \leftarrow \frac{b^l}{\lambda^l} $$

every activation comes out divided by its $\lambda^l$, and $y$ as before ($\lambda = 1$ for the input and for
$y$). Taken from the data, as the largest activation or a high percentile of those above 0, the scales bring
all activations, or nearly all, below 1: as many spikes a step as a neuron can fire.

Source: P. U. Diehl, D. Neil, J. Binas, M. Cook, S.-C. Liu and M. Pfeiffer (2015), IJCNN (by the maximum);
B. Rueckauer and others (2017), Frontiers in Neuroscience 11, 682 (by a percentile, and biases).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, non_negative, whole
from snnlab.learning.deep_network import DeepNetwork

__all__ = [
    "Layers",
    "activation_scales",
    "activations",
    "check_layers",
    "layers_of",
    "rescaled",
    "signs_apart",
]


class Layers(NamedTuple):
    """Weights ``w[post, pre]`` and biases, from the input to the output.

    Examples
    --------
    >>> len(Layers((np.ones((3, 2)), np.ones((1, 3))), (np.zeros(3), np.zeros(1))).weights)
    2
    """

    weights: tuple[np.ndarray, ...]
    """W of each layer, shape (neurons, inputs of the layer)."""
    biases: tuple[np.ndarray, ...]
    """b of each layer, shape (neurons,)."""


def check_layers(layers: Layers) -> Layers:
    """`layers` in float64, if they fit together."""
    if not isinstance(layers, Layers):
        raise TypeError(f"layers must be Layers, got {type(layers).__name__}")
    if not layers.weights or len(layers.weights) != len(layers.biases):
        raise ValueError(
            f"layers must have weights and biases, as many of both, "
            f"got {len(layers.weights)} and {len(layers.biases)}"
        )
    weights = tuple(finite_array("weights", w, (2,), "(neurons, inputs)") for w in layers.weights)
    biases = tuple(finite_array("biases", b, (1,), "(neurons,)") for b in layers.biases)
    for number, (w, b) in enumerate(zip(weights, biases, strict=True)):
        before = len(weights[number - 1]) if number else w.shape[1]
        if w.shape != (b.size, before):
            raise ValueError(f"weights of layer {number + 1} must be ({b.size}, {before}), got {w.shape}")
    return Layers(weights, biases)


def layers_of(network: DeepNetwork) -> Layers:
    """A network of `train_deep` as layers.

    Parameters
    ----------
    network
        Its weights.

    Examples
    --------
    >>> network = DeepNetwork(np.ones((3, 2)), np.zeros(3), np.ones((2, 3)), np.zeros(2))
    >>> [w.shape for w in layers_of(network).weights]
    [(3, 2), (2, 3)]
    """
    return check_layers(Layers((network.w_in, network.w_out), (network.b_hidden, network.b_out)))


def activations(layers: Layers, x: ArrayLike) -> list[np.ndarray]:
    """What every layer makes of each sample.

    Parameters
    ----------
    layers
        The network.
    x : array of shape (samples, inputs)
        What it is shown.

    Returns
    -------
    list of array of shape (samples, neurons)
        One a layer; the last is y.

    Examples
    --------
    >>> pair = Layers((np.array([[1.0], [-1.0]]), np.ones((1, 2))), (np.zeros(2), np.zeros(1)))
    >>> print(activations(pair, [[-3.0]]))  # the absolute value, of two rectified halves
    [array([[0., 3.]]), array([[3.]])]
    """
    layers, h = check_layers(layers), _inputs(layers, x)
    out = []
    for number, (w, b) in enumerate(zip(*layers, strict=True)):
        z = h @ w.T + b
        h = z if number == len(layers.weights) - 1 else np.maximum(z, 0.0)
        out.append(h)
    return out


def activation_scales(layers: Layers, x: ArrayLike, percentile: float = 99.9) -> np.ndarray:
    """The scale of each rectified layer: a percentile of its activations above 0.

    Parameters
    ----------
    layers
        The network.
    x : array of shape (samples, inputs)
        Samples to measure on.
    percentile : float
        0 to 100; 100 is the maximum.

    Returns
    -------
    array of shape (layers - 1,)
        1 for a layer that is never above 0.

    Examples
    --------
    >>> one = Layers((np.array([[2.0]]), np.ones((1, 1))), (np.zeros(1), np.zeros(1)))
    >>> print(activation_scales(one, [[0.5], [1.0], [-1.0]], percentile=100))
    [2.]
    """
    percentile = non_negative("percentile", percentile)
    if percentile > 100:
        raise ValueError(f"percentile must be at most 100, got {percentile:g}")
    hidden = activations(layers, x)[:-1]
    return np.array([np.percentile(h[h > 0], percentile) if (h > 0).any() else 1.0 for h in hidden])


def rescaled(layers: Layers, scales: ArrayLike) -> Layers:
    """The same network, with each activation divided by the scale of its layer.

    Parameters
    ----------
    layers
        The network.
    scales : array of shape (layers - 1,)
        λ of each rectified layer, above 0.

    Examples
    --------
    >>> one = Layers((np.array([[2.0]]), np.ones((1, 1))), (np.zeros(1), np.zeros(1)))
    >>> hidden, y = activations(rescaled(one, [2.0]), [[0.5]])
    >>> print(hidden, y)
    [[0.5]] [[1.]]
    """
    layers = check_layers(layers)
    scales = finite_array("scales", scales, (1,), "(layers - 1,)")
    if scales.size != len(layers.weights) - 1 or (scales <= 0).any():
        raise ValueError(f"scales must be {len(layers.weights) - 1} positive numbers, got {scales}")
    before, after = np.r_[1.0, scales], np.r_[scales, 1.0]
    return Layers(
        tuple(w * (p / q) for w, p, q in zip(layers.weights, before, after, strict=True)),
        tuple(b / q for b, q in zip(layers.biases, after, strict=True)),
    )


def signs_apart(layers: Layers, layer: int) -> Layers:
    r"""Make a layer that may be negative out of rectified neurons: two for each, one for each sign.

    $z = \max(0, z) - \max(0, -z)$, so a partner with the opposite weights has the part below 0, and the next
    layer hears it with the opposite sign. A rate cannot be negative, but the difference of two can.

    Parameters
    ----------
    layers
        The network, whose layer `layer` is meant to be linear.
    layer : int
        Which one, from 0; not the last.

    Examples
    --------
    >>> one = Layers((np.array([[1.0]]), np.ones((1, 1))), (np.zeros(1), np.zeros(1)))
    >>> hidden, y = activations(signs_apart(one, 0), [[-0.5]])
    >>> print(hidden, y)
    [[0.  0.5]] [[-0.5]]
    """
    layers, layer = check_layers(layers), whole("layer", layer)
    if layer > len(layers.weights) - 2:
        raise ValueError(f"layer must be before the last one ({len(layers.weights) - 1}), got {layer}")
    weights, biases = list(layers.weights), list(layers.biases)
    weights[layer] = np.concatenate([weights[layer], -weights[layer]])
    biases[layer] = np.concatenate([biases[layer], -biases[layer]])
    weights[layer + 1] = np.concatenate([weights[layer + 1], -weights[layer + 1]], axis=1)
    return Layers(tuple(weights), tuple(biases))


def _inputs(layers: Layers, x: ArrayLike) -> np.ndarray:
    x = finite_array("x", x, (2,), "(samples, inputs)")
    if x.shape[1] != layers.weights[0].shape[1]:
        raise ValueError(f"x must have {layers.weights[0].shape[1]} columns, one an input, got {x.shape[1]}")
    return x
