r"""The network that all theories of credit share: layers of ordinary units, no time and no spikes.

A unit has a potential $u$ and an activity $h$, which the next layer hears. With the input $h^0 = x$,

$$ u^l = W^l h^{l-1}, \qquad h^l = f(u^l), \qquad l = 1 \dots L $$

Hidden units have $f = \tanh$; those of the output, and all of a `linear` network, have $f(u) = u$. There
are no biases: an input that is always 1 is one for the first layer. A batch of $N$ samples with targets
$t$ has the loss

$$ C = \frac{1}{2N} \sum_{n} |t_n - h^L_n|^2 $$
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import as_real, finite_array, fraction, non_negative, true_or_false, wholes
from snnlab.random import generator

__all__ = [
    "RateNetwork",
    "activities",
    "activity",
    "batch_loss",
    "checked_batch",
    "checked_network",
    "initial_network",
    "potential",
    "slope",
    "stepped",
]

Matrices = tuple[np.ndarray, ...]


class RateNetwork(NamedTuple):
    """Layers of units without time.

    Examples
    --------
    >>> RateNetwork((np.ones((3, 2)), np.ones((1, 3)))).linear
    False
    """

    weights: Matrices
    """One matrix a layer, ``w[post, pre]``, from the input to the output."""
    linear: bool = False
    """Whether hidden units have their potential as their activity, and not its tanh."""


def initial_network(
    sizes: Sequence[int], *, scale: float = 1.0, linear: bool = False, rng: np.random.Generator
) -> RateNetwork:
    """A network that has not learnt yet, with normally distributed weights.

    Parameters
    ----------
    sizes : sequence of int
        Numbers of units, from the inputs to the outputs, at least two.
    scale : float
        Standard deviation of the weights, in units of 1 over the root of the inputs of a unit.
    linear : bool
        Whether hidden units are linear.
    rng
        Where the weights come from.

    Examples
    --------
    >>> network = initial_network((4, 6, 3), rng=np.random.default_rng(1))
    >>> [w.shape for w in network.weights]
    [(6, 4), (3, 6)]
    """
    sizes = wholes("sizes", sizes, least=1)
    if len(sizes) < 2:
        raise ValueError(f"sizes must be at least two, inputs and outputs, got {len(sizes)}")
    scale, rng = non_negative("scale", scale), generator(rng)
    pairs = zip(sizes[1:], sizes[:-1], strict=True)
    weights = tuple(rng.normal(0.0, scale / np.sqrt(pre), (post, pre)) for post, pre in pairs)
    return RateNetwork(weights, linear)


def checked_network(network: RateNetwork) -> RateNetwork:
    """`network` in float64, if its layers fit together."""
    if not isinstance(network, RateNetwork):
        raise TypeError(f"network must be a RateNetwork, got {type(network).__name__}")
    weights = tuple(
        finite_array(f"weights[{k}]", w, (2,), "(post, pre)") for k, w in enumerate(network.weights)
    )
    if not weights:
        raise ValueError("weights must be at least one matrix, got none")
    for k in range(1, len(weights)):
        if weights[k].shape[1] != len(weights[k - 1]):
            raise ValueError(
                f"weights[{k}] must have {len(weights[k - 1])} columns, one a unit below, "
                f"got {weights[k].shape[1]}"
            )
    return RateNetwork(weights, true_or_false("linear", network.linear))


def checked_batch(network: RateNetwork, x: ArrayLike, target: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """Inputs and targets of a checked network, if they fit to it and to each other."""
    x = finite_array("x", x, (2,), "(samples, inputs)")
    target = finite_array("target", target, (2,), "(samples, outputs)")
    inputs, outputs = network.weights[0].shape[1], len(network.weights[-1])
    if x.shape[1] != inputs or not len(x):
        raise ValueError(f"x must have shape (samples, {inputs}) with a sample at least, got {x.shape}")
    if target.shape != (len(x), outputs):
        raise ValueError(f"target must have shape ({len(x)}, {outputs}), got {target.shape}")
    return x, target


def checked_matrices(name: str, matrices: Sequence[ArrayLike], shapes: Sequence[tuple[int, int]]) -> Matrices:
    """`matrices` in float64, if they are as many as `shapes` and have these."""
    if len(matrices) != len(shapes):
        raise ValueError(f"{name} must be {len(shapes)} matrices, got {len(matrices)}")
    there = tuple(finite_array(f"{name}[{k}]", m, (2,), str(shapes[k])) for k, m in enumerate(matrices))
    for k, (matrix, shape) in enumerate(zip(there, shapes, strict=True)):
        if matrix.shape != shape:
            raise ValueError(f"{name}[{k}] must have shape {shape}, got {matrix.shape}")
    return there


def activity(u: np.ndarray, linear: bool) -> np.ndarray:
    """f(u) of hidden units."""
    return u if linear else np.tanh(u)


def potential(h: np.ndarray, linear: bool) -> np.ndarray:
    """The inverse of f: the potential u of hidden units, by their activity; NaN where no potential leads."""
    return h if linear else np.arctanh(h)


def slope(h: np.ndarray, linear: bool) -> np.ndarray:
    """f'(u) of hidden units, by their activity h: of tanh it is 1 − h²."""
    return np.ones_like(h) if linear else 1.0 - h * h


def activities(network: RateNetwork, x: np.ndarray) -> list[np.ndarray]:
    """What each layer answers to a batch, from the input to the output.

    Parameters
    ----------
    network
        Its weights.
    x : array of shape (samples, inputs)
        What it is shown.

    Returns
    -------
    list of arrays of shape (samples, units)
        The input first; one more than there are matrices.

    Examples
    --------
    >>> network = RateNetwork((np.array([[2.0]]), np.array([[3.0]])), linear=True)
    >>> [h.item() for h in activities(network, np.array([[1.0]]))]
    [1.0, 2.0, 6.0]
    """
    h = [x]
    for w in network.weights[:-1]:
        h.append(activity(h[-1] @ w.T, network.linear))
    return [*h, h[-1] @ network.weights[-1].T]


def batch_loss(y: np.ndarray, target: np.ndarray) -> float:
    """C: half the squared error of a sample, averaged over the batch.

    Parameters
    ----------
    y, target : arrays of shape (samples, outputs)
        What came out, and what should have.

    Returns
    -------
    float
        0 if they are the same.

    Examples
    --------
    >>> batch_loss(np.array([[1.0, 2.0]]), np.array([[1.0, 0.0]]))
    2.0
    """
    return float(0.5 * np.mean(np.sum((target - y) ** 2, axis=1)))


def stepped(
    network: RateNetwork, gradient: Sequence[np.ndarray], rate: float, *, decay: float = 0.0
) -> RateNetwork:
    """The network after one step of length `rate` against what a theory takes for its gradient.

    Parameters
    ----------
    network
        Before the step.
    gradient : sequence of arrays
        One a layer, shaped as its weights.
    rate : float
        The learning rate.
    decay : float
        Which share of the weights is forgotten in the step, from 0 to 1.

    Examples
    --------
    >>> stepped(RateNetwork((np.array([[1.0]]),)), (np.array([[2.0]]),), 0.25).weights[0].item()
    0.5
    """
    rate, kept = as_real("rate", rate), 1.0 - fraction("decay", decay)
    gradient = checked_matrices("gradient", gradient, [w.shape for w in network.weights])
    return network._replace(
        weights=tuple(kept * w - rate * g for w, g in zip(network.weights, gradient, strict=True))
    )
