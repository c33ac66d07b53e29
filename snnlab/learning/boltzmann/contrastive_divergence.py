r"""Contrastive divergence: the gradient of a Boltzmann machine, by a few steps in place of all states.

The gradient of the log-likelihood compares the data with what the machine does when it is left alone, and
nobody can wait until it has forgotten where it started. *Contrastive divergence* starts it at the data and
waits for $k$ steps only: hidden units by chance from the visible ones, visible ones by chance from these.

$$ \Delta W = \eta \left( \langle h\, v^\top \rangle_{data} - \langle h\, v^\top \rangle_{k\ steps} \right) $$

It is not the gradient of the likelihood: with small $k$ it pulls down only what lies near the data. With
$k \to \infty$ it is. *Persistent* contrastive divergence lets its states (the *chains*) go on from where the
step before has left them, so that they wander away from the data while the weights hardly change.

How a unit turns its input into a chance is an argument, `units`: `logistic_units` for a Boltzmann machine.
With others no energy belongs to the rule; what it does then is to make the machine's own states like the
data.

Source: G. E. Hinton (2002), Neural Computation 14, 1771–1800; T. Tieleman (2008), ICML, 1064–1071.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, fraction, non_negative, whole
from snnlab.learning.boltzmann.rbm import (
    RBM,
    check_rbm,
    check_visible,
    likelihood_gradient,
    logistic_units,
    pair_means,
)
from snnlab.random import generator
from snnlab.work_and_memory import turns

__all__ = ["contrastive_divergence", "divergence_cosine", "train_rbm"]

Units = Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]
"""From the other layer, weights and biases to the chance of each unit."""


def contrastive_divergence(
    rbm: RBM,
    v: ArrayLike,
    k: int = 1,
    *,
    chains: ArrayLike | None = None,
    units: Units = logistic_units,
    rng: np.random.Generator,
) -> tuple[RBM, np.ndarray]:
    """The direction in which contrastive divergence moves each number.

    Parameters
    ----------
    rbm
        The machine.
    v : array of shape (samples, visible)
        The data, from 0 to 1.
    k : int
        Steps there and back, at least one.
    chains : array of shape (chains, hidden), optional
        Hidden states at which the machine starts; if left out, those that the data bring about.
    units
        From the other layer, weights and biases to the chance of each unit.
    rng
        The source of chance.

    Returns
    -------
    direction : RBM
        Δ of each number, in its place.
    chains : array of shape (chains, hidden)
        Hidden states at the end, for a persistent machine.

    Examples
    --------
    The data are always on, the machine is on half of the time: the biases should rise.

    >>> machine = RBM(np.zeros((1, 2)), np.zeros(2), np.zeros(1))
    >>> direction, _ = contrastive_divergence(machine, np.ones((5000, 2)), rng=np.random.default_rng(1))
    >>> print(direction.visible.round(1))
    [0.5 0.5]
    """
    rbm, k, rng = check_rbm(rbm), whole("k", k, least=1), generator(rng)
    v = check_visible(v, rbm)
    h = units(v, rbm.w, rbm.hidden)
    if chains is None:
        state = drawn(h, rng)
    else:
        state = finite_array("chains", chains, (2,), "(chains, hidden)")
        if state.shape[1] != rbm.hidden.size:
            raise ValueError(f"chains must have {rbm.hidden.size} columns, got {state.shape[1]}")
    for _ in range(k):
        v_own = drawn(units(state, rbm.w.T, rbm.visible), rng)
        h_own = units(v_own, rbm.w, rbm.hidden)
        state = drawn(h_own, rng)
    data, own = pair_means(v, h), pair_means(v_own, h_own)
    return RBM(*(x - y for x, y in zip(data, own, strict=True))), state


def divergence_cosine(
    rbm: RBM, v: ArrayLike, k: int = 1, chains: int = 5000, *, rng: np.random.Generator
) -> float:
    """How far contrastive divergence points along the gradient of the likelihood: the cosine between both.

    Parameters
    ----------
    rbm
        Of logistic units, at most 16 of them visible: the gradient counts all states.
    v : array of shape (samples, visible)
        The data, 0 or 1, each as often.
    k : int
        Steps there and back.
    chains : int
        How often each sample is taken, so that chance hardly counts.
    rng
        The source of chance.

    Returns
    -------
    float
        1 for the same direction, 0 for one at right angles.

    Examples
    --------
    >>> from snnlab.learning.boltzmann.rbm import initial_rbm
    >>> machine = initial_rbm(4, 3, 2.0, rng=np.random.default_rng(1))
    >>> cosine = divergence_cosine(machine, [[1, 1, 0, 0], [0, 0, 1, 1]], 50, rng=np.random.default_rng(2))
    >>> cosine > 0.99
    True
    """
    exact = likelihood_gradient(rbm, v)
    often = np.repeat(check_visible(v, check_rbm(rbm)), whole("chains", chains, least=1), axis=0)
    a, b = (
        np.concatenate([x.ravel() for x in each])
        for each in (exact, contrastive_divergence(rbm, often, k, rng=rng)[0])
    )
    return float(a @ b / np.sqrt((a @ a) * (b @ b)))


def drawn(chance: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Units that are 1 with their chance."""
    return (rng.random(chance.shape) < chance).astype(float)


def train_rbm(
    rbm: RBM,
    v: ArrayLike,
    epochs: int,
    rate: float = 0.1,
    *,
    k: int = 1,
    momentum: float = 0.5,
    batch: int = 50,
    target: float | None = None,
    units: Units = logistic_units,
    rng: np.random.Generator,
) -> RBM:
    """Let a machine learn data.

    Parameters
    ----------
    rbm
        Where it starts; it stays as it is.
    v : array of shape (samples, visible)
        The data, from 0 to 1.
    epochs : int
        How often all samples are gone through, in a new order each time.
    rate : float
        η.
    k : int
        Steps there and back.
    momentum : float
        Which part of the last step is added to the next one, from 0 to 1.
    batch : int
        Samples a step.
    target : float, optional
        The mean activity to which the bias of each hidden unit is pulled as well, by `rate` times what is
        missing; a unit that has fallen silent learns nothing otherwise. Nothing pulls if left out.
    units
        As for `contrastive_divergence`.
    rng
        The source of chance.

    Examples
    --------
    >>> from snnlab.learning.boltzmann.rbm import initial_rbm, log_likelihood
    >>> rng = np.random.default_rng(1)
    >>> data = np.repeat([[1, 1, 0, 0], [0, 0, 1, 1]], 50, axis=0)
    >>> machine = initial_rbm(4, 2, rng=rng)
    >>> learnt = train_rbm(machine, data, 100, 0.5, rng=rng)
    >>> log_likelihood(learnt, data) > log_likelihood(machine, data) + 1
    True
    """
    rbm, epochs, rate = check_rbm(rbm), whole("epochs", epochs), non_negative("rate", rate)
    v, momentum, batch = check_visible(v, rbm), fraction("momentum", momentum), whole("batch", batch, 1)
    target, rng = None if target is None else fraction("target", target), generator(rng)
    moving = RBM(*(np.zeros_like(x) for x in rbm))
    for _ in turns("epochs", epochs):
        order = rng.permutation(len(v))
        for begin in range(0, len(v), batch):
            some = v[order[begin : begin + batch]]
            direction, _ = contrastive_divergence(rbm, some, k, units=units, rng=rng)
            if target is not None:
                missed = target - units(some, rbm.w, rbm.hidden).mean(axis=0)
                direction = direction._replace(hidden=direction.hidden + missed)
            moving = RBM(*(momentum * m + rate * d for m, d in zip(moving, direction, strict=True)))
            rbm = RBM(*(x + m for x, m in zip(rbm, moving, strict=True)))
    return rbm
