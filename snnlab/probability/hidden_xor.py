r"""The exclusive or in time: a task that no network without hidden neurons can do.

Two lines bring one bit each time: either line A fires, or line B. That happens in bin 0 and again in bin 3.
In bin 6 the output should fire if the lines were different ones, and in no other bin.

**Why it cannot be done alone.** All bits are equally likely, and in bin 6 the output's potential is
$f(\text{first}) + g(\text{second})$, a sum, whatever its filters are; its own spikes cannot help, as it was
silent up to now. Let $c = f + g$ be the four potentials. A sum has no share in the exclusive or:
$c_{AA} - c_{AB} - c_{BA} + c_{BB} = 0$. The loss of the four cases is a sum of convex functions
$\ln(1 + e^{\mp c})$, and by Jensen's inequality

$$ \tfrac14 \left[\ln(1 + e^{c_{AA}}) + \ln(1 + e^{-c_{AB}})
+ \ln(1 + e^{-c_{BA}}) + \ln(1 + e^{c_{BB}})\right]
\ge \ln\left(1 + e^{(c_{AA} - c_{AB} - c_{BA} + c_{BB})/4}\right) = \ln 2 $$

So on average the answer keeps $\ln 2$ nats: the neuron is left to guess. A hidden neuron that fires after
"first A, then B" and not otherwise breaks the sum, and nobody tells it to.
"""

from typing import NamedTuple

import numpy as np

from snnlab.checks import positive, whole
from snnlab.probability.bases import raised_cosines
from snnlab.probability.glm_fit import fit_glm, glm_potential
from snnlab.probability.hidden_likelihood import SparsityPrior
from snnlab.probability.hidden_network import HiddenNetwork, initial_hidden_network, run_hidden_network
from snnlab.probability.variational_rule import VariationalRule, learn_hidden
from snnlab.random import generator

__all__ = ["HiddenXor", "XorInTime", "fit_frozen_xor", "learn_hidden_xor", "xor_answers", "xor_bits_in_time"]

FIRST, SECOND, ANSWER, BINS = 0, 3, 6, 7
RULE = VariationalRule(eta=0.3, eta_hidden=2.0, kappa=0.8, beta=0.99)
PRIOR = SparsityPrior(strength=0.1, rate=0.3)


class XorInTime(NamedTuple):
    """Trials of the task.

    Examples
    --------
    >>> trials = xor_bits_in_time(4, rng=None)
    >>> print(trials.visible[:, ANSWER, 0])
    [0. 1. 1. 0.]
    """

    inputs: np.ndarray
    """Lines A and B, shape (trials, 7, 2)."""
    visible: np.ndarray
    """What the output should fire, shape (trials, 7, 1)."""


class HiddenXor(NamedTuple):
    """What a network has learnt of the exclusive or.

    Examples
    --------
    >>> HiddenXor(np.array([0.1, 0.9, 0.9, 0.1]), 0.105, None, np.zeros(9)).right
    1.0
    """

    fires: np.ndarray
    """Probability that the output fires in bin 6, after AA, AB, BA and BB, shape (4,)."""
    nats: float
    """What the answer costs on average; ln 2 = 0.693 for a guess."""
    network: HiddenNetwork
    """After learning."""
    log_p: np.ndarray
    """λ of each trial of learning, nats; of a fit, of bin 6 alone."""

    @property
    def right(self) -> float:
        """Share of the four cases in which the right answer is the likelier one."""
        return float(np.mean((self.fires > 0.5) == [False, True, True, False]))


def xor_bits_in_time(trials: int, *, rng: np.random.Generator | None) -> XorInTime:
    """Draw trials.

    Parameters
    ----------
    trials : int
        How many.
    rng
        Where the bits come from; with None the four cases follow each other: AA, AB, BA, BB.

    Examples
    --------
    >>> print(xor_bits_in_time(2, rng=None).inputs[1].T.astype(int))  # first A, then B
    [[1 0 0 0 0 0 0]
     [0 0 0 1 0 0 0]]
    """
    trials = whole("trials", trials, least=1)
    case = np.arange(trials) % 4 if rng is None else generator(rng).integers(0, 4, trials)
    first, second = case // 2, case % 2
    k = np.arange(trials)
    inputs, visible = np.zeros((trials, BINS, 2)), np.zeros((trials, BINS, 1))
    inputs[k, FIRST, first] = 1.0
    inputs[k, SECOND, second] = 1.0
    visible[:, ANSWER, 0] = first != second
    return XorInTime(inputs, visible)


def learn_hidden_xor(
    n_hidden: int = 8,
    trials: int = 10_000,
    rule: VariationalRule = RULE,
    prior: SparsityPrior = PRIOR,
    *,
    rng: np.random.Generator,
) -> HiddenXor:
    """Learn the task, and ask for all four cases.

    Parameters
    ----------
    n_hidden : int
        Hidden neurons; with 0 the output learns alone.
    trials : int
        How many trials are learnt.
    rule, prior
        As in `learn_hidden`. With ``eta_hidden=0`` hidden neurons stay as they were drawn; the maximum of the
        bound with these is found by `snnlab.probability.hidden_xor.fit_frozen_xor`.
    rng
        Where weights, trials and coins come from.

    Examples
    --------
    >>> alone = learn_hidden_xor(0, trials=2000, rng=np.random.default_rng(1))
    >>> bool(alone.nats >= np.log(2))
    True
    """
    rng = generator(rng)
    start = _untrained(n_hidden, rng)
    task = xor_bits_in_time(trials, rng=rng)
    learnt = learn_hidden(start, task.inputs, task.visible, rule, prior, rng=rng)
    return _asked(learnt.network, learnt.log_p, rng)


def fit_frozen_xor(
    n_hidden: int = 8, draws: int = 2500, ridge: float = 1e-6, *, rng: np.random.Generator
) -> HiddenXor:
    """Fit the output beside hidden neurons that stay as they were drawn: a control.

    Where hidden neurons do not learn, the bound is the log-likelihood of a GLM neuron, averaged over what
    they may fire. So it has one maximum, and Newton's method finds it. Only the answer is fitted: the output
    need not be silent before. The likelihood itself, with the mean inside of the logarithm, may have higher
    tops, where the bound is low: all weights times five are on the way to one.

    Parameters
    ----------
    n_hidden : int
        Hidden neurons.
    draws : int
        How often they are drawn for each of the four cases.
    ridge : float
        As in `fit_glm`; above 0, since of all that is heard of a line two columns say the same.
    rng
        Where weights and coins come from; the weights are those of `learn_hidden_xor` with the same seed.

    Examples
    --------
    >>> from snnlab.probability.hidden_xor import fit_frozen_xor
    >>> alone = fit_frozen_xor(0, draws=1, rng=np.random.default_rng(1))
    >>> print(f"{alone.nats:.3f}")  # the guess
    0.693
    """
    rng = generator(rng)
    net = _untrained(n_hidden, rng)
    task = xor_bits_in_time(4 * whole("draws", draws, least=1), rng=None)
    run = run_hidden_network(net, task.inputs, task.visible, rng=rng)
    fired = np.concatenate([task.inputs, run.spikes], axis=2)[:, ANSWER - 1 :: -1]  # the last bin first
    basis = net.synaptic_basis[: fired.shape[1]]
    heard = np.einsum("nlj,lk->njk", fired[:, : len(basis)], basis)[:, net.joined[0]].reshape(len(fired), -1)
    answer = task.visible[:, ANSWER, 0]
    fit = fit_glm(heard, answer, ridge=positive("ridge", ridge))
    net.w[0] = 0.0
    net.w[0, 0] = fit.intercept
    of_sources = net.w[0, 1 : 1 + net.joined.shape[1] * basis.shape[1]].reshape(net.joined.shape[1], -1)
    of_sources[net.joined[0]] = fit.weights.reshape(-1, basis.shape[1])
    u = glm_potential(heard, fit)
    return _asked(net, answer * u - np.logaddexp(0.0, u), rng)


def _untrained(n_hidden: int, rng: np.random.Generator) -> HiddenNetwork:
    """Two lines, one output, and hidden neurons, with the weights of the start."""
    start = initial_hidden_network(2, 1, n_hidden, raised_cosines(4, first=0, last=5), rng=rng)
    start.w[0, 1:] *= 0.3  # the output begins with less to unlearn
    return start


def _asked(network: HiddenNetwork, log_p: np.ndarray, rng: np.random.Generator) -> HiddenXor:
    """All four cases, and what the answers cost."""
    fires = xor_answers(network, rng=rng)
    p = np.clip(fires, 1e-12, 1.0 - 1e-12)
    nats = -np.log(np.where([False, True, True, False], p, 1.0 - p)).mean()
    return HiddenXor(fires, float(nats), network, log_p)


def xor_answers(network: HiddenNetwork, draws: int = 500, *, rng: np.random.Generator) -> np.ndarray:
    """How probable it is that the output fires in bin 6, averaged over what the hidden neurons may do.

    Parameters
    ----------
    network
        Of two inputs and one visible neuron.
    draws : int
        How often hidden neurons are drawn for each case. The output is held silent up to bin 6.
    rng
        Where the seed comes from.

    Returns
    -------
    array of shape (4,)
        After AA, AB, BA and BB.

    Examples
    --------
    >>> from snnlab.probability.hidden_network import initial_hidden_network
    >>> net = initial_hidden_network(2, 1, 0, [[1.0]], spread=0.0, bias=0.0, rng=np.random.default_rng(1))
    >>> print(xor_answers(net, rng=np.random.default_rng(2)))
    [0.5 0.5 0.5 0.5]
    """
    task = xor_bits_in_time(4 * whole("draws", draws, least=1), rng=None)
    held = np.zeros_like(task.visible)
    held[:, ANSWER] = 1.0
    run = run_hidden_network(network, task.inputs, held, rng=rng)
    return np.exp(run.log_p[:, ANSWER, 0]).reshape(-1, 4).mean(axis=0)
