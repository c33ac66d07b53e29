r"""Equilibrium propagation: settle freely, settle again with a little push to the target, and compare.

Each weight sees its two neighbours alone, in both states of a network with feedback
(`feedback_settling`):

$$ -\Delta W^l \propto \frac{c_l}{\beta} \left( h^l (h^{l-1})^\top - \hat h^l (\hat h^{l-1})^\top \right)
\;\to\; \frac{\partial C}{\partial W^l} \quad \text{for } \beta \to 0 $$

where the hat is the state with a nudge of strength $\beta$. It is the gradient of the network *with*
feedback, the one that is used. One nudge is off by $O(\beta)$; one to the target and one away from it,
whose difference is divided by $2 \beta$, by $O(\beta^2)$.

Sources: B. Scellier and Y. Bengio (2017), Frontiers in Computational Neuroscience 11, 24; A. Laborieux
and others (2021), Frontiers in Neuroscience 15, 633674 (two nudges).
"""

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import positive
from snnlab.learning.credit.backpropagation import Assignment
from snnlab.learning.credit.feedback_settling import contrast, feedback_strength, nudging, settle
from snnlab.learning.credit.rate_network import RateNetwork, checked_batch, checked_network

__all__ = ["equilibrium_propagation"]


def equilibrium_propagation(
    network: RateNetwork,
    x: ArrayLike,
    target: ArrayLike,
    *,
    beta: float = 0.01,
    symmetric: bool = False,
    gamma: float = 1.0,
    at_rest: float = 1e-14,
) -> Assignment:
    """What the weights see when the target pulls.

    Parameters
    ----------
    network
        Its weights, which lead both ways.
    x : array of shape (samples, inputs)
        What it is shown.
    target : array of shape (samples, outputs)
        Where the output is nudged to.
    beta : float
        How strongly, above 0; below 1 if `symmetric`.
    symmetric : bool
        Whether the free state is replaced by one that is pushed away from the target.
    gamma : float
        Strength of the feedback, above 0 and at most 1.
    at_rest : float
        When the activities count as at rest, as in `settle`.

    Examples
    --------
    >>> network = RateNetwork((np.array([[1.0]]), np.array([[0.5]])), linear=True)
    >>> told = equilibrium_propagation(network, [[3.0]], [[1.0]], beta=1e-4, symmetric=True)
    >>> [round(g.item(), 4) for g in told.gradient]
    [2.0, 6.6667]
    """
    network, gamma, beta = checked_network(network), feedback_strength(gamma), nudging(beta)
    x, target = checked_batch(network, x, target)
    if symmetric and beta >= 1:
        raise ValueError(f"beta must be below 1 to push the output away, got {beta:g}")
    if np.isinf(beta):
        raise ValueError("beta must be finite, got inf")
    at_rest = positive("at_rest", at_rest)
    free = settle(network, x, target, gamma=gamma, at_rest=at_rest)
    nudged = settle(network, x, target, beta, gamma, start=free, at_rest=at_rest)
    if not symmetric:
        return contrast(network, free, nudged, gamma, beta)
    away = settle(network, x, target, -beta, gamma, start=free, at_rest=at_rest)
    return contrast(network, away, nudged, gamma, 2 * beta)
