r"""Down a gradient, batch after batch, for networks of layers that are written in NumPy.

A layer makes $z^l = W^l h^{l-1} + b^l$ and passes on $h^l = f(z^l)$, the last one $z$ itself. The loss is the
mean cross-entropy of the last, whose derivative is

$$ \frac{\partial L}{\partial z^L_k} = \frac1N \left( \frac{e^{z_k}}{\sum_m e^{z_m}} - [k = y] \right) $$

Backwards, with $g^l = \partial L / \partial z^l$,

$$ \frac{\partial L}{\partial W^l} = g^l\, (h^{l-1})^T, \qquad
g^{l-1} = f'(z^{l-1}) \circ (W^l)^T g^l $$
"""

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np

from snnlab.learning.gradients.adam import Adam, update_row
from snnlab.random import generator
from snnlab.work_and_memory import turns

__all__ = ["descend", "layer_gradients", "pull_of_classes", "rectified_start"]

Back = Callable[[np.ndarray], np.ndarray]
Activation = Callable[[int, np.ndarray], tuple[np.ndarray, Back]]
"""Of a layer and its z: what it passes on, and what takes an error by that back to one by z."""


def pull_of_classes(out: np.ndarray, y: np.ndarray) -> np.ndarray:
    """The derivative of the mean cross-entropy by the outputs.

    Parameters
    ----------
    out : array of shape (samples, classes)
        What the network says.
    y : array of int, shape (samples,)
        The classes.

    Examples
    --------
    >>> print(pull_of_classes(np.zeros((1, 2)), np.array([0])))
    [[-0.5  0.5]]
    """
    back = np.exp(out - out.max(axis=1, keepdims=True))
    back /= back.sum(axis=1, keepdims=True)
    back[np.arange(len(y)), y] -= 1.0
    back /= len(y)
    return back


def layer_gradients(
    weights: Sequence[np.ndarray],
    biases: Sequence[np.ndarray],
    activate: Activation,
    x: np.ndarray,
    y: np.ndarray,
) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """The gradients of the mean cross-entropy by weights and biases.

    Parameters
    ----------
    weights : sequence of array of shape (neurons, inputs)
        W of each layer.
    biases : sequence of array of shape (neurons,)
        b of each layer.
    activate : function
        Called with the number of a hidden layer and its z. It returns what the layer passes on, and a
        function that takes the derivative of the loss by that and returns the derivative by z. The last
        layer is called first on the way back.
    x : array of shape (samples, inputs)
        What comes in.
    y : array of int, shape (samples,)
        The classes.

    Examples
    --------
    >>> linear = [np.zeros((2, 3))], [np.zeros(2)]
    >>> of_weights, _ = layer_gradients(*linear, None, np.eye(3)[:1], np.array([0]))
    >>> print(of_weights[0])
    [[-0.5  0.   0. ]
     [ 0.5  0.   0. ]]
    """
    heard, backs = [x], []
    for k, (w, b) in enumerate(zip(weights, biases, strict=True)):
        z = heard[-1] @ w.T + b
        if k < len(weights) - 1:
            h, back = activate(k, z)
            heard.append(h)
            backs.append(back)
    error = pull_of_classes(z, y)
    of_weights: list[np.ndarray] = []
    of_biases: list[np.ndarray] = []
    for k in reversed(range(len(weights))):
        of_weights.insert(0, error.T @ heard[k])
        of_biases.insert(0, error.sum(axis=0))
        if k:
            error = backs[k - 1](error @ weights[k])
    return of_weights, of_biases


def rectified_start(sizes: Sequence[int], rng: np.random.Generator) -> list[np.ndarray]:
    """First weights of rectified layers: normal, of variance 2 over the inputs of a layer.

    A rectified neuron passes half of what it hears, so neither activations nor gradients grow or fade from
    layer to layer (K. He, X. Zhang, S. Ren and J. Sun (2015), Delving deep into rectifiers, ICCV).

    Parameters
    ----------
    sizes : sequence of int
        Inputs, neurons of each hidden layer, outputs.
    rng
        Where they come from.

    Examples
    --------
    >>> [w.shape for w in rectified_start((4, 20, 3), np.random.default_rng(1))]
    [(20, 4), (3, 20)]
    """
    rng = generator(rng)
    return [rng.normal(0.0, np.sqrt(2.0 / pre), (post, pre)) for pre, post in pairwise(sizes)]


def descend(
    parts: Sequence[np.ndarray],
    gradient: Callable[[np.ndarray], Sequence[np.ndarray]],
    samples: int,
    *,
    epochs: int,
    batch: int,
    adam: Adam,
    rng: np.random.Generator,
    after: Callable[[], None] = lambda: None,
) -> None:
    """Steps of Adam, in place, over all samples in an order drawn anew for each epoch.

    Parameters
    ----------
    parts : sequence of array
        What is learnt.
    gradient : function
        Called with the numbers of the samples of a batch; returns an array like each part.
    samples : int
        How many there are.
    epochs, batch : int
        How often all are gone through, and how many make a step.
    adam
        The numbers of the optimiser.
    rng
        Of the order.
    after : function, optional
        Called after each step: what keeps the parts within their limits.

    Examples
    --------
    >>> w = np.array([3.0])
    >>> descend([w], lambda which: [2 * w], 1, epochs=500, batch=1, adam=Adam(rate=0.05),
    ...         rng=np.random.default_rng(1))
    >>> bool(abs(w[0]) < 0.01)
    True
    """
    rng = generator(rng)
    memory = [(np.zeros(p.size), np.zeros(p.size)) for p in parts]
    count, order = 0, np.arange(samples)
    for _ in turns("epochs", epochs):
        rng.shuffle(order)
        for begin in range(0, samples, batch):
            count += 1
            found = gradient(order[begin : begin + batch])
            for p, g, (m, q) in zip(parts, found, memory, strict=True):
                update_row(p.reshape(-1), np.ascontiguousarray(g).reshape(-1), m, q, count, *adam)
            after()
