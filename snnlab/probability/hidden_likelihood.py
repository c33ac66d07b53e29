r"""How probable is what is seen, where some neurons are hidden? A bound that can be drawn.

The likelihood of visible spikes $x$ is a sum over all that the hidden neurons could have fired. Let these be
drawn by their own coins while the visible ones are held at $x$; what is drawn so has the probability

$$ q(h \mid x) = \prod_t \prod_{i \in H} P(h_{i,t} \mid \text{past}), \qquad
p(x) = \sum_h q(h \mid x)\, e^{\lambda(h)}, \qquad
\lambda(h) = \sum_t \sum_{i \in X} \ln P(x_{i,t} \mid \text{past}) $$

The logarithm of a mean is never below the mean of the logarithms, so

$$ \text{ELBO} = \sum_h q(h \mid x)\, \lambda(h) \le \ln p(x) $$

is a lower bound, the *evidence lower bound*. A *sparsity prior*, that hidden neurons should fire in a share
$r$ of the bins, takes away c times how far they are from it,

$$ L = \text{ELBO} - c \sum_h q(h \mid x) \sum_t \sum_{i \in H}
\ln \frac{P(h_{i,t} \mid \text{past})}{r^{h_{i,t}} (1 - r)^{1 - h_{i,t}}} $$

which lowers the bound further. With few hidden neurons and few bins every pattern can be counted, and nothing
has to be drawn: so it is known what learning by drawing should find.

Source: H. Jang, O. Simeone, B. Gardner and A. Grüning (2019), IEEE Signal Processing Magazine 36 (6), 64–77.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import fraction, non_negative
from snnlab.compiling import inlined_kernel, uncounted_kernel
from snnlab.probability.hidden_network import (
    HiddenNetwork,
    checked_network,
    one_trial,
    room_for,
    run_trial,
    sources,
)

__all__ = [
    "Enumerated",
    "Scored",
    "SparsityPrior",
    "complete_likelihood",
    "enumerate_hidden",
]

_MOST_BITS = 12  # hidden neurons times bins: 4096 patterns


class SparsityPrior(NamedTuple):
    """How strongly hidden neurons are held to how sparse a code.

    Examples
    --------
    >>> SparsityPrior(0.1).rate
    0.3
    """

    strength: float = 0.0
    """c; 0 for none."""
    rate: float = 0.3
    """r, the share of bins in which a hidden neuron should fire, above 0 and below 1."""


class Scored(NamedTuple):
    """The log-likelihood of a trial in which every neuron is known, and its gradient.

    Examples
    --------
    >>> Scored(-1.0, np.zeros((2, 5))).gradient.shape
    (2, 5)
    """

    value: float
    """Nats."""
    gradient: np.ndarray
    """Shape of the network's `w`."""


class Enumerated(NamedTuple):
    """Every pattern that the hidden neurons can fire, with the visible ones held.

    Examples
    --------
    >>> one = Enumerated(np.array([0.5, 0.5]), np.log([0.2, 0.8]), np.zeros(2), np.zeros((2, 1, 3)), 1)
    >>> print(f"{one.elbo:.3f} <= {one.log_likelihood:.3f}")
    -0.916 <= -0.693
    """

    q: np.ndarray
    """Probability of each pattern, shape (patterns,)."""
    visible: np.ndarray
    """λ: the log-probability of what is visible after each pattern, nats, shape (patterns,)."""
    cost: np.ndarray
    """c times how much likelier the pattern is than under the sparsity prior, nats, shape (patterns,)."""
    scores: np.ndarray
    """The gradient of the log-probability of all spikes, shape (patterns, neurons, columns)."""
    n_visible: int
    """How many rows of `scores` are those of visible neurons."""

    @property
    def log_likelihood(self) -> float:
        """The logarithm of the probability of what is visible, nats."""
        most = self.visible.max()
        return float(most + math.log(self.q @ np.exp(self.visible - most)))

    @property
    def elbo(self) -> float:
        """The evidence lower bound less the cost of the prior, nats: with a prior below the bound itself."""
        return float(self.q @ (self.visible - self.cost))


def complete_likelihood(network: HiddenNetwork, inputs: ArrayLike, spikes: ArrayLike) -> Scored:
    r"""The log-likelihood of all neurons' spikes, and what each weight does to it.

    $$ \frac{\partial}{\partial w_{ijk}} \ln P(s) = \sum_t \left(s_{i,t} - \sigma(u_{i,t})\right)
    (a_k * s_j)_{t-1} $$

    Parameters
    ----------
    network
        The neurons.
    inputs : array of shape (bins, inputs)
        0 or 1.
    spikes : array of shape (bins, neurons)
        What all neurons fired, the visible ones first, 0 or 1.

    Examples
    --------
    >>> from snnlab.probability.hidden_network import initial_hidden_network
    >>> net = initial_hidden_network(1, 1, 1, [[1.0]], spread=0.0, bias=0.0, rng=np.random.default_rng(1))
    >>> found = complete_likelihood(net, np.zeros((3, 1)), np.zeros((3, 2)))
    >>> print(f"{found.value:.3f} = 6 ln(1/2), {found.gradient[0, 0]:.1f}")
    -4.159 = 6 ln(1/2), -1.5
    """
    net = checked_network(network)._replace(n_visible=len(network.w))
    s = sources(net, one_trial("inputs", inputs), one_trial("spikes", spikes))
    values, gradient = np.empty((1, 2)), np.zeros((1, *net.w.shape))
    score_trials(net, s, s.shape[2], np.uint64(0), room_for(net, s.shape[1]), 0.0, 0.5, values, gradient)
    return Scored(float(values[0, 0]), gradient[0])


def enumerate_hidden(
    network: HiddenNetwork,
    inputs: ArrayLike,
    visible: ArrayLike,
    prior: SparsityPrior = SparsityPrior(),
) -> Enumerated:
    """Go through every pattern of the hidden neurons.

    Parameters
    ----------
    network
        The neurons.
    inputs : array of shape (bins, inputs)
        0 or 1.
    visible : array of shape (bins, visible)
        What the visible neurons fired, 0 or 1.
    prior
        How sparse the hidden neurons should be.

    Examples
    --------
    >>> from snnlab.probability.hidden_network import initial_hidden_network
    >>> net = initial_hidden_network(1, 1, 2, [[1.0]], rng=np.random.default_rng(1))
    >>> all_of_them = enumerate_hidden(net, np.ones((4, 1)), [[0], [1], [0], [1]])
    >>> print(len(all_of_them.q), f"{all_of_them.q.sum():.3f}")
    256 1.000
    """
    net, prior = checked_network(network), checked_prior(prior)
    held = sources(net, one_trial("inputs", inputs), one_trial("visible", visible))
    bins, n_hidden = held.shape[1], len(net.w) - net.n_visible
    bits = bins * n_hidden
    if bits > _MOST_BITS:
        raise ValueError(f"hidden neurons times bins must be at most {_MOST_BITS} to count all, got {bits}")
    patterns = np.arange(2**bits)[:, None] >> np.arange(bits) & 1
    s = np.repeat(held, len(patterns), axis=0)
    s[:, :, net.n_inputs + net.n_visible :] = patterns.reshape(-1, bins, n_hidden)
    values, scores = np.empty((len(s), 2)), np.zeros((len(s), *net.w.shape))
    room = room_for(net, bins)
    score_trials(net, s, s.shape[2], np.uint64(0), room, 1.0, prior.rate, values, scores)
    fired = patterns.sum(axis=1)
    log_prior = fired * math.log(prior.rate) + (bits - fired) * math.log1p(-prior.rate)
    log_q = values[:, 1] + log_prior
    return Enumerated(np.exp(log_q), values[:, 0], prior.strength * values[:, 1], scores, net.n_visible)


def checked_prior(prior: SparsityPrior) -> SparsityPrior:
    """`prior`, if there is such a share of bins."""
    if not isinstance(prior, SparsityPrior):
        raise TypeError(f"prior must be a SparsityPrior, got {type(prior).__name__}")
    rate = fraction("rate", prior.rate)
    if rate in (0.0, 1.0):
        raise ValueError(f"rate must be above 0 and below 1, got {rate:g}")
    return SparsityPrior(non_negative("strength", prior.strength), rate)


@inlined_kernel
def beyond_prior(log_p, y, rate):
    """How much more probable a hidden neuron's bin is than under the sparsity prior, nats."""
    return log_p - (math.log(rate) if y > 0.0 else math.log1p(-rate))


@inlined_kernel
def add_score(t, i, factor, net, room, out):
    """Add `factor` times what neuron `i` hears in bin `t` to its row of `out`."""
    out[i, 0] += factor
    each = net.synaptic_basis.shape[1]
    for j in range(net.joined.shape[1]):
        if net.joined[i, j]:
            for k in range(each):
                out[i, 1 + j * each + k] += factor * room.heard[t, j, k]
    first = 1 + net.joined.shape[1] * each
    for k in range(net.own_basis.shape[1]):
        out[i, first + k] += factor * room.own[t, i, k]


@uncounted_kernel
def score_trials(net, s, given, seed, room, strength, rate, values, scores):
    """Draw each trial from source `given` on; `values` gets λ and the prior's cost, `scores` gradients."""
    n_inputs = net.joined.shape[1] - net.joined.shape[0]
    for trial in range(s.shape[0]):
        run_trial(net, s[trial], given, seed, trial, room)
        seen, cost = 0.0, 0.0
        for t in range(s.shape[1]):
            for i in range(net.joined.shape[0]):
                add_score(t, i, room.surprise[t, i], net, room, scores[trial])
                if i < net.n_visible:
                    seen += room.log_p[t, i]
                else:
                    cost += beyond_prior(room.log_p[t, i], s[trial, t, n_inputs + i], rate)
        values[trial, 0], values[trial, 1] = seen, strength * cost
