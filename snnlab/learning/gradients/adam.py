r"""Adam: a step in the direction of the mean gradient, of about the same length for every weight.

With $g$ the gradient at step $n$,

$$ m \leftarrow \beta_1 m + (1 - \beta_1)\, g, \qquad q \leftarrow \beta_2 q + (1 - \beta_2)\, g^2, \qquad
w \leftarrow w - \eta\, \frac{m / (1 - \beta_1^n)}{\sqrt{q / (1 - \beta_2^n)} + \epsilon} $$

Source: D. P. Kingma and J. Ba (2015), Adam: a method for stochastic optimization, ICLR, algorithm 1.
"""

import functools
import math
from collections.abc import Callable
from typing import Annotated, NamedTuple

import numpy as np

from snnlab.checks import Positive, checked, fraction, whole
from snnlab.compiling import kernel
from snnlab.learning.gradients.surrogate_network import Weights, check_weights

__all__ = ["Adam", "AdamState", "adam_start", "adam_step"]


def _below_1(name: str, value: object) -> float:
    if fraction(name, value) == 1:
        raise ValueError(f"{name} must be below 1, got 1")
    return fraction(name, value)


class Adam(NamedTuple):
    """The numbers of Adam.

    Examples
    --------
    >>> Adam(rate=1e-3).rate
    0.001
    """

    rate: Positive = 2e-3
    """η, the learning rate: about how far a weight moves in a step."""
    beta_1: Annotated[float, _below_1] = 0.9
    """β₁, how much of the mean gradient is kept."""
    beta_2: Annotated[float, _below_1] = 0.999
    """β₂, how much of the mean square is kept."""
    epsilon: Positive = 1e-8
    """ε, which keeps the step of a weight without gradient at 0."""


def _weights(_: str, value: Weights) -> Weights:
    return check_weights(value)


class AdamState(NamedTuple):
    """What Adam remembers from step to step.

    Examples
    --------
    >>> adam_start(Weights(np.zeros((4, 3)), np.zeros((2, 4)))).step
    0
    """

    step: Annotated[int, functools.partial(whole, most=2**53)]
    """How many steps were made."""
    mean: Annotated[Weights, _weights]
    """m, the mean gradient."""
    square: Annotated[Weights, _weights]
    """q, the mean of its square."""


def check_adam(adam: Adam) -> Adam:
    """`adam` with every number valid."""
    return checked("adam", adam, Adam)


def adam_start(weights: Weights) -> AdamState:
    """What Adam knows before the first step: nothing.

    Parameters
    ----------
    weights
        Whose form it takes.

    Raises
    ------
    ValueError, TypeError
        If the weights do not fit together.

    Examples
    --------
    >>> state = adam_start(Weights(np.ones((4, 3)), np.ones((2, 4))))
    >>> print(state.mean.w_out.sum())
    0.0
    """
    weights = check_weights(weights)

    return AdamState(0, _each(np.zeros_like, weights), _each(np.zeros_like, weights))


def adam_step(
    weights: Weights, gradient: Weights, state: AdamState, adam: Adam = Adam()
) -> tuple[Weights, AdamState]:
    """One step down the gradient.

    Parameters
    ----------
    weights, gradient
        Where we are, and which way is up.
    state
        What Adam remembers; from `adam_start` or the step before.
    adam
        Its numbers.

    Returns
    -------
    weights : Weights
        The new weights. What was given stays as it is.
    state : AdamState
        For the next step.

    Examples
    --------
    >>> w = Weights(np.ones((1, 1)), np.ones((1, 1)))
    >>> new, state = adam_step(w, Weights(np.array([[5.0]]), np.array([[-0.1]])), adam_start(w))
    >>> print(new.w_in, new.w_out)
    [[0.998]] [[1.002]]
    """
    adam, weights, gradient = check_adam(adam), check_weights(weights), check_weights(gradient)
    state = checked("state", state, AdamState)
    new, mean, square = (_each(_copy, part) for part in (weights, state.mean, state.square))
    count = state.step + 1
    for w, g, m, q in zip(new, gradient, mean, square, strict=True):
        if w is None or m is None or q is None:
            continue
        if g is None or not g.shape == m.shape == w.shape:
            raise ValueError("gradient and state must have the shapes of weights, got others")
        update_row(w.ravel(), np.ascontiguousarray(g, w.dtype).ravel(), m.ravel(), q.ravel(), count, *adam)
    return new, AdamState(count, mean, square)


def _each(function: Callable, weights: Weights) -> Weights:
    """`function` of each array."""
    w_in, w_out, w_rec = weights
    return Weights(function(w_in), function(w_out), None if w_rec is None else function(w_rec))


def _copy(w: np.ndarray) -> np.ndarray:
    return np.array(w, order="C")


@kernel
def step(m, q, g, beta_1, beta_2):
    """The mean gradient and the mean square one step later."""
    return beta_1 * m + (1.0 - beta_1) * g, beta_2 * q + (1.0 - beta_2) * g * g


@kernel
def update_row(w, g, m, q, count, rate, beta_1, beta_2, epsilon):
    """Step number `count` (from 1) of all weights of a row, in place."""
    grown_m = 1.0 - beta_1**count
    grown_q = 1.0 - beta_2**count
    for k in range(w.size):
        m[k], q[k] = step(m[k], q[k], g[k], beta_1, beta_2)
        w[k] -= rate * (m[k] / grown_m) / (math.sqrt(q[k] / grown_q) + epsilon)
