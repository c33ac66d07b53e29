r"""Learning with hidden neurons bin by bin: three factors, one of which all hidden neurons share.

Each weight keeps a trace of its score, its *eligibility*, and all hidden neurons hear one *learning signal*,
how probable the visible spikes were, less the cost of the sparsity prior:

$$ e_t = \kappa\, e_{t-1} + (1 - \kappa)\, \left(s_{i,t} - \sigma(u_{i,t})\right) x_t $$

$$ \ell_t = \kappa\, \ell_{t-1} + (1 - \kappa) \left[\sum_{i \in X} \ln P(x_{i,t})
- c \sum_{i \in H} \ln \frac{P(h_{i,t})}{r^{h_{i,t}} (1 - r)^{1 - h_{i,t}}}\right] $$

$$ \Delta w = \eta\, e_t \ \text{(visible)}, \qquad
\Delta w = \eta_h\, (\ell_t - b)\, e_t \ \text{(hidden)}, \qquad
b = \frac{\langle \ell e^2 \rangle}{\langle e^2 \rangle} $$

with running means $\langle \cdot \rangle$ that forget with β, one baseline for each weight. In a neuron's
words: a synaptic trace, a surprise of the own spike, and a third factor that says how well it went.

With κ below 1 a spike is given credit for what comes within about $1 / (1 - \kappa)$ bins: so the step is not
right on average, nor is its baseline, which has heard the same trial. The other way is
to wait for the end of a trial and take sums: eligibility and learning signal of the whole trial, one step for
the hidden neurons. This is the estimate of `snnlab.probability.variational_gradient` from a single draw,
right on average, but nobody can learn so who does not know when a trial ends.

Source: H. Jang, O. Simeone, B. Gardner and A. Grüning (2019), IEEE Signal Processing Magazine 36 (6), 64–77.
"""

from typing import Annotated, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import NonNegative, checked, fraction
from snnlab.compiling import inlined_kernel, uncounted_kernel
from snnlab.probability.hidden_likelihood import SparsityPrior, add_score, beyond_prior, checked_prior
from snnlab.probability.hidden_network import HiddenNetwork, checked_network, room_for, sources, step
from snnlab.random import seed_from

__all__ = ["LearntHidden", "VariationalRule", "learn_hidden"]

_MOST = 1e6  # a weight as large came from steps that overshoot


class VariationalRule(NamedTuple):
    """How visible and hidden neurons learn.

    Examples
    --------
    >>> VariationalRule(kappa=0.9).each_bin
    True
    """

    eta: NonNegative = 0.3
    """Learning rate η of visible neurons."""
    eta_hidden: NonNegative = 2.0
    """Learning rate of hidden ones, per nat; 0 freezes them."""
    kappa: Annotated[float, fraction] = 0.8
    """κ: how much of eligibility and learning signal is left in the next bin. Not used with whole trials."""
    beta: Annotated[float, fraction] = 0.99
    """β: how much of the means behind the baseline is left after the next step."""
    each_bin: bool = True
    """Whether steps are taken in each bin, or hidden neurons wait for the end of the trial."""


class LearntHidden(NamedTuple):
    """A network that has learnt.

    Examples
    --------
    >>> from snnlab.probability.hidden_network import initial_hidden_network
    >>> net = initial_hidden_network(1, 1, 1, [[1.0]], rng=np.random.default_rng(1))
    >>> LearntHidden(net, np.zeros(100)).log_p.size
    100
    """

    network: HiddenNetwork
    """With the weights after the last trial."""
    log_p: np.ndarray
    """λ: how probable the visible spikes of each trial were given what the hidden neurons fired, nats, shape
    (trials,). Its mean over draws is the evidence lower bound."""


class Memory(NamedTuple):
    """What learning keeps for each weight, shape (neurons, columns) each."""

    e: np.ndarray
    signal_squares: np.ndarray
    """The running mean of ℓ e²."""
    squares: np.ndarray
    """That of e²."""
    score: np.ndarray
    """The score of one bin."""


def learn_hidden(
    network: HiddenNetwork,
    inputs: ArrayLike,
    visible: ArrayLike,
    rule: VariationalRule = VariationalRule(),
    prior: SparsityPrior = SparsityPrior(),
    *,
    rng: np.random.Generator,
) -> LearntHidden:
    """Learn trials in their order, each once, with one draw of the hidden neurons.

    Parameters
    ----------
    network
        The neurons at the start; they are left as they are.
    inputs : array of shape (trials, bins, inputs)
        0 or 1.
    visible : array of shape (trials, bins, visible)
        What the visible neurons should fire, 0 or 1.
    rule
        Learning rates, traces and baseline.
    prior
        How sparse the hidden neurons should be.
    rng
        Where the seed comes from; one number is drawn from it.

    Raises
    ------
    ValueError
        If weights grew beyond all bounds: the learning rates are too large.

    Examples
    --------
    A neuron that should repeat the input of the bin before:

    >>> from snnlab.probability.hidden_network import initial_hidden_network
    >>> net = initial_hidden_network(1, 1, 0, [[1.0]], rng=np.random.default_rng(1))
    >>> x = np.random.default_rng(2).integers(0, 2, (500, 10, 1))
    >>> y = np.concatenate([np.zeros((500, 1, 1)), x[:, :-1]], axis=1)
    >>> learnt = learn_hidden(net, x, y, rng=np.random.default_rng(3))
    >>> bool(learnt.log_p[-50:].mean() > learnt.log_p[:50].mean() / 5)
    True
    """
    net, rule, prior = checked_network(network), checked("rule", rule, VariationalRule), checked_prior(prior)
    net = net._replace(w=net.w.copy())
    s = sources(net, inputs, visible)
    memory = Memory(*(np.zeros(net.w.shape) for _ in Memory._fields))
    log_p = np.empty(len(s))
    learn_trials(net, s, rule, prior, memory, seed_from(rng), room_for(net, s.shape[1]), log_p)
    if not (np.abs(net.w) < _MOST).all():
        raise ValueError(
            f"eta and eta_hidden must be small enough that no weight grows beyond {_MOST:g}, "
            f"got {rule.eta:g} and {rule.eta_hidden:g}"
        )
    return LearntHidden(net, log_p)


@inlined_kernel
def climb(i, signal, net, rule, memory):
    """One step of hidden neuron `i` with the learning signal ℓ; afterwards the baseline hears of it."""
    for k in range(net.w.shape[1]):
        square = memory.e[i, k] ** 2
        if square > 0.0:
            b = memory.signal_squares[i, k] / memory.squares[i, k] if memory.squares[i, k] > 0.0 else 0.0
            net.w[i, k] += rule.eta_hidden * (signal - b) * memory.e[i, k]
        memory.signal_squares[i, k] *= rule.beta
        memory.signal_squares[i, k] += (1.0 - rule.beta) * signal * square
        memory.squares[i, k] = rule.beta * memory.squares[i, k] + (1.0 - rule.beta) * square


@inlined_kernel
def remember(t, i, keep, gain, net, room, memory):
    """The eligibility of neuron `i`: `keep` times what it was, and `gain` times the score of bin `t`."""
    for k in range(net.w.shape[1]):
        memory.score[i, k] = 0.0
    add_score(t, i, room.surprise[t, i], net, room, memory.score)
    for k in range(net.w.shape[1]):
        memory.e[i, k] = keep * memory.e[i, k] + gain * memory.score[i, k]


@uncounted_kernel
def learn_trial(net, s, rule, prior, memory, seed, trial, room):
    """One trial, `s` of shape (bins, sources); returns λ."""
    room.heard[:] = 0.0
    room.own[:] = 0.0
    memory.e[:] = 0.0
    n, given = net.joined.shape[0], net.joined.shape[1] - net.joined.shape[0] + net.n_visible
    keep, gain = (rule.kappa, 1.0 - rule.kappa) if rule.each_bin else (1.0, 1.0)
    signal, seen = 0.0, 0.0
    for t in range(s.shape[0]):
        step(t, net, s, given, seed, trial, room)
        now = 0.0
        for i in range(n):
            if i < net.n_visible:
                now += room.log_p[t, i]
                seen += room.log_p[t, i]
            else:
                fired = s[t, given - net.n_visible + i]
                now -= prior.strength * beyond_prior(room.log_p[t, i], fired, prior.rate)
        signal = keep * signal + gain * now
        for i in range(n):
            remember(t, i, keep, gain, net, room, memory)
            if i < net.n_visible:
                for k in range(net.w.shape[1]):
                    taken = memory.e[i, k] if rule.each_bin else memory.score[i, k]
                    net.w[i, k] += rule.eta * taken
            elif rule.each_bin:
                climb(i, signal, net, rule, memory)
    if not rule.each_bin:
        for i in range(net.n_visible, n):
            climb(i, signal, net, rule, memory)
    return seen


@uncounted_kernel
def learn_trials(net, s, rule, prior, memory, seed, room, log_p):
    """One trial after the other."""
    for trial in range(s.shape[0]):
        log_p[trial] = learn_trial(net, s[trial], rule, prior, memory, seed, trial, room)
