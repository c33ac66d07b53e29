r"""Contrastive Hebbian learning: learn what the network does when it is told, unlearn what it does alone.

As equilibrium propagation, but the output is not nudged: it is held at the target. With the hat for this
clamped state,

$$ \Delta W^l \propto \gamma^{l - L} \left( \hat h^l (\hat h^{l-1})^\top - h^l (h^{l-1})^\top \right) $$

The feedback is weak, $\gamma \to 0$, so that what comes back is lost in what comes up, and each layer's
share is made larger again by a power of $\gamma$. Then this is the gradient of the network without
feedback, but for $O(\gamma)$. Without that power it still goes downhill, but nearly all of it in the last
layer.

Source: X. Xie and H. S. Seung (2003), Neural Computation 15, 441–454.
"""

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import positive
from snnlab.learning.credit.backpropagation import Assignment
from snnlab.learning.credit.feedback_settling import contrast, feedback_strength, settle
from snnlab.learning.credit.rate_network import RateNetwork, checked_batch, checked_network

__all__ = ["contrastive_hebbian"]


def contrastive_hebbian(
    network: RateNetwork, x: ArrayLike, target: ArrayLike, *, gamma: float = 0.01, at_rest: float = 1e-14
) -> Assignment:
    """What the clamped state and the free one differ by.

    Parameters
    ----------
    network
        Its weights, which lead both ways.
    x : array of shape (samples, inputs)
        What it is shown.
    target : array of shape (samples, outputs)
        What the output is held at.
    gamma : float
        Strength of the feedback, above 0 and at most 1.
    at_rest : float
        When the activities count as at rest, as in `settle`.

    Examples
    --------
    >>> network = RateNetwork((np.array([[2.0]]), np.array([[3.0]])), linear=True)
    >>> told = contrastive_hebbian(network, [[1.0]], [[5.0]], gamma=1e-5)
    >>> [round(g.item(), 2) for g in told.gradient]
    [3.0, 2.0]
    """
    network, gamma = checked_network(network), feedback_strength(gamma)
    x, target = checked_batch(network, x, target)
    at_rest = positive("at_rest", at_rest)
    free = settle(network, x, target, gamma=gamma, at_rest=at_rest)
    clamped = settle(network, x, target, np.inf, gamma, start=free, at_rest=at_rest)
    return contrast(network, free, clamped, gamma, 1.0)
