r"""The restricted Boltzmann machine: visible and hidden units, and no connections within either kind.

All units are 0 or 1. A state of visible units $v$ and hidden units $h$ has an energy, and the lower it is,
the more often the machine is in it:

$$ E(v, h) = -h^\top W v - a^\top v - b^\top h, \qquad P(v, h) = \frac{e^{-E(v, h)}}{Z},
\qquad Z = \sum_{v, h} e^{-E(v, h)} $$

Given the visible units, the hidden ones know nothing of each other, and each is 1 with the chance
$P(h_k = 1 \mid v) = 1 / (1 + e^{-(W v + b)_k})$; so it is the other way round. For few units everything can
be counted: over the hidden units the sum has a closed form, and over the visible ones it has $2^n$ terms,

$$ \log Z = \log \sum_v e^{-F(v)}, \qquad F(v) = -a^\top v - \sum_k \log\left(1 + e^{(W v + b)_k}\right) $$

and the gradient of the mean log-likelihood of data, with the mean over the data and that over the machine, is

$$ \frac{\partial}{\partial W} \langle \log P(v) \rangle
= \langle h\, v^\top \rangle_{data} - \langle h\, v^\top \rangle_{machine} $$

Source: P. Smolensky (1986), in Parallel Distributed Processing, volume 1, chapter 6 (as harmonium);
G. E. Hinton (2002), Neural Computation 14, 1771–1800.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, non_negative, whole
from snnlab.random import generator

__all__ = ["RBM", "check_rbm", "initial_rbm", "likelihood_gradient", "log_likelihood", "logistic_units"]

_MOST_COUNTED = 16  # visible units: 65,536 states


class RBM(NamedTuple):
    """The numbers of a restricted Boltzmann machine.

    Examples
    --------
    >>> RBM(np.zeros((3, 4)), np.zeros(4), np.zeros(3)).w.shape
    (3, 4)
    """

    w: np.ndarray
    """W, shape (hidden, visible)."""
    visible: np.ndarray
    """a, biases of the visible units, shape (visible,)."""
    hidden: np.ndarray
    """b, biases of the hidden units, shape (hidden,)."""


def check_rbm(rbm: RBM) -> RBM:
    """`rbm` in float64, if its parts fit together."""
    if not isinstance(rbm, RBM):
        raise TypeError(f"rbm must be an RBM, got {type(rbm).__name__}")
    w = finite_array("w", rbm.w, (2,), "(hidden, visible)")
    visible, hidden = (finite_array(name, getattr(rbm, name), (1,), "(units,)") for name in RBM._fields[1:])
    if w.shape != (hidden.size, visible.size):
        raise ValueError(f"w must have shape ({hidden.size}, {visible.size}), got {w.shape}")
    return RBM(w, visible, hidden)


def initial_rbm(
    visible: int, hidden: int, spread: float = 0.01, *, mean: float = 0.0, rng: np.random.Generator
) -> RBM:
    """A machine that has not learnt yet: normally distributed weights, biases of 0.

    Parameters
    ----------
    visible, hidden : int
        Numbers of units.
    spread, mean : float
        Standard deviation of the weights and their mean.
    rng
        Where they come from.

    Examples
    --------
    >>> initial_rbm(4, 3, rng=np.random.default_rng(1)).w.shape
    (3, 4)
    """
    shape = whole("hidden", hidden, least=1), whole("visible", visible, least=1)
    w = generator(rng).normal(mean, non_negative("spread", spread), shape)
    return RBM(w, np.zeros(shape[1]), np.zeros(shape[0]))


def logistic_units(x: np.ndarray, w: np.ndarray, b: np.ndarray) -> np.ndarray:
    """The chance of each unit to be 1, given the other layer.

    Parameters
    ----------
    x : array of shape (samples, inputs)
        The units of the other layer.
    w, b : arrays of shape (units, inputs) and (units,)
        Weights and biases.

    Examples
    --------
    >>> logistic_units(np.ones((1, 2)), np.array([[1.0, -1.0]]), np.zeros(1))
    array([[0.5]])
    """
    return 0.5 * (1.0 + np.tanh(0.5 * (x @ w.T + b)))  # 1 / (1 + exp(-z)) without overflow


def _free_energy(rbm: RBM, v: np.ndarray) -> np.ndarray:
    return -v @ rbm.visible - np.logaddexp(0.0, v @ rbm.w.T + rbm.hidden).sum(axis=1)


def _all_states(rbm: RBM) -> tuple[np.ndarray, np.ndarray]:
    """Every state of the visible units, and its probability's logarithm but for log Z."""
    n = rbm.visible.size
    if n > _MOST_COUNTED:
        raise ValueError(f"visible must be at most {_MOST_COUNTED} units to count their states, got {n}")
    states = (np.arange(2**n)[:, None] >> np.arange(n) & 1).astype(float)
    return states, -_free_energy(rbm, states)


def log_likelihood(rbm: RBM, v: ArrayLike) -> float:
    """Mean logarithm of the probability of the data, all states of the machine counted.

    Parameters
    ----------
    rbm
        Of at most 16 visible units.
    v : array of shape (samples, visible)
        The data, 0 or 1.

    Examples
    --------
    A machine that knows nothing takes each of four states of two units for as probable:

    >>> nothing = RBM(np.zeros((3, 2)), np.zeros(2), np.zeros(3))
    >>> print(f"{np.exp(log_likelihood(nothing, [[0, 1]])):.2f}")
    0.25
    """
    rbm = check_rbm(rbm)
    v = check_visible(v, rbm, counted=True)
    return float(np.mean(-_free_energy(rbm, v)) - np.logaddexp.reduce(_all_states(rbm)[1]))


def likelihood_gradient(rbm: RBM, v: ArrayLike) -> RBM:
    """Gradient of `log_likelihood`, all states of the machine counted.

    Parameters
    ----------
    rbm, v
        As for `log_likelihood`.

    Returns
    -------
    RBM
        The derivative by each number, in its place.

    Examples
    --------
    The data are what the machine believes already; nothing is left to learn:

    >>> nothing = RBM(np.zeros((1, 1)), np.zeros(1), np.zeros(1))
    >>> print(likelihood_gradient(nothing, [[0], [1]]).w)
    [[0.]]
    """
    rbm = check_rbm(rbm)
    v = check_visible(v, rbm, counted=True)
    states, logs = _all_states(rbm)
    p = np.exp(logs - np.logaddexp.reduce(logs))
    data = pair_means(v, logistic_units(v, rbm.w, rbm.hidden))
    machine = pair_means(states, logistic_units(states, rbm.w, rbm.hidden), p)
    return RBM(*(x - y for x, y in zip(data, machine, strict=True)))


def pair_means(v: np.ndarray, h: np.ndarray, p: np.ndarray | None = None) -> RBM:
    """⟨h vᵀ⟩, ⟨v⟩ and ⟨h⟩ over samples, each with its probability, or all alike."""
    p = np.full(len(v), 1.0 / len(v)) if p is None else p
    return RBM((h * p[:, None]).T @ v, p @ v, p @ h)


def check_visible(v: ArrayLike, rbm: RBM, counted: bool = False) -> np.ndarray:
    """Data that the machine can have: from 0 to 1, at least one sample; 0 or 1 where states are counted."""
    v = finite_array("v", v, (2,), "(samples, visible)")
    if v.shape[1] != rbm.visible.size or not len(v):
        raise ValueError(f"v must have samples of {rbm.visible.size} units, at least one, got {v.shape}")
    if v.min() < 0 or v.max() > 1:
        raise ValueError(f"v must be between 0 and 1, got {v.min():g} to {v.max():g}")
    if counted and (between := v[(v > 0) & (v < 1)]).size:
        raise ValueError(f"v must be 0 or 1, got {between[0]:g}")
    return v
