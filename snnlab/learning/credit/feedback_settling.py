r"""A network whose layers talk both ways settles, alone and when it is told what should come out.

Contrastive Hebbian learning and equilibrium propagation compare the two states.

Each hidden layer hears the one below and, $\gamma$ times as loudly, through the same weights the one
above. The output may be nudged to the target with strength $\beta$:

$$ h^l = f(W^l h^{l-1} + \gamma (W^{l+1})^\top h^{l+1}), \qquad
h^L = \frac{W^L h^{L-1} + \beta\, t}{1 + \beta} $$

For $\beta \to \infty$ it is clamped. Such a state is a minimum in each layer of the energy

$$ E + \beta\, \frac{|t - h^L|^2}{2}, \qquad
E = \sum_l c_l \left( G(h^l) - (h^l)^\top W^l h^{l-1} \right), \qquad c_l = \gamma^{l - L} $$

with $G' = f^{-1}$. Odd layers do not hear each other, so they may all go to their minimum at once, then
all even ones; the energy never rises, and there is no time step to choose.

The loss of the free state ($\beta = 0$) has a gradient of its own, which is not that of the network
without feedback. With the Hessian of the energy, $H \lambda = h^L - t$ (zero in the hidden layers),

$$ \frac{\partial C}{\partial W^l}
= \frac1N \sum_n c_l \left( \lambda^l (h^{l-1})^\top + h^l (\lambda^{l-1})^\top \right) $$

Sources: X. Xie and H. S. Seung (2003), Neural Computation 15, 441–454 (the energy with γ); L. B. Almeida
(1987), IEEE International Conference on Neural Networks, and F. J. Pineda (1987), Physical Review Letters
59, 2229–2232 (the gradient of a settled network).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import fraction, non_negative
from snnlab.learning.credit.backpropagation import Assignment, outer_means
from snnlab.learning.credit.rate_network import (
    Matrices,
    RateNetwork,
    activities,
    activity,
    checked_batch,
    checked_network,
    potential,
    slope,
)

__all__ = ["contrast", "feedback_strength", "settle", "settled_energy", "settled_gradient"]

_MOST_SWEEPS = 20_000


def feedback_strength(gamma: object) -> float:
    """`gamma` as a float above 0 and at most 1."""
    value = fraction("gamma", gamma)
    if value == 0:
        raise ValueError("gamma must be above 0: without feedback nothing comes back, got 0")
    return value


def settle(
    network: RateNetwork,
    x: np.ndarray,
    target: np.ndarray,
    beta: float = 0.0,
    gamma: float = 1.0,
    *,
    start: Sequence[np.ndarray] | None = None,
    at_rest: float = 1e-14,
) -> list[np.ndarray]:
    """The activities in which a network comes to rest.

    Parameters
    ----------
    network
        Checked.
    x, target : arrays of shape (samples, units)
        What is held at the input, and what the output is nudged to.
    beta : float
        How strongly: 0 for a free network, below 0 to push the output away, infinity to clamp it.
    gamma : float
        Strength of the feedback.
    start : sequence of arrays, optional
        Where it begins; without it, where the network without feedback is.
    at_rest : float
        How little the activities move in a sweep when it ends, as a share of the largest, or of 1.

    Returns
    -------
    list of arrays of shape (samples, units)
        From the input to the output.

    Examples
    --------
    >>> network = RateNetwork((np.array([[1.0]]), np.array([[0.5]])), linear=True)
    >>> [round(h.item(), 6) for h in settle(network, np.array([[3.0]]), np.array([[0.0]]))]
    [3.0, 4.0, 2.0]
    """
    h = [np.array(layer) for layer in (activities(network, x) if start is None else start)]
    last = len(network.weights)
    for _ in range(_MOST_SWEEPS):
        moved = 0.0
        for layer in (*range(1, last + 1, 2), *range(2, last + 1, 2)):
            with np.errstate(over="ignore", invalid="ignore"):
                new = _answer(network, h, layer, target, beta, gamma)
                moved = np.maximum(moved, np.abs(new - h[layer]).max())  # NaN stays
            h[layer] = new
        if moved < at_rest * max(1.0, *(float(np.abs(layer).max()) for layer in h)):
            return h
        if not np.isfinite(moved):
            break
    raise ValueError(
        f"weights must be small enough for the network to settle, got some of size "
        f"{max(float(np.abs(w).max()) for w in network.weights):.3g}"
    )


def _answer(
    network: RateNetwork, h: Sequence[np.ndarray], layer: int, target: np.ndarray, beta: float, gamma: float
) -> np.ndarray:
    """What one layer says to what it hears."""
    u = h[layer - 1] @ network.weights[layer - 1].T
    if layer < len(network.weights):
        return activity(u + gamma * (h[layer + 1] @ network.weights[layer]), network.linear)
    return target if np.isinf(beta) else (u + beta * target) / (1.0 + beta)


def settled_energy(
    network: RateNetwork, h: Sequence[np.ndarray], target: np.ndarray, beta: float = 0.0, gamma: float = 1.0
) -> np.ndarray:
    """The energy of each sample, with the nudging.

    Parameters
    ----------
    network
        Checked.
    h : sequence of arrays of shape (samples, units)
        Activities, from the input to the output.
    target, beta, gamma
        As in `settle`; beta is finite.

    Returns
    -------
    array of shape (samples,)
        Without a unit.

    Examples
    --------
    >>> network = RateNetwork((np.array([[1.0]]), np.array([[0.5]])), linear=True)
    >>> h = settle(network, np.array([[3.0]]), np.array([[0.0]]))
    >>> settled_energy(network, h, np.array([[0.0]])).round(6)
    array([-6.])
    """
    last = len(network.weights)
    energy = 0.5 * beta * np.sum((target - h[-1]) ** 2, axis=1)
    for layer, w in enumerate(network.weights, start=1):
        one = h[layer]
        if network.linear or layer == last:
            grown = 0.5 * one**2
        else:  # the integral of the inverse of tanh
            grown = one * potential(one, False) + 0.5 * np.log1p(-(one**2))
        energy = energy + gamma ** (layer - last) * np.sum(grown - one * (h[layer - 1] @ w.T), axis=1)
    return energy


def contrast(
    network: RateNetwork,
    one: Sequence[np.ndarray],
    other: Sequence[np.ndarray],
    gamma: float,
    strength: float,
) -> Assignment:
    r"""Two settled states compared, weight by weight.

    $c_l (h^l (h^{l-1})^\top - \hat h^l (\hat h^{l-1})^\top)$, over `strength`.

    Parameters
    ----------
    network
        Whose states they are.
    one, other : sequences of arrays of shape (samples, units)
        h, which is unlearnt, and ĥ, which is learnt.
    gamma : float
        Strength of the feedback, from which the scale of each layer comes.
    strength : float
        By how much the nudging of the two differs.

    Examples
    --------
    >>> network = RateNetwork((np.array([[1.0]]),))
    >>> h = np.array([[2.0]])
    >>> contrast(network, [h, h], [h, h + 1.0], 1.0, 0.5).gradient[0].item()
    -4.0
    """
    last = len(network.weights)
    scales = [gamma ** (layer - last) / strength for layer in range(1, last + 1)]
    gradient = tuple(
        s * (a - b)
        for s, a, b in zip(scales, outer_means(one[1:], one), outer_means(other[1:], other), strict=True)
    )
    errors = tuple(s * (a - b) for s, a, b in zip(scales, one[1:], other[1:], strict=True))
    return Assignment(gradient, errors, tuple(one))


def settled_gradient(
    network: RateNetwork, x: ArrayLike, target: ArrayLike, *, gamma: float = 1.0
) -> Assignment:
    """The gradient of the loss of the free network with feedback.

    Parameters
    ----------
    network
        Its weights.
    x : array of shape (samples, inputs)
        What it is shown.
    target : array of shape (samples, outputs)
        What should have come out.
    gamma : float
        Strength of the feedback, above 0 and at most 1.

    Examples
    --------
    >>> network = RateNetwork((np.array([[1.0]]), np.array([[0.5]])), linear=True)
    >>> [round(g.item(), 6) for g in settled_gradient(network, [[3.0]], [[1.0]]).gradient]  # y = 2 came out
    [2.0, 6.666667]
    """
    network, gamma = checked_network(network), feedback_strength(gamma)
    x, target = checked_batch(network, x, target)
    h = settle(network, x, target, gamma=gamma)
    pulls = _adjoint(network, h, h[-1] - target, gamma)
    last, silent = len(network.weights), np.zeros_like(x)
    gradient = tuple(
        gamma ** (k + 1 - last) * (a + b)
        for k, (a, b) in enumerate(
            zip(outer_means(pulls, h), outer_means(h[1:], [silent, *pulls]), strict=True)
        )
    )
    return Assignment(gradient, pulls, tuple(h))


def _adjoint(network: RateNetwork, h: Sequence[np.ndarray], error: np.ndarray, gamma: float) -> Matrices:
    """λ of every layer, from the Hessian of the energy."""
    last, samples = len(network.weights), len(error)
    ends = np.cumsum([0, *(layer.shape[1] for layer in h[1:])])
    hessian, right = np.zeros((samples, ends[-1], ends[-1])), np.zeros((samples, ends[-1]))
    for k in range(last):
        here, c = slice(ends[k], ends[k + 1]), gamma ** (k + 1 - last)
        steep = 1.0 / slope(h[k + 1], network.linear or k == last - 1)
        hessian[:, here, here] = c * steep[:, :, None] * np.eye(ends[k + 1] - ends[k])
        if k:
            below = slice(ends[k - 1], ends[k])
            hessian[:, here, below] = -c * network.weights[k]
            hessian[:, below, here] = -c * network.weights[k].T
    right[:, ends[-2] :] = error
    pulls = np.linalg.solve(hessian, right[..., None])[..., 0]
    return tuple(pulls[:, ends[k] : ends[k + 1]] for k in range(last))


def nudging(beta: object) -> float:
    """`beta` as a float above 0."""
    value = non_negative("beta", beta)
    if value == 0:
        raise ValueError("beta must be above 0: without a nudge there is nothing to compare, got 0")
    return value
