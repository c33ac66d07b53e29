r"""Predictive coding: every layer guesses the one above, and units move until the guesses fit.

Unit values $x^l$ start where the network alone would put them. Input and target are then held fast, and
the others descend on the energy of the errors between what is there and what the layer below predicts,

$$ \mu^l = W^l f(x^{l-1}), \qquad \epsilon^l = \frac{x^l - \mu^l}{\Sigma^l}, \qquad
E = \frac12 \sum_l \Sigma^l |\epsilon^l|^2 $$

$$ \dot x^l = -\epsilon^l + f'(x^l) \odot (W^{l+1})^\top \epsilon^{l+1}, \qquad
\Delta W^l \propto \epsilon^l f(x^{l-1})^\top $$

with $f(x^0) = x^0$, $\Sigma^l = 1$ in hidden layers and $\Sigma^L = \Sigma$ at the output. A weight needs
the error of its own unit and the activity it hears. The result is multiplied by $\Sigma$. It is *not* the
gradient in general, not even for small errors: units that may move explain part of the error away. What
remains at the output, to first order in $h^L - t$, is

$$ r = \left(\Sigma + \sum_{l<L} J^l (J^l)^\top\right)^{-1} (h^L - t), \qquad
J^l = \frac{\partial h^L}{\partial u^l} $$

and predictive coding is backpropagation of $\Sigma r$ (`explained_error`). It becomes that of the error
itself

- for $\Sigma \to \infty$, a target that only nudges, with an error of order $1/\Sigma$;
- with predictions and slopes kept at their first values (`fixed_prediction`), when all has come to rest;
- with steps of length 1, where each matrix learns in the very step in which the error arrives
  (`learn_on_arrival`, called Z-IL).

Sources: J. C. R. Whittington and R. Bogacz (2017), Neural Computation 29, 1229–1262; B. Millidge, A.
Tschantz and C. L. Buckley (2022), Neural Computation 34, 1329–1368 (fixed prediction); Y. Song, T.
Lukasiewicz, Z. Xu and R. Bogacz (2020), NeurIPS 33 (Z-IL). The formula for small errors is derived here.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import positive, whole
from snnlab.learning.credit.backpropagation import Assignment, outer_means, output_jacobians, sent_back
from snnlab.learning.credit.rate_network import (
    RateNetwork,
    activities,
    activity,
    checked_batch,
    checked_network,
    slope,
)

__all__ = ["explained_error", "fixed_prediction", "learn_on_arrival", "predictive_coding"]

_ROUNDING = 1e-13  # of a velocity, as a share of the largest value


def predictive_coding(
    network: RateNetwork,
    x: ArrayLike,
    target: ArrayLike,
    *,
    variance: float = 1.0,
    steps: int = 200,
    rate: float = 0.1,
    at_rest: float | None = 1e-3,
) -> Assignment:
    """What each weight is told once the units have come to rest.

    Parameters
    ----------
    network
        Its weights.
    x : array of shape (samples, inputs)
        What it is shown.
    target : array of shape (samples, outputs)
        What the output is held at.
    variance : float
        Σ of the output: the larger, the less the target pulls.
    steps : int
        How often the units move.
    rate : float
        How far they go in one step. Too far, and they never come to rest.
    at_rest : float, optional
        How large their velocity may be in the end, as a share of the largest error ε. None to ask nothing,
        and to look at them on their way.

    Examples
    --------
    >>> network = RateNetwork((np.array([[2.0]]), np.array([[3.0]])), linear=True)
    >>> told = predictive_coding(network, [[1.0]], [[5.0]])
    >>> [round(g.item(), 6) for g in told.gradient]  # not 3 and 2
    [0.3, 0.17]
    """
    network = checked_network(network)
    x, target = checked_batch(network, x, target)
    variance, rate = positive("variance", variance), positive("rate", rate)
    restless = np.inf if at_rest is None else positive("at_rest", at_rest)
    values = _first_values(network, x, target)
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(whole("steps", steps, least=1)):
            h = _heard(network, x, values)
            errors = _errors(network, h, values, variance)
            values = _moved(network, h, errors, values, rate)
    if not all(np.isfinite(value).all() for value in values):
        raise ValueError(f"rate must be small enough for units to come to rest, got {rate:g}")
    h = _heard(network, x, values)
    errors = _errors(network, h, values, variance)
    if _restlessness(network, h, errors, values) > restless:
        raise ValueError(
            f"steps must be enough, and rate small enough, for units to come to rest, got {steps}, {rate:g}"
        )
    return _told(errors, h, variance)


def fixed_prediction(
    network: RateNetwork, x: ArrayLike, target: ArrayLike, *, steps: int = 200, rate: float = 0.1
) -> Assignment:
    """The same, with predictions and slopes that stay what they were before anything moved.

    Parameters
    ----------
    network, x, target
        As in `predictive_coding`.
    steps : int
        How often the units move. As many as there are layers are enough for a rate of 1.
    rate : float
        How far they go in one step, at most 1.

    Examples
    --------
    >>> network = RateNetwork((np.array([[2.0]]), np.array([[3.0]])), linear=True)
    >>> [round(g.item(), 6) for g in fixed_prediction(network, [[1.0]], [[5.0]]).gradient]
    [3.0, 2.0]
    """
    network = checked_network(network)
    x, target = checked_batch(network, x, target)
    rate = positive("rate", rate)
    if rate > 1:
        raise ValueError(f"rate must be at most 1, got {rate:g}")
    h = activities(network, x)
    errors = [np.zeros_like(layer) for layer in h[1:-1]] + [target - h[-1]]
    for _ in range(whole("steps", steps, least=1)):
        errors = _moved(network, h, errors, errors, rate)  # a value moves away from a prediction that stays
    return _told(errors, h, 1.0)


def learn_on_arrival(network: RateNetwork, x: ArrayLike, target: ArrayLike) -> Assignment:
    """Predictive coding in steps of length 1, in which each matrix learns when the error gets to it.

    Parameters
    ----------
    network, x, target
        As in `predictive_coding`.

    Examples
    --------
    >>> network = RateNetwork((np.array([[2.0]]), np.array([[3.0]])), linear=True)
    >>> [g.item() for g in learn_on_arrival(network, [[1.0]], [[5.0]]).gradient]
    [3.0, 2.0]
    """
    network = checked_network(network)
    x, target = checked_batch(network, x, target)
    values = _first_values(network, x, target)
    arrived: list[np.ndarray] = []
    heard: list[np.ndarray] = []
    for layer in reversed(range(len(network.weights))):
        h = _heard(network, x, values)
        errors = _errors(network, h, values, 1.0)
        arrived.insert(0, errors[layer])
        heard.insert(0, h[layer])
        values = _moved(network, h, errors, values, 1.0)
    return _told(arrived, [*heard, target], 1.0)


def explained_error(
    network: RateNetwork, x: ArrayLike, target: ArrayLike, *, variance: float = 1.0
) -> Assignment:
    """What predictive coding comes to for small errors, without moving anything.

    Parameters
    ----------
    network, x, target, variance
        As in `predictive_coding`.

    Examples
    --------
    >>> network = RateNetwork((np.array([[2.0]]), np.array([[3.0]])), linear=True)
    >>> told = explained_error(network, [[1.0]], [[5.0]])
    >>> [round(g.item(), 6) for g in told.gradient]  # 1 / (1 + 9) of it
    [0.3, 0.2]
    """
    network = checked_network(network)
    x, target = checked_batch(network, x, target)
    variance = positive("variance", variance)
    h = activities(network, x)
    spread = variance * np.eye(target.shape[1])[None]
    for j in output_jacobians(network, h):
        spread = spread + j @ j.transpose(0, 2, 1)
    left = variance * np.linalg.solve(spread, (h[-1] - target)[..., None])[..., 0]
    errors = sent_back(network, h, left, [w.T for w in network.weights[1:]])
    return Assignment(outer_means(errors, h), errors, tuple(h))


def _first_values(network: RateNetwork, x: np.ndarray, target: np.ndarray) -> list[np.ndarray]:
    """The potentials that the network alone would have, and the target in place of its output."""
    h = activities(network, x)
    return [below @ w.T for w, below in zip(network.weights[:-1], h, strict=False)] + [target]


def _heard(network: RateNetwork, x: np.ndarray, values: Sequence[np.ndarray]) -> list[np.ndarray]:
    """What is heard of all values below the output, f of them, from the input on, and the output itself."""
    return [x, *(activity(value, network.linear) for value in values[:-1]), values[-1]]


def _errors(
    network: RateNetwork, h: Sequence[np.ndarray], values: Sequence[np.ndarray], variance: float
) -> list[np.ndarray]:
    """ε of every layer."""
    errors = [v - below @ w.T for w, below, v in zip(network.weights, h, values, strict=False)]
    errors[-1] = errors[-1] / variance
    return errors


def _velocities(
    network: RateNetwork, h: Sequence[np.ndarray], errors: Sequence[np.ndarray]
) -> list[np.ndarray]:
    """ẋ of every hidden layer."""
    return [
        slope(h[k + 1], network.linear) * (errors[k + 1] @ network.weights[k + 1]) - errors[k]
        for k in range(len(errors) - 1)
    ]


def _restlessness(
    network: RateNetwork, h: Sequence[np.ndarray], errors: Sequence[np.ndarray], values: Sequence[np.ndarray]
) -> float:
    """The largest velocity as a share of the largest error; 0 if rounding alone may have left it."""
    velocity, error, value = (
        max((float(np.abs(part).max()) for part in parts), default=0.0)
        for parts in (_velocities(network, h, errors), errors, values)
    )
    return 0.0 if velocity <= _ROUNDING * value else velocity / error


def _moved(
    network: RateNetwork,
    h: Sequence[np.ndarray],
    errors: Sequence[np.ndarray],
    values: Sequence[np.ndarray],
    rate: float,
) -> list[np.ndarray]:
    """The values, or whatever moves with them, one step later; that of the output stays."""
    moves = _velocities(network, h, errors)
    return [*(v + rate * m for v, m in zip(values, moves, strict=False)), values[-1]]


def _told(errors: Sequence[np.ndarray], h: Sequence[np.ndarray], variance: float) -> Assignment:
    """The errors as they would be sent back: against ε, whose sign is that of a wish."""
    blamed = tuple(-variance * e for e in errors)
    return Assignment(outer_means(blamed, h), blamed, tuple(h))
