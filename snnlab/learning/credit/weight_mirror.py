r"""Weight mirror: feedback that learns the weights up from noise, while nobody shows the network anything.

One hidden layer at a time is noisy, its units independent with standard deviation $\sigma$, and the layer
above answers. A feedback weight lies between the same two units and sees both:

$$ h^{l+1} = f(W^{l+1} \xi), \qquad \Delta B^l = \eta\, \langle \xi\, (h^{l+1})^\top \rangle - \lambda B^l $$

Noise that is independent in each unit is correlated with the answer through the weight between the two
alone. For normal noise (Stein's lemma)

$$ \langle \xi\, (h^{l+1})^\top \rangle
= \sigma^2 (W^{l+1})^\top \operatorname{diag} \langle f'(u^{l+1}) \rangle $$

so B comes to point where the transpose does: exactly to the output, and into a layer of tanh but for a
factor for each of its units, which is nearly 1 for weak noise. How near is limited only by how many
samples it averages over: about $2/\lambda$ steps of them.

Source: M. Akrout, C. Wilson, P. Humphreys, T. Lillicrap and D. B. Tweed (2019), NeurIPS 32.
"""

from collections.abc import Sequence

import numpy as np

from snnlab.checks import fraction, positive, whole
from snnlab.learning.credit.feedback_alignment import feedback_shapes
from snnlab.learning.credit.rate_network import (
    Matrices,
    RateNetwork,
    activity,
    checked_matrices,
    checked_network,
)
from snnlab.random import generator

__all__ = ["mirrored"]


def mirrored(
    network: RateNetwork,
    feedback: Sequence[np.ndarray],
    *,
    samples: int = 100,
    noise: float = 0.5,
    rate: float = 0.1,
    decay: float = 0.1,
    rng: np.random.Generator,
) -> Matrices:
    """The feedback after one step of learning from noise; it is used with `feedback_alignment`.

    Parameters
    ----------
    network
        Whose weights are mirrored.
    feedback : sequence of arrays of shape (units, units above)
        B before the step.
    samples : int
        Answers over which the step averages.
    noise : float
        σ of the noise.
    rate : float
        η, in units of 1 over σ²: with a `decay` as large, B ends at the size of the weights.
    decay : float
        λ, from 0 to 1.
    rng
        Where the noise comes from.

    Returns
    -------
    tuple of arrays of shape (units, units above)
        B after it.

    Examples
    --------
    >>> network = RateNetwork((np.array([[2.0]]), np.array([[3.0]])))
    >>> b, rng = [np.array([[-1.0]])], np.random.default_rng(1)
    >>> for _ in range(100):
    ...     b = mirrored(network, b, rng=rng)
    >>> round(b[0].item())
    3
    """
    network, rng = checked_network(network), generator(rng)
    feedback = checked_matrices("feedback", feedback, feedback_shapes(network))
    samples, noise = whole("samples", samples, least=1), positive("noise", noise)
    rate, decay = positive("rate", rate), fraction("decay", decay)
    learnt = []
    for layer, b in enumerate(feedback, start=1):
        xi = rng.standard_normal((samples, len(b)))
        last = layer == len(feedback)
        answer = activity(noise * xi @ network.weights[layer].T, network.linear or last)
        learnt.append((1 - decay) * b + rate * (xi.T @ answer) / (samples * noise))
    return tuple(learnt)
