r"""Training a network of ternary weights whose hidden neurons say 0 or 1.

$$ z^l = \frac{g^l}{\sqrt{n}}\, \hat W^l h^{l-1} + b^l, \qquad h^l = [\,z^l \ge 0\,] $$

with a gain $g$ and a bias $b$ for each neuron and $n$ inputs; the outputs are the last $z$. For a hidden
neuron this comes to whole numbers that are added up, and compared with a threshold. Backwards a shadow weight
counts for its weight, and the step passes errors near its threshold,

$$ \frac{\partial L}{\partial z} := \max(0,\ 1 - |z|)\, \frac{\partial L}{\partial h} $$

Source: S. K. Esser, P. A. Merolla, J. V. Arthur and others (2016), Convolutional networks for fast,
energy-efficient neuromorphic computing, PNAS 113, 11441–11446; they have batch norm for the gains.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, fraction, true_or_false, whole, wholes
from snnlab.learning.constrained.ternary import cut_to_ternary, follow
from snnlab.learning.gradients.adam import Adam, check_adam
from snnlab.learning.gradients.descent import descend, layer_gradients
from snnlab.learning.labelled import classes_of, labelled
from snnlab.random import generator

__all__ = ["TernaryNetwork", "cut_network", "run_ternary", "train_ternary"]


class TernaryNetwork(NamedTuple):
    """Weights ``w[post, pre]``, gains and biases of each layer, and how its training went.

    Examples
    --------
    >>> TernaryNetwork((np.ones((2, 3)),), (np.ones(2),), (np.zeros(2),), np.zeros(5)).flips.size
    5
    """

    weights: tuple[np.ndarray, ...]
    """−1, 0 and +1; or real, for comparison."""
    gains: tuple[np.ndarray, ...]
    """g of each neuron."""
    biases: tuple[np.ndarray, ...]
    """b of each neuron."""
    flips: np.ndarray
    """Weights that changed in a step, as a fraction of all, mean of each epoch."""


def train_ternary(
    x: ArrayLike,
    y: ArrayLike,
    hidden: Sequence[int] = (128,),
    hysteresis: float = 0.1,
    *,
    ternary: bool = True,
    epochs: int = 40,
    batch: int = 50,
    adam: Adam = Adam(rate=0.01),
    rng: np.random.Generator,
) -> TernaryNetwork:
    """Train a network.

    Parameters
    ----------
    x : array of shape (samples, inputs)
        What is learnt, best 0 or 1.
    y : array of int, shape (samples,)
        The classes, 0, 1, 2 and so on.
    hidden : sequence of int
        Neurons of each hidden layer.
    hysteresis : float
        h, from 0 to ½.
    ternary : bool
        Whether the network uses rounded weights; if not it uses the shadow weights as they are.
    epochs, batch : int
        How often all samples are gone through, and how many make a step.
    adam
        The numbers of the optimiser.
    rng
        Of the shadow weights at the start, and of the order.

    Examples
    --------
    >>> network = train_ternary(np.eye(3), [0, 1, 2], (20,), epochs=100, rng=np.random.default_rng(1))
    >>> print(run_ternary(network, np.eye(3)).argmax(axis=1), np.unique(network.weights[0]))
    [0 1 2] [-1.  0.  1.]
    """
    x, y = labelled("", x, y)
    hysteresis, ternary = fraction("hysteresis", hysteresis), true_or_false("ternary", ternary)
    if hysteresis > 0.5:
        raise ValueError(f"hysteresis must be at most 0.5, got {hysteresis:g}")
    sizes = [x.shape[1], *wholes("hidden", hidden, least=1), classes_of(y)]
    epochs, batch = whole("epochs", epochs, least=1), whole("batch", batch, least=1)
    adam, rng, inputs = check_adam(adam), generator(rng), x.astype(float)
    shadow = [rng.uniform(-1.0, 1.0, (n, m)) for m, n in pairwise(sizes)]
    gains, biases = [np.ones(n) for n in sizes[1:]], [np.zeros(n) for n in sizes[1:]]
    used = [np.zeros_like(w) for w in shadow] if ternary else shadow
    flips: list[int] = []

    def settle():
        for w in shadow:
            np.clip(w, -1.0, 1.0, out=w)
        if ternary:
            pairs = zip(shadow, used, strict=True)
            flips.append(sum(follow(w.ravel(), u.ravel(), hysteresis) for w, u in pairs))

    def gradient(which):
        return ternary_gradients(used, gains, biases, inputs[which], y[which])

    settle()  # before the first step, which is no flip
    flips.clear()
    descend(
        [*shadow, *gains, *biases],
        gradient,
        len(x),
        epochs=epochs,
        batch=batch,
        adam=adam,
        rng=rng,
        after=settle,
    )
    each = np.array(flips, float).reshape(epochs, -1) if ternary else np.zeros((epochs, 1))
    share = each.mean(axis=1) / sum(w.size for w in shadow)
    return TernaryNetwork(tuple(used), tuple(gains), tuple(biases), share)


def ternary_gradients(
    used: Sequence[np.ndarray],
    gains: Sequence[np.ndarray],
    biases: Sequence[np.ndarray],
    x: np.ndarray,
    y: np.ndarray,
) -> list[np.ndarray]:
    """The gradients of a batch: by the shadow weights, the gains and the biases of each layer."""

    def activate(_, z):
        return (z >= 0).astype(float), lambda back: back * np.maximum(0.0, 1.0 - np.abs(z))

    of_w, of_b = layer_gradients(_scaled(used, gains), biases, activate, x, y)
    roots = [np.sqrt(w.shape[1]) for w in used]
    of_shadow = [g * gain[:, None] / root for g, gain, root in zip(of_w, gains, roots, strict=True)]
    of_gains = [(g * w).sum(axis=1) / root for g, w, root in zip(of_w, used, roots, strict=True)]
    return [*of_shadow, *of_gains, *of_b]


def run_ternary(network: TernaryNetwork, x: ArrayLike) -> np.ndarray:
    """The outputs for each sample.

    Parameters
    ----------
    network
        What was learnt.
    x : array of shape (samples, inputs)
        What it is shown.

    Returns
    -------
    array of shape (samples, classes)

    Examples
    --------
    >>> one = TernaryNetwork((np.array([[1, -1]]),), (np.ones(1),), (np.zeros(1),), np.zeros(0))
    >>> print(run_ternary(one, [[1, 0]]).round(2))
    [[0.71]]
    """
    h = finite_array("x", x, (2,), "(samples, inputs)")
    if h.shape[1] != network.weights[0].shape[1]:
        raise ValueError(f"x must have {network.weights[0].shape[1]} columns, one an input, got {h.shape[1]}")
    scaled = _scaled(network.weights, network.gains)
    for w, b in zip(scaled, network.biases, strict=True):
        z = h @ w.T + b
        h = (z >= 0).astype(float)
    return z


def cut_network(network: TernaryNetwork) -> TernaryNetwork:
    """A real network made ternary afterwards: each layer cut as near as can be, its scale in the gains.

    Parameters
    ----------
    network
        From `train_ternary` with ``ternary=False``.

    Examples
    --------
    >>> real = TernaryNetwork((np.array([[0.9, 0.1]]),), (np.ones(1),), (np.zeros(1),), np.zeros(0))
    >>> print(cut_network(real).weights[0], cut_network(real).gains[0])
    [[1 0]] [0.9]
    """
    cuts = [cut_to_ternary(w) for w in network.weights]
    return network._replace(
        weights=tuple(cut.weights for cut in cuts),
        gains=tuple(g * cut.scale for g, cut in zip(network.gains, cuts, strict=True)),
    )


def _scaled(weights: Sequence[np.ndarray], gains: Sequence[np.ndarray]) -> list[np.ndarray]:
    """What a layer multiplies its inputs by."""
    return [w * gain[:, None] / np.sqrt(w.shape[1]) for w, gain in zip(weights, gains, strict=True)]
