r"""Dendritic errors: a far dendrite holds what comes from above against what was expected from there.

A hidden unit gets $W h$ at its base. At its *apical* dendrite it hears the layer above through $B$, and
through the same weights with the other sign *interneurons*, which guess what that layer says from what
this one does. What they cannot guess remains, and a share $a$ of it reaches the cell:

$$ v^l = B^l \left( f(u^{l+1}) - f(\hat u^{l+1}) \right), \qquad
\hat u^{l+1} = (1 - \kappa)\, P^l h^l + \kappa\, u^{l+1}, \qquad u^l = W^l h^{l-1} + a\, v^l $$

The output is pulled to the target, $u^L = (1 - \lambda) W^L h^{L-1} + \lambda t$. A weight compares what
its neuron says with what its base alone would,

$$ \Delta W^l \propto \left( f(u^l) - f(W^l h^{l-1}) \right) (h^{l-1})^\top $$

Interneurons that guess right are *self-predicting*, $P^l = W^{l+1}$: with $\lambda = 0$ every $v$ is 0.
Then, with $B^l = (W^{l+1})^\top$, in the linear regime of a weak pull, each error above comes down once
by its slope and once by its weight,

$$ f(u^l) - f(W^l h^{l-1}) \;\approx\; -\lambda\, (a (1 - \kappa))^{L - l}\, \delta^l $$

which is the gradient but for $O(\lambda)$, after each layer is made larger by its factor.

Sources: J. Sacramento, R. P. Costa, Y. Bengio and W. Senn (2018), NeurIPS 31 (here at rest, with
conductances merged into $a$); before it J. Guerguiev, T. P. Lillicrap and B. A. Richards (2017), eLife 6,
e22901.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import fraction, positive
from snnlab.learning.credit.backpropagation import Assignment, outer_means
from snnlab.learning.credit.feedback_alignment import feedback_shapes, true_feedback
from snnlab.learning.credit.rate_network import (
    Matrices,
    RateNetwork,
    activities,
    activity,
    checked_batch,
    checked_matrices,
    checked_network,
    potential,
)

__all__ = ["Microcircuit", "apical_potentials", "dendritic_error", "interneurons_learnt", "self_predicting"]

_MOST_SWEEPS = 10_000
_AT_REST = 1e-14


class Microcircuit(NamedTuple):
    """What stands beside the weights up.

    Examples
    --------
    >>> Microcircuit((np.ones((3, 1)),), (np.ones((1, 3)),), apical=0.5).apical
    0.5
    """

    down: Matrices
    """B, from the layer above and, with the other sign, the interneurons, shape (units, units above)."""
    interneurons: Matrices
    """P, from their layer to the interneurons, shape (units above, units)."""
    apical: float = 0.5
    """a, the share of the apical potential that reaches the cell, above 0 and at most 1."""
    told: float = 0.0
    """κ, how much the interneurons are told of what they should guess, from 0 to below 1."""


def self_predicting(network: RateNetwork, *, apical: float = 0.5, told: float = 0.0) -> Microcircuit:
    """Interneurons that guess right, and the transposed weights down.

    Parameters
    ----------
    network
        Its weights.
    apical, told : float
        As in `Microcircuit`.

    Examples
    --------
    >>> network = RateNetwork((np.array([[2.0]]), np.array([[3.0]])))
    >>> self_predicting(network).interneurons[0].item()
    3.0
    """
    network = checked_network(network)
    circuit = Microcircuit(true_feedback(network), tuple(w.copy() for w in network.weights[1:]), apical, told)
    return _checked(network, circuit)


def dendritic_error(
    network: RateNetwork, x: ArrayLike, target: ArrayLike, circuit: Microcircuit, *, pull: float = 0.01
) -> Assignment:
    """What each weight learns from the apical potentials, at rest.

    Parameters
    ----------
    network
        Its weights.
    x : array of shape (samples, inputs)
        What it is shown.
    target : array of shape (samples, outputs)
        Where the output is pulled.
    circuit
        Feedback and interneurons.
    pull : float
        λ, above 0 and at most 1.

    Examples
    --------
    >>> network = RateNetwork((np.array([[2.0]]), np.array([[3.0]])), linear=True)
    >>> told = dendritic_error(network, [[1.0]], [[5.0]], self_predicting(network), pull=1e-5)
    >>> [round(g.item(), 3) for g in told.gradient]
    [3.0, 2.0]
    """
    network = checked_network(network)
    x, target = checked_batch(network, x, target)
    circuit = _checked(network, circuit)
    pull = fraction("pull", positive("pull", pull))
    base, h = _at_rest(network, x, target, circuit, pull)
    last = len(network.weights)
    errors = []
    for layer in range(1, last + 1):
        share = pull * (circuit.apical * (1 - circuit.told)) ** (last - layer)
        linear = network.linear or layer == last
        errors.append((activity(base[layer - 1], linear) - h[layer]) / share)
    return Assignment(outer_means(errors, h), tuple(errors), tuple(h))


def apical_potentials(
    network: RateNetwork, x: ArrayLike, target: ArrayLike, circuit: Microcircuit, *, pull: float = 0.0
) -> Matrices:
    """Apical potentials v of all hidden layers, at rest.

    Without a pull they are zero if the interneurons guess right.

    Parameters
    ----------
    network, x, target, circuit
        As in `dendritic_error`.
    pull : float
        λ, from 0 to 1.

    Returns
    -------
    tuple of arrays of shape (samples, units)
        One for each hidden layer.

    Examples
    --------
    >>> network = RateNetwork((np.array([[2.0]]), np.array([[3.0]])), linear=True)
    >>> apical_potentials(network, [[1.0]], [[5.0]], self_predicting(network))[0].item()
    0.0
    """
    network = checked_network(network)
    x, target = checked_batch(network, x, target)
    circuit = _checked(network, circuit)
    _, h = _at_rest(network, x, target, circuit, fraction("pull", pull))
    return tuple(
        _surprise(network, circuit, h, layer) @ circuit.down[layer - 1].T
        for layer in range(1, len(network.weights))
    )


def interneurons_learnt(
    network: RateNetwork, x: ArrayLike, circuit: Microcircuit, *, rate: float = 0.1
) -> Microcircuit:
    r"""The circuit after one step in which interneurons learn to guess, without a target.

    $\Delta P \propto (f(u) - f(\hat u))\, h^\top$.

    Parameters
    ----------
    network
        Its weights.
    x : array of shape (samples, inputs)
        What it is shown.
    circuit
        Before the step.
    rate : float
        The learning rate.

    Examples
    --------
    >>> network = RateNetwork((np.array([[1.0]]), np.array([[0.9]])), linear=True)
    >>> circuit = self_predicting(network)._replace(interneurons=(np.array([[0.1]]),))
    >>> for _ in range(300):
    ...     circuit = interneurons_learnt(network, [[1.0]], circuit)
    >>> round(circuit.interneurons[0].item(), 6)
    0.9
    """
    network = checked_network(network)
    x, target = checked_batch(network, x, np.zeros((len(np.atleast_1d(x)), len(network.weights[-1]))))
    circuit, rate = _checked(network, circuit), positive("rate", rate)
    _, h = _at_rest(network, x, target, circuit, 0.0)
    missed = [_surprise(network, circuit, h, layer) for layer in range(1, len(network.weights))]
    learnt = outer_means(missed, h[1:])
    return circuit._replace(
        interneurons=tuple(p + rate * g for p, g in zip(circuit.interneurons, learnt, strict=True))
    )


def _checked(network: RateNetwork, circuit: Microcircuit) -> Microcircuit:
    if not isinstance(circuit, Microcircuit):
        raise TypeError(f"circuit must be a Microcircuit, got {type(circuit).__name__}")
    told = fraction("told", circuit.told)
    if told == 1:
        raise ValueError("told must be below 1: interneurons that are told all leave no error, got 1")
    return Microcircuit(
        checked_matrices("down", circuit.down, feedback_shapes(network)),
        checked_matrices("interneurons", circuit.interneurons, [w.shape for w in network.weights[1:]]),
        fraction("apical", positive("apical", circuit.apical)),
        told,
    )


def _surprise(network: RateNetwork, circuit: Microcircuit, h: Sequence[np.ndarray], layer: int) -> np.ndarray:
    """f(u) − f(û) of the layer above, in which what is there is known by its activity."""
    linear = network.linear or layer + 1 == len(network.weights)
    guess = h[layer] @ circuit.interneurons[layer - 1].T
    if circuit.told:
        guess = (1 - circuit.told) * guess + circuit.told * potential(h[layer + 1], linear)
    return h[layer + 1] - activity(guess, linear)


def _at_rest(
    network: RateNetwork, x: np.ndarray, target: np.ndarray, circuit: Microcircuit, pull: float
) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """The potentials at the base and the activities, once nothing moves."""
    h, last = activities(network, x), len(network.weights)
    for _ in range(_MOST_SWEEPS):
        before = h[1:]
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            h[last] = (1 - pull) * (h[last - 1] @ network.weights[-1].T) + pull * target
            for layer in range(last - 1, 0, -1):
                apical = _surprise(network, circuit, h, layer) @ circuit.down[layer - 1].T
                u = h[layer - 1] @ network.weights[layer - 1].T + circuit.apical * apical
                h[layer] = activity(u, network.linear)
            moved = max(float(np.abs(a - b).max()) for a, b in zip(before, h[1:], strict=True))
        if moved < _AT_REST * max(1.0, *(float(np.abs(layer).max()) for layer in h)):
            return [below @ w.T for below, w in zip(h, network.weights, strict=False)], h
        if not np.isfinite(moved):
            break
    raise ValueError(f"apical must be so small that the network comes to rest, got {circuit.apical:g}")
