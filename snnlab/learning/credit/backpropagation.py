r"""Backpropagation: the true gradient, which every theory of credit is measured against.

The error of the output goes back through the transposes of the weights,

$$ \delta^L = h^L - t, \qquad \delta^l = f'(u^l) \odot (W^{l+1})^\top \delta^{l+1}, \qquad
\frac{\partial C}{\partial W^l} = \frac{1}{N} \sum_n \delta^l_n (h^{l-1}_n)^\top $$

A brain would have to know in one synapse the weight of another one, and to keep the activities until the
error comes. `sent_back` leaves open what the errors go back through, so that a theory with another way
down calls it, too.

Source: D. E. Rumelhart, G. E. Hinton and R. J. Williams (1986), Nature 323, 533–536.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.learning.credit.rate_network import (
    Matrices,
    RateNetwork,
    activities,
    checked_batch,
    checked_network,
    slope,
)

__all__ = ["Assignment", "backpropagate", "outer_means", "output_jacobians", "sent_back"]


class Assignment(NamedTuple):
    """Credit as one theory assigns it: what it takes for the gradient, and what it is made of.

    Examples
    --------
    >>> a = Assignment((np.ones((1, 2)),), (np.ones((5, 1)),), (np.ones((5, 2)), np.ones((5, 1))))
    >>> a.gradient[0].shape
    (1, 2)
    """

    gradient: Matrices
    """What each weight should go against, one matrix a layer, shaped as the weights."""
    errors: Matrices
    """δ, what reaches each unit, one array a layer without the input, shape (samples, units)."""
    activities: Matrices
    """What the weights hear and answer meanwhile, from the input to the output, shape (samples, units)."""


def backpropagate(network: RateNetwork, x: ArrayLike, target: ArrayLike) -> Assignment:
    """The gradient of the loss of a batch.

    Parameters
    ----------
    network
        Its weights.
    x : array of shape (samples, inputs)
        What it is shown.
    target : array of shape (samples, outputs)
        What should have come out.

    Examples
    --------
    >>> network = RateNetwork((np.array([[2.0]]), np.array([[3.0]])), linear=True)
    >>> [g.item() for g in backpropagate(network, [[1.0]], [[5.0]]).gradient]  # 6 came out
    [3.0, 2.0]
    """
    network = checked_network(network)
    x, target = checked_batch(network, x, target)
    h = activities(network, x)
    errors = sent_back(network, h, h[-1] - target, [w.T for w in network.weights[1:]])
    return Assignment(outer_means(errors, h), errors, tuple(h))


def sent_back(
    network: RateNetwork, h: Sequence[np.ndarray], error: np.ndarray, down: Sequence[np.ndarray]
) -> Matrices:
    """The errors of all layers, from that of the output and the matrices on the way down.

    Parameters
    ----------
    network
        Checked.
    h : sequence of arrays of shape (samples, units)
        The activities.
    error : array of shape (samples, outputs)
        δ of the output.
    down : sequence of arrays of shape (units, units above)
        One for each hidden layer.

    Returns
    -------
    tuple of arrays of shape (samples, units)
        One a layer, without the input.

    Examples
    --------
    >>> network = RateNetwork((np.array([[2.0]]), np.array([[3.0]])), linear=True)
    >>> [e.item() for e in sent_back(network, [np.ones((1, 1))] * 3, np.ones((1, 1)), [np.array([[-7.0]])])]
    [-7.0, 1.0]
    """
    errors = [error]
    for b, below in zip(reversed(down), reversed(h[1:-1]), strict=True):
        errors.append(slope(below, network.linear) * (errors[-1] @ b.T))
    return tuple(reversed(errors))


def outer_means(errors: Sequence[np.ndarray], h: Sequence[np.ndarray]) -> Matrices:
    """The mean of δ hᵀ over the batch, layer by layer.

    Parameters
    ----------
    errors : sequence of arrays of shape (samples, units)
        δ of each layer, without the input.
    h : sequence of arrays of shape (samples, units)
        Activities, from the input on; that of the output may be missing.

    Returns
    -------
    tuple of arrays of shape (units, units below)
        One a layer.

    Examples
    --------
    >>> outer_means([np.array([[1.0], [3.0]])], [np.array([[2.0], [2.0]])])[0].item()
    4.0
    """
    if len(h) - len(errors) not in (0, 1):
        raise ValueError(f"h must be {len(errors)} layers, as errors, or one more, got {len(h)}")
    return tuple(e.T @ below / len(e) for e, below in zip(errors, h, strict=False))


def output_jacobians(network: RateNetwork, h: Sequence[np.ndarray]) -> Matrices:
    r"""How the output moves with the potentials of each hidden layer, $J^l = \partial h^L / \partial u^l$.

    Parameters
    ----------
    network
        Checked.
    h : sequence of arrays of shape (samples, units)
        Its activities.

    Returns
    -------
    tuple of arrays of shape (samples, outputs, units)
        One for each hidden layer.

    Examples
    --------
    >>> network = RateNetwork((np.array([[2.0]]), np.array([[3.0]])), linear=True)
    >>> output_jacobians(network, activities(network, np.array([[1.0]])))[0].item()
    3.0
    """
    above = np.eye(len(network.weights[-1]))[None]
    found: list[np.ndarray] = []
    for w, below in zip(reversed(network.weights[1:]), reversed(h[1:-1]), strict=True):
        above = (above @ w) * slope(below, network.linear)[:, None]
        found.append(above)
    return tuple(reversed(found))
