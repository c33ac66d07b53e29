r"""Learning how likely a synapse should be, and drawing networks from what was learnt.

All neurons are those of `snnlab.learning.constrained.drawn_synapses`: signs of the synapses are drawn once,
the probabilities $c$ and biases $b$ are learnt. A hidden neuron passes on the probability that it fires. Each
class has some output neurons; the sum of their probabilities is its score, and the loss is the cross-entropy
of the scores. To each variance 0.1 is added, as a sum in which nothing is left to chance has none. With
$u = (\mu - \frac12)/\sigma$ and the normal density $\varphi$,

$$ \frac{\partial P}{\partial \mu} = \frac{\varphi(u)}{\sigma}, \qquad
\frac{\partial P}{\partial \sigma^2} = -\frac{u\, \varphi(u)}{2 \sigma^2}, \qquad
\frac{\partial \mu}{\partial c_i} = s_i x_i, \qquad
\frac{\partial \sigma^2}{\partial c_i} = s_i^2\, x_i\, (1 - 2 x_i c_i) $$

A network is *deployed* by throwing dice once: a synapse is there or not, a bias is one whole number or the
next. From then on nothing is left to chance. Several such draws, whose output spikes are added up, are an
ensemble.

Source: S. K. Esser, R. Appuswamy, P. Merolla, J. V. Arthur and D. S. Modha (2015), Backpropagation for
energy-efficient neuromorphic computing, NeurIPS 28.
"""

from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, true_or_false, whole
from snnlab.learning.constrained.drawn_synapses import normal_share
from snnlab.learning.gradients.adam import Adam, check_adam
from snnlab.learning.gradients.descent import descend, pull_of_classes
from snnlab.learning.labelled import classes_of, labelled
from snnlab.random import generator

__all__ = ["LikelyNetwork", "draw_network", "expected_scores", "output_spikes", "train_likely"]

LEAST = 0.1  # added to each variance: a sum without chance has none
ORDINARY = 1.0  # the variance of all sums, for a training that knows of none


class LikelyNetwork(NamedTuple):
    """Synapses that are likely, ``[post, pre]`` in each layer; with every c 0 or 1 and b whole, one draw.

    Examples
    --------
    >>> one = LikelyNetwork((np.ones((2, 3)),), (np.ones((2, 3)),), (np.zeros(2),), 1)
    >>> len(one.c)
    1
    """

    c: tuple[np.ndarray, ...]
    """Probabilities that a synapse is there."""
    s: tuple[np.ndarray, ...]
    """Strengths, −1 or +1."""
    b: tuple[np.ndarray, ...]
    """What each neuron adds to its sum."""
    each: int
    """Output neurons of a class, which stand side by side."""


def train_likely(
    x: ArrayLike,
    y: ArrayLike,
    hidden: int = 128,
    each: int = 8,
    *,
    aware: bool = True,
    epochs: int = 40,
    batch: int = 50,
    adam: Adam = Adam(rate=0.03),
    rng: np.random.Generator,
) -> LikelyNetwork:
    """Train the probabilities of a network with one hidden layer.

    Parameters
    ----------
    x : array of shape (samples, inputs)
        What is learnt: 0 or 1, a spike or none.
    y : array of int, shape (samples,)
        The classes, 0, 1, 2 and so on.
    hidden, each : int
        Hidden neurons, and output neurons of a class.
    aware : bool
        Whether the training knows of the variance that the draw will bring; if not, every sum has the
        variance 1, and this is an ordinary network with weights from −1 to 1.
    epochs, batch : int
        How often all samples are gone through, and how many make a step.
    adam
        The numbers of the optimiser.
    rng
        Of the signs, the probabilities at the start, and the order.

    Examples
    --------
    >>> x = np.repeat(np.eye(2), 8, axis=1)
    >>> network = train_likely(x, [0, 1], 8, 2, epochs=300, rng=np.random.default_rng(1))
    >>> print(expected_scores(network, x).argmax(axis=1))
    [0 1]
    """
    x, y = labelled("", x, y)
    hidden, each = whole("hidden", hidden, least=1), whole("each", each, least=1)
    epochs, batch = whole("epochs", epochs, least=1), whole("batch", batch, least=1)
    aware, adam, rng = true_or_false("aware", aware), check_adam(adam), generator(rng)
    inputs = _probabilities(x)
    sizes = x.shape[1], hidden, each * classes_of(y)
    s = tuple(rng.choice([-1.0, 1.0], (n, m)) for m, n in pairwise(sizes))
    c = tuple(rng.uniform(0.0, 1.0, (n, m)) for m, n in pairwise(sizes))
    b = tuple(np.full(n, 0.5) for n in sizes[1:])
    network = LikelyNetwork(c, s, b, each)

    def gradient(which):
        return likely_gradients(network, inputs[which], y[which], aware)

    def settle():
        for part in c:
            np.clip(part, 0.0, 1.0, out=part)

    descend([*c, *b], gradient, len(x), epochs=epochs, batch=batch, adam=adam, rng=rng, after=settle)
    return network


def expected_scores(network: LikelyNetwork, x: ArrayLike, aware: bool = True) -> np.ndarray:
    """What the network says on average, as far as the normal distribution goes: no draw is made.

    Parameters
    ----------
    network
        What was learnt.
    x : array of shape (samples, inputs)
        0 or 1, or the probability of a spike.
    aware : bool
        As in `train_likely`.

    Returns
    -------
    array of shape (samples, classes)
        Expected spikes of the output neurons of each class.

    Examples
    --------
    >>> strengths = np.array([4 * [1.0], 4 * [-1.0]])
    >>> likely = LikelyNetwork((np.ones((2, 4)),), (strengths,), (np.zeros(2),), 1)
    >>> print(expected_scores(likely, np.ones((1, 4))).round(3))
    [[1. 0.]]
    """
    h = _inputs(network, x)
    for k in range(len(network.c)):
        mean, variance = _moments(network, k, h, aware)
        h = normal_share((mean - 0.5) / np.sqrt(variance))
    return _by_class(h, network.each)


def draw_network(network: LikelyNetwork, rng: np.random.Generator) -> LikelyNetwork:
    """Throw the dice: every synapse is there or not, every bias is whole.

    Parameters
    ----------
    network
        What was learnt.
    rng
        The dice.

    Examples
    --------
    >>> likely = LikelyNetwork((np.full((1, 5), 0.5),), (np.ones((1, 5)),), (np.array([0.2]),), 1)
    >>> print(np.unique(draw_network(likely, np.random.default_rng(1)).c[0]))
    [0. 1.]
    """
    rng = generator(rng)
    c = tuple((rng.random(p.shape) < p).astype(float) for p in network.c)
    b = tuple(np.floor(v) + (rng.random(v.shape) < v - np.floor(v)) for v in network.b)
    return network._replace(c=c, b=b)


def output_spikes(drawn: LikelyNetwork, x: ArrayLike) -> np.ndarray:
    """Which outputs of a drawn network fire: whole sums, compared with 0.

    Parameters
    ----------
    drawn
        From `draw_network`.
    x : array of shape (samples, inputs)
        Spikes, 0 or 1.

    Returns
    -------
    array of shape (samples, classes)
        Spikes of the output neurons of each class.

    Examples
    --------
    >>> one = LikelyNetwork((np.ones((2, 2)),), (np.array([[1.0, 1.0], [-1.0, -1.0]]),), (np.zeros(2),), 1)
    >>> print(output_spikes(one, [[0, 1], [0, 0]]))
    [[1. 0.]
     [0. 0.]]
    """
    h = _inputs(drawn, x)
    for c, s, b in zip(drawn.c, drawn.s, drawn.b, strict=True):
        h = (h @ (c * s).T + b > 0).astype(float)
    return _by_class(h, drawn.each)


def likely_gradients(network: LikelyNetwork, x: np.ndarray, y: np.ndarray, aware: bool) -> list[np.ndarray]:
    """The gradients of the mean cross-entropy of the scores, by every c and every b."""
    heard, moments = [x], []
    for k in range(len(network.c)):
        moments.append(_moments(network, k, heard[-1], aware))
        mean, variance = moments[-1]
        heard.append(normal_share((mean - 0.5) / np.sqrt(variance)))
    error = np.repeat(pull_of_classes(_by_class(heard[-1], network.each), y), network.each, axis=1)
    of_c: list[np.ndarray] = []
    of_b: list[np.ndarray] = []
    for k in reversed(range(len(network.c))):
        c, s, h, (mean, variance) = network.c[k], network.s[k], heard[k], moments[k]
        u = (mean - 0.5) / np.sqrt(variance)
        slope = error * np.exp(-0.5 * u * u) / np.sqrt(2.0 * np.pi)
        by_mean = slope / np.sqrt(variance)
        by_variance = -slope * u / (2.0 * variance) if aware else np.zeros_like(slope)
        share = network.b[k] - np.floor(network.b[k])
        of_c.insert(0, s * (by_mean.T @ h) + s**2 * (by_variance.T @ h - 2.0 * c * (by_variance.T @ h**2)))
        of_b.insert(0, by_mean.sum(axis=0) + (1.0 - 2.0 * share) * by_variance.sum(axis=0))
        error = by_mean @ (c * s) + by_variance @ (c * s**2) - 2.0 * h * (by_variance @ (c * s) ** 2)
    return [*of_c, *of_b]


def _moments(network: LikelyNetwork, k: int, h: np.ndarray, aware: bool) -> tuple[np.ndarray, np.ndarray]:
    """Mean and variance of the sums of layer k, which hears spikes with the probabilities `h`."""
    c, s, b = network.c[k], network.s[k], network.b[k]
    mean = h @ (c * s).T + b
    if not aware:
        return mean, np.full_like(mean, ORDINARY)
    share = b - np.floor(b)
    return mean, h @ (c * s**2).T - h**2 @ ((c * s) ** 2).T + share * (1.0 - share) + LEAST


def _by_class(h: np.ndarray, each: int) -> np.ndarray:
    return h.reshape(len(h), -1, each).sum(axis=2)


def _probabilities(x: np.ndarray) -> np.ndarray:
    if x.size and not 0 <= x.min() <= x.max() <= 1:
        raise ValueError(f"x must be from 0 to 1, got {x[(x < 0) | (x > 1)][0]:g}")
    return x.astype(float)


def _inputs(network: LikelyNetwork, x: ArrayLike) -> np.ndarray:
    x = _probabilities(finite_array("x", x, (2,), "(samples, inputs)"))
    if x.shape[1] != network.c[0].shape[1]:
        raise ValueError(f"x must have {network.c[0].shape[1]} columns, one an input, got {x.shape[1]}")
    return x
