r"""Kolen and Pollack's feedback: two weights that start apart, learn alike and forget become the same.

A synapse up and one down lie between the same two units. Both see the activity of the one and the error
of the other, change by the same product, and decay:

$$ \Delta W^{l+1} = -\eta\, \delta^{l+1} (h^l)^\top - \lambda W^{l+1}, \qquad
\Delta B^l = -\eta\, h^l (\delta^{l+1})^\top - \lambda B^l $$

The product drops out of the difference, whatever the errors are and wherever they come from:

$$ B^l - (W^{l+1})^\top \;\propto\; (1 - \lambda)^k \quad \text{after } k \text{ steps} $$

No weight is sent anywhere. Without decay nothing comes nearer.

Sources: J. F. Kolen and J. B. Pollack (1994), IEEE International Conference on Neural Networks; M. Akrout
and others (2019), NeurIPS 32.
"""

from collections.abc import Sequence

import numpy as np

from snnlab.checks import as_real, fraction
from snnlab.learning.credit.feedback_alignment import feedback_shapes
from snnlab.learning.credit.rate_network import (
    Matrices,
    RateNetwork,
    checked_matrices,
    checked_network,
    stepped,
)

__all__ = ["learnt_both_ways"]


def learnt_both_ways(
    network: RateNetwork,
    feedback: Sequence[np.ndarray],
    gradient: Sequence[np.ndarray],
    *,
    rate: float = 0.1,
    decay: float = 0.01,
) -> tuple[RateNetwork, Matrices]:
    """Network and feedback after a step; the gradient is that of `feedback_alignment` with this feedback.

    Parameters
    ----------
    network
        Before the step.
    feedback : sequence of arrays of shape (units, units above)
        B before it.
    gradient : sequence of arrays
        What both go against, one matrix a layer, shaped as the weights.
    rate : float
        η.
    decay : float
        λ, from 0 to 1.

    Returns
    -------
    tuple
        The network and B, which is a tuple of arrays of shape (units, units above).

    Examples
    --------
    >>> network, b = RateNetwork((np.array([[2.0]]), np.array([[3.0]]))), [np.array([[-1.0]])]
    >>> network, b = learnt_both_ways(network, b, [np.ones((1, 1)), np.ones((1, 1))], rate=1.0, decay=0.5)
    >>> network.weights[1].item(), b[0].item()  # 4 apart, and now 2
    (0.5, -1.5)
    """
    network = checked_network(network)
    feedback = checked_matrices("feedback", feedback, feedback_shapes(network))
    gradient = checked_matrices("gradient", gradient, [w.shape for w in network.weights])
    rate, kept = as_real("rate", rate), 1.0 - fraction("decay", decay)
    down = tuple(kept * b - rate * g.T for b, g in zip(feedback, gradient[1:], strict=True))
    return stepped(network, gradient, rate, decay=decay), down
