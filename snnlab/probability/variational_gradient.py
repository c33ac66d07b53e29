r"""The gradient of the evidence lower bound from draws, and the baseline that makes it vary least.

For a visible neuron the gradient is that of a GLM neuron, averaged over what the hidden ones may have fired.
For a hidden one nobody says what it should have fired. But whatever it did, the score
$e = \partial \ln q(h \mid x) / \partial w$ says which weights made it likely, and the *learning signal*

$$ \ell(h) = \lambda(h)
- c \sum_t \sum_{i \in H} \ln \frac{P(h_{i,t})}{r^{h_{i,t}} (1 - r)^{1 - h_{i,t}}} $$

how good it was for what is visible. What was good is made likelier (*REINFORCE*, or *score function
estimator*):

$$ \frac{\partial L}{\partial w} = \mathrm{E}_q\left[(\ell - b)\, e\right] $$

for every baseline $b$, since $\mathrm{E}_q[e] = 0$. The variance is that of a product whose first factor may
be chosen, and least for

$$ b = \frac{\mathrm{E}_q[\ell\, e^2]}{\mathrm{E}_q[e^2]} $$

Source: R. J. Williams (1992), Machine Learning 8, 229–256; H. Jang, O. Simeone, B. Gardner and A. Grüning
(2019), IEEE Signal Processing Magazine 36 (6), 64–77.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, whole
from snnlab.probability.hidden_likelihood import Enumerated, SparsityPrior, checked_prior, score_trials
from snnlab.probability.hidden_network import HiddenNetwork, checked_network, one_trial, room_for, sources
from snnlab.random import seed_from

__all__ = ["GradientDraws", "best_baseline", "draw_gradients", "elbo_gradient", "estimates"]


class GradientDraws(NamedTuple):
    """What was drawn for the gradient.

    Examples
    --------
    >>> GradientDraws(np.zeros(7), np.zeros((7, 2, 5)), 1).signal.shape
    (7,)
    """

    signal: np.ndarray
    """The learning signal ℓ of each draw, nats, shape (draws,)."""
    scores: np.ndarray
    """The gradient of the log-probability of all spikes, shape (draws, neurons, columns)."""
    n_visible: int
    """How many rows of `scores` are those of visible neurons."""


def draw_gradients(
    network: HiddenNetwork,
    inputs: ArrayLike,
    visible: ArrayLike,
    draws: int,
    prior: SparsityPrior = SparsityPrior(),
    *,
    rng: np.random.Generator,
) -> GradientDraws:
    """Let the hidden neurons fire freely `draws` times, with the visible ones held.

    Parameters
    ----------
    network
        The neurons.
    inputs : array of shape (bins, inputs)
        0 or 1.
    visible : array of shape (bins, visible)
        What the visible neurons fired, 0 or 1.
    draws : int
        How often.
    prior
        How sparse the hidden neurons should be.
    rng
        Where the seed comes from; one number is drawn from it.

    Examples
    --------
    >>> from snnlab.probability.hidden_network import initial_hidden_network
    >>> net = initial_hidden_network(1, 1, 2, [[1.0]], rng=np.random.default_rng(1))
    >>> found = draw_gradients(net, np.ones((4, 1)), np.ones((4, 1)), 50, rng=np.random.default_rng(2))
    >>> found.scores.shape
    (50, 3, 6)
    """
    net, prior = checked_network(network), checked_prior(prior)
    held = sources(net, one_trial("inputs", inputs), one_trial("visible", visible))
    s = np.repeat(held, whole("draws", draws, least=1), axis=0)
    values, scores = np.empty((len(s), 2)), np.zeros((len(s), *net.w.shape))
    given = net.n_inputs + net.n_visible
    room = room_for(net, s.shape[1])
    score_trials(net, s, given, seed_from(rng), room, prior.strength, prior.rate, values, scores)
    return GradientDraws(values[:, 0] - values[:, 1], scores, net.n_visible)


def estimates(draws: GradientDraws, baseline: ArrayLike = 0.0) -> np.ndarray:
    """The estimate of the gradient that each draw gives.

    Parameters
    ----------
    draws
        From `draw_gradients`.
    baseline : array of shape (neurons, columns), or a number
        b, taken from the learning signal of hidden neurons. It must not depend on the same draws, or the
        estimate is no longer right on average.

    Returns
    -------
    array of shape (draws, neurons, columns)

    Examples
    --------
    >>> seen, hidden = estimates(GradientDraws(np.array([-2.0]), np.ones((1, 2, 1)), 1), baseline=-3.0)[0]
    >>> print(seen, hidden)
    [1.] [1.]
    """
    b = np.broadcast_to(finite_array("baseline", baseline, (0, 2), "a number, or (neurons, columns)"),
                        draws.scores.shape[1:])  # fmt: skip
    out = draws.scores.copy()
    hidden = slice(draws.n_visible, None)
    out[:, hidden] *= draws.signal[:, None, None] - b[None, hidden]
    return out


def best_baseline(draws: GradientDraws, chances: ArrayLike | None = None) -> np.ndarray:
    """The baseline of each weight with which the estimate varies least.

    Parameters
    ----------
    draws
        From `draw_gradients`.
    chances : array of shape (draws,), optional
        How probable each draw is, where all that is possible was enumerated; if left out, all alike.

    Returns
    -------
    array of shape (neurons, columns)
        0 where a weight has no score at all.

    Examples
    --------
    >>> three = GradientDraws(np.array([-1.0, -2.0]), np.array([[[1.0, 0.0]], [[-1.0, 0.0]]]), 0)
    >>> print(best_baseline(three))
    [[-1.5  0. ]]
    """
    n = draws.signal.size
    p = np.full(n, 1.0 / n) if chances is None else finite_array("chances", chances, (1,), "(draws,)")
    if p.size != n:
        raise ValueError(f"chances must be one for each draw ({n}), got {p.size}")
    squares = draws.scores**2
    size = np.tensordot(p, squares, 1)
    weighed = np.tensordot(p * draws.signal, squares, 1)
    return np.divide(weighed, size, out=np.zeros_like(size), where=size > 0)


def elbo_gradient(everything: Enumerated) -> np.ndarray:
    """The gradient of the evidence lower bound, less the prior's cost, from all patterns: no draw, no error.

    Parameters
    ----------
    everything
        From `enumerate_hidden`.

    Returns
    -------
    array of shape (neurons, columns)
        Nats per unit of each weight.

    Examples
    --------
    >>> from snnlab.probability.hidden_likelihood import enumerate_hidden
    >>> from snnlab.probability.hidden_network import initial_hidden_network
    >>> net = initial_hidden_network(1, 1, 2, [[1.0]], rng=np.random.default_rng(1))
    >>> elbo_gradient(enumerate_hidden(net, np.ones((4, 1)), np.ones((4, 1)))).shape
    (3, 6)
    """
    return np.tensordot(everything.q, estimates(drawn_once_each(everything)), 1)


def drawn_once_each(everything: Enumerated) -> GradientDraws:
    """All patterns as if each had been drawn once; their probabilities are `everything.q`."""
    return GradientDraws(everything.visible - everything.cost, everything.scores, everything.n_visible)
