r"""Feedback alignment: errors go down through fixed random weights, and the weights up come to fit them.

$$ \delta^l = f'(u^l) \odot B^l \delta^{l+1}, \qquad \Delta W^l \propto -\delta^l (h^{l-1})^\top $$

with $B^l$ drawn once and never changed, in place of $(W^{l+1})^\top$. At first what comes down points
anywhere, 90 degrees from the gradient. But $W^{l}$ learns from $B^l \delta^{l+1}$, so that $W^{l+1}$,
which hears the result, grows towards $(B^l)^\top$. Weights that begin as large as B turn to it slowly: to
44 degrees in the 100 steps of `scrambled_course` with a rate of 0.2, to about 60 in the 500 of the table of
the small digits. The control draws $B$ anew for every step (`random_feedback`): then there is nothing to
grow towards.

Direct feedback alignment sends the error of the output to every layer at once,

$$ \delta^l = f'(u^l) \odot B^l \delta^L $$

Sources: T. P. Lillicrap, D. Cownden, D. B. Tweed and C. J. Akerman (2016), Nature Communications 7,
13276; A. Nøkland (2016), NeurIPS 29 (direct).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import fraction, non_negative
from snnlab.learning.credit.backpropagation import Assignment, outer_means, sent_back
from snnlab.learning.credit.rate_network import (
    Matrices,
    RateNetwork,
    activities,
    checked_batch,
    checked_matrices,
    checked_network,
    slope,
)
from snnlab.random import generator

__all__ = [
    "direct_feedback_alignment",
    "feedback_alignment",
    "mixed_feedback",
    "random_feedback",
    "true_feedback",
]


def feedback_alignment(
    network: RateNetwork, x: ArrayLike, target: ArrayLike, feedback: Sequence[np.ndarray]
) -> Assignment:
    """What the weights are told through other weights than their own.

    Parameters
    ----------
    network
        Its weights.
    x : array of shape (samples, inputs)
        What it is shown.
    target : array of shape (samples, outputs)
        What should have come out.
    feedback : sequence of arrays of shape (units, units above)
        B, one matrix for each hidden layer.

    Examples
    --------
    >>> network = RateNetwork((np.array([[2.0]]), np.array([[3.0]])), linear=True)
    >>> told = feedback_alignment(network, [[1.0]], [[5.0]], [np.array([[-1.0]])])
    >>> [g.item() for g in told.gradient]  # the first is told the wrong way
    [-1.0, 2.0]
    """
    network = checked_network(network)
    x, target = checked_batch(network, x, target)
    feedback = checked_matrices("feedback", feedback, feedback_shapes(network))
    h = activities(network, x)
    errors = sent_back(network, h, h[-1] - target, feedback)
    return Assignment(outer_means(errors, h), errors, tuple(h))


def direct_feedback_alignment(
    network: RateNetwork, x: ArrayLike, target: ArrayLike, feedback: Sequence[np.ndarray]
) -> Assignment:
    """The same, where every hidden layer is told by the output.

    Parameters
    ----------
    network, x, target
        As in `feedback_alignment`.
    feedback : sequence of arrays of shape (units, outputs)
        B, one matrix for each hidden layer.

    Examples
    --------
    >>> network = RateNetwork((np.array([[2.0]]), np.array([[1.0]]), np.array([[3.0]])), linear=True)
    >>> told = direct_feedback_alignment(network, [[1.0]], [[5.0]], [np.array([[4.0]]), np.array([[-1.0]])])
    >>> [g.item() for g in told.gradient]
    [4.0, -2.0, 2.0]
    """
    network = checked_network(network)
    x, target = checked_batch(network, x, target)
    feedback = checked_matrices("feedback", feedback, feedback_shapes(network, direct=True))
    h = activities(network, x)
    error = h[-1] - target
    hidden = (
        slope(layer, network.linear) * (error @ b.T) for layer, b in zip(h[1:-1], feedback, strict=True)
    )
    errors = (*hidden, error)
    return Assignment(outer_means(errors, h), errors, tuple(h))


def feedback_shapes(network: RateNetwork, *, direct: bool = False) -> list[tuple[int, int]]:
    """The shapes of B, of which there is one for each hidden layer."""
    above = [len(network.weights[-1])] * len(network.weights) if direct else map(len, network.weights[1:])
    return [(len(w), n) for w, n in zip(network.weights[:-1], above, strict=False)]


def true_feedback(network: RateNetwork) -> Matrices:
    """The transposes of the weights, with which feedback alignment is backpropagation.

    Parameters
    ----------
    network
        Its weights.

    Returns
    -------
    tuple of arrays of shape (units, units above)
        One for each hidden layer.

    Examples
    --------
    >>> true_feedback(RateNetwork((np.ones((3, 2)), np.ones((1, 3)))))[0].shape
    (3, 1)
    """
    return tuple(w.T.copy() for w in checked_network(network).weights[1:])


def random_feedback(
    network: RateNetwork, *, scale: float = 1.0, direct: bool = False, rng: np.random.Generator
) -> Matrices:
    """Feedback that knows nothing of the weights, normally distributed.

    Parameters
    ----------
    network
        For which it is.
    scale : float
        Standard deviation, in units of 1 over the root of the units below.
    direct : bool
        Whether it leads from the output to every layer.
    rng
        Where it comes from.

    Returns
    -------
    tuple of arrays of shape (units, units above)
        One for each hidden layer; with `direct`, of shape (units, outputs).

    Examples
    --------
    >>> network = RateNetwork((np.ones((3, 2)), np.ones((4, 3)), np.ones((1, 4))))
    >>> [b.shape for b in random_feedback(network, direct=True, rng=np.random.default_rng(1))]
    [(3, 1), (4, 1)]
    """
    network, scale, rng = checked_network(network), non_negative("scale", scale), generator(rng)
    shapes = feedback_shapes(network, direct=direct)
    return tuple(rng.normal(0.0, scale / np.sqrt(shape[0]), shape) for shape in shapes)


def mixed_feedback(true: Sequence[np.ndarray], other: Sequence[np.ndarray], share: float) -> Matrices:
    r"""Feedback that is scrambled by a share: from `true` at 0 to `other` at 1, of about the same size.

    Each matrix is $\cos(\pi s / 2)$ of the one and $\sin(\pi s / 2)$ of the other.

    Parameters
    ----------
    true, other : sequences of arrays
        Of the same shapes.
    share : float
        s, from 0 to 1.

    Returns
    -------
    tuple of arrays
        Of the shapes of `true`.

    Examples
    --------
    >>> mixed_feedback([np.array([[2.0]])], [np.array([[0.0]])], 0.5)[0].round(3)
    array([[1.414]])
    """
    turn = 0.5 * np.pi * fraction("share", share)
    other = checked_matrices("other", other, [np.shape(b) for b in true])
    return tuple(np.cos(turn) * a + np.sin(turn) * b for a, b in zip(true, other, strict=True))
